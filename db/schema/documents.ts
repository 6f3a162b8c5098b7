import { isNotNull } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { createdAt, users } from './people.ts'

/** An uploaded file. The raw text is kept exactly as it was read; all spans are UTF-16 offsets into it. */
export const files = sqliteTable(
  'files',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Hex SHA-256 of the bytes: the same file twice is one file. */
    sha256: text('sha256').notNull(),
    name: text('name').notNull(),
    /** Id of the form it was read as; the readers have the list. */
    format: text('format').notNull(),
    size: integer('size').notNull(),
    rawText: text('raw_text').notNull(),
    importedBy: integer('imported_by').references(() => users.id),
    importedAt: text('imported_at').notNull(),
  },
  (t) => [
    uniqueIndex('files_sha256').on(t.sha256),
    index('files_imported_by').on(t.importedBy).where(isNotNull(t.importedBy)),
  ],
)

/** One document of a file; `start`..`end` is its part of the file's raw text. */
export const documents = sqliteTable(
  'documents',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    /** 发文字号 */
    number: text('number'),
    title: text('title').notNull(),
    issuer: text('issuer'),
    issuedOn: text('issued_on'),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    archivedAt: text('archived_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('documents_file').on(t.fileId),
    index('documents_number').on(t.number),
    index('documents_issued').on(t.issuedOn),
  ],
)

/** One run of reading a file, kept so that progress and failures can be shown after the fact. */
export const importJobs = sqliteTable(
  'import_jobs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fileName: text('file_name').notNull(),
    size: integer('size').notNull(),
    status: text('status', {
      enum: ['queued', 'reading', 'extracting', 'storing', 'done', 'duplicate', 'failed', 'cancelled'],
    }).notNull(),
    /** 0–100 */
    percent: integer('percent').notNull().default(0),
    documentsFound: integer('documents_found').notNull().default(0),
    candidatesFound: integer('candidates_found').notNull().default(0),
    /** Stable code and Chinese sentence of what went wrong and what to do. */
    errorCode: text('error_code'),
    message: text('message'),
    fileId: integer('file_id').references(() => files.id),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    finishedAt: text('finished_at'),
  },
  (t) => [
    index('import_jobs_created').on(t.createdAt),
    index('import_jobs_created_by').on(t.createdBy).where(isNotNull(t.createdBy)),
    index('import_jobs_file').on(t.fileId).where(isNotNull(t.fileId)),
  ],
)
