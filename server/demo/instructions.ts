import { and, eq, isNotNull } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { instructions as instructionsTable } from '../../db/schema/index.ts'
import type { Seeds } from '../../seeds/load.ts'
import type { Actor } from '../actor.ts'
import { loadInstruction } from '../core/instructions.ts'
import { addInstruction, takeInstructionStep } from '../supervision/instructions/store.ts'
import type { Directory } from './people.ts'

type Take = (actor: Actor, step: 'answer' | 'satisfied' | 'close', words: string | null) => void

const takerOf =
  ({ db }: FastifyInstance, id: number): Take =>
  (actor, step, words) => {
    const { version } = loadInstruction(db, id, actor).instruction
    takeInstructionStep(db, actor, id, { step, text: words, version })
  }

/** What was done about the 批示 on items, by the steps themselves. */
export function answerInstructions(app: FastifyInstance, { tracks }: Seeds, { actorOf, userId }: Directory): void {
  for (const { text, leader, at, answer } of tracks.flatMap((track) => track.instructions)) {
    if (answer === null) continue
    const { targetId, leaderId, createdAt } = instructionsTable
    const { id } = app.db
      .select({ id: instructionsTable.id })
      .from(instructionsTable)
      .where(
        and(isNotNull(targetId), eq(leaderId, userId(leader)!), eq(createdAt, at), eq(instructionsTable.text, text)),
      )
      .get()!
    const take = takerOf(app, id)
    take(actorOf(answer.by, answer.at), 'answer', answer.text)
    take(actorOf(leader, answer.satisfiedAt), 'satisfied', null)
    take(actorOf(answer.closedBy, answer.closedAt), 'close', null)
  }
}

/** The 批示 that leaders of the demo wrote on their own, with what was done about them, by the steps themselves. */
export function addOwnInstructions(
  app: FastifyInstance,
  { instructions }: Seeds,
  { actorOf, unitId }: Directory,
): void {
  for (const { leader, at, text, requirement, dueOn, units, toOffice, answers, ...end } of instructions) {
    const unitIds = units.map(unitId)
    const { id } = addInstruction(app.db, actorOf(leader, at), { text, requirement, dueOn, unitIds, toOffice })
    const take = takerOf(app, id)
    for (const answer of answers) take(actorOf(answer.by, answer.at), 'answer', answer.text)
    if (end.satisfiedAt !== null) take(actorOf(leader, end.satisfiedAt), 'satisfied', null)
    if (end.closedBy !== null && end.closedAt !== null) take(actorOf(end.closedBy, end.closedAt), 'close', null)
  }
}
