-- Instants of targets, their units and their versions lie as milliseconds since 1970; what is not exactly an instant stays as it
-- is. What stays the same from one version of a target to the next is written once.
CREATE TABLE `targets_compact` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document_id` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text DEFAULT 'extracted' NOT NULL,
	`indicator` text NOT NULL,
	`op` text,
	`value` real,
	`value_high` real,
	`unit` text,
	`measure` text,
	`per` text,
	`deadline` integer,
	`deadline_basis` text DEFAULT 'none' NOT NULL,
	`deadline_words` text,
	`deadline_rule` text,
	`baseline_value` real,
	`baseline_unit` text,
	`baseline_period` text,
	`confidence` real NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`clause_start` integer NOT NULL,
	`clause_end` integer NOT NULL,
	`clause_path` text NOT NULL,
	`evidence` text NOT NULL,
	`extracted` text,
	`start_on` integer,
	`report_frequency` text,
	`supervisor_id` integer,
	`contact_leader_id` integer,
	`manual_light` text,
	`manual_light_reason` text,
	`confirmed_at` integer,
	`assigned_at` integer,
	`signed_at` integer,
	`met_at` integer,
	`closed_at` integer,
	`merged_into_id` integer,
	`dropped_reason` text,
	`suspended_from` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`met_by` integer,
	`closed_by` integer,
	`reporting` text DEFAULT 'any' NOT NULL,
	`roll_up` text DEFAULT 'worst' NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supervisor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_leader_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`met_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO sqlite_sequence (`name`, `seq`) SELECT 'targets_compact', `seq` FROM sqlite_sequence WHERE `name` = 'targets';
