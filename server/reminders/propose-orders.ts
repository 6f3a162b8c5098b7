import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import type { LightSpan } from '../../db/domain/light-spans.ts'
import { orderProposals, orders } from '../../db/schema/index.ts'
import { answeringUnits } from '../../db/domain/answering-units.ts'
import { dateWords } from '../../db/domain/dates.ts'
import { type Light, type LightResult, orderColorOf } from '../../db/domain/lights.ts'
import { ORDER_REASONS, type OrderColor } from '../../db/domain/supervision-terms.ts'
import { type ReminderSubject, quoted } from '../rules/reminders.ts'

/**
 * Proposes (待签发) the 督办单 that the office's rules ask for: one to each answering unit, or, where each unit reports its
 * own line, to each whose line has such a light. Once for one colour and deadline, and none to a unit that has one of
 * the colour about the target which is still open.
 * @param own what the line of each unit says, where units report separately
 * @returns how many were proposed
 */
export function proposeOrders(
  tx: Db,
  subject: ReminderSubject,
  light: Light | undefined,
  own: ReadonlyMap<number, LightResult>,
  colors: readonly OrderColor[],
  at: string,
): number {
  const due: { unitId: number; light: Light }[] =
    own.size > 0
      ? [...own].map(([unitId, line]) => ({ unitId, light: line.light }))
      : light === undefined
        ? []
        : answeringUnits(subject.units).map(({ unitId }) => ({ unitId, light }))
  let made = 0
  for (const { unitId, light: of } of due) {
    const color = orderColorOf(of)
    if (color === null || !colors.includes(color)) continue
    const causeKey = `${color}:${subject.id}:${unitId}:${subject.deadline ?? ''}`
    if (isKnown(tx, subject.id, unitId, color, causeKey)) continue
    const when = subject.deadline === null ? '' : `应于${dateWords(subject.deadline)}完成，`
    const text = `${quoted(subject.indicator)}${when}${ORDER_REASONS[color]}，请说明原因和推进措施。`
    tx.insert(orderProposals)
      .values({ color, targetId: subject.id, unitId, text, causeKey, proposedBy: null, proposedAt: at })
      .run()
    made++
  }
  return made
}

/** Whether the cause was proposed or ordered before, or the unit still has an open 督办单 of the colour about the target. */
function isKnown(tx: Db, targetId: number, unitId: number, color: OrderColor, causeKey: string): boolean {
  const proposed = tx
    .select({ id: orderProposals.id })
    .from(orderProposals)
    .where(eq(orderProposals.causeKey, causeKey))
    .get()
  if (proposed) return true
  return tx
    .select({ color: orders.color, unitId: orders.unitId, closedAt: orders.closedAt, causeKey: orders.causeKey })
    .from(orders)
    .where(eq(orders.targetId, targetId))
    .all()
    .some(
      (order) =>
        order.causeKey === causeKey || (order.unitId === unitId && order.color === color && order.closedAt === null),
    )
}

/** Takes back what the rule proposed where the light that asked for it has gone; a new cause may be proposed again. */
export function lapseProposals(
  tx: Db,
  targetIds: readonly number[],
  lights: ReadonlyMap<number, LightSpan>,
  at: string,
): void {
  const open = tx
    .select({ id: orderProposals.id, targetId: orderProposals.targetId, color: orderProposals.color })
    .from(orderProposals)
    .where(
      and(
        inArray(orderProposals.targetId, [...targetIds]),
        eq(orderProposals.status, 'proposed'),
        isNull(orderProposals.proposedBy),
        isNotNull(orderProposals.causeKey),
      ),
    )
    .all()
  for (const { id, targetId, color } of open) {
    const light = lights.get(targetId)?.light
    if (light !== undefined && orderColorOf(light) === color) continue
    tx.update(orderProposals)
      .set({ status: 'dismissed', causeKey: null, decidedAt: at, dismissedReason: '亮灯已变化，不再需要督办' })
      .where(eq(orderProposals.id, id))
      .run()
  }
}
