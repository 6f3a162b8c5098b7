import type { Role } from './roles.ts'
import { idsOf } from './vocabulary.ts'

/** 批示 as the leader sees it: everybody it names has answered, or the office has closed it; or not yet; or not in time. */
export const INSTRUCTION_STANDING_TITLES = { open: '在办', overdue: '超期', done: '已办' } as const
export type InstructionStanding = keyof typeof INSTRUCTION_STANDING_TITLES
export const INSTRUCTION_STANDINGS = idsOf(INSTRUCTION_STANDING_TITLES)

/** What the leader says of the answers. */
export const INSTRUCTION_VERDICT_TITLES = { satisfied: '满意', again: '再办' } as const
export const INSTRUCTION_VERDICTS = idsOf(INSTRUCTION_VERDICT_TITLES)

/** What is done about a 批示 once it is written. */
export const INSTRUCTION_STEP_TITLES = {
  answer: '报送办理情况',
  satisfied: '满意',
  again: '再办',
  close: '办结批示',
} as const
export type InstructionStep = keyof typeof INSTRUCTION_STEP_TITLES
export const INSTRUCTION_STEPS = idsOf(INSTRUCTION_STEP_TITLES)

/** One thing done about it. */
export interface InstructionEvent {
  step: InstructionStep
  /** Instant, UTC ISO. */
  at: string
  who: string | null
  /** Who answers: a unit, or null for the office. */
  unitId?: number | null
  text: string | null
  /** 再办: the limit from then on. */
  dueOn?: string | null
}

/** A 批示 as far as the rule asks. */
export interface InstructionSubject {
  leaderId: number
  dueOn: string | null
  closed: boolean
  /** Whom it names: a unit, or null for the office. */
  addressees: readonly { unitId: number | null; answered: boolean }[]
}

/** Where it stands on a day (Asia/Shanghai). One that names nobody asks for nothing. */
export function instructionStanding(
  { closed, dueOn, addressees }: Pick<InstructionSubject, 'closed' | 'dueOn' | 'addressees'>,
  day: string,
): InstructionStanding {
  if (closed || addressees.every(({ answered }) => answered)) return 'done'
  return dueOn !== null && day > dueOn ? 'overdue' : 'open'
}

/** What it was at an instant, from what had been done about it by then: answers, 再办 and 办结 in their order. */
export function instructionAt(
  dueOn: string | null,
  addressees: readonly (number | null)[],
  course: readonly InstructionEvent[],
  instant: string,
): Pick<InstructionSubject, 'closed' | 'dueOn' | 'addressees'> {
  const answered = new Set<number | null>()
  const state = { closed: false, dueOn }
  for (const event of course) {
    if (event.at > instant) break
    if (event.step === 'answer') answered.add(event.unitId ?? null)
    if (event.step === 'close') state.closed = true
    if (event.step !== 'again') continue
    answered.clear()
    state.dueOn = event.dueOn ?? state.dueOn
  }
  return { ...state, addressees: addressees.map((unitId) => ({ unitId, answered: answered.has(unitId) })) }
}

/**
 * Why this person may not take the step now, in Chinese; null where they may. Addressees answer, its leader says 满意 or
 * 再办 of what was answered, the office closes it; nobody does anything about one that is closed.
 */
export function instructionRefusal(
  step: InstructionStep,
  { leaderId, closed, addressees }: InstructionSubject,
  actor: { id: number; role: Role; unitId: number | null },
): string | null {
  if (closed) return '该批示已经办结'
  const own = addressees.find(({ unitId }) =>
    actor.role === 'supervisor' ? unitId === null : actor.role === 'reporter' && unitId === actor.unitId,
  )
  const answered = addressees.every((one) => one.answered)
  switch (step) {
    case 'answer':
      if (own === undefined) return '该批示没有交本单位办理'
      return own.answered ? '本单位已报送办理情况' : null
    case 'satisfied':
    case 'again':
      if (actor.role !== 'leader' || actor.id !== leaderId) return '由作出批示的领导阅示'
      return answered && addressees.length > 0 ? null : '承办单位尚未全部报送办理情况'
    case 'close':
      if (actor.role !== 'supervisor') return '由督查室办结批示'
      return answered ? null : '承办单位尚未全部报送办理情况，报送后方可办结'
  }
}

/** The steps that the person may take now. */
export const instructionSteps = (
  subject: InstructionSubject,
  actor: { id: number; role: Role; unitId: number | null },
): InstructionStep[] => INSTRUCTION_STEPS.filter((step) => instructionRefusal(step, subject, actor) === null)
