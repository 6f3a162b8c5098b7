DROP INDEX `notifications_unread`;--> statement-breakpoint
CREATE INDEX `notifications_user` ON `notifications` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`user_id`) WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX `reports_unit_open` ON `reports` (`unit_id`,`target_id`) WHERE "reports"."status" in ('draft', 'returned');
