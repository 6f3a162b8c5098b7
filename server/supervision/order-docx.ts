import { ORDER_COLOR_TITLES } from '../../db/domain/supervision-terms.ts'
import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, orderItems, orders, targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { addressee, body, caption, officialDocument, redHead, signature, table, title } from '../core/gbt9704.ts'
import { layOut } from '../../db/domain/paper-table.ts'
import { targetWords } from '../../db/domain/target-words.ts'
import { notFound } from '../errors.ts'
import { evidenceOf } from '../core/evidence.ts'
import { dateWords, shanghaiDate } from '../../db/domain/dates.ts'
import { readSetting } from '../settings/store.ts'
import { loadTarget, unitNames } from '../core/target-record.ts'
import { inOwnPart } from '../core/unit-parts.ts'

/** A 督办单 to print, in the layout of official documents, with the clause it stands on and room for the answer. */
export async function orderDocx(db: Db, actor: Actor, id: number): Promise<{ name: string; bytes: Buffer }> {
  const order = db.select().from(orders).where(eq(orders.id, id)).get()
  if (!order || (actor.role === 'reporter' && order.unitId !== actor.unitId)) throw notFound('督办单')
  loadTarget(db, order.targetId, actor)
  const row = db
    .select({ target: targets, document: documents })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(eq(targets.id, order.targetId))
    .get()
  if (!row) throw notFound('督办单')
  const further = db
    .select({ target: targets, document: documents })
    .from(orderItems)
    .innerJoin(targets, eq(targets.id, orderItems.targetId))
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(eq(orderItems.orderId, order.id))
    .orderBy(targets.id)
    .all()
  const held = [row, ...further]
  const office = readSetting(db, 'office').name
  const unit = unitNames(db, [order.unitId]).get(order.unitId ?? 0) ?? ''
  const name = `督办单（${ORDER_COLOR_TITLES[order.color]}）${order.number}`
  const files = evidenceOf(db, 'orderId', [order.id])(order.id)
  const rows: [string, string][] = [
    // what the unit that is asked has to reach, whoever prints it
    ...inOwnPart(
      db,
      order.unitId,
      held.map(({ target }) => target),
    ).flatMap((one, i): [string, string][] => {
      const n = held.length === 1 ? '' : `${i + 1}`
      const { number, title: source } = held[i]!.document
      return [
        [`事项${n}`, one.indicator],
        [`目标${n}`, targetWords(one, 'text') || '—'],
        [`完成时限${n}`, one.deadline ?? '—'],
        [`依据${n}`, `${number ?? ''}《${source}》：${one.evidence}`],
      ]
    }),
    ['回复时限', order.dueOn],
    ['承办单位回复', order.answer ?? ''],
    ...(files.length > 0 ? [['所附材料', files.map((file) => file.name).join('；')] as [string, string]] : []),
    ['回复时间', order.answeredAt === null ? '' : shanghaiDate(new Date(order.answeredAt))],
    ['办结时间', order.closedAt === null ? '' : shanghaiDate(new Date(order.closedAt))],
  ]
  const bytes = await officialDocument(name, [
    {
      landscape: false,
      children: [
        ...redHead(office, order.number),
        title(`${ORDER_COLOR_TITLES[order.color]}督办单`),
        addressee(`${unit}：`),
        ...body(order.text),
        caption('督办事项'),
        table(
          layOut({
            columns: [
              { title: '项目', align: 'center' },
              { title: '内容', align: 'left' },
            ],
            rows,
          }),
        ),
        ...signature(office, dateWords(shanghaiDate(new Date(order.issuedAt)))),
      ],
    },
  ])
  return { name: `${name}.docx`, bytes }
}
