import { and, asc, desc, eq, inArray, notInArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { documents, reports, targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { addDays, lastDuePeriod, shanghaiDate } from '../../db/domain/dates.ts'
import { readSetting } from '../settings/store.ts'
import { clientOf } from '../../db/client.ts'
import { spansOn } from '../../db/light-spans.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { linesOfUnits } from '../core/light-spans.ts'
import { openReturn } from '../../db/domain/open-return.ts'
import { reportingUnits, servesFor } from '../../db/domain/reporting.ts'
import { HIDDEN_FROM_UNITS, type SubjectUnit } from '../../db/domain/lifecycle.ts'
import { subjectUnit, unitsOfTargets } from '../core/target-record.ts'
import { ownParts } from '../core/unit-parts.ts'
import { listInstructions } from './instructions/list.ts'
import type { tasksAnswer } from './list-schemas.ts'
import { listOrders, listProblems } from './lists.ts'

type Tasks = z.infer<typeof tasksAnswer>
type Item = Tasks['toSign'][number]

type Section = Exclude<keyof Tasks, 'totals'>

/** Rows of each section that are listed; how many there are stands beside, and the ledger has the rest. */
const TASKS_LISTED = 50

/** 我的任务: everything that waits for the unit on the day `today`, the most urgent of each section. */
export function tasksOf(db: Db, actor: Actor, today: string): Tasks {
  const { totals, ...all } = allTasks(db, actor, today)
  const sections = Object.keys(all) as Section[]
  return {
    ...(Object.fromEntries(sections.map((key) => [key, all[key].slice(0, TASKS_LISTED)])) as Omit<Tasks, 'totals'>),
    totals: {
      ...(Object.fromEntries(sections.map((key) => [key, all[key].length])) as Tasks['totals']),
      orders: totals.orders,
      problems: totals.problems,
      instructions: totals.instructions,
    },
  }
}

/** Everything, with the numbers of the 督办单 and problems, whose lists are cut already. */
function allTasks(db: Db, actor: Actor, today: string): Tasks {
  const listed = { limit: TASKS_LISTED, status: ['open'] }
  const none = {
    toSign: 0,
    toReport: 0,
    returned: 0,
    drafts: 0,
    dueSoon: 0,
    overdue: 0,
    orders: 0,
    problems: 0,
    instructions: 0,
  }
  const empty: Tasks = {
    totals: none,
    toSign: [],
    toReport: [],
    returned: [],
    drafts: [],
    dueSoon: [],
    overdue: [],
    orders: [],
    problems: [],
    instructions: [],
  }
  if (actor.unitId === null) return empty
  const rows = db
    .select({
      target: targets,
      unit: targetUnits,
      document: DOCUMENT_REF,
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
  const lines = linesOfUnits(
    db,
    rows.map((row) => row.target.id),
    today,
  )
  const units = unitsByTarget(
    db,
    rows.map((row) => row.target.id),
  )
  const sent = reportsByTarget(db, actor.unitId)
  const { signWithinDays } = readSetting(db, 'reminders')
  const { reportGraceDays } = readSetting(db, 'lights')

  const orders = listOrders(db, actor, listed)
  const problems = listProblems(db, actor, listed, today)
  const instructions = listInstructions(db, actor, { mine: 'true', limit: TASKS_LISTED }, today)
  const tasks: Tasks = {
    ...empty,
    orders: orders.items,
    problems: problems.items,
    instructions: instructions.items,
    totals: { ...none, orders: orders.total, problems: problems.total, instructions: instructions.total },
  }
  const parts = ownParts(
    db,
    rows.map((row) => row.target.id),
    actor.unitId,
  )
  for (const { target: stored, unit, document } of rows) {
    const part = parts.get(stored.id)
    const target = { ...stored, value: part?.value ?? stored.value, deadline: part?.dueOn ?? stored.deadline }
    // what is asked of the unit follows its own line, where it has one
    const light = (lines.get(target.id)?.get(actor.unitId) ?? lights.get(target.id))?.light ?? null
    const reporting = reportingUnits(units.get(target.id) ?? [], target.reporting)
    const item = (more: Partial<Item> = {}): Item => ({
      ...target,
      document,
      light,
      reporting: reporting.length > 1 || target.reporting === 'lead' ? target.reporting : null,
      role: unit.role,
      late: false,
      dueOn: target.deadline,
      note: null,
      recordId: null,
      ...more,
    })
    const all = sent.get(target.id) ?? []
    const mine = all.filter(({ unitId }) => unitId === actor.unitId)
    if (unit.signedAt === null && target.assignedAt !== null) {
      const dueOn = addDays(shanghaiDate(new Date(target.assignedAt)), signWithinDays)
      tasks.toSign.push(item({ dueOn, late: today > dueOn }))
    }
    for (const r of mine) if (r.status === 'draft') tasks.drafts.push(item({ recordId: r.id, note: r.note }))
    const returned = openReturn(mine, actor.unitId)
    if (returned) tasks.returned.push(item({ recordId: returned.id, note: returned.decisionReason }))
    if (target.state === 'assigned' || (unit.groupId !== null && unit.signedAt === null)) continue
    const owes = reporting.includes(actor.unitId)
    const serving = all.filter((r) => servesFor(target.reporting, actor.unitId!, r.unitId))
    const due = owes && light !== 'done' ? reportDue(target, serving, today, reportGraceDays) : null
    if (due) tasks.toReport.push(item({ dueOn: due, late: today > due }))
    if (light === 'due_soon') tasks.dueSoon.push(item())
    if (light === 'overdue') tasks.overdue.push(item({ late: true }))
  }
  return tasks
}

/** What units have reported on the targets of a unit, by target, newest first. */
function reportsByTarget(db: Db, unitId: number): Map<number, (typeof reports.$inferSelect)[]> {
  const byTarget = new Map<number, (typeof reports.$inferSelect)[]>()
  const rows = db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.source, 'unit'),
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

/** The units of some targets as the rule of 填报方式 asks, in their order. */
function unitsByTarget(db: Db, targetIds: readonly number[]): Map<number, SubjectUnit[]> {
  const byTarget = new Map<number, SubjectUnit[]>()
  for (const unit of unitsOfTargets(db, targetIds))
    byTarget.set(unit.targetId, [...(byTarget.get(unit.targetId) ?? []), subjectUnit(unit)])
  return byTarget
}

/** Last day for the report of the newest period that has ended, null where it has been submitted or none is due. */
function reportDue(
  target: typeof targets.$inferSelect,
  serving: readonly (typeof reports.$inferSelect)[],
  today: string,
  graceDays: number,
): string | null {
  if (target.reportFrequency === null || target.assignedAt === null) return null
  const period = lastDuePeriod(today, target.reportFrequency, 0)
  if (period.last < shanghaiDate(new Date(target.assignedAt))) return null
  const reported = serving.some((r) => ['submitted', 'approved'].includes(r.status) && r.asOf >= period.first)
  return reported ? null : addDays(period.last, graceDays)
}
