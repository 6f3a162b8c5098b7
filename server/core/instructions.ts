import { and, asc, eq, exists, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { InstructionSubject } from '../../db/domain/instructions.ts'
import type { Db } from '../../db/open.ts'
import { instructionAddressees, instructions, targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { notFound } from '../errors.ts'
import { seesWhole, visibleTo } from './visible.ts'

type Viewer = Pick<Actor, 'role' | 'unitId'>
export type InstructionRecord = typeof instructions.$inferSelect
export type AddresseeRecord = typeof instructionAddressees.$inferSelect

/** A unit sees a 批示 that names it, and one on a target of which it sees the whole; everybody else sees all of them. */
export function seenInstructions(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role !== 'reporter') return undefined
  const named = db
    .select({ id: instructionAddressees.instructionId })
    .from(instructionAddressees)
    .where(eq(instructionAddressees.unitId, viewer.unitId ?? -1))
  // asked of the one target: a list of all that the unit sees would be made for every page
  const visible = exists(
    db
      .select({ id: targets.id })
      .from(targets)
      .where(and(eq(targets.id, instructions.targetId), visibleTo(viewer), seesWhole(viewer, targets.id))),
  )
  return or(inArray(instructions.id, named), and(isNotNull(instructions.targetId), visible))
}

/** Answers that a person may read: a unit reads its own. */
export const readsAnswer = ({ unitId }: Pick<AddresseeRecord, 'unitId'>, viewer: Viewer): boolean =>
  viewer.role !== 'reporter' || (unitId !== null && unitId === viewer.unitId)

/** Whether the person may read the answer with this number. */
export function seesAnswer(db: Db, addresseeId: number, viewer: Viewer): boolean {
  const addressee = db.select().from(instructionAddressees).where(eq(instructionAddressees.id, addresseeId)).get()
  return addressee !== undefined && readsAnswer(addressee, viewer)
}

/** Whom some 批示 name, by their numbers; the office first, then units in the order in which they were named. */
export function addresseesOf(db: Db, ids: readonly number[]): Map<number, AddresseeRecord[]> {
  const rows =
    ids.length === 0
      ? []
      : db
          .select()
          .from(instructionAddressees)
          .where(inArray(instructionAddressees.instructionId, [...ids]))
          .orderBy(sql`${instructionAddressees.unitId} is not null`, asc(instructionAddressees.id))
          .all()
  const byInstruction = new Map<number, AddresseeRecord[]>()
  for (const row of rows) byInstruction.set(row.instructionId, [...(byInstruction.get(row.instructionId) ?? []), row])
  return byInstruction
}

/** A 批示 with whom it names; the 404 problem where there is none or the person may not know of it. */
export function loadInstruction(db: Db, id: number, viewer: Viewer) {
  const instruction = db
    .select()
    .from(instructions)
    .where(and(eq(instructions.id, id), seenInstructions(db, viewer)))
    .get()
  if (!instruction) throw notFound('批示')
  return { instruction, addressees: addresseesOf(db, [id]).get(id) ?? [] }
}

/** What the rule of 批示 has to know of one. */
export const instructionSubject = (
  { leaderId, dueOn, closedAt }: InstructionRecord,
  addressees: readonly AddresseeRecord[],
): InstructionSubject => ({
  leaderId,
  dueOn,
  closed: closedAt !== null,
  addressees: addressees.map(({ unitId, answeredAt }) => ({ unitId, answered: answeredAt !== null })),
})
