CREATE INDEX `targets_indicator` ON `targets` (`indicator`);--> statement-breakpoint
CREATE INDEX `targets_confidence` ON `targets` (`confidence`);--> statement-breakpoint
CREATE INDEX `targets_updated` ON `targets` (`updated_at`);