import { setImmediate as otherWork } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { type AuditLine, auditLines, lastAuditNumber, missingAuditGuards } from '../../db/audit-log.ts'
import { auditHash, FIRST_HASH } from './append.ts'

/** A record that was in the log at some time, noted elsewhere: in a backup's manifest, on paper. */
export interface NotedHead {
  id: number
  hash: string
  /** Where it was noted, for the message. */
  source: string
}

interface AuditFault {
  id: number
  message: string
}

interface AuditReport {
  records: number
  /** The last record, null for an empty log; note it elsewhere to find a cut-off end later. */
  head: { id: number; hash: string } | null
  faults: AuditFault[]
}

/** Faults beyond this many tell nothing new. */
const MAX_FAULTS = 20

/** Records read at once; between two pages other requests get their turn. */
const PAGE = 1000

/**
 * Reads the whole log and computes every hash afresh. Finds a changed, removed or inserted record; a cut-off end by the
 * counter of numbers that SQLite keeps and by heads noted elsewhere; and triggers that were taken away.
 * Records that are appended meanwhile are checked as well.
 */
export async function verifyAudit(client: Sqlite.Database, noted: NotedHead[] = []): Promise<AuditReport> {
  const faults: AuditFault[] = []
  const add = (id: number, message: string) => {
    if (faults.length < MAX_FAULTS) faults.push({ id, message })
  }
  const waiting = new Map(noted.map((head) => [head.id, head]))
  let records = 0
  let head = null as AuditReport['head']
  let expectedPrevious = FIRST_HASH
  const check = (row: AuditLine) => {
    records++
    if (row.prevHash !== expectedPrevious)
      add(row.id, 'does not follow the record before it: one was removed, inserted or replaced')
    if (auditHash(row) !== row.hash) add(row.id, 'was changed after it was written: its content does not give its hash')
    const next = (head?.id ?? 0) + 1
    if (row.id !== next) add(row.id, `numbers ${next} to ${row.id - 1} are missing`)
    const seen = waiting.get(row.id)
    if (seen && seen.hash !== row.hash) add(row.id, `is not the record noted in ${seen.source}`)
    waiting.delete(row.id)
    expectedPrevious = row.hash
    head = { id: row.id, hash: row.hash }
  }
  const next = auditLines(client, PAGE)
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)!.id)) {
    rows.forEach(check)
    await otherWork()
  }
  const [given, last] = [lastAuditNumber(client), head?.id ?? 0]
  if (given > last) add(given, `the end was cut off: numbers ${last + 1} to ${given} are missing`)
  for (const { id, source } of waiting.values()) add(id, `is missing, but is noted in ${source}`)
  for (const name of missingAuditGuards(client)) add(0, `the trigger ${name}, which guards the log, is missing`)
  return { records, head, faults }
}
