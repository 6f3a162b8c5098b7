import { and, asc, between, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { isAmong } from '../../db/among.ts'
import { clientOf } from '../../db/client.ts'
import { addDays, type Frequency, periodOf, shanghaiDate } from '../../db/domain/dates.ts'
import { type LimitKind, limitPath } from '../../db/domain/limits.ts'
import { ruleOf, type Step } from '../../db/domain/lifecycle.ts'
import { reportingUnits, servesFor } from '../../db/domain/reporting.ts'
import { andOthers } from '../../db/domain/sentences.ts'
import { spansOn } from '../../db/light-spans.ts'
import type { Db } from '../../db/open.ts'
import { orders, problems, reports, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { FURTHER_ITEMS } from '../core/further-items.ts'
import { linesOfUnits } from '../core/light-spans.ts'
import { seenBy } from '../core/record-rights.ts'
import { ownParts } from '../core/unit-parts.ts'
import { subjectUnit } from '../core/target-record.ts'
import { visibleTo } from '../core/visible.ts'
import { marksOfLeaders } from '../counting/leaders.ts'
import { standingOn } from '../counting/standing.ts'
import { readSetting } from '../settings/store.ts'

type Viewer = Pick<Actor, 'id' | 'role' | 'unitId'>

/** One limit that somebody has to keep. */
export interface Limit {
  /** The same as long as the limit is the same: `deadline:12`, `report:12:2026-06-30`. */
  key: string
  kind: LimitKind
  /** Last day, Asia/Shanghai. */
  on: string
  targetId: number
  indicator: string
  /** Units that it binds. */
  units: string[]
  path: string
}

export interface LimitQuery {
  from: string
  to: string
  /** `mine`: what the person answers for, or watches over; `all`: everything that they may see. */
  scope: 'mine' | 'all'
}

/**
 * What falls due from `from` to `to` and is not done by `today`, by day: deadlines, reports of periods, 签收, answers to
 * 督办单, 整改. One's own are, for a unit, what it has a part in; for the office what the person watches over or nobody
 * does; for a leader what is theirs (我分管的).
 */
export function limitsOf(db: Db, viewer: Viewer, query: LimitQuery, today: string): Limit[] {
  const about = and(visibleTo(viewer), scopeOf(db, viewer, query.scope, today))
  const within = (on: string) => on >= query.from && on <= query.to
  const found = [...ofTargets(db, viewer, about, today, within), ...ofLetters(db, viewer, about, query)]
  return found.sort((a, b) => (a.on === b.on ? a.targetId - b.targetId : a.on < b.on ? -1 : 1))
}

function scopeOf(db: Db, viewer: Viewer, scope: LimitQuery['scope'], today: string): SQL | undefined {
  if (scope === 'all' || viewer.role === 'reporter') return undefined
  if (viewer.role !== 'leader') return or(eq(targets.supervisorId, viewer.id), isNull(targets.supervisorId))
  const ids = [...marksOfLeaders(db, standingOn(db, today), [viewer.id])].flatMap((mark, id) =>
    mark === 1 ? [id] : [],
  )
  return isAmong(targets.id, ids)
}

/** The targets in a state in which the step that a limit asks for can be taken. */
const openFor = (step: Step): SQL => inArray(targets.state, [...ruleOf(step).from])

type Target = Pick<
  typeof targets.$inferSelect,
  'id' | 'indicator' | 'deadline' | 'reportFrequency' | 'reporting' | 'assignedAt' | 'state'
>

/** No unit has this number. */
const NO_UNIT = -1

/** Deadlines, reports and 签收. */
function ofTargets(
  db: Db,
  viewer: Viewer,
  about: SQL | undefined,
  today: string,
  within: (on: string) => boolean,
): Limit[] {
  const open = and(about, openFor('sign'))
  const rows: Target[] = db
    .select({
      id: targets.id,
      indicator: targets.indicator,
      deadline: targets.deadline,
      reportFrequency: targets.reportFrequency,
      reporting: targets.reporting,
      assignedAt: targets.assignedAt,
      state: targets.state,
    })
    .from(targets)
    .where(open)
    .all()
  const ids = rows.map(({ id }) => id)
  const lights = spansOn(clientOf(db), ids, today)
  const separate = rows.filter(({ reporting }) => reporting === 'each').map(({ id }) => id)
  const lines = linesOfUnits(db, separate, today)
  const unitsOf = byTarget(namedUnits(db, open))
  const sentOf = byTarget(reportedPeriods(db, open))
  const { signWithinDays } = readSetting(db, 'reminders')
  const { reportGraceDays } = readSetting(db, 'lights')
  const mine = (unitId: number | null) => viewer.role !== 'reporter' || unitId === viewer.unitId

  const parts = viewer.role === 'reporter' && viewer.unitId !== null ? ownParts(db, separate, viewer.unitId) : null
  return rows.flatMap((row): Limit[] => {
    const target = { ...row, deadline: parts?.get(row.id)?.dueOn ?? row.deadline }
    const own = unitsOf.get(target.id) ?? []
    const nameOf = new Map(own.map((unit) => [unit.unitId, unit.name]))
    const limit = (kind: LimitKind, key: string, on: string, names: string[]): Limit => ({
      key,
      kind,
      on,
      targetId: target.id,
      indicator: target.indicator,
      units: names,
      path: limitPath(kind, target.id, viewer.role),
    })
    const found: Limit[] = []
    const subjects = own.map(subjectUnit)
    // what is asked of a unit follows its own line, where it has one
    const isDone = (unitId: number | null) =>
      (lines.get(target.id)?.get(unitId ?? NO_UNIT) ?? lights.get(target.id))?.light === 'done'
    const assignedOn = target.assignedAt === null ? null : shanghaiDate(new Date(target.assignedAt))
    if (target.deadline !== null && within(target.deadline)) {
      const answering = own.filter(({ role, unitId }) => role !== 'support' && !isDone(unitId))
      if (viewer.role === 'reporter' ? !isDone(viewer.unitId) : answering.length > 0)
        found.push(
          limit(
            'deadline',
            `deadline:${target.id}`,
            target.deadline,
            answering.map(({ name }) => name),
          ),
        )
    }
    if (assignedOn !== null) {
      const on = addDays(assignedOn, signWithinDays)
      const waiting = own.filter((unit) => unit.signedAt === null && unit.unitKind === 'unit' && mine(unit.unitId))
      if (waiting.length > 0 && within(on))
        found.push(
          limit(
            'sign',
            `sign:${target.id}:${assignedOn}`,
            on,
            waiting.map(({ name }) => name),
          ),
        )
    }
    if (target.reportFrequency !== null && assignedOn !== null && ruleOf('draft').from.includes(target.state)) {
      const owing = reportingUnits(subjects, target.reporting).filter((unitId) => mine(unitId) && !isDone(unitId))
      const sent = sentOf.get(target.id) ?? []
      for (const period of periodsDue(target.reportFrequency, assignedOn, target.deadline, reportGraceDays, within)) {
        const late = owing.filter(
          (unitId) => !sent.some((one) => servesFor(target.reporting, unitId, one.unitId) && one.asOf >= period.first),
        )
        if (late.length > 0)
          found.push(
            limit(
              'report',
              `report:${target.id}:${period.last}`,
              addDays(period.last, reportGraceDays),
              late.map((unitId) => nameOf.get(unitId) ?? ''),
            ),
          )
      }
    }
    return found
  })
}

function byTarget<Row extends { targetId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const own = found.get(row.targetId)
    if (own === undefined) found.set(row.targetId, [row])
    else own.push(row)
  }
  return found
}

/** The units of the targets, in the order of their roles' lists. */
const namedUnits = (db: Db, about: SQL | undefined) =>
  db
    .select({
      targetId: targetUnits.targetId,
      unitId: targetUnits.unitId,
      name: targetUnits.name,
      role: targetUnits.role,
      groupId: targetUnits.groupId,
      signedAt: targetUnits.signedAt,
      unitKind: units.kind,
    })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .leftJoin(units, eq(units.id, targetUnits.unitId))
    .where(about)
    .orderBy(asc(targetUnits.targetId), asc(targetUnits.role), asc(targetUnits.position))
    .all()

/** As-of date of the newest report that each unit has sent on each of the targets. */
const reportedPeriods = (db: Db, about: SQL | undefined) =>
  db
    .select({
      targetId: reports.targetId,
      unitId: reports.unitId,
      asOf: sql<string>`max(${reports.asOf})`.mapWith(reports.asOf),
    })
    .from(reports)
    .innerJoin(targets, eq(targets.id, reports.targetId))
    .where(and(about, eq(reports.source, 'unit'), inArray(reports.status, ['submitted', 'approved'])))
    .groupBy(reports.targetId, reports.unitId)
    .all()

/** Most periods of one target that are looked through: ten years by month. */
const MOST_PERIODS = 120

/**
 * The periods from the one of 交办 to the one of the deadline (for ten years where there is none) whose reports fall due
 * within the days asked for.
 */
function periodsDue(
  frequency: Frequency,
  assignedOn: string,
  deadline: string | null,
  graceDays: number,
  within: (on: string) => boolean,
): { first: string; last: string }[] {
  const found: { first: string; last: string }[] = []
  let period = periodOf(assignedOn, frequency)
  for (let i = 0; i < MOST_PERIODS; i++, period = periodOf(addDays(period.last, 1), frequency)) {
    if (deadline !== null && period.first > deadline) break
    if (within(addDays(period.last, graceDays))) found.push(period)
  }
  return found
}

/** Answers to 督办单 and 整改 that are still to come. */
function ofLetters(db: Db, viewer: Viewer, about: SQL | undefined, { from, to }: LimitQuery): Limit[] {
  const read = (
    kind: 'order' | 'problem',
    table: typeof orders,
    step: Step,
    open: SQL | undefined,
    further: SQL<number>,
  ) =>
    db
      .select({
        id: table.id,
        on: table.dueOn,
        targetId: targets.id,
        indicator: targets.indicator,
        unit: units.name,
        further,
      })
      .from(table)
      .innerJoin(targets, eq(targets.id, table.targetId))
      .leftJoin(units, eq(units.id, table.unitId))
      .where(and(about, openFor(step), open, between(table.dueOn, from, to), seenBy(kind, viewer)))
      .all()
      .map(({ id, unit, further, indicator, ...row }): Limit => ({
        ...row,
        indicator: andOthers(indicator, 1 + further),
        key: `${kind}:${id}`,
        kind,
        units: unit === null ? [] : [unit],
        path: limitPath(kind, row.targetId, viewer.role),
      }))
  return [
    ...read(
      'order',
      orders,
      'answer-order',
      and(isNull(orders.answeredAt), isNull(orders.closedAt), isNotNull(orders.dueOn)),
      FURTHER_ITEMS,
    ),
    ...read(
      'problem',
      problems as unknown as typeof orders,
      'rectify-problem',
      eq(problems.status, 'open'),
      sql<number>`0`,
    ),
  ]
}
