import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { ORDER_COLOR_TITLES, ORDER_COLORS } from '../../../db/domain/supervision-terms.ts'
import type { Db } from '../../../db/open.ts'
import { orderProposals, orders } from '../../../db/schema/index.ts'
import { invalid, notFound } from '../../errors.ts'
import { giveEvidence } from '../../core/evidence.ts'
import { dateField } from '../../schema.ts'
import { attachmentIdsField, textField } from '../../core/fields.ts'
import { readSetting } from '../../settings/store.ts'
import { nextNumber } from '../../core/numbers.ts'
import { defineStep } from '../../core/step-engine.ts'
import { allUnits, answeringUnitIds, office, notifyOfStep } from '../../core/step-notice.ts'

/** The 督办单 of a target, 404 where it is another's. */
function orderOf(db: Db, targetId: number, id: number) {
  const order = db.select().from(orders).where(eq(orders.id, id)).get()
  if (!order || order.targetId !== targetId) throw notFound('督办单')
  return order
}

const about = (tx: Db, targetId: number, id: number) => {
  const order = orderOf(tx, targetId, id)
  return { order: { unitId: order.unitId, answered: order.answeredAt !== null, closed: order.closedAt !== null } }
}

/** 发督办单: to one unit, or one to each answering unit; numbered by the office's scheme. */
export const issueOrder = defineStep({
  step: 'issue-order',
  body: z.object({
    color: z.enum(ORDER_COLORS),
    text: textField,
    dueOn: dateField,
    unitId: z.int().nullable().optional(),
  }),
  bulk: true,
  apply: (run) => {
    const { tx, target, actor, body, today } = run
    const unitIds = body.unitId === null || body.unitId === undefined ? answeringUnitIds(run) : [body.unitId]
    if (!unitIds.every((id) => allUnits(run).includes(id)))
      throw invalid([{ path: 'unitId', message: '该单位不是该事项的承办单位' }])
    if (body.dueOn < today) throw invalid([{ path: 'dueOn', message: '办理时限不能早于今天' }])
    if (readSetting(tx, 'orders').approval) {
      // a leader has to approve it: it waits in 待签发, numbered when it is issued
      for (const unitId of unitIds)
        tx.insert(orderProposals)
          .values({
            color: body.color,
            targetId: target.id,
            unitId,
            text: body.text,
            dueOn: body.dueOn,
            proposedBy: actor.id,
            proposedAt: actor.at,
          })
          .run()
      return { after: { proposed: unitIds, color: body.color, text: body.text, dueOn: body.dueOn } }
    }
    const made = unitIds.map((unitId) => {
      const number = nextNumber(tx, 'order', today)
      const id = Number(
        tx
          .insert(orders)
          .values({
            number,
            color: body.color,
            targetId: target.id,
            unitId,
            text: body.text,
            dueOn: body.dueOn,
            issuedBy: actor.id,
            issuedAt: actor.at,
          })
          .run().lastInsertRowid,
      )
      notifyOfStep(run, 'order', id, `收到${ORDER_COLOR_TITLES[body.color]}督办单${number}，请于${body.dueOn}前回复`, {
        unitIds: [unitId],
      })
      return { id, number, unitId }
    })
    return { after: { orders: made, color: body.color, text: body.text, dueOn: body.dueOn }, record: made[0] }
  },
})

export const answerOrder = defineStep({
  step: 'answer-order',
  body: z.object({ orderId: z.int(), text: textField, attachmentIds: attachmentIdsField }),
  context: ({ tx, target, body }) => about(tx, target.id, body.orderId),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const order = orderOf(tx, target.id, body.orderId)
    tx.update(orders)
      .set({ answer: body.text, answeredBy: actor.id, answeredAt: actor.at, version: order.version + 1 })
      .where(eq(orders.id, order.id))
      .run()
    const evidence = giveEvidence(tx, actor, target.id, body.attachmentIds, { orderId: order.id })
    notifyOfStep(run, 'order-answered', order.id, `的督办单${order.number}已回复`, {
      ...office(run),
      userIds: [order.issuedBy, target.supervisorId],
    })
    return {
      after: { order: order.id, number: order.number, answer: body.text, ...evidence },
      record: { id: order.id, number: order.number },
    }
  },
})

export const closeOrder = defineStep({
  step: 'close-order',
  body: z.object({ orderId: z.int() }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.orderId),
  apply: ({ tx, target, actor, body }) => {
    const order = orderOf(tx, target.id, body.orderId)
    tx.update(orders)
      .set({ closedBy: actor.id, closedAt: actor.at, version: order.version + 1 })
      .where(eq(orders.id, order.id))
      .run()
    return { after: { order: order.id, number: order.number }, record: { id: order.id, number: order.number } }
  },
})
