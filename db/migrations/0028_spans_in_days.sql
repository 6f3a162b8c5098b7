-- Days of spans as days since 1970, their lights as numbers.
CREATE TABLE `light_spans_in_days` (
	`target_id` integer NOT NULL,
	`from_day` integer NOT NULL,
	`to_day` integer NOT NULL,
	`light` integer NOT NULL,
	`late` integer NOT NULL,
	`progress` real,
	`value` real,
	`value_as_of` integer,
	`missing_baseline` integer NOT NULL,
	PRIMARY KEY(`target_id`, `from_day`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `light_spans_in_days` (`target_id`, `from_day`, `to_day`, `light`, `late`, `progress`, `value`, `value_as_of`, `missing_baseline`)
SELECT `target_id`, CASE WHEN date(`from_day`) = `from_day` THEN unixepoch(`from_day`) / 86400 ELSE `from_day` END, CASE WHEN date(`to_day`) = `to_day` THEN unixepoch(`to_day`) / 86400 ELSE `to_day` END, CASE `light` WHEN 'normal' THEN 0 WHEN 'behind' THEN 1 WHEN 'overdue' THEN 2 WHEN 'due_soon' THEN 3 WHEN 'done' THEN 4 WHEN 'unreported' THEN 5 ELSE `light` END, `late`, `progress`, `value`, CASE WHEN date(`value_as_of`) = `value_as_of` THEN unixepoch(`value_as_of`) / 86400 ELSE `value_as_of` END, `missing_baseline`
FROM `light_spans` ORDER BY `target_id`, `from_day`;
--> statement-breakpoint
DROP TABLE `light_spans`;
--> statement-breakpoint
ALTER TABLE `light_spans_in_days` RENAME TO `light_spans`;
--> statement-breakpoint
CREATE TABLE `unit_light_spans_in_days` (
	`target_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`from_day` integer NOT NULL,
	`to_day` integer NOT NULL,
	`light` integer NOT NULL,
	`late` integer NOT NULL,
	`progress` real,
	`value` real,
	`value_as_of` integer,
	`missing_baseline` integer NOT NULL,
	PRIMARY KEY(`target_id`, `unit_id`, `from_day`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `unit_light_spans_in_days` (`target_id`, `unit_id`, `from_day`, `to_day`, `light`, `late`, `progress`, `value`, `value_as_of`, `missing_baseline`)
SELECT `target_id`, `unit_id`, CASE WHEN date(`from_day`) = `from_day` THEN unixepoch(`from_day`) / 86400 ELSE `from_day` END, CASE WHEN date(`to_day`) = `to_day` THEN unixepoch(`to_day`) / 86400 ELSE `to_day` END, CASE `light` WHEN 'normal' THEN 0 WHEN 'behind' THEN 1 WHEN 'overdue' THEN 2 WHEN 'due_soon' THEN 3 WHEN 'done' THEN 4 WHEN 'unreported' THEN 5 ELSE `light` END, `late`, `progress`, `value`, CASE WHEN date(`value_as_of`) = `value_as_of` THEN unixepoch(`value_as_of`) / 86400 ELSE `value_as_of` END, `missing_baseline`
FROM `unit_light_spans` ORDER BY `target_id`, `unit_id`, `from_day`;
--> statement-breakpoint
DROP TABLE `unit_light_spans`;
--> statement-breakpoint
ALTER TABLE `unit_light_spans_in_days` RENAME TO `unit_light_spans`;
--> statement-breakpoint
CREATE INDEX `unit_light_spans_unit` ON `unit_light_spans` (`unit_id`);
