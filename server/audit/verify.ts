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
  head: { id: number, hash: string } | null
  faults: AuditFault[]
}

/** Faults beyond this many tell nothing new. */
const MAX_FAULTS = 20

type Row = HashedParts & { id: number, hash: string }

/**
 * Reads the whole log and computes every hash afresh. Finds a changed, removed or inserted record; a cut-off end by the
 * counter of numbers that SQLite keeps and by heads noted elsewhere; and triggers that were taken away.
 */
export function verifyAudit(client: Sqlite.Database, noted: NotedHead[] = []): AuditReport {
  const faults: AuditFault[] = []
  const add = (id: number, message: string) => { if (faults.length < MAX_FAULTS) faults.push({ id, message }) }
  const waiting = new Map(noted.map((head) => [head.id, head]))
  let records = 0
  let head: AuditReport['head'] = null
  let expectedPrevious = FIRST_HASH
  const rows = client.prepare(`SELECT id, at, user_id AS userId, user_name AS userName, ip, action, entity, entity_id AS entityId,
    before, after, prev_hash AS prevHash, hash FROM audit_log ORDER BY id`).iterate() as IterableIterator<Row>
  for (const row of rows) {
    records++
    if (row.prevHash !== expectedPrevious) add(row.id, 'does not follow the record before it: one was removed, inserted or replaced')
    if (auditHash(row) !== row.hash) add(row.id, 'was changed after it was written: its content does not give its hash')
    if (head && row.id !== head.id + 1) add(row.id, `numbers ${head.id + 1} to ${row.id - 1} are missing`)
    if (!head && row.id !== 1) add(row.id, `numbers 1 to ${row.id - 1} are missing`)
    const seen = waiting.get(row.id)
    if (seen && seen.hash !== row.hash) add(row.id, `is not the record noted in ${seen.source}`)
    waiting.delete(row.id)
    expectedPrevious = row.hash
    head = { id: row.id, hash: row.hash }
  }
  const counter = client.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).pluck().get() as number | undefined
  if ((counter ?? 0) > (head?.id ?? 0)) add(counter!, `the end was cut off: numbers ${(head?.id ?? 0) + 1} to ${counter} are missing`)
  for (const { id, source } of waiting.values()) add(id, `is missing, but is noted in ${source}`)
  for (const name of ['audit_log_no_update', 'audit_log_no_delete', 'audit_log_no_replace']) {
    if (!client.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?`).get(name)) add(0, `the trigger ${name}, which guards the log, is missing`)
  }
  return { records, head, faults }
}
