import type { FastifyInstance } from 'fastify'
import type { Seeds } from '../../seeds/load.ts'
import type { Actor } from '../actor.ts'
import { loadInstruction } from '../core/instructions.ts'
import { addInstruction, takeInstructionStep } from '../supervision/instructions/store.ts'
import type { Directory } from './people.ts'

/** The 批示 that leaders of the demo wrote on their own, with what was done about them, by the steps themselves. */
export function addOwnInstructions(
  app: FastifyInstance,
  { instructions }: Seeds,
  { actorOf, unitId }: Directory,
): void {
  for (const { leader, at, text, requirement, dueOn, units, toOffice, answers, ...end } of instructions) {
    const unitIds = units.map(unitId)
    const { id } = addInstruction(app.db, actorOf(leader, at), { text, requirement, dueOn, unitIds, toOffice })
    const take = (actor: Actor, step: 'answer' | 'satisfied' | 'close', words: string | null) =>
      takeInstructionStep(app.db, actor, id, {
        ...{ step, text: words },
        version: loadInstruction(app.db, id, actor).instruction.version,
      })
    for (const answer of answers) take(actorOf(answer.by, answer.at), 'answer', answer.text)
    if (end.satisfiedAt !== null) take(actorOf(leader, end.satisfiedAt), 'satisfied', null)
    if (end.closedBy !== null && end.closedAt !== null) take(actorOf(end.closedBy, end.closedAt), 'close', null)
  }
}
