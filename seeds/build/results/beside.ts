/** What stands beside a target's reports: 催办, 督办单, 批示, 问题清单, 延期, 中止, 分解. */
import { addDays } from '../../../db/domain/dates.ts'
import { DEMO_TODAY, type SeedTrack } from '../../schema.ts'
import { dateOf, later, SYSTEM_START, workday, workingInstant } from './days.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { ANSWERS, EXTENSION_DECISIONS, EXTENSION_REASONS, INSTRUCTIONS, ORDERS, PROBLEMS, URGES } from './words.ts'

export interface Cast {
  unit: string
  reporter: string
  supervisor: string
  chief: string
  leader: string
}
type Draft = Pick<SeedTrack, 'urges' | 'orders' | 'instructions' | 'problems' | 'requests'>

const label = (plan: Plan) =>
  plan.note.kind === 'quantity'
    ? plan.note.indicator
    : plan.note.kind === 'milestone'
      ? plan.note.task
      : plan.note.clause

/** Day on which trouble was noticed; null for what goes well. */
function troubleOn(plan: Plan): string | null {
  if (plan.fate === 'overdue') return later(addDays(plan.deadline ?? DEMO_TODAY, 6), addDays(SYSTEM_START, 20))
  if (plan.fate === 'behind') return '2026-10-19'
  return plan.fate === 'due-soon' ? '2026-11-09' : null
}

/** Fills in what the plan's fate and the source's hints (`star`, `ext=`, `suspended`) ask for. */
export function addBeside(track: Draft, plan: Plan, cast: Cast, random: Random): void {
  const { fate, note } = plan
  const star = 'star' in note.hints
  const on = troubleOn(plan)
  if (on !== null) {
    const urges = URGES[fate] ?? []
    const times = fate === 'overdue' ? (star ? 3 : random.chance(0.7) ? 2 : 1) : star || random.chance(0.5) ? 1 : 0
    for (let i = 0; i < times && urges.length > 0; i++) {
      const sentAt = workingInstant(addDays(on, i * 60), random, 0, 4)
      if (sentAt.slice(0, 10) < DEMO_TODAY)
        track.urges.push({ text: random.pick(urges), unit: cast.unit, sentBy: cast.supervisor, sentAt })
    }
    if (star || random.chance(fate === 'overdue' ? 0.55 : 0.35))
      track.orders.push(orderOf(plan, cast, addDays(on, fate === 'due-soon' ? 2 : 12), random))
  }
  if (star || random.chance(fate === 'overdue' ? 0.15 : 0.03)) {
    const at = workingInstant(on ?? '2026-07-06', random, 16, 20)
    const words =
      fate === 'overdue' || fate === 'behind'
        ? random.pick(INSTRUCTIONS.slice(0, 3))
        : INSTRUCTIONS[fate === 'done' ? 3 : 0]
    track.instructions.push({
      text: words.text,
      leader: cast.leader,
      at,
      unit: words.toOffice ? null : cast.unit,
      answer: answerOf(words, at, cast),
    })
  }
  if (random.chance(fate === 'overdue' ? 0.4 : fate === 'behind' ? 0.25 : 0.02))
    track.problems.push(problemOf(cast, on ?? '2026-06-08', random))
  if (plan.extension) track.requests.push(extensionRequest(plan, plan.extension, cast, random))
  if ('suspended' in note.hints)
    track.requests.push({
      kind: 'suspension',
      reason: '上市审核政策调整，在辅导企业主动撤回申请，本年度不具备实施条件，申请中止。',
      deadline: null,
      unit: cast.unit,
      askedBy: cast.reporter,
      askedAt: '2026-10-12T02:10:00.000Z',
      status: 'granted',
      decidedBy: cast.chief,
      decidedAt: '2026-10-16T07:30:00.000Z',
      decisionReason: '情况属实，同意中止，条件具备后恢复办理。',
    })
}

