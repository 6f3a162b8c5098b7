-- The spans stand in their key and nothing else; counts come from memory, so no index of lights is needed.
CREATE TABLE `light_spans_compact` (
	`target_id` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`light` text NOT NULL,
	`late` integer NOT NULL,
	`progress` real,
	`value` real,
	`value_as_of` text,
	`missing_baseline` integer NOT NULL,
	PRIMARY KEY(`target_id`, `from_day`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `light_spans_compact` (`target_id`, `from_day`, `to_day`, `light`, `late`, `progress`, `value`, `value_as_of`, `missing_baseline`)
SELECT `target_id`, `from_day`, `to_day`, `light`, `late`, `progress`, `value`, `value_as_of`, `missing_baseline` FROM `light_spans`;--> statement-breakpoint
DROP TABLE `light_spans`;--> statement-breakpoint
ALTER TABLE `light_spans_compact` RENAME TO `light_spans`;--> statement-breakpoint
-- What a unit has reported lately is found by its date.
DROP INDEX `reports_unit`;--> statement-breakpoint
CREATE INDEX `reports_unit` ON `reports` (`unit_id`,`as_of`) WHERE "reports"."unit_id" is not null;
