CREATE TABLE `calendar_feeds` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`last_read_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_token` ON `calendar_feeds` (`token_hash`);--> statement-breakpoint
CREATE TABLE `message_refusals` (
	`user_id` integer NOT NULL,
	`topic` text NOT NULL,
	`channel` text NOT NULL,
	PRIMARY KEY(`user_id`, `topic`, `channel`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ranking_appeals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ranking_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`text` text NOT NULL,
	`asked_by` integer NOT NULL,
	`asked_at` text NOT NULL,
	`status` text DEFAULT 'asked' NOT NULL,
	`answer` text,
	`corrected_score` real,
	`answered_by` integer,
	`answered_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`ranking_id`) REFERENCES `rankings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ranking_appeals_unit` ON `ranking_appeals` (`ranking_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `ranking_appeals_status` ON `ranking_appeals` (`status`);--> statement-breakpoint
CREATE INDEX `ranking_appeals_by_unit` ON `ranking_appeals` (`unit_id`);--> statement-breakpoint
CREATE INDEX `ranking_appeals_asked_by` ON `ranking_appeals` (`asked_by`);--> statement-breakpoint
CREATE INDEX `ranking_appeals_answered_by` ON `ranking_appeals` (`answered_by`) WHERE "ranking_appeals"."answered_by" is not null;--> statement-breakpoint
ALTER TABLE `units` ADD `ranking_group` text;
