/** 填报 of one target: the values of its trajectory, sent in and decided as it happens in offices. */
import { addDays } from '../../../db/domain/dates.ts'
import { isMet } from '../../../db/domain/progress.ts'
import { DEMO_TODAY, type SeedReport } from '../../schema.ts'
import type { MilestoneNote, DutyNote, QuantityNote } from '../source.ts'
import type { Cast } from './beside.ts'
import { dateOf, periodEnds, workingInstant } from './days.ts'
import { goalValue, type Plan } from './plan.ts'
import type { Random } from './random.ts'
import { trajectory } from './trajectory.ts'
import { NOTES, RETURN_REASONS, WRONG_NOTES } from './words.ts'

/** What was reported for one day, before anybody decided on it. */
interface Said {
  asOf: string
  value: number | null
  done: boolean | null
  note: string | null
}

export function reportsOf(plan: Plan, cast: Cast, signedAt: string, random: Random): SeedReport[] {
  if (plan.fate === 'unreported') return []
  const said = plan.note.kind === 'quantity' ? values(plan, plan.note, random) : words(plan, plan.note, random)
  const reports: SeedReport[] = []
  for (const one of said) addReport(reports, one, plan, cast, signedAt, random)
  if ('stat' in plan.note.hints) addStatistics(reports, said, cast, random)
  return reports
}

function values(plan: Plan, note: QuantityNote, random: Random): Said[] {
  const points = trajectory(plan, note, random)
  const goal = { op: note.op, value: goalValue(note), measure: note.measure, baselineValue: plan.baseline }
  const notes = (value: number) =>
    isMet(goal, value) || !plan.fate.startsWith('done') ? NOTES[plan.fate] : NOTES.normal
  return points.map(({ asOf, value }, i) => ({
    asOf,
    value,
    done: null,
    note: i === points.length - 1 || random.chance(0.25) ? random.pick(notes(value)) : null,
  }))
}

/** Quarter by quarter "not yet", until it is done. */
function words(plan: Plan, note: MilestoneNote | DutyNote, random: Random): Said[] {
  const doneOn = doneDate(plan, random)
  const until = doneOn ?? DEMO_TODAY
  const said: Said[] = periodEnds(plan.startOn, 'quarterly')
    .filter((asOf) => asOf < until)
    .map((asOf) => ({ asOf, value: null, done: false, note: random.pick(NOTES.milestone) }))
  if (doneOn !== null) said.push({ asOf: doneOn, value: null, done: true, note: random.pick(NOTES['milestone-done']) })
  else if (plan.fate === 'behind' && !note.hints.parts) said.splice(-1)
  return said
}

function doneDate(plan: Plan, random: Random): string | null {
  if (plan.deadline === null) return null
  if (plan.fate === 'done') return addDays(plan.deadline, -Math.round(random.between(2, 14)))
  if (plan.fate !== 'done-late') return null
  const late = addDays(plan.deadline, Math.round(random.between(18, 75)))
  return late < DEMO_TODAY ? late : addDays(DEMO_TODAY, -9)
}

function addReport(reports: SeedReport[], said: Said, plan: Plan, cast: Cast, signedAt: string, random: Random): void {
  const from = said.asOf < dateOf(signedAt) ? dateOf(signedAt) : said.asOf
  const submittedAt = workingInstant(from, random, 2, random.chance(0.06) ? 16 : 8)
  const base = { ...said, source: 'unit' as const, unit: cast.unit, reporter: cast.reporter, corrects: null }
  const decided = (on: string) => ({
    decidedAt: workingInstant(on.slice(0, 10), random, 1, 3),
    decidedBy: cast.supervisor,
  })
  const trouble = random.next()
  if (trouble < 0.03) {
    const answer = decided(submittedAt)
    reports.push({
      ...base,
      note: null,
      status: 'returned',
      submittedAt,
      ...answer,
      decisionReason: random.pick(RETURN_REASONS),
    })
    const again = workingInstant(answer.decidedAt.slice(0, 10), random, 1, 3)
    reports.push({ ...base, status: 'approved', submittedAt: again, ...decided(again), decisionReason: null })
  } else if (trouble < 0.045) {
    reports.push({
      ...base,
      note: null,
      status: 'withdrawn',
      submittedAt,
      decidedAt: null,
      decidedBy: null,
      decisionReason: null,
    })
    const again = workingInstant(submittedAt.slice(0, 10), random, 1, 2)
    reports.push({ ...base, status: 'approved', submittedAt: again, ...decided(again), decisionReason: null })
  } else if (trouble < 0.075 && said.value !== null && said.value > 10 && !plan.fate.startsWith('done')) {
    const wrong = Number((said.value * 0.96).toFixed(Number.isInteger(said.value) ? 0 : 1))
    const first = decided(submittedAt)
    reports.push({ ...base, value: wrong, status: 'approved', submittedAt, ...first, decisionReason: null })
    const again = workingInstant(first.decidedAt.slice(0, 10), random, 5, 15)
    const corrects = reports.length - 1
    reports.push({
      ...base,
      note: random.pick(WRONG_NOTES),
      status: 'approved',
      submittedAt: again,
      ...decided(again),
      decisionReason: null,
      corrects,
    })
  } else reports.push({ ...base, status: 'approved', submittedAt, ...decided(submittedAt), decisionReason: null })
}

/** A second value from the statistics office, a little apart, for each end of a quarter. */
function addStatistics(reports: SeedReport[], said: Said[], cast: Cast, random: Random): void {
  for (const { asOf, value } of said.filter(
    (s) => ['03', '06', '09', '12'].includes(s.asOf.slice(5, 7)) && s.value !== null,
  )) {
    const apart = (value ?? 0) * (1 + random.between(-0.03, 0.01))
    const at = workingInstant(asOf, random, 16, 24)
    reports.push({
      asOf,
      value: Number(apart.toFixed(2)),
      done: null,
      note: '统计部门反馈数。',
      source: 'statistics',
      unit: '霁川市统计局',
      reporter: cast.supervisor,
      status: 'approved',
      submittedAt: at,
      decidedAt: at,
      decidedBy: cast.supervisor,
      decisionReason: null,
      corrects: null,
    })
  }
}

/** A report that still waits, or has just been sent back, for the pages of those who have to act. */
export function openReport(
  plan: Plan,
  reports: SeedReport[],
  cast: Cast,
  random: Random,
  status: 'submitted' | 'returned',
): void {
  const last = reports.findLast((r) => r.status === 'approved' && r.source === 'unit')
  if (!last || plan.deadline === null || plan.deadline < DEMO_TODAY) return
  const submittedAt = workingInstant('2026-11-16', random, 0, 2)
  reports.push({
    ...last,
    asOf: '2026-11-15',
    note: '月中调度数。',
    status,
    submittedAt,
    corrects: null,
    decidedAt: status === 'returned' ? '2026-11-19T02:40:00.000Z' : null,
    decidedBy: status === 'returned' ? cast.supervisor : null,
    decisionReason: status === 'returned' ? random.pick(RETURN_REASONS) : null,
  })
}
