CREATE TABLE `job_runs` (
	`name` text NOT NULL,
	`on` text NOT NULL,
	`finished_at` text NOT NULL,
	PRIMARY KEY(`name`, `on`)
);
--> statement-breakpoint
ALTER TABLE `reports` ADD `warnings` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `met_by` integer REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `targets` ADD `closed_by` integer REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `problems` ADD `rectification` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `next_try_at` text;