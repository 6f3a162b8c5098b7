import { isNotNull } from 'drizzle-orm'
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { HEAD_STEPS, type HeadDoubts, JOB_PURPOSES } from '../domain/document-heads.ts'
import { createdAt, users } from './people.ts'

/**
 * An uploaded file. The raw text is kept exactly as it was read; all spans are UTF-16 offsets into it. Only 重新读取 puts
 * another text in its place, with `reading` one higher, and moves every span and index entry in the same transaction.
 */
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
    /** How many times it has been read into the text that is kept, from 1. */
    reading: integer('reading').notNull().default(1),
    importedBy: integer('imported_by').references(() => users.id),
    importedAt: text('imported_at').notNull(),
  },
  (t) => [
    uniqueIndex('files_sha256').on(t.sha256),
    index('files_imported_by').on(t.importedBy).where(isNotNull(t.importedBy)),
  ],
)

/** What the head of a document says. */
const headColumns = () => ({
  /** 发文字号 */
  number: text('number'),
  title: text('title').notNull(),
  issuer: text('issuer'),
  issuedOn: text('issued_on'),
  /** Fields that the rules were not sure of and nobody has looked at since, each with why; null where there are none. */
  headDoubts: text('head_doubts', { mode: 'json' }).$type<HeadDoubts>(),
  /** When the office set or confirmed the head by hand; null as long as it is what the rules read. */
  headSetAt: text('head_set_at'),
  /** 来源类别: an id of the register {@link sourceKinds}. */
  kind: text('kind').notNull().default('document'),
  /** The leader who gave it, as he is called: who presided, wrote the 批示, answers for the proposal. */
  leader: text('leader'),
})

/**
 * A source: one document of a file, `start`..`end` being its part of the file's raw text. What comes from a meeting, a
 * 批示, a proposal … is a source whose text the office has typed (a file of the form `typed`, which grows line by line), so
 * that everything that asks for the clause of a target treats all of them alike.
 */
export const documents = sqliteTable(
  'documents',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    ...headColumns(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    archivedAt: text('archived_at'),
    /** Sent along by whoever edits the head; a second writer with an old version gets 409. */
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('documents_file').on(t.fileId),
    index('documents_doubtful').on(t.id).where(isNotNull(t.headDoubts)),
    index('documents_number').on(t.number),
    index('documents_issued').on(t.issuedOn),
    index('documents_kind').on(t.kind),
  ],
)

/** 来源类别: the register. The first ones come with the program (db/domain/source-kinds.ts), the office adds its own. */
export const sourceKinds = sqliteTable(
  'source_kinds',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    position: integer('position').notNull(),
    /** Null for those of the program. */
    addedBy: integer('added_by').references(() => users.id),
    /** Offered no more; what has it keeps it. */
    archivedAt: text('archived_at'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('source_kinds_title').on(t.title),
    index('source_kinds_added_by').on(t.addedBy).where(isNotNull(t.addedBy)),
  ],
)

/** A head that a document had until somebody changed it: how it got its present one, and what an undo goes back to. */
export const formerHeads = sqliteTable(
  'former_heads',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    documentId: integer('document_id')
      .notNull()
      .references(() => documents.id),
    ...headColumns(),
    /** What replaced it. */
    step: text('step', { enum: HEAD_STEPS }).notNull(),
    replacedAt: text('replaced_at').notNull(),
    replacedBy: integer('replaced_by').references(() => users.id),
    replacedByName: text('replaced_by_name'),
  },
  (t) => [
    index('former_heads_document').on(t.documentId),
    index('former_heads_replaced_by').on(t.replacedBy).where(isNotNull(t.replacedBy)),
  ],
)

/** What 重新读取 found in a file, from the moment it was read until somebody confirms or puts it away: one for a file. */
export const rereads = sqliteTable(
  'rereads',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    /** Text and findings, as server/documents/reread/proposal.ts packs them. */
    found: blob('found', { mode: 'buffer' }).notNull(),
    /** What would change, as it is shown. */
    changes: text('changes', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Digest of all that would change: what is confirmed is what was shown. */
    digest: text('digest').notNull(),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('rereads_file').on(t.fileId),
    index('rereads_created_by').on(t.createdBy).where(isNotNull(t.createdBy)),
  ],
)

/** One run of reading a file, kept so that progress and failures can be shown after the fact. */
export const importJobs = sqliteTable(
  'import_jobs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    purpose: text('purpose', { enum: JOB_PURPOSES }).notNull().default('import'),
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