--> statement-breakpoint
INSERT INTO `targets_compact` (`id`, `document_id`, `kind`, `state`, `indicator`, `op`, `value`, `value_high`, `unit`, `measure`, `per`, `deadline`, `deadline_basis`, `deadline_words`, `deadline_rule`, `baseline_value`, `baseline_unit`, `baseline_period`, `confidence`, `start`, `end`, `clause_start`, `clause_end`, `clause_path`, `evidence`, `extracted`, `start_on`, `report_frequency`, `supervisor_id`, `contact_leader_id`, `manual_light`, `manual_light_reason`, `confirmed_at`, `assigned_at`, `signed_at`, `met_at`, `closed_at`, `merged_into_id`, `dropped_reason`, `suspended_from`, `version`, `created_at`, `updated_at`, `met_by`, `closed_by`, `reporting`, `roll_up`)
SELECT `id`,
  `document_id`,
  `kind`,
  `state`,
  `indicator`,
  `op`,
  `value`,
  `value_high`,
  `unit`,
  `measure`,
  `per`,
  CASE WHEN date(`deadline`) = `deadline` THEN unixepoch(`deadline`) / 86400 ELSE `deadline` END,
  `deadline_basis`,
  `deadline_words`,
  `deadline_rule`,
  `baseline_value`,
  `baseline_unit`,
  `baseline_period`,
  `confidence`,
  `start`,
  `end`,
  `clause_start`,
  `clause_end`,
  `clause_path`,
  `evidence`,
  `extracted`,
  CASE WHEN date(`start_on`) = `start_on` THEN unixepoch(`start_on`) / 86400 ELSE `start_on` END,
  `report_frequency`,
  `supervisor_id`,
  `contact_leader_id`,
  `manual_light`,
  `manual_light_reason`,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `confirmed_at`) = `confirmed_at` THEN unixepoch(`confirmed_at`) * 1000 + CAST(substr(`confirmed_at`, 21, 3) AS INTEGER) ELSE `confirmed_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `assigned_at`) = `assigned_at` THEN unixepoch(`assigned_at`) * 1000 + CAST(substr(`assigned_at`, 21, 3) AS INTEGER) ELSE `assigned_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `signed_at`) = `signed_at` THEN unixepoch(`signed_at`) * 1000 + CAST(substr(`signed_at`, 21, 3) AS INTEGER) ELSE `signed_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `met_at`) = `met_at` THEN unixepoch(`met_at`) * 1000 + CAST(substr(`met_at`, 21, 3) AS INTEGER) ELSE `met_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `closed_at`) = `closed_at` THEN unixepoch(`closed_at`) * 1000 + CAST(substr(`closed_at`, 21, 3) AS INTEGER) ELSE `closed_at` END,
  `merged_into_id`,
  `dropped_reason`,
  `suspended_from`,
  `version`,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `created_at`) = `created_at` THEN unixepoch(`created_at`) * 1000 + CAST(substr(`created_at`, 21, 3) AS INTEGER) ELSE `created_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `updated_at`) = `updated_at` THEN unixepoch(`updated_at`) * 1000 + CAST(substr(`updated_at`, 21, 3) AS INTEGER) ELSE `updated_at` END,
  `met_by`,
  `closed_by`,
  `reporting`,
  `roll_up`
FROM `targets`;
--> statement-breakpoint
DROP TABLE `targets`;
--> statement-breakpoint
ALTER TABLE `targets_compact` RENAME TO `targets`;
--> statement-breakpoint
CREATE INDEX `targets_document` ON `targets` (`document_id`,`start`);
--> statement-breakpoint
CREATE INDEX `targets_state` ON `targets` (`state`,`id`);
--> statement-breakpoint
CREATE INDEX `targets_assigned` ON `targets` (`assigned_at`);
--> statement-breakpoint
CREATE INDEX `targets_indicator` ON `targets` (`indicator`);
--> statement-breakpoint
CREATE INDEX `targets_confidence` ON `targets` (`confidence`);
--> statement-breakpoint
CREATE INDEX `targets_updated` ON `targets` (`updated_at`);
--> statement-breakpoint
CREATE INDEX `targets_closed_by` ON `targets` (`closed_by`) WHERE "targets"."closed_by" is not null;
--> statement-breakpoint
CREATE INDEX `targets_contact_leader` ON `targets` (`contact_leader_id`) WHERE "targets"."contact_leader_id" is not null;
--> statement-breakpoint
CREATE INDEX `targets_merged_into` ON `targets` (`merged_into_id`) WHERE "targets"."merged_into_id" is not null;
--> statement-breakpoint
CREATE INDEX `targets_met_by` ON `targets` (`met_by`) WHERE "targets"."met_by" is not null;
--> statement-breakpoint
CREATE INDEX `targets_supervisor` ON `targets` (`supervisor_id`) WHERE "targets"."supervisor_id" is not null;
--> statement-breakpoint
-- The triggers of the search went with the table; its index still fits, as no number and no word is another.
CREATE TRIGGER targets_fts_insert AFTER INSERT ON targets BEGIN
  INSERT INTO targets_fts (rowid, indicator, evidence) VALUES (NEW.id, NEW.indicator, NEW.evidence);
END;
--> statement-breakpoint
CREATE TRIGGER targets_fts_update AFTER UPDATE OF indicator, evidence ON targets
WHEN OLD.indicator IS NOT NEW.indicator OR OLD.evidence IS NOT NEW.evidence BEGIN
  INSERT INTO targets_fts (targets_fts, rowid, indicator, evidence) VALUES ('delete', OLD.id, OLD.indicator, OLD.evidence);
  INSERT INTO targets_fts (rowid, indicator, evidence) VALUES (NEW.id, NEW.indicator, NEW.evidence);
END;
--> statement-breakpoint
CREATE TRIGGER targets_fts_delete AFTER DELETE ON targets BEGIN
  INSERT INTO targets_fts (targets_fts, rowid, indicator, evidence) VALUES ('delete', OLD.id, OLD.indicator, OLD.evidence);
END;
--> statement-breakpoint
CREATE TABLE `target_units_compact` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`role` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`unit_id` integer,
	`signed_at` integer,
	`signed_by` integer,
	`group_id` integer,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO sqlite_sequence (`name`, `seq`) SELECT 'target_units_compact', `seq` FROM sqlite_sequence WHERE `name` = 'target_units';
--> statement-breakpoint
INSERT INTO `target_units_compact` (`id`, `target_id`, `role`, `position`, `name`, `unit_id`, `signed_at`, `signed_by`, `group_id`)
SELECT `id`, `target_id`, `role`, `position`, `name`, `unit_id`, CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', `signed_at`) = `signed_at` THEN unixepoch(`signed_at`) * 1000 + CAST(substr(`signed_at`, 21, 3) AS INTEGER) ELSE `signed_at` END, `signed_by`, `group_id`
FROM `target_units`;
--> statement-breakpoint
DROP TABLE `target_units`;
--> statement-breakpoint
ALTER TABLE `target_units_compact` RENAME TO `target_units`;
--> statement-breakpoint
CREATE INDEX `target_units_target` ON `target_units` (`target_id`);
--> statement-breakpoint
CREATE INDEX `target_units_unit` ON `target_units` (`unit_id`,`target_id`);
--> statement-breakpoint
CREATE INDEX `target_units_group` ON `target_units` (`group_id`) WHERE "target_units"."group_id" is not null;
--> statement-breakpoint
CREATE INDEX `target_units_signed_by` ON `target_units` (`signed_by`) WHERE "target_units"."signed_by" is not null;
--> statement-breakpoint
CREATE TRIGGER target_units_fts_insert AFTER INSERT ON target_units BEGIN
  INSERT INTO target_units_fts (rowid, name) VALUES (NEW.id, NEW.name);
END;
--> statement-breakpoint
CREATE TRIGGER target_units_fts_update AFTER UPDATE OF name ON target_units WHEN OLD.name IS NOT NEW.name BEGIN
  INSERT INTO target_units_fts (target_units_fts, rowid, name) VALUES ('delete', OLD.id, OLD.name);
  INSERT INTO target_units_fts (rowid, name) VALUES (NEW.id, NEW.name);
END;
--> statement-breakpoint
CREATE TRIGGER target_units_fts_delete AFTER DELETE ON target_units BEGIN
  INSERT INTO target_units_fts (target_units_fts, rowid, name) VALUES ('delete', OLD.id, OLD.name);
END;
--> statement-breakpoint
CREATE TABLE `version_contents` (
	`target_id` integer NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`indicator` text NOT NULL,
	`op` text,
	`value` real,
	`value_high` real,
	`unit` text,
	`measure` text,
	`per` text,
	`deadline` integer,
	`deadline_basis` text DEFAULT 'none' NOT NULL,
	`deadline_words` text,
	`deadline_rule` text,
	`baseline_value` real,
	`baseline_unit` text,
	`baseline_period` text,
	`start_on` integer,
	`report_frequency` text,
	`reporting` text DEFAULT 'any' NOT NULL,
	`roll_up` text DEFAULT 'worst' NOT NULL,
	`supervisor_id` integer,
	`contact_leader_id` integer,
	`manual_light` text,
	`manual_light_reason` text,
	`merged_into_id` integer,
	`dropped_reason` text,
	`parts` text NOT NULL,
	PRIMARY KEY(`target_id`, `n`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supervisor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_leader_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `version_contents` (`target_id`, `n`, `kind`, `indicator`, `op`, `value`, `value_high`, `unit`, `measure`, `per`, `deadline`, `deadline_basis`, `deadline_words`, `deadline_rule`, `baseline_value`, `baseline_unit`, `baseline_period`, `start_on`, `report_frequency`, `reporting`, `roll_up`, `supervisor_id`, `contact_leader_id`, `manual_light`, `manual_light_reason`, `merged_into_id`, `dropped_reason`, `parts`)
SELECT `target_id`, row_number() OVER (PARTITION BY `target_id` ORDER BY min(`id`)),
  `kind`, `indicator`, `op`, `value`, `value_high`, `unit`, `measure`, `per`, CASE WHEN date(`deadline`) = `deadline` THEN unixepoch(`deadline`) / 86400 ELSE `deadline` END, `deadline_basis`, `deadline_words`, `deadline_rule`, `baseline_value`, `baseline_unit`, `baseline_period`, CASE WHEN date(`start_on`) = `start_on` THEN unixepoch(`start_on`) / 86400 ELSE `start_on` END, `report_frequency`, `reporting`, `roll_up`, `supervisor_id`, `contact_leader_id`, `manual_light`, `manual_light_reason`, `merged_into_id`, `dropped_reason`, `parts`
FROM `target_versions` GROUP BY `target_id`, `kind`, `indicator`, `op`, `value`, `value_high`, `unit`, `measure`, `per`, `deadline`, `deadline_basis`, `deadline_words`, `deadline_rule`, `baseline_value`, `baseline_unit`, `baseline_period`, `start_on`, `report_frequency`, `reporting`, `roll_up`, `supervisor_id`, `contact_leader_id`, `manual_light`, `manual_light_reason`, `merged_into_id`, `dropped_reason`, `parts`;
--> statement-breakpoint
CREATE TABLE `version_units` (
	`target_id` integer NOT NULL,
	`n` integer NOT NULL,
	`units` text NOT NULL,
	PRIMARY KEY(`target_id`, `n`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
-- A list that says nothing but what the shorter one says; any other stays as it was.
INSERT INTO `version_units` (`target_id`, `n`, `units`)
SELECT v.`target_id`, row_number() OVER (PARTITION BY v.`target_id` ORDER BY min(v.`id`)),
  CASE WHEN NOT json_valid(v.`units`) THEN v.`units`
  WHEN json_type(v.`units`) <> 'array' OR EXISTS (SELECT 1 FROM json_each(v.`units`) e WHERE e.type <> 'object') THEN v.`units`
  WHEN v.`units` = (SELECT json_group_array(json(CASE WHEN e.value ->> 'groupId' IS NULL
    THEN json_object('role', e.value ->> 'role', 'name', e.value ->> 'name', 'unitId', e.value ->> 'unitId', 'signedAt', e.value ->> 'signedAt')
    ELSE json_object('role', e.value ->> 'role', 'name', e.value ->> 'name', 'unitId', e.value ->> 'unitId', 'signedAt', e.value ->> 'signedAt', 'groupId', e.value ->> 'groupId') END) ORDER BY e.key)
    FROM json_each(v.`units`) e)
  THEN (SELECT json_group_array(json(CASE
    WHEN e.value ->> 'groupId' IS NOT NULL THEN json_array(CASE e.value ->> 'role' WHEN 'lead' THEN 0 WHEN 'responsible' THEN 1 WHEN 'support' THEN 2 ELSE e.value ->> 'role' END, e.value ->> 'unitId', e.value ->> 'name', CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', e.value ->> 'signedAt') = e.value ->> 'signedAt' THEN unixepoch(e.value ->> 'signedAt') * 1000 + CAST(substr(e.value ->> 'signedAt', 21, 3) AS INTEGER) ELSE e.value ->> 'signedAt' END, e.value ->> 'groupId')
    WHEN e.value ->> 'signedAt' IS NOT NULL THEN json_array(CASE e.value ->> 'role' WHEN 'lead' THEN 0 WHEN 'responsible' THEN 1 WHEN 'support' THEN 2 ELSE e.value ->> 'role' END, e.value ->> 'unitId', e.value ->> 'name', CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', e.value ->> 'signedAt') = e.value ->> 'signedAt' THEN unixepoch(e.value ->> 'signedAt') * 1000 + CAST(substr(e.value ->> 'signedAt', 21, 3) AS INTEGER) ELSE e.value ->> 'signedAt' END)
    ELSE json_array(CASE e.value ->> 'role' WHEN 'lead' THEN 0 WHEN 'responsible' THEN 1 WHEN 'support' THEN 2 ELSE e.value ->> 'role' END, e.value ->> 'unitId', e.value ->> 'name') END) ORDER BY e.key) FROM json_each(v.`units`) e)
  ELSE v.`units` END
FROM `target_versions` v GROUP BY v.`target_id`, v.`units`;
--> statement-breakpoint
CREATE TABLE `version_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_until` integer,
	`step` text NOT NULL,
	`by_id` integer,
	`by_name` text,
	`reason` text,
	`split_from_id` integer,
	`state` integer NOT NULL,
	`confirmed_at` integer,
	`assigned_at` integer,
	`signed_at` integer,
	`met_at` integer,
	`met_by` integer,
	`closed_at` integer,
	`closed_by` integer,
	`suspended_from` text,
	`content` integer NOT NULL,
	`units` integer NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`met_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO sqlite_sequence (`name`, `seq`) SELECT 'version_steps', `seq` FROM sqlite_sequence WHERE `name` = 'target_versions';