/** Days from a 批示 until it is answered, found good and closed. */
const [ANSWERED, SATISFIED, CLOSED] = [9, 13, 15]

/** The answer to a 批示, with what became of it; null for one that is still being worked on. */
function answerOf(
  { text: _asked, toOffice, answer }: (typeof INSTRUCTIONS)[number],
  at: string,
  cast: Cast,
): SeedTrack['instructions'][number]['answer'] {
  const after = (days: number) => `${workday(addDays(dateOf(at), days))}T02:30:00.000Z`
  if (after(CLOSED) >= DEMO_TODAY) return null
  return {
    by: toOffice ? cast.supervisor : cast.reporter,
    at: after(ANSWERED),
    text: answer,
    satisfiedAt: after(SATISFIED),
    closedBy: cast.chief,
    closedAt: after(CLOSED),
  }
}

function orderOf(plan: Plan, cast: Cast, on: string, random: Random): SeedTrack['orders'][number] {
  const kind = plan.fate === 'overdue' || plan.fate === 'due-soon' ? plan.fate : 'behind'
  const issuedAt = workingInstant(on, random, 0, 3)
  const dueOn = addDays(issuedAt.slice(0, 10), 15)
  const answered = (dueOn < addDays(DEMO_TODAY, -5) || random.chance(0.3)) && issuedAt < addDays(DEMO_TODAY, -10)
  const answeredAt = answered ? workingInstant(addDays(issuedAt.slice(0, 10), 1), random, 2, 9) : null
  const closed = answeredAt !== null && dueOn < '2026-09-30' && random.chance(0.5)
  return {
    number: '',
    color: ORDERS[kind].color,
    text: ORDERS[kind].text.replace('{indicator}', label(plan)).replace('{deadline}', plan.deadline ?? ''),
    unit: cast.unit,
    dueOn,
    issuedBy: cast.supervisor,
    issuedAt,
    answer: answered ? random.pick(ANSWERS) : null,
    answeredBy: answered ? cast.reporter : null,
    answeredAt,
    closedBy: closed ? cast.chief : null,
    closedAt: closed && answeredAt ? workingInstant(answeredAt.slice(0, 10), random, 3, 8) : null,
  }
}

function problemOf(cast: Cast, on: string, random: Random): SeedTrack['problems'][number] {
  const { text, measures, rectification } = random.pick(PROBLEMS)
  const foundAt = workingInstant(on, random, 2, 10)
  const dueOn = addDays(foundAt.slice(0, 10), 30)
  const past = dueOn < DEMO_TODAY
  const status = past ? random.pick(['rectified', 'closed', 'closed'] as const) : 'open'
  const rectifiedAt = status === 'open' ? null : workingInstant(foundAt.slice(0, 10), random, 12, 26)
  return {
    text,
    measures,
    unit: cast.unit,
    dueOn,
    status,
    foundBy: cast.supervisor,
    foundAt,
    rectification: status === 'open' ? null : rectification,
    rectifiedAt,
    closedAt: status === 'closed' && rectifiedAt ? workingInstant(rectifiedAt.slice(0, 10), random, 2, 5) : null,
  }
}

/** Asked some days before the day written in the document, as the rule wants it. */
function extensionRequest(
  plan: Plan,
  extension: NonNullable<Plan['extension']>,
  cast: Cast,
  random: Random,
): SeedTrack['requests'][number] {
  const { status, deadline } = extension
  const askedAt = workingInstant(addDays(plan.note.deadline ?? DEMO_TODAY, -14), random, 0, 5)
  const decided = status === 'granted' || status === 'refused'
  return {
    kind: 'extension',
    reason: random.pick(EXTENSION_REASONS),
    deadline,
    unit: cast.unit,
    askedBy: cast.reporter,
    askedAt,
    status,
    decidedBy: decided ? cast.chief : null,
    decidedAt: decided ? workingInstant(askedAt.slice(0, 10), random, 1, 4) : null,
    decisionReason: decided ? EXTENSION_DECISIONS[status] : null,
  }
}
