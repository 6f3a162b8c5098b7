import { expect, it } from 'vitest'
import { notifications, users } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { putMessagesInOrder } from '../../../server/demo/message-order.ts'
import { buildOffice } from '../supervision/office.ts'

it('the messages of the demo stand in the order of their time', async () => {
  const office = await buildOffice()
  try {
    const { id: userId } = office.db.select({ id: users.id }).from(users).limit(1).get()!
    const at = ['2026-09-03', '2026-02-05', '2026-10-30', '2026-02-09'].map((day) => `${day}T02:00:00.000Z`)
    office.db
      .insert(notifications)
      .values(at.map((createdAt) => ({ userId, causeKey: createdAt, kind: 'order', text: createdAt, createdAt })))
      .run()
    inTransaction(office.db, putMessagesInOrder)
    const stored = office.db.select().from(notifications).orderBy(notifications.id).all()
    expect(stored.map(({ text, createdAt }) => [text, createdAt])).toEqual([...at].sort().map((one) => [one, one]))
  } finally {
    await office.close()
  }
})
