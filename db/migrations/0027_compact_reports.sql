-- Of ten million reports each tells two or three instants, a date and two words of a few: as numbers they take half the room.
CREATE TABLE `reports_compact` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`unit_id` integer,
	`reporter_id` integer,
	`value` real,
	`done` integer,
	`as_of` integer NOT NULL,
	`note` text,
	`source` integer DEFAULT 0 NOT NULL,
	`status` integer NOT NULL,
	`submitted_at` integer,
	`decided_at` integer,
	`decided_by` integer,
	`decision_reason` text,
	`corrects_id` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`warnings` text,
	`problems` text,
	`next_steps` text,
	`needs` text,
	`intake_id` integer,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reporter_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`corrects_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`intake_id`) REFERENCES `intakes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO sqlite_sequence (`name`, `seq`) SELECT 'reports_compact', `seq` FROM sqlite_sequence WHERE `name` = 'reports';
--> statement-breakpoint
INSERT INTO `reports_compact` (`id`, `target_id`, `unit_id`, `reporter_id`, `value`, `done`, `as_of`, `note`, `source`, `status`, `submitted_at`, `decided_at`, `decided_by`, `decision_reason`, `corrects_id`, `version`, `created_at`, `warnings`, `problems`, `next_steps`, `needs`, `intake_id`)
SELECT `id`,
  `target_id`,
  `unit_id`,
  `reporter_id`,
  `value`,
  `done`,
  CASE WHEN date(`as_of`) = `as_of` THEN unixepoch(`as_of`) / 86400 ELSE `as_of` END,
  `note`,
  CASE `source` WHEN 'unit' THEN 0 WHEN 'statistics' THEN 1 ELSE `source` END,
  CASE `status` WHEN 'draft' THEN 0 WHEN 'approved' THEN 1 WHEN 'submitted' THEN 2 WHEN 'returned' THEN 3 WHEN 'withdrawn' THEN 4 ELSE `status` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `submitted_at`) = `submitted_at` THEN unixepoch(`submitted_at`) * 1000 + CAST(substr(`submitted_at`, 21, 3) AS INTEGER) ELSE `submitted_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `decided_at`) = `decided_at` THEN unixepoch(`decided_at`) * 1000 + CAST(substr(`decided_at`, 21, 3) AS INTEGER) ELSE `decided_at` END,
  `decided_by`,
  `decision_reason`,
  `corrects_id`,
  `version`,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `created_at`) = `created_at` THEN unixepoch(`created_at`) * 1000 + CAST(substr(`created_at`, 21, 3) AS INTEGER) ELSE `created_at` END,
  `warnings`,
  `problems`,
  `next_steps`,
  `needs`,
  `intake_id`
FROM `reports`;
--> statement-breakpoint
DROP TABLE `reports`;
--> statement-breakpoint
ALTER TABLE `reports_compact` RENAME TO `reports`;
--> statement-breakpoint
CREATE INDEX `reports_target` ON `reports` (`target_id`,`status`,`source`,`as_of`);
--> statement-breakpoint
CREATE INDEX `reports_corrects` ON `reports` (`corrects_id`) WHERE "reports"."corrects_id" is not null;
--> statement-breakpoint
CREATE INDEX `reports_decided_by` ON `reports` (`decided_by`) WHERE "reports"."decided_by" is not null;
--> statement-breakpoint
CREATE INDEX `reports_reporter` ON `reports` (`reporter_id`) WHERE "reports"."reporter_id" is not null;
--> statement-breakpoint
CREATE INDEX `reports_undecided` ON `reports` (`status`,`id`) WHERE "reports"."status" in (0, 2, 3);
--> statement-breakpoint
CREATE INDEX `reports_unit` ON `reports` (`unit_id`) WHERE "reports"."unit_id" is not null;
--> statement-breakpoint
CREATE INDEX `reports_unit_open` ON `reports` (`unit_id`,`target_id`) WHERE "reports"."status" in (0, 3);
--> statement-breakpoint
CREATE INDEX `reports_intake` ON `reports` (`intake_id`) WHERE "reports"."intake_id" is not null;
