/** The audit log as it lies in the database, for whoever checks its chain. */
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** A record as it was written; `before` and `after` are the stored text, over which its hash was taken. */
export interface AuditLine {
  id: number
  at: string
  userId: number | null
  userName: string | null
  ip: string | null
  action: string
  entity: string
  entityId: string | null
  before: string | null
  after: string | null
  prevHash: string
  hash: string
}

const NEWEST_HASH = 'SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1'
const APPEND = `INSERT INTO audit_log (at, user_id, user_name, ip, action, entity, entity_id, before, after, prev_hash, hash)
  VALUES (:at, :userId, :userName, :ip, :action, :entity, :entityId, :before, :after, :prevHash, :hash)`

/** Hash of the newest record, undefined for an empty log. */
export const newestAuditHash = (client: Sqlite.Database): string | undefined =>
  prepared(client, NEWEST_HASH).pluck().get() as string | undefined

/** Writes a record behind the newest one. */
export const appendAuditLine = (client: Sqlite.Database, line: Omit<AuditLine, 'id'>): void =>
  void prepared(client, APPEND).run(line)

/** Reads records in order: each call gives up to `most` of those after `id`. */
export function auditLines(client: Sqlite.Database, most: number): (id: number) => AuditLine[] {
  const page =
    client.prepare(`SELECT id, at, user_id AS userId, user_name AS userName, ip, action, entity, entity_id AS entityId,
    before, after, prev_hash AS prevHash, hash FROM audit_log WHERE id > ? ORDER BY id LIMIT ?`)
  return (id) => page.all(id, most) as AuditLine[]
}

/** The highest number that was ever given to a record, also where the record is gone; 0 for an empty log. */
export const lastAuditNumber = (client: Sqlite.Database): number =>
  (client.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).pluck().get() as number | undefined) ?? 0

/** The triggers that guard the log and are not there. */
export const missingAuditGuards = (client: Sqlite.Database): string[] =>
  ['audit_log_no_update', 'audit_log_no_delete', 'audit_log_no_replace'].filter(
    (name) => client.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?`).get(name) === undefined,
  )