--> statement-breakpoint
-- Which contents and units a version has is told by their places among those of its target: equal rows share one.
CREATE TABLE `version_places` (`id` integer PRIMARY KEY, `content` integer, `units` integer);
--> statement-breakpoint
INSERT INTO `version_places` (`id`, `content`, `units`)
SELECT `id`, dense_rank() OVER (PARTITION BY `target_id` ORDER BY content) AS content, dense_rank() OVER (PARTITION BY `target_id` ORDER BY units) AS units FROM (
  SELECT `id`, `target_id`, min(`id`) OVER (PARTITION BY `target_id`, `kind`, `indicator`, `op`, `value`, `value_high`, `unit`, `measure`, `per`, `deadline`, `deadline_basis`, `deadline_words`, `deadline_rule`, `baseline_value`, `baseline_unit`, `baseline_period`, `start_on`, `report_frequency`, `reporting`, `roll_up`, `supervisor_id`, `contact_leader_id`, `manual_light`, `manual_light_reason`, `merged_into_id`, `dropped_reason`, `parts`) AS content,
    min(`id`) OVER (PARTITION BY `target_id`, `units`) AS units FROM `target_versions`);
--> statement-breakpoint
INSERT INTO `version_steps` (`id`, `target_id`, `valid_from`, `valid_until`, `step`, `by_id`, `by_name`, `reason`, `split_from_id`, `state`, `confirmed_at`, `assigned_at`, `signed_at`, `met_at`, `met_by`, `closed_at`, `closed_by`, `suspended_from`, `content`, `units`)
SELECT v.`id`,
  v.`target_id`,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`valid_from`) = v.`valid_from` THEN unixepoch(v.`valid_from`) * 1000 + CAST(substr(v.`valid_from`, 21, 3) AS INTEGER) ELSE v.`valid_from` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`valid_until`) = v.`valid_until` THEN unixepoch(v.`valid_until`) * 1000 + CAST(substr(v.`valid_until`, 21, 3) AS INTEGER) ELSE v.`valid_until` END,
  v.`step`,
  v.`by_id`,
  v.`by_name`,
  v.`reason`,
  v.`split_from_id`,
  CASE v.`state` WHEN 'extracted' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'assigned' THEN 2 WHEN 'signed' THEN 3 WHEN 'in_progress' THEN 4 WHEN 'reported' THEN 5 WHEN 'met' THEN 6 WHEN 'closed' THEN 7 WHEN 'suspended' THEN 8 WHEN 'dropped' THEN 9 WHEN 'merged' THEN 10 WHEN 'returned' THEN 11 ELSE v.`state` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`confirmed_at`) = v.`confirmed_at` THEN unixepoch(v.`confirmed_at`) * 1000 + CAST(substr(v.`confirmed_at`, 21, 3) AS INTEGER) ELSE v.`confirmed_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`assigned_at`) = v.`assigned_at` THEN unixepoch(v.`assigned_at`) * 1000 + CAST(substr(v.`assigned_at`, 21, 3) AS INTEGER) ELSE v.`assigned_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`signed_at`) = v.`signed_at` THEN unixepoch(v.`signed_at`) * 1000 + CAST(substr(v.`signed_at`, 21, 3) AS INTEGER) ELSE v.`signed_at` END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`met_at`) = v.`met_at` THEN unixepoch(v.`met_at`) * 1000 + CAST(substr(v.`met_at`, 21, 3) AS INTEGER) ELSE v.`met_at` END,
  v.`met_by`,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%fZ', v.`closed_at`) = v.`closed_at` THEN unixepoch(v.`closed_at`) * 1000 + CAST(substr(v.`closed_at`, 21, 3) AS INTEGER) ELSE v.`closed_at` END,
  v.`closed_by`,
  v.`suspended_from`,
  p.content, p.units
