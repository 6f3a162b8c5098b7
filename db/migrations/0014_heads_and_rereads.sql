CREATE TABLE `former_heads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document_id` integer NOT NULL,
	`number` text,
	`title` text NOT NULL,
	`issuer` text,
	`issued_on` text,
	`head_doubts` text,
	`head_set_at` text,
	`step` text NOT NULL,
	`replaced_at` text NOT NULL,
	`replaced_by` integer,
	`replaced_by_name` text,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`replaced_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `former_heads_document` ON `former_heads` (`document_id`);--> statement-breakpoint
CREATE INDEX `former_heads_replaced_by` ON `former_heads` (`replaced_by`) WHERE "former_heads"."replaced_by" is not null;--> statement-breakpoint
CREATE TABLE `rereads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_id` integer NOT NULL,
	`found` blob NOT NULL,
	`changes` text NOT NULL,
	`digest` text NOT NULL,
	`created_by` integer,
	`created_at` text NOT NULL,
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rereads_file` ON `rereads` (`file_id`);--> statement-breakpoint
CREATE INDEX `rereads_created_by` ON `rereads` (`created_by`) WHERE "rereads"."created_by" is not null;--> statement-breakpoint
ALTER TABLE `documents` ADD `head_doubts` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `head_set_at` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `documents_doubtful` ON `documents` (`id`) WHERE "documents"."head_doubts" is not null;--> statement-breakpoint
ALTER TABLE `files` ADD `reading` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `import_jobs` ADD `purpose` text DEFAULT 'import' NOT NULL;--> statement-breakpoint
-- What an older version could not read of a head is doubtful until somebody has looked at it.
UPDATE documents SET head_doubts = json_patch(json_patch(
  iif(number IS NULL, '{"number":"missing"}', '{}'),
  iif(issuer IS NULL, '{"issuer":"missing"}', '{}')),
  iif(issued_on IS NULL, '{"issuedOn":"missing"}', '{}'))
WHERE number IS NULL OR issuer IS NULL OR issued_on IS NULL;
--> statement-breakpoint
-- 重新读取 puts another text in the place of the stored one and moves every span and index entry; nobody else may.
DROP TRIGGER files_raw_text_fixed;
--> statement-breakpoint
CREATE TRIGGER files_raw_text_fixed BEFORE UPDATE OF raw_text ON files
WHEN OLD.raw_text IS NOT NEW.raw_text AND NEW.reading IS NOT OLD.reading + 1 BEGIN
  SELECT RAISE(ABORT, 'the raw text of a file changes with a new reading only');
END;
--> statement-breakpoint
-- Documents of a large file are taken out of the index, too, by whoever changes them (server/documents/search-index.ts):
-- the triggers read the whole text once for each document.
DROP TRIGGER documents_fts_before_update;
--> statement-breakpoint
CREATE TRIGGER documents_fts_before_update BEFORE UPDATE OF title, number, file_id, start, "end" ON documents
WHEN (SELECT size FROM files WHERE id = OLD.file_id) <= 1000000 BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, number, body) SELECT 'delete', id, title, number, body FROM documents_search WHERE id = OLD.id;
END;
--> statement-breakpoint
DROP TRIGGER documents_fts_after_update;
--> statement-breakpoint
CREATE TRIGGER documents_fts_after_update AFTER UPDATE OF title, number, file_id, start, "end" ON documents
WHEN (SELECT size FROM files WHERE id = NEW.file_id) <= 1000000 BEGIN
  INSERT INTO documents_fts (rowid, title, number, body) SELECT id, title, number, body FROM documents_search WHERE id = NEW.id;
END;
--> statement-breakpoint
DROP TRIGGER documents_fts_delete;
--> statement-breakpoint
CREATE TRIGGER documents_fts_delete BEFORE DELETE ON documents
WHEN (SELECT size FROM files WHERE id = OLD.file_id) <= 1000000 BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, number, body) SELECT 'delete', id, title, number, body FROM documents_search WHERE id = OLD.id;
END;
