DROP INDEX `reports_status`;--> statement-breakpoint
DROP INDEX `reports_unit`;--> statement-breakpoint
CREATE INDEX `reports_undecided` ON `reports` (`status`,`id`) WHERE "reports"."status" in ('draft', 'submitted', 'returned');--> statement-breakpoint
CREATE INDEX `reports_unit` ON `reports` (`unit_id`) WHERE "reports"."unit_id" is not null;
