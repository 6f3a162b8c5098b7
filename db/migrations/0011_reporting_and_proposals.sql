CREATE TABLE `order_items` (
	`order_id` integer NOT NULL,
	`target_id` integer NOT NULL,
	PRIMARY KEY(`order_id`, `target_id`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_items_target` ON `order_items` (`target_id`);--> statement-breakpoint
CREATE TABLE `order_proposals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`color` text NOT NULL,
	`target_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`text` text NOT NULL,
	`due_on` text,
	`cause_key` text,
	`proposed_by` integer,
	`proposed_at` text NOT NULL,
	`status` text DEFAULT 'proposed' NOT NULL,
	`approved_by` integer,
	`approved_at` text,
	`decided_by` integer,
	`decided_at` text,
	`dismissed_reason` text,
	`order_id` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_proposals_cause` ON `order_proposals` (`cause_key`);--> statement-breakpoint
CREATE INDEX `order_proposals_status` ON `order_proposals` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `order_proposals_target` ON `order_proposals` (`target_id`);--> statement-breakpoint
CREATE INDEX `order_proposals_unit` ON `order_proposals` (`unit_id`);--> statement-breakpoint
CREATE INDEX `order_proposals_proposed_by` ON `order_proposals` (`proposed_by`) WHERE "order_proposals"."proposed_by" is not null;--> statement-breakpoint
CREATE INDEX `order_proposals_approved_by` ON `order_proposals` (`approved_by`) WHERE "order_proposals"."approved_by" is not null;--> statement-breakpoint
CREATE INDEX `order_proposals_decided_by` ON `order_proposals` (`decided_by`) WHERE "order_proposals"."decided_by" is not null;--> statement-breakpoint
CREATE INDEX `order_proposals_order` ON `order_proposals` (`order_id`) WHERE "order_proposals"."order_id" is not null;--> statement-breakpoint
ALTER TABLE `reports` ADD `problems` text;--> statement-breakpoint
ALTER TABLE `reports` ADD `next_steps` text;--> statement-breakpoint
ALTER TABLE `reports` ADD `needs` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `reporting` text DEFAULT 'any' NOT NULL;--> statement-breakpoint
ALTER TABLE `target_versions` ADD `reporting` text DEFAULT 'any' NOT NULL;