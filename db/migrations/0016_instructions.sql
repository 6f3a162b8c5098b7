CREATE TABLE `instruction_addressees` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`instruction_id` integer NOT NULL,
	`unit_id` integer,
	`answer` text,
	`answered_by` integer,
	`answered_at` text,
	FOREIGN KEY (`instruction_id`) REFERENCES `instructions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `instruction_addressees_unit` ON `instruction_addressees` (`instruction_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `instruction_addressees_of` ON `instruction_addressees` (`unit_id`) WHERE "instruction_addressees"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `instruction_addressees_answered_by` ON `instruction_addressees` (`answered_by`) WHERE "instruction_addressees"."answered_by" is not null;--> statement-breakpoint
CREATE TABLE `__new_instructions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer,
	`leader_id` integer NOT NULL,
	`text` text NOT NULL,
	`requirement` text,
	`due_on` text,
	`first_due_on` text,
	`verdict` text,
	`closed_at` text,
	`closed_by` integer,
	`course` text DEFAULT '[]' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leader_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_instructions`("id", "target_id", "leader_id", "text", "created_at") SELECT "id", "target_id", "leader_id", "text", "created_at" FROM `instructions`;--> statement-breakpoint
DROP TABLE `instructions`;--> statement-breakpoint
ALTER TABLE `__new_instructions` RENAME TO `instructions`;--> statement-breakpoint
CREATE INDEX `instructions_target` ON `instructions` (`target_id`) WHERE "instructions"."target_id" is not null;--> statement-breakpoint
CREATE INDEX `instructions_leader` ON `instructions` (`leader_id`);--> statement-breakpoint
CREATE INDEX `instructions_closed_by` ON `instructions` (`closed_by`) WHERE "instructions"."closed_by" is not null;--> statement-breakpoint
CREATE TABLE `__new_attachments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer,
	`report_id` integer,
	`request_id` integer,
	`order_id` integer,
	`problem_id` integer,
	`addressee_id` integer,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`uploaded_by` integer,
	`created_at` text NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request_id`) REFERENCES `change_requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`problem_id`) REFERENCES `problems`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`addressee_id`) REFERENCES `instruction_addressees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_attachments`("id", "target_id", "report_id", "request_id", "order_id", "problem_id", "sha256", "name", "media_type", "size", "uploaded_by", "created_at") SELECT "id", "target_id", "report_id", "request_id", "order_id", "problem_id", "sha256", "name", "media_type", "size", "uploaded_by", "created_at" FROM `attachments`;--> statement-breakpoint
DROP TABLE `attachments`;--> statement-breakpoint
ALTER TABLE `__new_attachments` RENAME TO `attachments`;--> statement-breakpoint
CREATE INDEX `attachments_target` ON `attachments` (`target_id`);--> statement-breakpoint
CREATE INDEX `attachments_report` ON `attachments` (`report_id`);--> statement-breakpoint
CREATE INDEX `attachments_request` ON `attachments` (`request_id`);--> statement-breakpoint
CREATE INDEX `attachments_order` ON `attachments` (`order_id`);--> statement-breakpoint
CREATE INDEX `attachments_problem` ON `attachments` (`problem_id`);--> statement-breakpoint
CREATE INDEX `attachments_addressee` ON `attachments` (`addressee_id`) WHERE "attachments"."addressee_id" is not null;--> statement-breakpoint
CREATE INDEX `attachments_uploaded_by` ON `attachments` (`uploaded_by`) WHERE "attachments"."uploaded_by" is not null;