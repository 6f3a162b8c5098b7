CREATE TABLE `sign_in_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sign_in_links_user` ON `sign_in_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `intake_headers` (
	`kind` text NOT NULL,
	`header` text NOT NULL,
	`column` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`kind`, `header`)
);
--> statement-breakpoint
CREATE TABLE `intake_records` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`intake_id` integer NOT NULL,
	`entity` text NOT NULL,
	`entity_id` integer NOT NULL,
	`before` text,
	FOREIGN KEY (`intake_id`) REFERENCES `intakes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intake_records_intake` ON `intake_records` (`intake_id`);--> statement-breakpoint
CREATE TABLE `intakes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`file_name` text,
	`bytes` blob,
	`layout` text NOT NULL,
	`preview` text,
	`outcome` text,
	`created_by` integer,
	`created_at` text NOT NULL,
	`confirmed_at` text,
	`undone_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intakes_kind` ON `intakes` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `intakes_created_by` ON `intakes` (`created_by`) WHERE "intakes"."created_by" is not null;--> statement-breakpoint
ALTER TABLE `reports` ADD `intake_id` integer REFERENCES intakes(id);--> statement-breakpoint
CREATE INDEX `reports_intake` ON `reports` (`intake_id`) WHERE "reports"."intake_id" is not null;--> statement-breakpoint
ALTER TABLE `units` ADD `level` text;--> statement-breakpoint
ALTER TABLE `units` ADD `sequence` integer;--> statement-breakpoint
ALTER TABLE `units` ADD `group_names` text;--> statement-breakpoint
ALTER TABLE `users` ADD `telephone` text;