-- The trigger cuts a document out of its file's text, for which SQLite reads the whole text once per document: for a
-- gazette of 10 MB with 400 documents that took seconds in the import's transaction. The documents of a large file (more
-- bytes than here, LARGE_FILE_BYTES in server/documents/search-index.ts) are indexed by the import, which has the text at hand.
DROP TRIGGER documents_fts_insert;
--> statement-breakpoint
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents
WHEN (SELECT size FROM files WHERE id = NEW.file_id) <= 1000000 BEGIN
  INSERT INTO documents_fts (rowid, title, number, body) SELECT id, title, number, body FROM documents_search WHERE id = NEW.id;
END;
