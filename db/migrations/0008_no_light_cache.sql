DROP TABLE `light_cache`;--> statement-breakpoint
DROP INDEX `targets_deadline`;--> statement-breakpoint
CREATE INDEX `targets_assigned` ON `targets` (`assigned_at`);--> statement-breakpoint
CREATE INDEX `target_versions_assigned` ON `target_versions` (`assigned_at`,`target_id`) WHERE "target_versions"."state" = 'assigned';