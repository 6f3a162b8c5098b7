import { hash } from 'node:crypto'
import { appendAuditLine, newestAuditHash } from '../../db/audit-log.ts'
import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import type { Stamp } from '../actor.ts'

/** What the first record carries as the hash of the one before. */
export const FIRST_HASH = '0'.repeat(64)

/** The parts of a record that its hash covers, in this order; `before` and `after` as the JSON text that is stored. */
interface HashedParts {
  prevHash: string
  at: string
  userId: number | null
  userName: string | null
  ip: string | null
  action: string
  entity: string
  entityId: string | null
  before: string | null
  after: string | null
}

/** SHA-256 over the record and the hash of the one before it, hex. */
export function auditHash(parts: HashedParts): string {
  const { prevHash, at, userId, userName, ip, action, entity, entityId, before, after } = parts
  return hash('sha256', JSON.stringify([prevHash, at, userId, userName, ip, action, entity, entityId, before, after]))
}

/**
 * Writes one record of the audit log inside the caller's transaction, so that a step and its trail stand or fall together.
 * @param tx the open transaction (inTransaction), which holds the write lock: nobody else can append in between
 * @param stamp who, from where, when: `request.actor`, `request.stamp` or `systemStamp(…)`
 * @param action `<entity>.<step>`, such as `target.assign`
 * @param entity the table's name in the singular: `target`, `report`, `user`
 * @param before the changed fields as they were, null for something new; never a password or its hash
 * @param after the changed fields as they are now, null for something removed
 */
export function appendAudit(
  tx: Db,
  stamp: Stamp,
  action: string,
  entity: string,
  entityId: number | string | null,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): void {
  const client = clientOf(tx)
  const parts = {
    prevHash: newestAuditHash(client) ?? FIRST_HASH,
    at: stamp.at,
    userId: stamp.id,
    userName: stamp.displayName,
    ip: stamp.ip,
    action,
    entity,
    entityId: entityId === null ? null : String(entityId),
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
  }
  appendAuditLine(client, { ...parts, hash: auditHash(parts) })
}
