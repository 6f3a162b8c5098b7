CREATE TABLE `light_spans` (
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
);
--> statement-breakpoint
CREATE INDEX `light_spans_light` ON `light_spans` (`light`,`to_day`,`target_id`);--> statement-breakpoint
CREATE TABLE `setting_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`by_id` integer,
	`by_name` text,
	FOREIGN KEY (`by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `setting_versions_key` ON `setting_versions` (`key`,`valid_from`);--> statement-breakpoint
CREATE TABLE `standing_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `target_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`step` text NOT NULL,
	`by_id` integer,
	`by_name` text,
	`reason` text,
	`split_from_id` integer,
	`kind` text NOT NULL,
	`state` text DEFAULT 'extracted' NOT NULL,
	`indicator` text NOT NULL,
	`op` text,
	`value` real,
	`value_high` real,
	`unit` text,
	`measure` text,
	`per` text,
	`deadline` text,
	`deadline_basis` text DEFAULT 'none' NOT NULL,
	`deadline_words` text,
	`deadline_rule` text,
	`baseline_value` real,
	`baseline_unit` text,
	`baseline_period` text,
	`start_on` text,
	`report_frequency` text,
	`supervisor_id` integer,
	`contact_leader_id` integer,
	`manual_light` text,
	`manual_light_reason` text,
	`confirmed_at` text,
	`assigned_at` text,
	`signed_at` text,
	`met_at` text,
	`met_by` integer,
	`closed_at` text,
	`closed_by` integer,
	`merged_into_id` integer,
	`dropped_reason` text,
	`suspended_from` text,
	`units` text NOT NULL,
	`parts` text NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supervisor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_leader_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`met_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `target_versions_target` ON `target_versions` (`target_id`,`valid_from`);--> statement-breakpoint
CREATE INDEX `target_versions_open` ON `target_versions` (`target_id`) WHERE "target_versions"."valid_until" IS NULL;--> statement-breakpoint
ALTER TABLE `problems` ADD `course` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `targets_merged_into` ON `targets` (`merged_into_id`) WHERE "targets"."merged_into_id" IS NOT NULL;--> statement-breakpoint
-- The explanation stands in the record of the rules; where it does not, it goes there before its column goes.
UPDATE `targets` SET `extracted` = json_set(`extracted`, '$.explanation', json(`explanation`))
WHERE json_valid(`extracted`) AND json_valid(`explanation`) AND json_type(`extracted`, '$.explanation') IS NULL;--> statement-breakpoint
ALTER TABLE `targets` DROP COLUMN `explanation`;