import { ruleOf } from '../../db/domain/lifecycle.ts'
import { reportingUnits, servesFor } from '../../db/domain/reporting.ts'
import type { Reporting, UnitRole } from '../../db/domain/target-terms.ts'
import type { State } from '../../db/domain/states.ts'
import { addDays, daysBetween, type Frequency, lastDuePeriod } from '../../db/domain/dates.ts'
import { periodWords } from '../../db/domain/period.ts'

/** What the daily job knows of a target. */
export interface ReminderSubject {
  id: number
  indicator: string
  state: State
  deadline: string | null
  done: boolean
  reportFrequency: Frequency | null
  /** First day from which reports are expected: start, or the day of 交办 where later. */
  startOn: string | null
  /** As-of date of the newest submitted or approved report of each unit. */
  lastAsOf: readonly { unitId: number | null; asOf: string }[]
  /** 填报方式 */
  reporting: Reporting
  /** Units whose own line is done, of a target whose units report separately. */
  doneUnits: readonly number[]
  /** Date (Shanghai) of 交办. */
  assignedOn: string | null
  units: readonly {
    unitId: number
    name: string
    role: UnitRole
    /** The group as whose member it has the target. */
    groupId?: number | null
    /** Last day of its own part, where it was given one. */
    dueOn?: string | null
    signed: boolean
  }[]
}

export interface ReminderRules {
  /** Days before the deadline at which to remind, such as 30, 7, 3. */
  dueDays: readonly number[]
  /** Days a unit has for 签收. */
  signDays: number
  /** Days after the end of a period in which its report may come. */
  graceDays: number
}

type ReminderKind = 'due' | 'overdue' | 'missing' | 'unsigned'

/** A cause to remind people. The same cause always has the same key, so that nobody is reminded of it twice. */
interface Reminder {
  kind: ReminderKind
  causeKey: string
  targetId: number
  text: string
  /** Units whose people are reminded; the supervision office always is. */
  unitIds: number[]
}

/**
 * The causes that stand on the day `today` (Asia/Shanghai). Run on any later day it gives the causes that still stand,
 * with the same keys, so a job that was stopped over several days catches up with one run, and instead of the three
 * reminders it missed for a deadline it sends only the nearest.
 */
export function remindersOf(s: ReminderSubject, today: string, rules: ReminderRules): Reminder[] {
  if (!ruleOf('urge').from.includes(s.state)) return []
  // Who was given longer for its own part is not reminded of the day of the whole.
  const hasLonger = (dueOn: string | null | undefined) => dueOn != null && s.deadline !== null && dueOn > s.deadline
  const all = s.units
    .filter(({ unitId, dueOn }) => !s.doneUnits.includes(unitId) && !hasLonger(dueOn))
    .map(({ unitId }) => unitId)
  const reminders: Reminder[] = []
  const add = (kind: ReminderKind, cause: string, text: string, unitIds: number[]) =>
    reminders.push({ kind, causeKey: `${kind}:${s.id}:${cause}`, targetId: s.id, text, unitIds: [...new Set(unitIds)] })

  for (const unit of s.units) {
    if (unit.signed || s.assignedOn === null || today <= addDays(s.assignedOn, rules.signDays)) continue
    add(
      'unsigned',
      `${unit.unitId}:${s.assignedOn}`,
      `${quoted(s.indicator)}${s.assignedOn}交办，${unit.name}超过${rules.signDays}天未签收`,
      [unit.unitId],
    )
  }
  if (!s.done && s.deadline !== null) {
    const left = daysBetween(today, s.deadline)
    const mark = [...rules.dueDays].sort((a, b) => a - b).find((days) => left <= days)
    if (left < 0) add('overdue', s.deadline, `${quoted(s.indicator)}应于${s.deadline}完成，已逾期${-left}天`, all)
    else if (mark !== undefined) {
      add(
        'due',
        `${s.deadline}:${mark}`,
        left === 0 ? `${quoted(s.indicator)}今日到期` : `${quoted(s.indicator)}将于${s.deadline}到期，还有${left}天`,
        all,
      )
    }
  }
  const period = s.reportFrequency && !s.done ? lastDuePeriod(today, s.reportFrequency, rules.graceDays) : null
  const begins = [s.startOn, s.assignedOn]
    .filter((d) => d !== null)
    .sort()
    .at(-1)
  if (period && begins !== undefined && period.last >= begins) {
    const missing = reportingUnits(s.units, s.reporting).filter(
      (unitId) =>
        !s.doneUnits.includes(unitId) &&
        !s.lastAsOf.some((last) => servesFor(s.reporting, unitId, last.unitId) && last.asOf >= period.first),
    )
    if (missing.length > 0)
      add('missing', period.last, `${quoted(s.indicator)}${periodWords(period)}的数据未按时填报`, missing)
  }
  return reminders
}

/** A target's name in the quotation marks of a message: those that it holds itself become the inner ones. */
export const quoted = (text: string): string => `“${short(text).replaceAll('“', '‘').replaceAll('”', '’')}”`

/** A clause of a duty may run over pages; a message names it by its first words. */
export const short = (text: string, length = 40): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text
