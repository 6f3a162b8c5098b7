import { eq, sql } from 'drizzle-orm'
import { keptQuery } from '../../db/kept-query.ts'
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
    reports: reportsOf(db).all({ id }),
    requests: requestsOf(db).all({ id }),
    orders: ordersOf(db)
      .all({ id })
      .map(({ unitId, answeredAt, closedAt }) => ({
        unitId,
        answered: answeredAt !== null,
        closed: closedAt !== null,
      })),
    problems: problemsOf(db).all({ id }),
    get undoTo() {
      return lastReview(db, id)?.before.state ?? null
    },
  })
}

const TARGET = sql.placeholder('id')
const reportsOf = keptQuery((db) =>
  db
    .select({ unitId: reports.unitId, reporterId: reports.reporterId, status: reports.status })
    .from(reports)
    .where(eq(reports.targetId, TARGET)),
)
const requestsOf = keptQuery((db) => db.select().from(changeRequests).where(eq(changeRequests.targetId, TARGET)))
const ordersOf = keptQuery((db) =>
  db
    .select({ unitId: orders.unitId, answeredAt: orders.answeredAt, closedAt: orders.closedAt })
    .from(orders)
    .where(eq(orders.targetId, TARGET)),
)
const problemsOf = keptQuery((db) =>
  db.select({ unitId: problems.unitId, status: problems.status }).from(problems).where(eq(problems.targetId, TARGET)),
)