FROM `target_versions` v JOIN `version_places` p ON p.`id` = v.`id` ORDER BY v.`id`;
--> statement-breakpoint
DROP TABLE `version_places`;
--> statement-breakpoint
DROP TABLE `target_versions`;
--> statement-breakpoint
CREATE INDEX `version_steps_target` ON `version_steps` (`target_id`);
--> statement-breakpoint
CREATE INDEX `version_steps_open` ON `version_steps` (`target_id`) WHERE "version_steps"."valid_until" IS NULL;
--> statement-breakpoint
CREATE INDEX `version_steps_assigned` ON `version_steps` (`assigned_at`,`target_id`) WHERE "version_steps"."state" = 2;
--> statement-breakpoint
CREATE VIEW `target_versions` AS
SELECT v.`id`, v.`target_id`, v.`valid_from`, v.`valid_until`, v.`step`, v.`by_id`, v.`by_name`, v.`reason`, v.`split_from_id`,
  c.`kind`, CASE v.`state` WHEN 0 THEN 'extracted' WHEN 1 THEN 'confirmed' WHEN 2 THEN 'assigned' WHEN 3 THEN 'signed' WHEN 4 THEN 'in_progress' WHEN 5 THEN 'reported' WHEN 6 THEN 'met' WHEN 7 THEN 'closed' WHEN 8 THEN 'suspended' WHEN 9 THEN 'dropped' WHEN 10 THEN 'merged' WHEN 11 THEN 'returned' ELSE v.`state` END AS `state`, c.`indicator`, c.`op`, c.`value`, c.`value_high`, c.`unit`, c.`measure`, c.`per`, c.`deadline`, c.`deadline_basis`, c.`deadline_words`, c.`deadline_rule`, c.`baseline_value`, c.`baseline_unit`, c.`baseline_period`, c.`start_on`, c.`report_frequency`, c.`supervisor_id`, c.`contact_leader_id`, c.`manual_light`, c.`manual_light_reason`, v.`confirmed_at`, v.`assigned_at`, v.`signed_at`, v.`met_at`, v.`met_by`, v.`closed_at`, v.`closed_by`, c.`merged_into_id`, c.`dropped_reason`, v.`suspended_from`, l.`units`, c.`parts`, c.`reporting`, c.`roll_up`
FROM `version_steps` v
CROSS JOIN `version_contents` c ON c.`target_id` = v.`target_id` AND c.`n` = v.`content`
CROSS JOIN `version_units` l ON l.`target_id` = v.`target_id` AND l.`n` = v.`units`;
