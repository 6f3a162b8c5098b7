import { and, asc, desc, eq, exists, gte, inArray, ne, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { z } from 'zod'
import { clientOf } from '../../db/client.ts'
import { addDays, type Frequency, FREQUENCIES, lastDuePeriod, shanghaiDate } from '../../db/domain/dates.ts'
import { spansOn } from '../../db/light-spans.ts'
import type { Db } from '../../db/open.ts'
import { documents, reports, targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { readSetting } from '../settings/store.ts'
import { HIDDEN_FROM_UNITS } from '../core/visible.ts'
import type { tasksAnswer } from './list-schemas.ts'
import { BRIEF, listOrders, listProblems } from './lists.ts'

type Tasks = z.infer<typeof tasksAnswer>
type Item = Tasks['toSign'][number]
type Section = Exclude<keyof Tasks, 'orders' | 'problems' | 'totals'>

/** Rows of each section that are listed; how many there are stands beside, and the ledger has the rest. */
export const TASKS_LISTED = 50

/** One thing to do, before its target is read. */
type Entry = Pick<Item, 'light' | 'role' | 'late' | 'dueOn' | 'note' | 'recordId'> & { targetId: number }

/** 我的任务: everything that waits for the unit on the day `today`, by what is most urgent. */
export function tasksOf(db: Db, actor: Actor, today: string): Tasks {
  const entries: Record<Section, Entry[]> = {
    toSign: [],
    toReport: [],
    returned: [],
    drafts: [],
    dueSoon: [],
    overdue: [],
  }
  const { unitId } = actor
  if (unitId !== null) collect(db, unitId, today, entries)
  const wanted = Object.values(entries).flatMap((all) => all.slice(0, TASKS_LISTED).map(({ targetId }) => targetId))
  const briefs = briefsOf(db, wanted)
  const listed = (section: Section): Item[] =>
    entries[section].slice(0, TASKS_LISTED).map(({ targetId, ...entry }) => ({ ...briefs.get(targetId)!, ...entry }))
  const open = { limit: TASKS_LISTED, status: ['open'] }
  const none = { items: [], total: 0 }
  const orders = unitId === null ? none : listOrders(db, actor, open)
  const problems = unitId === null ? none : listProblems(db, actor, open, today)
  return {
    toSign: listed('toSign'),
    toReport: listed('toReport'),
    returned: listed('returned'),
    drafts: listed('drafts'),
    dueSoon: listed('dueSoon'),
    overdue: listed('overdue'),
    orders: orders.items,
    problems: problems.items,
    totals: {
      toSign: entries.toSign.length,
      toReport: entries.toReport.length,
      returned: entries.returned.length,
      drafts: entries.drafts.length,
      dueSoon: entries.dueSoon.length,
      overdue: entries.overdue.length,
      orders: orders.total,
      problems: problems.total,
    },
  }
}

/** Goes once over the targets of a unit and notes what each asks of it. */
function collect(db: Db, unitId: number, today: string, entries: Record<Section, Entry[]>): void {
  const own = ownTargets(db, unitId)
  const lights = spansOn(
    clientOf(db),
    own.map(({ targetId }) => targetId),
    today,
  )
  const open = openReports(db, unitId)
  const told = toldLately(db, unitId, today, new Set(own.map(({ reportFrequency }) => reportFrequency)))
  const { signWithinDays } = readSetting(db, 'reminders')
  const { reportGraceDays } = readSetting(db, 'lights')
  for (const { targetId, role, signedAt, state, deadline, assignedAt, reportFrequency } of own) {
    const light = lights.get(targetId)?.light ?? null
    const note = (section: Section, more: Partial<Entry> = {}) =>
      entries[section].push({
        targetId,
        light,
        role,
        late: false,
        dueOn: deadline,
        note: null,
        recordId: null,
        ...more,
      })
    if (signedAt === null && assignedAt !== null) {
      const dueOn = addDays(shanghaiDate(new Date(assignedAt)), signWithinDays)
      note('toSign', { dueOn, late: today > dueOn })
    }
    const mine = open.get(targetId) ?? []
    for (const r of mine) if (r.status === 'draft') note('drafts', { recordId: r.id, note: r.note })
    const returned = mine.find(({ status }) => status === 'returned')
    if (returned && returned.corrected === 0) note('returned', { recordId: returned.id, note: returned.decisionReason })
    if (state === 'assigned') continue
    if (role !== 'support' && light !== 'done' && reportFrequency !== null && assignedAt !== null) {
      const period = lastDuePeriod(today, reportFrequency, 0)
      if (period.last >= shanghaiDate(new Date(assignedAt)) && !told[reportFrequency].has(targetId)) {
        const dueOn = addDays(period.last, reportGraceDays)
        note('toReport', { dueOn, late: today > dueOn })
      }
    }
    if (light === 'due_soon') note('dueSoon')
    if (light === 'overdue') note('overdue', { late: true })
  }
}

/** The open targets of a unit by their deadline; one in which it has two roles stands there once, in the first of them. */
function ownTargets(db: Db, unitId: number) {
  return db
    .select({
      targetId: targets.id,
      role: targetUnits.role,
      signedAt: targetUnits.signedAt,
      state: targets.state,
      deadline: targets.deadline,
      assignedAt: targets.assignedAt,
      reportFrequency: targets.reportFrequency,
    })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .where(
      and(
        eq(targetUnits.unitId, unitId),
        notInArray(targets.state, [...HIDDEN_FROM_UNITS, 'met', 'closed', 'suspended']),
      ),
    )
    .orderBy(asc(targets.deadline), asc(targets.id), asc(targetUnits.role))
    .all()
    .filter(({ targetId }, i, all) => all[i - 1]?.targetId !== targetId)
}

/** Drafts and returned reports of a unit by their target, newest first; `corrected` where one that stands corrects it. */
function openReports(db: Db, unitId: number) {
  const later = alias(reports, 'later')
  const rows = db
    .select({
      id: reports.id,
      targetId: reports.targetId,
      status: reports.status,
      note: reports.note,
      decisionReason: reports.decisionReason,
      corrected: sql<0 | 1>`${exists(
        db
          .select({ one: sql`1` })
          .from(later)
          .where(and(eq(later.correctsId, reports.id), eq(later.unitId, unitId), ne(later.status, 'withdrawn'))),
      )}`,
    })
    .from(reports)
    // the plus keeps it from going through all reports of the unit: few of all are open
    .where(and(inArray(reports.status, ['draft', 'returned']), eq(sql`+${reports.unitId}`, unitId)))
    .orderBy(desc(reports.asOf), desc(reports.id))
    .all()
  const byTarget = new Map<number, typeof rows>()
  for (const report of rows) {
    const own = byTarget.get(report.targetId)
    if (own === undefined) byTarget.set(report.targetId, [report])
    else own.push(report)
  }
  return byTarget
}

/** By how often is reported, the targets of a unit whose report for the newest period that has ended has been sent in. */
function toldLately(
  db: Db,
  unitId: number,
  today: string,
  frequencies: ReadonlySet<Frequency | null>,
): Record<Frequency, Set<number>> {
  const told = (frequency: Frequency) =>
    db
      .selectDistinct({ targetId: reports.targetId })
      .from(reports)
      .where(
        and(
          eq(reports.unitId, unitId),
          gte(reports.asOf, lastDuePeriod(today, frequency, 0).first),
          inArray(reports.status, ['submitted', 'approved']),
        ),
      )
      .all()
      .map(({ targetId }) => targetId)
  return Object.fromEntries(FREQUENCIES.map((one) => [one, new Set(frequencies.has(one) ? told(one) : [])])) as Record<
    Frequency,
    Set<number>
  >
}

/** What a list says of some targets. */
function briefsOf(db: Db, ids: readonly number[]) {
  const rows = db
    .select({
      target: { ...BRIEF, assignedAt: targets.assignedAt },
      document: { id: documents.id, number: documents.number, title: documents.title },
    })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(inArray(targets.id, [...ids]))
    .all()
  return new Map(rows.map(({ target, document }) => [target.id, { ...target, document }]))
}
