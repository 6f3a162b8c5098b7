import { and, asc, desc, eq, inArray, notInArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { documents, reports, targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { addDays, lastDuePeriod, shanghaiDate } from '../../db/domain/dates.ts'
import { readSetting } from '../settings/store.ts'
import { clientOf } from '../../db/client.ts'
import { spansOn } from '../../db/light-spans.ts'
import { HIDDEN_FROM_UNITS } from '../core/visible.ts'
import type { tasksAnswer } from './list-schemas.ts'
import { listOrders, listProblems } from './lists.ts'

type Tasks = z.infer<typeof tasksAnswer>
type Item = Tasks['toSign'][number]

/** 我的任务: everything that waits for the unit on the day `today`. */
export function tasksOf(db: Db, actor: Actor, today: string): Tasks {
  const everything = { limit: 500 }
  const empty: Tasks = {
    toSign: [],
    toReport: [],
    returned: [],
    drafts: [],
    dueSoon: [],
    overdue: [],
    orders: [],
    problems: [],
  }
  if (actor.unitId === null) return empty
  const rows = db
    .select({
      target: targets,
      unit: targetUnits,
      document: { id: documents.id, number: documents.number, title: documents.title },
    })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(
      and(
        eq(targetUnits.unitId, actor.unitId),
        notInArray(targets.state, [...HIDDEN_FROM_UNITS, 'met', 'closed', 'suspended']),
      ),
    )
    .orderBy(asc(targets.deadline), asc(targets.id), asc(targetUnits.role))
    .all()
    // a unit in two roles has the target once, in the first of them
    .filter((row, i, all) => all[i - 1]?.target.id !== row.target.id)
  const lights = spansOn(
    clientOf(db),
    rows.map((row) => row.target.id),
    today,
  )
  const own = reportsByTarget(db, actor.unitId)
  const { signWithinDays } = readSetting(db, 'reminders')
  const { reportGraceDays } = readSetting(db, 'lights')

  const tasks = {
    ...empty,
    orders: listOrders(db, actor, { ...everything, status: ['open'] }).items,
    problems: listProblems(db, actor, { ...everything, status: ['open'] }, today).items,
  }
  for (const { target, unit, document } of rows) {
    const light = lights.get(target.id)?.light ?? null
    const item = (more: Partial<Item> = {}): Item => ({
      ...target,
      document,
      light,
      role: unit.role,
      late: false,
      dueOn: target.deadline,
      note: null,
      recordId: null,
      ...more,
    })
    const mine = own.get(target.id) ?? []
    if (unit.signedAt === null && target.assignedAt !== null) {
      const dueOn = addDays(shanghaiDate(new Date(target.assignedAt)), signWithinDays)
      tasks.toSign.push(item({ dueOn, late: today > dueOn }))
    }
    for (const r of mine) if (r.status === 'draft') tasks.drafts.push(item({ recordId: r.id, note: r.note }))
    const returned = mine.find((r) => r.status === 'returned')
    if (returned && !mine.some((r) => r.correctsId === returned.id && r.status !== 'withdrawn'))
      tasks.returned.push(item({ recordId: returned.id, note: returned.decisionReason }))
    if (target.state === 'assigned') continue
    const due = unit.role !== 'support' && light !== 'done' ? reportDue(target, mine, today, reportGraceDays) : null
    if (due) tasks.toReport.push(item({ dueOn: due, late: today > due }))
    if (light === 'due_soon') tasks.dueSoon.push(item())
    if (light === 'overdue') tasks.overdue.push(item({ late: true }))
  }
  return tasks
}

/** The reports of a unit by their target, newest first. */
function reportsByTarget(db: Db, unitId: number): Map<number, (typeof reports.$inferSelect)[]> {
  const byTarget = new Map<number, (typeof reports.$inferSelect)[]>()
  const rows = db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.unitId, unitId),
        inArray(
          reports.targetId,
          db.select({ id: targetUnits.targetId }).from(targetUnits).where(eq(targetUnits.unitId, unitId)),
        ),
      ),
    )
    .orderBy(desc(reports.asOf), desc(reports.id))
    .all()
  for (const report of rows) {
    const own = byTarget.get(report.targetId)
    if (own === undefined) byTarget.set(report.targetId, [report])
    else own.push(report)
  }
  return byTarget
}

/** Last day for the report of the newest period that has ended, null where it has been submitted or none is due. */
function reportDue(
  target: typeof targets.$inferSelect,
  mine: readonly (typeof reports.$inferSelect)[],
  today: string,
  graceDays: number,
): string | null {
  if (target.reportFrequency === null || target.assignedAt === null) return null
  const period = lastDuePeriod(today, target.reportFrequency, 0)
  if (period.last < shanghaiDate(new Date(target.assignedAt))) return null
  const told = mine.some((r) => ['submitted', 'approved'].includes(r.status) && r.asOf >= period.first)
  return told ? null : addDays(period.last, graceDays)
}
