import { eq } from 'drizzle-orm'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { allowedSteps } from '../../db/domain/lifecycle.ts'
import type { Db } from '../../db/open.ts'
import { changeRequests, orders, problems, reports } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { lastReview } from './review-history.ts'
import { type LoadedTarget, subjectOf } from './target-record.ts'
import { limitOfUnit } from './unit-parts.ts'

/** Names of the steps that the person may take now. */
export function allowedNow(db: Db, loaded: LoadedTarget, actor: Actor): string[] {
  const { id } = loaded.target
  const today = shanghaiDate(new Date(actor.at))
  return allowedSteps({ ...subjectOf(db, loaded, today), deadline: limitOfUnit(db, loaded, actor.unitId) }, actor, {
    today,
    reports: db
      .select({ unitId: reports.unitId, reporterId: reports.reporterId, status: reports.status })
      .from(reports)
      .where(eq(reports.targetId, id))
      .all(),
    requests: db.select().from(changeRequests).where(eq(changeRequests.targetId, id)).all(),
    orders: db
      .select()
      .from(orders)
      .where(eq(orders.targetId, id))
      .all()
      .map(({ unitId, answeredAt, closedAt }) => ({
        unitId,
        answered: answeredAt !== null,
        closed: closedAt !== null,
      })),
    problems: db
      .select({ unitId: problems.unitId, status: problems.status })
      .from(problems)
      .where(eq(problems.targetId, id))
      .all(),
    undoTo: lastReview(db, id)?.before.state ?? null,
  })
}
