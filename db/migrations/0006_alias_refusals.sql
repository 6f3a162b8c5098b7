CREATE TABLE `unit_alias_refusals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`refused_by` integer,
	`created_at` text NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`refused_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_alias_refusals_key` ON `unit_alias_refusals` (`key`,`unit_id`);--> statement-breakpoint
CREATE INDEX `unit_alias_refusals_unit` ON `unit_alias_refusals` (`unit_id`);