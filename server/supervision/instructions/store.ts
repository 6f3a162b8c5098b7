import { ROLE_TITLES } from '../../../db/domain/roles.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { type InstructionEvent, instructionRefusal, type InstructionStep } from '../../../db/domain/instructions.ts'
import { shanghaiDateOf } from '../../../db/domain/dates.ts'
import { withoutEnd } from '../../../db/domain/sentences.ts'
import type { Db } from '../../../db/open.ts'
import { instructionAddressees, instructions, targets, units } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { Actor } from '../../actor.ts'
import { appendAudit } from '../../audit/append.ts'
import { giveEvidence } from '../../core/evidence.ts'
import {
  type AddresseeRecord,
  type InstructionRecord,
  instructionSubject,
  loadInstruction,
} from '../../core/instructions.ts'
import { type Audience, notify } from '../../core/notify.ts'
import { unitNames } from '../../core/target-record.ts'
import { conflict, invalid, Problem } from '../../errors.ts'
import { short } from '../../rules/reminders.ts'
import type { InstructionFields } from './schemas.ts'

/**
 * Writes a 批示 down and tells whom it names. To be called inside a transaction.
 * @param about the target it is written on; null where it stands on its own
 */
export function writeInstruction(
  tx: Db,
  actor: Actor,
  about: { id: number; indicator: string } | null,
  { text, requirement = null, dueOn = null, unitIds = [], toOffice = false }: InstructionFields,
): number {
  if (dueOn !== null && dueOn < shanghaiDateOf(actor.at))
    throw invalid([{ path: 'dueOn', message: '办理时限不能早于今天' }])
  const named = [...new Set(unitIds)]
  refuseUnknownUnits(tx, named)
  const { id } = tx
    .insert(instructions)
    .values({
      targetId: about?.id ?? null,
      leaderId: actor.id,
      text,
      requirement,
      dueOn,
      firstDueOn: dueOn,
      createdAt: actor.at,
    })
    .returning({ id: instructions.id })
    .get()
  for (const unitId of [...(toOffice ? [null] : []), ...named])
    tx.insert(instructionAddressees).values({ instructionId: id, unitId }).run()
  const limit = dueOn === null ? '' : `，请于${dueOn}前报送办理情况`
  tell(tx, actor, { id, targetId: about?.id ?? null, text }, 'new', {
    what: `${about === null ? '' : `“${short(about.indicator)}”有`}${actor.displayName}批示：${limit === '' ? text : `${withoutEnd(text)}${limit}`}`,
    to: { unitIds: named, office: true },
  })
  return id
}

/** A 批示 on its own. */
export function addInstruction(db: Db, actor: Actor, fields: InstructionFields): { id: number } {
  return inTransaction(db, (tx) => {
    const { unitIds = [], toOffice = false } = fields
    if (unitIds.length === 0 && !toOffice)
      throw invalid([{ path: 'unitIds', message: '请选择办理单位，或交督查室办理' }])
    const id = writeInstruction(tx, actor, null, fields)
    appendAudit(tx, actor, 'instruction.write', 'instruction', id, null, fields)
    return { id }
  })
}

interface Deed {
  step: InstructionStep
  version: number
  text: string | null
  dueOn?: string | null
  attachmentIds?: readonly number[]
}

/**
 * Takes a step about a 批示 in one transaction: what the rule allows, the record, the trail, and who is told.
 * @throws {Problem} 404, 403 or 409 as the rule says, 409 where somebody was faster; nothing is written then
 */
