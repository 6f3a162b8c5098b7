import { answeringUnits } from '../../db/domain/answering-units.ts'
import type { NotificationKind } from '../../db/domain/messages.ts'
import { quoted } from '../rules/reminders.ts'
import { type Audience, notify } from './notify.ts'
import type { StepRun } from './step-engine.ts'

/**
 * Notifies people of a step: `what` follows the target's name, `cause` sets this occasion apart from the next of its kind.
 */
export function notifyOfStep(
  run: StepRun<unknown>,
  kind: NotificationKind,
  cause: string | number,
  what: string,
  to: Audience,
): void {
  const { target, actor, tx } = run
  notify(tx, {
    kind,
    causeKey: `${kind}:${target.id}:${cause}`,
    targetId: target.id,
    text: `${quoted(target.indicator)}${what}`,
    to: { except: actor.id, ...to },
    at: actor.at,
  })
}

/** The people of the office that look after the target: its own supervisor, or everybody where it has none. */
export const office = ({ target }: StepRun<unknown>): Audience =>
  target.supervisorId === null ? { office: true } : { userIds: [target.supervisorId] }

/** Numbers of all real units of the target. */
export const allUnits = (run: StepRun<unknown>): number[] =>
  run.units.flatMap((u) => (u.unitId !== null && u.unitKind === 'unit' ? [u.unitId] : []))

/** Numbers of those that answer for it. */
export const answeringUnitIds = (run: StepRun<unknown>): number[] =>
  answeringUnits(
    run.units.map(({ unitId, role, unitKind, groupId }) => ({ unitId, role, groupId, isGroup: unitKind !== 'unit' })),
  ).flatMap(({ unitId }) => unitId ?? [])
