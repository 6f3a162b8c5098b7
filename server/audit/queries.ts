import { pageById } from '../keyset.ts'
import { and, count, eq, gte, inArray, like, lt, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { auditLog } from '../../db/schema/index.ts'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'

type AuditRow = typeof auditLog.$inferSelect

export interface AuditFilter {
  userId?: number
  entity?: string[]
  entityId?: string
  /** `target.assign`, or `target.` for all steps of a target. */
  action?: string
  /** Days in Asia/Shanghai, both included. */
  from?: string
  to?: string
}

function conditions({ userId, entity, entityId, action, from, to }: AuditFilter): SQL[] {
  return [
    userId === undefined ? undefined : eq(auditLog.userId, userId),
    entity === undefined || entity.length === 0 ? undefined : inArray(auditLog.entity, entity),
    entityId === undefined ? undefined : eq(auditLog.entityId, entityId),
    action === undefined
      ? undefined
      : action.endsWith('.')
        ? like(auditLog.action, `${action}%`)
        : eq(auditLog.action, action),
    from === undefined ? undefined : gte(auditLog.at, startOfShanghaiDay(from)),
    to === undefined ? undefined : lt(auditLog.at, startOfShanghaiDay(addDays(to, 1))),
  ].filter((condition) => condition !== undefined)
}

/** Newest first; `beforeId` is the number of the last one on the page before. */
export const listAudit = (
  db: Db,
  filter: AuditFilter,
  page: { cursor?: string | undefined; limit: number },
): { items: AuditRow[]; nextCursor: string | null } =>
  pageById<AuditRow>(
    auditLog.id,
    page,
    (before, order, limit) =>
      db
        .select()
        .from(auditLog)
        .where(and(...conditions(filter), before))
        .orderBy(order)
        .limit(limit)
        .all(),
    ({ id }) => id,
  )

export function countAudit(db: Db, filter: AuditFilter): number {
  return db
    .select({ n: count() })
    .from(auditLog)
    .where(and(...conditions(filter)))
    .get()!.n
}
