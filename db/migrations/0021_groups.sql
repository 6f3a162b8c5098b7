-- A group of units is one thing with members; until now a group of the ranking and a group named by a list were two words
-- of a unit, and a name such as 各县市区政府 was a third.
CREATE TABLE `unit_members` (
	`group_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	PRIMARY KEY(`group_id`, `unit_id`),
	FOREIGN KEY (`group_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unit_members_unit` ON `unit_members` (`unit_id`);--> statement-breakpoint
ALTER TABLE `units` ADD `ranked` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `units` SET `kind` = 'group' WHERE `kind` = 'generic';--> statement-breakpoint
-- Who was in which group by what title. A title of the ranking is that of its setting, or the program's own.
CREATE TABLE `groups_before` AS
SELECT u.`id` AS unit_id, 1 AS ranked, CASE u.`ranking_group` WHEN 'department' THEN 1 WHEN 'area' THEN 2 ELSE 3 END AS place,
  coalesce((SELECT json_extract(s.`value`, '$.groups.' || u.`ranking_group`) FROM `settings` s WHERE s.`key` = 'ranking'),
    CASE u.`ranking_group` WHEN 'department' THEN '市直部门' WHEN 'area' THEN '县区' ELSE '园区' END) AS title
FROM `units` u WHERE u.`ranking_group` IS NOT NULL;--> statement-breakpoint
INSERT INTO `groups_before` (unit_id, ranked, place, title)
WITH RECURSIVE names (unit_id, title, rest) AS (
  SELECT `id`, '', `group_names` || '、' FROM `units` WHERE `group_names` IS NOT NULL
  UNION ALL
  SELECT unit_id, trim(substr(rest, 1, instr(rest, '、') - 1)), substr(rest, instr(rest, '、') + 1) FROM names WHERE rest <> ''
)
SELECT unit_id, 0, 4, title FROM names
WHERE title <> '' AND title NOT IN (SELECT g.title FROM `groups_before` g WHERE g.ranked = 1);--> statement-breakpoint
INSERT INTO `units` (`name`, `kind`, `ranked`, `created_at`)
SELECT CASE WHEN EXISTS (SELECT 1 FROM `units` u WHERE u.`name` = g.title) THEN g.title || '（分组）' ELSE g.title END,
  'group', max(g.ranked), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
FROM `groups_before` g
WHERE NOT EXISTS (SELECT 1 FROM `units` u WHERE u.`name` = g.title AND u.`kind` = 'group')
GROUP BY g.title ORDER BY min(g.place), g.title;--> statement-breakpoint
UPDATE `units` SET `ranked` = 1
WHERE `kind` = 'group' AND `name` IN (SELECT title FROM `groups_before` WHERE ranked = 1);--> statement-breakpoint
INSERT OR IGNORE INTO `unit_members` (`group_id`, `unit_id`)
SELECT u.`id`, g.unit_id FROM `groups_before` g JOIN `units` u ON u.`kind` = 'group'
  AND u.`name` = CASE WHEN EXISTS (SELECT 1 FROM `units` o WHERE o.`name` = g.title AND o.`kind` = 'unit') THEN g.title || '（分组）' ELSE g.title END
WHERE u.`id` <> g.unit_id;--> statement-breakpoint
INSERT OR IGNORE INTO `unit_aliases` (`unit_id`, `name`, `key`, `source`, `created_at`)
SELECT u.`id`, u.`name`, lower(replace(replace(replace(replace(replace(replace(u.`name`, ' ', ''), '（', ''), '）', ''), '(', ''), ')', ''), '　', '')),
  'person', u.`created_at`
FROM `units` u WHERE u.`kind` = 'group' AND NOT EXISTS (SELECT 1 FROM `unit_aliases` a WHERE a.`unit_id` = u.`id`);--> statement-breakpoint
DROP TABLE `groups_before`;--> statement-breakpoint
ALTER TABLE `units` DROP COLUMN `ranking_group`;--> statement-breakpoint
ALTER TABLE `units` DROP COLUMN `group_names`;--> statement-breakpoint
-- What was frozen calls a group by its title from now on, as it was then.
UPDATE `rankings` SET `rows` = (
  SELECT json_group_array(json(CASE WHEN json_extract(r.value, '$.group') IS NULL THEN r.value
    ELSE json_set(r.value, '$.group', json_extract(`rankings`.`formula`, '$.groups.' || json_extract(r.value, '$.group'))) END) ORDER BY r.key)
  FROM json_each(`rankings`.`rows`) r), `formula` = json_remove(`formula`, '$.groups')
WHERE json_valid(`rows`) AND json_valid(`formula`) AND json_extract(`formula`, '$.groups') IS NOT NULL;--> statement-breakpoint
UPDATE `bulletins` SET `content` = json_remove(json_set(`content`, '$.figures.ranking', (
  SELECT json_group_array(json(CASE WHEN json_extract(r.value, '$.group') IS NULL THEN r.value
    ELSE json_set(r.value, '$.group', json_extract(`bulletins`.`content`, '$.figures.formula.groups.' || json_extract(r.value, '$.group'))) END) ORDER BY r.key)
  FROM json_each(`bulletins`.`content`, '$.figures.ranking') r)), '$.figures.formula.groups')
WHERE json_valid(`content`) AND json_extract(`content`, '$.figures.formula.groups') IS NOT NULL;--> statement-breakpoint
UPDATE `settings` SET `value` = json_remove(`value`, '$.groups') WHERE `key` = 'ranking' AND json_valid(`value`);--> statement-breakpoint
UPDATE `setting_versions` SET `value` = json_remove(`value`, '$.groups') WHERE `key` = 'ranking' AND json_valid(`value`);--> statement-breakpoint
-- How the parts of a target make the whole is said of the target, not of each part.
ALTER TABLE `targets` ADD `roll_up` text DEFAULT 'worst' NOT NULL;--> statement-breakpoint
ALTER TABLE `target_versions` ADD `roll_up` text DEFAULT 'worst' NOT NULL;--> statement-breakpoint
UPDATE `targets` SET `roll_up` = (SELECT p."check" FROM `target_parts` p WHERE p.`target_id` = `targets`.`id` AND p.`kind` = 'unit' LIMIT 1)
WHERE `id` IN (SELECT `target_id` FROM `target_parts` WHERE `kind` = 'unit' AND "check" IN ('sum', 'average'));--> statement-breakpoint
UPDATE `target_versions` SET `roll_up` = (SELECT t.`roll_up` FROM `targets` t WHERE t.`id` = `target_versions`.`target_id`)
WHERE `valid_until` IS NULL AND `target_id` IN (SELECT `id` FROM `targets` WHERE `roll_up` <> 'worst');--> statement-breakpoint
UPDATE `target_versions` SET `parts` = (SELECT json_group_array(json_remove(p.value, '$.check') ORDER BY p.key) FROM json_each(`target_versions`.`parts`) p)
WHERE `parts` <> '[]' AND json_valid(`parts`);--> statement-breakpoint
ALTER TABLE `target_parts` DROP COLUMN `check`;--> statement-breakpoint
ALTER TABLE `target_units` ADD `group_id` integer REFERENCES units(id);--> statement-breakpoint
CREATE INDEX `target_units_group` ON `target_units` (`group_id`) WHERE "target_units"."group_id" is not null;--> statement-breakpoint
CREATE TABLE `unit_light_spans` (
	`target_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`light` text NOT NULL,
	`late` integer NOT NULL,
	`progress` real,
	`value` real,
	`value_as_of` text,
	`missing_baseline` integer NOT NULL,
	PRIMARY KEY(`target_id`, `unit_id`, `from_day`),
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `unit_light_spans_unit` ON `unit_light_spans` (`unit_id`);
