-- How long each text is serves a ranking of hits, which no list asks for.
DROP TABLE targets_fts;
--> statement-breakpoint
CREATE VIRTUAL TABLE targets_fts USING fts5(indicator, evidence, content = 'targets', content_rowid = 'id', tokenize = 'trigram', columnsize = 0);
--> statement-breakpoint
INSERT INTO targets_fts (targets_fts) VALUES ('rebuild');
--> statement-breakpoint
DROP TABLE target_units_fts;
--> statement-breakpoint
CREATE VIRTUAL TABLE target_units_fts USING fts5(name, content = 'target_units', content_rowid = 'id', tokenize = 'trigram', columnsize = 0);
--> statement-breakpoint
INSERT INTO target_units_fts (target_units_fts) VALUES ('rebuild');
