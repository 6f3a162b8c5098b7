import { and, count, desc, eq, gte, inArray, like, lt, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { auditLog } from '../../db/schema/index.ts'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'

export type AuditRow = typeof auditLog.$inferSelect

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
export function listAudit(db: Db, filter: AuditFilter, limit: number, beforeId: number | null): AuditRow[] {
  const where = [...conditions(filter), ...(beforeId === null ? [] : [lt(auditLog.id, beforeId)])]
  return db
    .select()
    .from(auditLog)
    .where(and(...where))
    .orderBy(desc(auditLog.id))
    .limit(limit)
    .all()
}

export function countAudit(db: Db, filter: AuditFilter): number {
  return db
    .select({ n: count() })
    .from(auditLog)
    .where(and(...conditions(filter)))
    .get()!.n
}
