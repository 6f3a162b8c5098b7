import { setImmediate as otherWork } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { auditHash, FIRST_HASH, type HashedParts } from './append.ts'

/** A record that was in the log at some time, noted elsewhere: in a backup's manifest, on paper. */
export interface NotedHead {
  id: number
  hash: string
  /** Where it was noted, for the message. */
  source: string
}

export interface AuditFault {
  id: number
  message: string
}

export interface AuditReport {
  records: number
  /** The last record, null for an empty log; note it elsewhere to find a cut-off end later. */
  head: { id: number; hash: string } | null
  faults: AuditFault[]
}

/** Faults beyond this many tell nothing new. */
const MAX_FAULTS = 20

/** Records read at once; between two pages other requests get their turn. */
const PAGE = 1000

type Row = HashedParts & { id: number; hash: string }

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
  const check = (row: Row) => {
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
  const page =
    client.prepare(`SELECT id, at, user_id AS userId, user_name AS userName, ip, action, entity, entity_id AS entityId,
    before, after, prev_hash AS prevHash, hash FROM audit_log WHERE id > ? ORDER BY id LIMIT ${PAGE}`)
  for (let rows = page.all(0) as Row[]; rows.length > 0; rows = page.all(rows.at(-1)!.id) as Row[]) {
    rows.forEach(check)
    await otherWork()
  }
  const counter = client.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).pluck().get() as
    number | undefined
  if ((counter ?? 0) > (head?.id ?? 0))
    add(counter!, `the end was cut off: numbers ${(head?.id ?? 0) + 1} to ${counter} are missing`)
  for (const { id, source } of waiting.values()) add(id, `is missing, but is noted in ${source}`)
  for (const name of ['audit_log_no_update', 'audit_log_no_delete', 'audit_log_no_replace']) {
    if (!client.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?`).get(name))
      add(0, `the trigger ${name}, which guards the log, is missing`)
  }
  return { records, head, faults }
}