export function takeInstructionStep(db: Db, actor: Actor, id: number, deed: Deed): { id: number; version: number } {
  return inTransaction(db, (tx) => {
    const { instruction, addressees } = loadInstruction(tx, id, actor)
    const { step, text, dueOn = null } = deed
    const refusal = instructionRefusal(step, instructionSubject(instruction, addressees), actor)
    if (refusal !== null) throw new Problem(409, 'instruction-step', '当前不能办理', `${refusal}。`)
    if (instruction.version !== deed.version) throw conflict({ id, version: instruction.version })
    if (dueOn !== null && dueOn < shanghaiDateOf(actor.at))
      throw invalid([{ path: 'dueOn', message: '办理时限不能早于今天' }])
    const own = addressees.find(({ unitId }) => unitId === actor.unitId)
    const event: InstructionEvent = {
      ...{ step, at: actor.at, who: actor.displayName, text },
      ...(step === 'answer' ? { unitId: actor.unitId } : {}),
      ...(step === 'again' ? { dueOn: dueOn ?? instruction.dueOn } : {}),
    }
    const evidence = step === 'answer' ? answer(tx, actor, instruction, own!, deed) : {}
    if (step === 'again')
      tx.update(instructionAddressees)
        .set({ answer: null, answeredBy: null, answeredAt: null })
        .where(eq(instructionAddressees.instructionId, id))
        .run()
    tx.update(instructions)
      .set({
        course: [...instruction.course, event],
        version: instruction.version + 1,
        ...(step === 'answer' ? { verdict: null } : {}),
        ...(step === 'satisfied' || step === 'again' ? { verdict: step } : {}),
        ...(step === 'again' && dueOn !== null ? { dueOn } : {}),
        ...(step === 'close' ? { closedAt: actor.at, closedBy: actor.id } : {}),
      })
      .where(eq(instructions.id, id))
      .run()
    const about = { target: instruction.targetId, text, ...(dueOn === null ? {} : { dueOn }), ...evidence }
    appendAudit(tx, actor, `instruction.${step}`, 'instruction', id, { verdict: instruction.verdict }, about)
    tellOf(tx, actor, instruction, addressees, event)
    return { id, version: instruction.version + 1 }
  })
}

function answer(
  tx: Db,
  actor: Actor,
  { targetId }: InstructionRecord,
  own: AddresseeRecord,
  { text, attachmentIds = [] }: Deed,
) {
  tx.update(instructionAddressees)
    .set({ answer: text, answeredBy: actor.id, answeredAt: actor.at })
    .where(eq(instructionAddressees.id, own.id))
    .run()
  return giveEvidence(tx, actor, targetId, attachmentIds, { addresseeId: own.id })
}

/** The leader is told of answers and of the end, whom it names of what the leader says; the office of all. */
function tellOf(
  tx: Db,
  actor: Actor,
  instruction: InstructionRecord,
  addressees: readonly AddresseeRecord[],
  { step, text, dueOn }: InstructionEvent,
): void {
  const unitIds = addressees.map(({ unitId }) => unitId)
  const who = step === 'answer' ? (unitNames(tx, [actor.unitId]).get(actor.unitId ?? 0) ?? ROLE_TITLES.supervisor) : ''
  const leader = { userIds: [instruction.leaderId] }
  const told: Record<InstructionStep, { what: string; to: Audience }> = {
    answer: { what: `${who}已报送办理情况`, to: { office: true, ...leader } },
    satisfied: { what: `${actor.displayName}阅示：满意`, to: { office: true, unitIds } },
    again: {
      what: `${actor.displayName}要求再办：${text ?? ''}${dueOn ? `，请于${dueOn}前报送` : ''}`,
      to: { office: true, unitIds },
    },
    close: { what: '已由督查室办结', to: { unitIds, ...leader } },
  }
  const { what, to } = told[step]
  tell(tx, actor, instruction, `${step}:${instruction.version}`, {
    what: `批示“${short(instruction.text)}”${what}`,
    to,
  })
}

function tell(
  tx: Db,
  actor: Actor,
  { id, targetId }: Pick<InstructionRecord, 'id' | 'targetId' | 'text'>,
  cause: string,
  { what, to }: { what: string; to: Audience },
): void {
  const message = { kind: 'instruction', causeKey: `instruction:${id}:${cause}`, text: what, at: actor.at } as const
  const except = { ...to, except: actor.id }
  if (targetId === null) {
    notify(tx, { ...message, to: except })
    return
  }
  // Whoever may not see the target yet (it has not been given to a unit) gets the words without the link.
  const given = tx.select({ at: targets.assignedAt }).from(targets).where(eq(targets.id, targetId)).get()?.at ?? null
  notify(tx, { ...message, targetId: given === null ? null : targetId, to: except })
}

function refuseUnknownUnits(tx: Db, ids: readonly number[]): void {
  const known = tx
    .select({ id: units.id })
    .from(units)
    .where(and(inArray(units.id, [...ids]), eq(units.kind, 'unit'), isNull(units.archivedAt)))
    .all()
  if (known.length !== ids.length) throw invalid([{ path: 'unitIds', message: '请从在用的单位中选择' }])
}
