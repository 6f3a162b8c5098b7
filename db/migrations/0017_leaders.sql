ALTER TABLE `units` ADD `leader_id` integer REFERENCES users(id);--> statement-breakpoint
CREATE INDEX `units_leader` ON `units` (`leader_id`) WHERE "units"."leader_id" is not null;