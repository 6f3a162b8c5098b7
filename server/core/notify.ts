import { clientOf } from '../../db/client.ts'
import type { NotificationKind } from '../../db/domain/messages.ts'
import { addNotifications, peopleAmong, peopleUntold } from '../../db/notifications.ts'
import type { Db } from '../../db/open.ts'
import { oneLine } from '../printable.ts'

/** Whom a message concerns; the sets are joined and nobody gets it twice. */
export interface Audience {
  /** People of these units. */
  unitIds?: readonly (number | null)[]
  /** Single people, such as the target's supervisor or 联系领导. */
  userIds?: readonly (number | null)[]
  /** Everybody in the supervision office. */
  office?: boolean
  leaders?: boolean
  /** A person who gets no message: who did what it is about. */
  except?: number | null
}

interface Message {
  kind: NotificationKind
  /** The same cause always has the same key: nobody is notified of it twice. */
  causeKey: string
  targetId?: number | null
  text: string
  to: Audience
  /** Instant (UTC ISO). */
  at: string
  /**
   * Whether this person is to have the message on record only, because a summary stands for it: it counts as sent, is read
   * from the instant it is made (`readAt` = `createdAt`), and neither mail nor robots carry it.
   */
  folded?: (userId: number) => boolean
}

/** Numbers of the enabled people of an audience. */
const peopleOf = (db: Db, { unitIds = [], userIds = [], office, leaders, except = null }: Audience): number[] =>
  peopleAmong(clientOf(db), {
    unitIds: unitIds.filter((id) => id !== null),
    userIds: userIds.filter((id) => id !== null),
    roles: [...(office ? ['supervisor' as const] : []), ...(leaders ? ['leader' as const] : [])],
    except,
  })

/**
 * Stores a message for people inside the caller's transaction, so that a step that is rolled back sends none. Mail and
 * robots follow from the stored notifications (deliver.ts). @returns how many people had no message of this cause before
 */
export function notify(tx: Db, message: Message): number {
  const { kind, causeKey, targetId = null, at, folded } = message
  const client = clientOf(tx)
  const people = peopleOf(tx, message.to)
  // A name with a line break in it must not write lines of its own into a mail.
  const row = { causeKey, kind, targetId, text: oneLine(message.text), createdAt: at }
  if (folded === undefined) return addNotifications(client, people, { ...row, readAt: null })
  const untold = peopleUntold(client, people, causeKey)
  const onRecord = new Set(untold.filter(folded))
  return (
    addNotifications(client, [...onRecord], { ...row, readAt: at }) +
    addNotifications(
      client,
      untold.filter((id) => !onRecord.has(id)),
      { ...row, readAt: null },
    )
  )
}
