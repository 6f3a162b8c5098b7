import { and, eq, isNotNull, notInArray, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { changeRequests, orders, problems, reports, urges } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { seesWhole } from './visible.ts'

/**
 * Who may see a record that belongs to a target, of those who may see the target. The one place that says it; lists
 * and 办理经过 ask it as a condition, the evidence asks it for one record.
 * - a report that was never sent (a draft, also one thrown away) is its own unit's alone
 * - a 督办单 and a problem, with answer and rectification, are the office's, the leaders' and the unit's they went to
 * - sent reports, requests and urges are everybody's who sees the target; a member of a group, who sees one part of it, sees its
 *   own and no other member's
 * - a 批示 is everybody's who sees its whole target, or whom it names; an answer to it is its own unit's
 *   (server/core/instructions.ts)
 */
interface Viewer {
  role: Actor['role']
  /** Of a kept query the place of the unit. */
  unitId: Actor['unitId'] | Placeholder
}
type Kind = 'report' | 'order' | 'problem' | 'request' | 'urge'

/** No unit has this number. */
const NOBODY = -1

const TABLES = { report: reports, order: orders, problem: problems, request: changeRequests, urge: urges } as const

/** The records of a kind that the person may see, as a condition; undefined where it is all of them. */
export function seenBy(kind: Kind, viewer: Viewer): SQL | undefined {
  const { unitId, targetId } = TABLES[kind]
  const own = eq(unitId, viewer.unitId ?? NOBODY)
  if (kind === 'report') return or(and(wasSent(), seesWhole(viewer, targetId)), own)
  if (viewer.role !== 'reporter') return undefined
  return kind === 'request' || kind === 'urge' ? or(seesWhole(viewer, targetId), own) : own
}

const wasSent = (): SQL =>
  or(
    notInArray(reports.status, ['draft', 'withdrawn']),
    and(eq(reports.status, 'withdrawn'), isNotNull(reports.submittedAt)),
  )!

/** Whoever a kept query is for: its unit goes in as `unitId` with each call. */
export const anyViewer = (isUnit: boolean): Viewer => ({
  role: isUnit ? 'reporter' : 'leader',
  unitId: sql.placeholder('unitId'),
})

/** Whether the person may see the record with this number. */
export function maySee(db: Db, kind: Kind, id: number, viewer: Viewer): boolean {
  const table = TABLES[kind] as typeof orders
  return (
    db
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.id, id), seenBy(kind, viewer)))
      .get() !== undefined
  )
}
