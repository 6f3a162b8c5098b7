-- Full-text search by three characters (trigram), which needs no word list and finds Chinese inside a sentence.
-- The indexes keep no text of their own: they read it from the tables, and triggers keep them right.
CREATE VIRTUAL TABLE targets_fts USING fts5(indicator, evidence, content = 'targets', content_rowid = 'id', tokenize = 'trigram');
--> statement-breakpoint
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
-- Unit names of a target as written, one row per name: rowid is target_units.id.
CREATE VIRTUAL TABLE target_units_fts USING fts5(name, content = 'target_units', content_rowid = 'id', tokenize = 'trigram');
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
-- The text of a document without line breaks and blanks, so that a hard wrap does not hide a word. SQLite counts code
-- points where the offsets count UTF-16 units: a rare character outside the basic plane moves the edges by one.
CREATE VIEW documents_search AS
SELECT d.id AS id, d.title AS title, coalesce(d.number, '') AS number,
  replace(replace(replace(replace(replace(substr(f.raw_text, d.start + 1, d."end" - d.start), char(13), ''), char(10), ''), char(12), ''), ' ', ''), char(12288), '') AS body
FROM documents d JOIN files f ON f.id = d.file_id;
--> statement-breakpoint
CREATE VIRTUAL TABLE documents_fts USING fts5(title, number, body, content = 'documents_search', content_rowid = 'id', tokenize = 'trigram');
--> statement-breakpoint
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN
  INSERT INTO documents_fts (rowid, title, number, body) SELECT id, title, number, body FROM documents_search WHERE id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER documents_fts_before_update BEFORE UPDATE OF title, number, file_id, start, "end" ON documents BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, number, body) SELECT 'delete', id, title, number, body FROM documents_search WHERE id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER documents_fts_after_update AFTER UPDATE OF title, number, file_id, start, "end" ON documents BEGIN
  INSERT INTO documents_fts (rowid, title, number, body) SELECT id, title, number, body FROM documents_search WHERE id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER documents_fts_delete BEFORE DELETE ON documents BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, number, body) SELECT 'delete', id, title, number, body FROM documents_search WHERE id = OLD.id;
END;
--> statement-breakpoint
-- The raw text stays as it came: every span and every index entry points into it.
CREATE TRIGGER files_raw_text_fixed BEFORE UPDATE OF raw_text ON files WHEN OLD.raw_text IS NOT NEW.raw_text BEGIN
  SELECT RAISE(ABORT, 'the raw text of a file is never changed');
END;
--> statement-breakpoint
-- Rows that were there before the indexes.
INSERT INTO targets_fts (targets_fts) VALUES ('rebuild');
--> statement-breakpoint
INSERT INTO target_units_fts (target_units_fts) VALUES ('rebuild');
--> statement-breakpoint
INSERT INTO documents_fts (documents_fts) VALUES ('rebuild');
--> statement-breakpoint
-- The audit log only grows. REPLACE would delete a row without asking a DELETE trigger, therefore the third one.
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log WHEN NEW.id IS NOT NULL AND EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
