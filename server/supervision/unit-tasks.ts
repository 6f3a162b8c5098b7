import { clientOf } from '../../db/client.ts'
import { addDays, lastDuePeriod, shanghaiDate } from '../../db/domain/dates.ts'
import { openReturn } from '../../db/domain/open-return.ts'
import { isWorking, reportingUnits } from '../../db/domain/reporting.ts'
import type { Db } from '../../db/open.ts'
import { openUnitReports, type UnitReportLine, type UnitTargetLine, unitTargetLines } from '../../db/unit-tasks.ts'
import { ALL_TARGETS } from '../../db/which-targets.ts'
import { linesOfUnits } from '../core/light-spans.ts'
import { subjectUnit, unitsOfTargets } from '../core/target-record.ts'
import { ownParts } from '../core/unit-parts.ts'
import { readSetting } from '../settings/store.ts'

/** Sections of 我的任务 that list targets. */
export const TARGET_SECTIONS = ['toSign', 'toReport', 'returned', 'drafts', 'dueSoon', 'overdue'] as const
export type TargetSection = (typeof TARGET_SECTIONS)[number]

/** One thing that waits for a unit about a target. */
interface Waiting {
  section: TargetSection
  late: boolean
  /** Last day for what is to be done; null where there is none. */
  dueOn: string | null
  note: string | null
  /** The report it is about. */
  recordId: number | null
}

/** Everything that waits for a unit about one target; at least one thing. */
export interface WaitingTarget extends Pick<UnitTargetLine, 'id' | 'deadline' | 'role' | 'light'> {
  waiting: Waiting[]
}

/**
 * What waits for a unit about the targets that it has a part in, as it stands now, by the number of the target.
 * @param today date in Asia/Shanghai
 * @param which about which targets; about every one where left out
 */
export function waitingFor(db: Db, unitId: number, today: string, which = ALL_TARGETS): WaitingTarget[] {
  const client = clientOf(db)
  const lines = unitTargetLines(client, unitId, today, which)
  const each = lines.filter(({ reporting }) => reporting === 'each').map(({ id }) => id)
  const ownLight = ownLights(db, each, unitId, today)
  const owes = whoOwes(db, lines, unitId)
  const parts = ownParts(db, each, unitId)
  const reports = new Map<number, UnitReportLine[]>()
  for (const report of openUnitReports(client, unitId, which))
    reports.set(report.targetId, [...(reports.get(report.targetId) ?? []), report])
  const { signWithinDays } = readSetting(db, 'reminders')
  const { reportGraceDays } = readSetting(db, 'lights')

  return lines.flatMap((line) => {
    const { id, role, assignedAt } = line
    const deadline = parts.get(id)?.dueOn ?? line.deadline
    const light = ownLight(line)
    const waiting: Waiting[] = []
    const add = (section: TargetSection, more: Partial<Waiting> = {}) =>
      waiting.push({ section, late: false, dueOn: deadline, note: null, recordId: null, ...more })
    if (line.signedAt === null && assignedAt !== null) {
      const dueOn = addDays(shanghaiDate(new Date(assignedAt)), signWithinDays)
      add('toSign', { dueOn, late: today > dueOn })
    }
    const own = reports.get(id) ?? []
    for (const draft of own) if (draft.status === 'draft') add('drafts', { recordId: draft.id, note: draft.note })
    const returned = openReturn(own, unitId)
    if (returned) add('returned', { recordId: returned.id, note: returned.decisionReason })
    // another member of the group may have signed before it
    const unsigned = line.groupId !== null && line.signedAt === null
    if (line.state !== 'assigned' && !unsigned) {
      const due = owes(line) && light !== 'done' ? reportDue(line, today, reportGraceDays) : null
      if (due) add('toReport', { dueOn: due, late: today > due })
      if (light === 'due_soon') add('dueSoon')
      if (light === 'overdue') add('overdue', { late: true })
    }
    return waiting.length === 0 ? [] : [{ id, deadline, role, light, waiting }]
  })
}

/** What is asked of the unit follows its own line, where it has one. */
function ownLights(db: Db, each: readonly number[], unitId: number, today: string) {
  const byTarget = linesOfUnits(db, each, today)
  return ({ id, light }: UnitTargetLine) => byTarget.get(id)?.get(unitId)?.light ?? light
}

/** Tells of a target whether the unit owes its reports (填报方式). Other units are asked for only where it depends on them. */
function whoOwes(db: Db, lines: readonly UnitTargetLine[], unitId: number) {
  const byOthers = lines.filter(({ reporting }) => reporting !== 'any').map(({ id }) => id)
  const units = new Map<number, ReturnType<typeof subjectUnit>[]>()
  for (const unit of unitsOfTargets(db, byOthers))
    units.set(unit.targetId, [...(units.get(unit.targetId) ?? []), subjectUnit(unit)])
  return ({ id, reporting, role }: UnitTargetLine) =>
    reporting === 'any'
      ? isWorking([{ unitId, role }], unitId)
      : reportingUnits(units.get(id) ?? [], reporting).includes(unitId)
}

/** Last day for the report of the newest period that has ended, null where it has been submitted or none is due. */
function reportDue(line: UnitTargetLine, today: string, graceDays: number): string | null {
  if (line.reportFrequency === null || line.assignedAt === null) return null
  const period = lastDuePeriod(today, line.reportFrequency, 0)
  if (period.last < shanghaiDate(new Date(line.assignedAt))) return null
  return line.reportedAsOf !== null && line.reportedAsOf >= period.first ? null : addDays(period.last, graceDays)
}
