DROP TABLE `light_cache`;--> statement-breakpoint
CREATE INDEX `target_versions_assigned` ON `target_versions` (`assigned_at`,`target_id`) WHERE "target_versions"."state" = 'assigned';