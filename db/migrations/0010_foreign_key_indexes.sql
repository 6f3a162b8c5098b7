DROP INDEX `targets_merged_into`;--> statement-breakpoint
CREATE INDEX `targets_closed_by` ON `targets` (`closed_by`) WHERE "targets"."closed_by" is not null;--> statement-breakpoint
CREATE INDEX `targets_contact_leader` ON `targets` (`contact_leader_id`) WHERE "targets"."contact_leader_id" is not null;--> statement-breakpoint
CREATE INDEX `targets_met_by` ON `targets` (`met_by`) WHERE "targets"."met_by" is not null;--> statement-breakpoint
CREATE INDEX `targets_supervisor` ON `targets` (`supervisor_id`) WHERE "targets"."supervisor_id" is not null;--> statement-breakpoint
CREATE INDEX `targets_merged_into` ON `targets` (`merged_into_id`) WHERE "targets"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX `unit_alias_refusals_refused_by` ON `unit_alias_refusals` (`refused_by`) WHERE "unit_alias_refusals"."refused_by" is not null;--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`) WHERE "units"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX `units_successor` ON `units` (`successor_id`) WHERE "units"."successor_id" is not null;--> statement-breakpoint
CREATE INDEX `users_unit` ON `users` (`unit_id`) WHERE "users"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `files_imported_by` ON `files` (`imported_by`) WHERE "files"."imported_by" is not null;--> statement-breakpoint
CREATE INDEX `import_jobs_created_by` ON `import_jobs` (`created_by`) WHERE "import_jobs"."created_by" is not null;--> statement-breakpoint
CREATE INDEX `import_jobs_file` ON `import_jobs` (`file_id`) WHERE "import_jobs"."file_id" is not null;--> statement-breakpoint
CREATE INDEX `reports_corrects` ON `reports` (`corrects_id`) WHERE "reports"."corrects_id" is not null;--> statement-breakpoint
CREATE INDEX `reports_decided_by` ON `reports` (`decided_by`) WHERE "reports"."decided_by" is not null;--> statement-breakpoint
CREATE INDEX `reports_reporter` ON `reports` (`reporter_id`) WHERE "reports"."reporter_id" is not null;--> statement-breakpoint
CREATE INDEX `reports_unit` ON `reports` (`unit_id`) WHERE "reports"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `target_parts_unit` ON `target_parts` (`unit_id`) WHERE "target_parts"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `target_units_signed_by` ON `target_units` (`signed_by`) WHERE "target_units"."signed_by" is not null;--> statement-breakpoint
CREATE INDEX `bulletins_created_by` ON `bulletins` (`created_by`) WHERE "bulletins"."created_by" is not null;--> statement-breakpoint
CREATE INDEX `bulletins_issued_by` ON `bulletins` (`issued_by`) WHERE "bulletins"."issued_by" is not null;--> statement-breakpoint
CREATE INDEX `change_requests_asked_by` ON `change_requests` (`asked_by`);--> statement-breakpoint
CREATE INDEX `change_requests_decided_by` ON `change_requests` (`decided_by`) WHERE "change_requests"."decided_by" is not null;--> statement-breakpoint
CREATE INDEX `change_requests_unit` ON `change_requests` (`unit_id`) WHERE "change_requests"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `instructions_leader` ON `instructions` (`leader_id`);--> statement-breakpoint
CREATE INDEX `orders_answered_by` ON `orders` (`answered_by`) WHERE "orders"."answered_by" is not null;--> statement-breakpoint
CREATE INDEX `orders_closed_by` ON `orders` (`closed_by`) WHERE "orders"."closed_by" is not null;--> statement-breakpoint
CREATE INDEX `orders_issued_by` ON `orders` (`issued_by`) WHERE "orders"."issued_by" is not null;--> statement-breakpoint
CREATE INDEX `orders_unit` ON `orders` (`unit_id`) WHERE "orders"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `problems_found_by` ON `problems` (`found_by`) WHERE "problems"."found_by" is not null;--> statement-breakpoint
CREATE INDEX `problems_unit` ON `problems` (`unit_id`) WHERE "problems"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `rankings_bulletin` ON `rankings` (`bulletin_id`) WHERE "rankings"."bulletin_id" is not null;--> statement-breakpoint
CREATE INDEX `urges_sent_by` ON `urges` (`sent_by`) WHERE "urges"."sent_by" is not null;--> statement-breakpoint
CREATE INDEX `urges_unit` ON `urges` (`unit_id`) WHERE "urges"."unit_id" is not null;--> statement-breakpoint
CREATE INDEX `attachments_uploaded_by` ON `attachments` (`uploaded_by`) WHERE "attachments"."uploaded_by" is not null;--> statement-breakpoint
CREATE INDEX `notifications_target` ON `notifications` (`target_id`) WHERE "notifications"."target_id" is not null;