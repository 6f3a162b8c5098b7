import { getTableColumns } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type Sqlite from 'better-sqlite3'
import type { HeadDoubts } from './domain/document-heads.ts'
import { kindOfTitle } from './domain/source-kinds.ts'
import type { UnitRole } from './domain/target-terms.ts'
import { targets } from './schema/index.ts'
import { storedDay, storedInstant } from './stored.ts'

/** A document on its way into the database. */
interface StagedDocument {
  number: string | null
  title: string
  issuer: string | null
  issuedOn: string | null
  doubts: HeadDoubts
  start: number
  end: number
}

/** A unit as a target names it; `key` finds it among the aliases. */
interface StagedUnit {
  role: UnitRole
  position: number
  name: string
  key: string
}

/** What was copied: the documents with their numbers in the database, and the number after which the targets begin. */
interface MovedFindings {
  documents: (Omit<StagedDocument, 'doubts'> & { id: number })[]
  targetsAfter: number
}

/** A place where the findings of one import are gathered before they are copied into the database at once. */
export interface StagedFindings<Column extends string> {
  /** Adds a document, or names one that is in the database already, whose row is left as it is. */
  addDocument: (document: StagedDocument, existingId?: number) => void
  /** Adds a target to the document that was added last. */
  addTarget: (values: Partial<Record<Column, unknown>>, units: readonly StagedUnit[]) => void
  /** Ends the gathering; from here on nothing is held open. */
  finish: () => void
  /** Copies everything into the tables; to be called inside the transaction of the import. */
  move: (fileId: number, at: string) => MovedFindings
  /** Throws away what was gathered, whatever has become of the import. */
  close: () => void
}

const DROP = 'DROP TABLE temp.staged_documents; DROP TABLE temp.staged_targets; DROP TABLE temp.staged_units'

/**
 * Opens such a place: temporary tables, which belong to this connection alone, hold no lock of the database and keep the
 * findings out of memory. What is left to do under the write lock is to copy rows, three statements however many there
 * are; FTS5 also indexes rows of one statement ten times as fast as rows that come one by one, because each statement
 * that fires a trigger makes it write out what it has gathered.
 * @param fields of a target that are gathered; start, document and times are given when everything moves
 */
export function stageFindings<Column extends keyof typeof targets.$inferInsert>(
  client: Sqlite.Database,
  fields: readonly Column[],
): StagedFindings<Column> {
  const columns = getTableColumns(targets) as unknown as Record<string, SQLiteColumn>
  const names = fields.map((field) => `"${columns[field]!.name}"`)
  // Numbers count from 1 within the import; the real ones are given when everything moves into the database.
  client.exec(`
  DROP TABLE IF EXISTS temp.staged_documents; DROP TABLE IF EXISTS temp.staged_targets; DROP TABLE IF EXISTS temp.staged_units;
  CREATE TEMP TABLE staged_documents (id INTEGER PRIMARY KEY, number, title, issuer, issued_on, start_on, doubts, kind, start, "end", existing);
  CREATE TEMP TABLE staged_targets (id INTEGER PRIMARY KEY, document, ${names.join(', ')});
  CREATE TEMP TABLE staged_units (id INTEGER PRIMARY KEY, target, role, position, name, key);
  BEGIN`)
  const insertDocument = client.prepare('INSERT INTO staged_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertTarget = client.prepare(`INSERT INTO staged_targets VALUES (?, ?${', ?'.repeat(fields.length)})`)
  const insertUnit = client.prepare(
    'INSERT INTO staged_units (target, role, position, name, key) VALUES (?, ?, ?, ?, ?)',
  )
  const lastNumber = (table: string) =>
    (client.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as number | undefined) ?? 0
  let [documents, found] = [0, 0]

  return {
    addDocument: ({ number, title, issuer, issuedOn, doubts, start, end }, existing: number | null = null) => {
      const doubtful = Object.keys(doubts).length > 0 ? JSON.stringify(doubts) : null
      insertDocument.run(
        ++documents,
        number,
        title,
        issuer,
        issuedOn,
        issuedOn === null ? null : storedDay(issuedOn),
        doubtful,
        kindOfTitle(title),
        start,
        end,
        existing,
      )
    },
    addTarget: (values, units) => {
      const target = ++found
      insertTarget.run(
        target,
        documents,
        ...fields.map((field) => {
          const value = values[field] ?? null
          return value === null ? null : columns[field]!.mapToDriverValue(value)
        }),
      )
      for (const { role, position, name, key } of units) insertUnit.run(target, role, position, name, key)
    },
    finish: () => {
      client.exec('COMMIT')
    },
    move: (fileId, at) => {
      const [document, target] = [lastNumber('documents'), lastNumber('targets')]
      client
        .prepare(
          `INSERT INTO documents (id, file_id, number, title, issuer, issued_on, head_doubts, kind, start, "end", created_at)
      SELECT id + :document, :fileId, number, title, issuer, issued_on, doubts, kind, start, "end", :at
      FROM temp.staged_documents WHERE existing IS NULL ORDER BY id`,
        )
        .run({ document, fileId, at })
      client
        .prepare(
          `INSERT INTO targets (id, document_id, start_on, created_at, updated_at, ${names.join(', ')})
      SELECT s.id + :target, coalesce(d.existing, s.document + :document), d.start_on, :at, :at, ${names.map((name) => `s.${name}`).join(', ')}
      FROM temp.staged_targets s JOIN temp.staged_documents d ON d.id = s.document ORDER BY s.id`,
        )
        .run({ target, document, at: storedInstant(at) })
      client
        .prepare(
          `INSERT INTO target_units (target_id, role, position, name, unit_id)
      SELECT s.target + :target, s.role, s.position, s.name, a.unit_id FROM temp.staged_units s LEFT JOIN unit_aliases a ON a.key = s.key ORDER BY s.id`,
        )
        .run({ target })
      const moved = client
        .prepare(
          `SELECT coalesce(existing, id + :document) AS id, number, title, issuer, issued_on AS issuedOn, start, "end"
      FROM temp.staged_documents ORDER BY id`,
        )
        .all({ document }) as MovedFindings['documents']
      return { documents: moved, targetsAfter: target }
    },
    close: () => {
      if (client.inTransaction) client.exec('ROLLBACK')
      client.exec(DROP)
    },
  }
}
