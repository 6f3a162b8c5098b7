import { isNotNull } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { INTAKE_KINDS, INTAKE_STATUSES, ROW_VERDICTS, type RowVerdict } from '../domain/intake-terms.ts'
import { createdAt, users } from './people.ts'

/** How the columns of a list are read: which sheet, where its header stands, what each column from A holds. */
export interface IntakeLayout {
  sheet: number
  /** Row of the header as the sheet counts, and how many rows it takes; 0 where the list has none. */
  headerRow: number
  headerRows: number
  /** Key of each column, `''` where it is left out. */
  columns: string[]
}

/** A row of a list with what would become of it; server/intake/preview.ts makes it. */
export interface IntakeRow {
  /** As the sheet counts, from 1. */
  row: number
  verdict: RowVerdict
  /** What the row is about; empty where it does not say. */
  title: string
  /** What was read in it, in the order of the columns. */
  facts: { title: string; text: string }[]
  /** Why it cannot be stored, in the row's own words. */
  faults: string[]
  /** What to look at before it is stored. */
  hints: string[]
  /** The record that is there already. */
  knownId: number | null
}

/** What is kept of a list for the page beside its rows: what its sheets and columns are called. */
export interface IntakePreview {
  sheets: { name: string; rows: number }[]
  headers: string[]
  /** By column, the words of the first row below the header that has any. */
  samples: string[]
}

/** 批量导入: a list of units, of people or of items (台账) from the moment it was read. */
export const intakes = sqliteTable(
  'intakes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: INTAKE_KINDS }).notNull(),
    status: text('status', { enum: INTAKE_STATUSES }).notNull().default('open'),
    /** Null for a pasted list. */
    fileName: text('file_name'),
    /** The list as it came; null once it has been decided on. */
    bytes: blob('bytes', { mode: 'buffer' }),
    layout: text('layout', { mode: 'json' }).$type<IntakeLayout>().notNull(),
    /** What its sheets and columns are called; null once decided. */
    preview: text('preview', { mode: 'json' }).$type<IntakePreview>(),
    /** What 确认 stored, in numbers by name. */
    outcome: text('outcome', { mode: 'json' }).$type<Record<string, number>>(),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    confirmedAt: text('confirmed_at'),
    undoneAt: text('undone_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('intakes_kind').on(t.kind, t.id),
    index('intakes_created_by').on(t.createdBy).where(isNotNull(t.createdBy)),
  ],
)

/** The rows of a list that has not been decided on, with what would become of each: a page of them is read at a time. */
export const intakeRows = sqliteTable(
  'intake_rows',
  {
    intakeId: integer('intake_id')
      .notNull()
      .references(() => intakes.id),
    /** In the order of the list, from 0. */
    position: integer('position').notNull(),
    verdict: text('verdict', { enum: ROW_VERDICTS }).notNull(),
    shown: text('shown', { mode: 'json' }).$type<IntakeRow>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.intakeId, t.position] }),
    index('intake_rows_verdict').on(t.intakeId, t.verdict, t.position),
  ],
)

/** What a list made or changed, in the order in which it was done: 撤销 goes back over it. */
export const intakeRecords = sqliteTable(
  'intake_records',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    intakeId: integer('intake_id')
      .notNull()
      .references(() => intakes.id),
    entity: text('entity', { enum: ['unit', 'alias', 'user', 'file', 'target'] }).notNull(),
    entityId: integer('entity_id').notNull(),
    /** The changed fields as they were; null where the list made it. */
    before: text('before', { mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (t) => [index('intake_records_intake').on(t.intakeId)],
)

/** What a person said a header means, remembered for the next list. */
export const intakeHeaders = sqliteTable(
  'intake_headers',
  {
    kind: text('kind', { enum: INTAKE_KINDS }).notNull(),
    /** The header without blanks. */
    header: text('header').notNull(),
    /** Key of the column, `''` where it is left out. */
    column: text('column').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.header] })],
)
