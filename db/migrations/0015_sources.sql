CREATE TABLE `source_kinds` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`position` integer NOT NULL,
	`added_by` integer,
	`archived_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `source_kinds_title` ON `source_kinds` (`title`);--> statement-breakpoint
CREATE INDEX `source_kinds_added_by` ON `source_kinds` (`added_by`) WHERE "source_kinds"."added_by" is not null;--> statement-breakpoint
ALTER TABLE `documents` ADD `kind` text DEFAULT 'document' NOT NULL;--> statement-breakpoint
ALTER TABLE `documents` ADD `leader` text;--> statement-breakpoint
CREATE INDEX `documents_kind` ON `documents` (`kind`);--> statement-breakpoint
ALTER TABLE `former_heads` ADD `kind` text DEFAULT 'document' NOT NULL;--> statement-breakpoint
ALTER TABLE `former_heads` ADD `leader` text;--> statement-breakpoint
-- As db/domain/source-kinds.ts lists them.
INSERT INTO source_kinds (id, title, position, created_at) VALUES
  ('document', '政策文件', 1, '2026-11-29T00:00:00.000Z'),
  ('work-report', '政府工作报告', 2, '2026-11-29T00:00:00.000Z'),
  ('plan', '规划', 3, '2026-11-29T00:00:00.000Z'),
  ('meeting', '会议议定事项', 4, '2026-11-29T00:00:00.000Z'),
  ('instruction', '领导批示', 5, '2026-11-29T00:00:00.000Z'),
  ('proposal', '人大建议和政协提案', 6, '2026-11-29T00:00:00.000Z'),
  ('livelihood', '民生实事', 7, '2026-11-29T00:00:00.000Z'),
  ('project', '重点项目', 8, '2026-11-29T00:00:00.000Z'),
  ('inspection', '上级督查反馈', 9, '2026-11-29T00:00:00.000Z'),
  ('letter', '群众来信', 10, '2026-11-29T00:00:00.000Z');
--> statement-breakpoint
-- What titles tell, by the same rule as kindOfTitle.
UPDATE documents SET kind = CASE
  WHEN title LIKE '%政府工作报告%' THEN 'work-report'
  WHEN title LIKE '%会议纪要%' OR title LIKE '%会议议定事项%' OR title LIKE '%会议决定事项%' THEN 'meeting'
  WHEN title LIKE '%民生实事%' THEN 'livelihood'
  WHEN title LIKE '%重点项目%' OR title LIKE '%重大项目%' THEN 'project'
  WHEN title LIKE '%督查反馈%' OR title LIKE '%反馈意见整改%' THEN 'inspection'
  WHEN title LIKE '%规划%' THEN 'plan'
  ELSE 'document' END;
--> statement-breakpoint
UPDATE former_heads SET kind = (SELECT d.kind FROM documents d WHERE d.id = former_heads.document_id);
