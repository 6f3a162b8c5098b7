import { getTableColumns } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type Sqlite from 'better-sqlite3'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { targets } from '../../db/schema/index.ts'
import type { DocumentFindings, FoundDocument, UnitNames } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { writeVersion } from '../core/versions.ts'
import { unitKey } from '../people/unit-key.ts'
import { clientOf } from '../../db/client.ts'
import { type CandidateColumns, dutyColumns, STAGED_COLUMNS, targetColumns } from './candidates.ts'
import { ScannedPages } from './scanned.ts'

const COLUMNS = getTableColumns(targets) as unknown as Record<string, SQLiteColumn>
const NAMES = STAGED_COLUMNS.map((column) => `"${COLUMNS[column]!.name}"`)

/** Numbers count from 1 within the import; the real ones are given when everything moves into the database. */
const CREATE = `
  DROP TABLE IF EXISTS temp.staged_documents; DROP TABLE IF EXISTS temp.staged_targets; DROP TABLE IF EXISTS temp.staged_units;
  CREATE TEMP TABLE staged_documents (id INTEGER PRIMARY KEY, number, title, issuer, issued_on, start, "end");
  CREATE TEMP TABLE staged_targets (id INTEGER PRIMARY KEY, document, ${NAMES.join(', ')});
  CREATE TEMP TABLE staged_units (id INTEGER PRIMARY KEY, target, role, position, name, key);
  BEGIN`

const DROP = 'DROP TABLE temp.staged_documents; DROP TABLE temp.staged_targets; DROP TABLE temp.staged_units'

/**
 * Everything an import found, on its way into the database: in temporary tables, which belong to this connection alone,
 * hold no lock of the database and keep the findings out of memory. What is left to do under the write lock is to copy
 * rows, three statements however many there are; FTS5 also indexes rows of one statement ten times as fast as rows that
 * come one by one, because each statement that fires a trigger makes it write out what it has gathered.
 */
export class Staging {
  documents = 0
  targets = 0
  private readonly client: Sqlite.Database
  private readonly insertDocument: Sqlite.Statement
  private readonly insertTarget: Sqlite.Statement
  private readonly insertUnit: Sqlite.Statement
  private readonly keys = new Map<string, string>()

  constructor(db: Db) {
    this.client = clientOf(db)
    this.client.exec(CREATE)
    this.insertDocument = this.client.prepare('INSERT INTO staged_documents VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.insertTarget = this.client.prepare(
      `INSERT INTO staged_targets VALUES (?, ?${', ?'.repeat(STAGED_COLUMNS.length)})`,
    )
    this.insertUnit = this.client.prepare(
      'INSERT INTO staged_units (target, role, position, name, key) VALUES (?, ?, ?, ?, ?)',
    )
  }

  /** Takes one document with all that was found in it; `text` is the raw text of the whole file, `scans` its pages. */
  add(
    { document, targets: found, duties }: DocumentFindings,
    text: string,
    scans: ScannedPages = new ScannedPages([], text),
  ): void {
    this.addDocument(document)
    for (const target of found) this.addCandidate(scans.mark(targetColumns(target, text)), target)
    for (const duty of duties) this.addCandidate(scans.mark(dutyColumns(duty, text)), duty)
  }

  addDocument({ number, title, issuer, issuedOn, start, end }: FoundDocument): void {
    this.insertDocument.run(++this.documents, number, title, issuer, issuedOn, start, end)
  }

  private addCandidate(columns: CandidateColumns, units: UnitNames): void {
    const target = ++this.targets
    this.insertTarget.run(
      target,
      this.documents,
      ...STAGED_COLUMNS.map((name) => {
        const value = columns[name] ?? null
        return value === null ? null : COLUMNS[name]!.mapToDriverValue(value)
      }),
    )
    for (const role of UNIT_ROLES)
      units[role].forEach((name, position) => this.insertUnit.run(target, role, position, name, this.keyOf(name)))
  }

  private keyOf(name: string): string {
    let key = this.keys.get(name)
    if (key === undefined) this.keys.set(name, (key = unitKey(name)))
    return key
  }

  /** Every name of a unit that was found, once each. */
  names(): Iterable<string> {
    return this.keys.keys()
  }

  /** Ends the gathering; from here on nothing is held open. */
  finish(): void {
    this.client.exec('COMMIT')
  }

  /**
   * Copies everything into the tables; to be called inside the transaction of the import.
   * @returns the documents with their numbers in the database
   */
  moveInto(tx: Db, stamp: Stamp, fileId: number): (FoundDocument & { id: number })[] {
    const { at } = stamp
    const [document, target] = ['documents', 'targets'].map(
      (table) =>
        (this.client.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as
          number | undefined) ?? 0,
    ) as [number, number]
    this.client
      .prepare(
        `INSERT INTO documents (id, file_id, number, title, issuer, issued_on, start, "end", created_at)
      SELECT id + :document, :fileId, number, title, issuer, issued_on, start, "end", :at FROM temp.staged_documents ORDER BY id`,
      )
      .run({ document, fileId, at })
    this.client
      .prepare(
        `INSERT INTO targets (id, document_id, start_on, created_at, updated_at, ${NAMES.join(', ')})
      SELECT s.id + :target, s.document + :document, d.issued_on, :at, :at, ${NAMES.map((name) => `s.${name}`).join(', ')}
      FROM temp.staged_targets s JOIN temp.staged_documents d ON d.id = s.document ORDER BY s.id`,
      )
      .run({ target, document, at })
    this.client
      .prepare(
        `INSERT INTO target_units (target_id, role, position, name, unit_id)
      SELECT s.target + :target, s.role, s.position, s.name, a.unit_id FROM temp.staged_units s LEFT JOIN unit_aliases a ON a.key = s.key ORDER BY s.id`,
      )
      .run({ target })
    writeVersion(tx, { after: target }, 'import', stamp)
    return this.client
      .prepare(
        'SELECT id + :document AS id, number, title, issuer, issued_on AS issuedOn, start, "end" FROM temp.staged_documents ORDER BY id',
      )
      .all({ document }) as (FoundDocument & { id: number })[]
  }

  /** Throws the temporary tables away, whatever has become of the import. */
  close(): void {
    if (this.client.inTransaction) this.client.exec('ROLLBACK')
    this.client.exec(DROP)
  }
}
