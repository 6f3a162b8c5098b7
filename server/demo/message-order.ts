import { asc } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { notifications } from '../../db/schema/index.ts'

/** So many are stored in one statement. */
const AT_ONCE = 500

/**
 * Numbers the messages anew in the order of their time, which is how a page shows them: the demo tells one source after the
 * other, so they were stored out of it.
 */
export function putMessagesInOrder(tx: Db): void {
  const all = tx.select().from(notifications).orderBy(asc(notifications.createdAt), asc(notifications.id)).all()
  tx.delete(notifications).run()
  for (let i = 0; i < all.length; i += AT_ONCE)
    tx.insert(notifications)
      .values(all.slice(i, i + AT_ONCE).map(({ id: _, ...message }) => message))
      .run()
}
