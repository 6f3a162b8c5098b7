import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { NotificationKind } from '../../db/domain/messages.ts'
import type { Db } from '../../db/open.ts'
import { notifications, users } from '../../db/schema/index.ts'
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
function peopleOf(db: Db, to: Audience): number[] {
  const unitIds = (to.unitIds ?? []).filter((id) => id !== null)
  const userIds = (to.userIds ?? []).filter((id) => id !== null)
  const roles = [...(to.office ? ['supervisor' as const] : []), ...(to.leaders ? ['leader' as const] : [])]
  const whom = or(
    unitIds.length > 0 ? and(eq(users.role, 'reporter'), inArray(users.unitId, unitIds)) : undefined,
    userIds.length > 0 ? inArray(users.id, userIds) : undefined,
    roles.length > 0 ? inArray(users.role, roles) : undefined,
  )
  if (!whom) return []
  return db
    .select({ id: users.id })
    .from(users)
    .where(and(isNull(users.disabledAt), whom))
    .all()
    .map((u) => u.id)
    .filter((id) => id !== to.except)
}

/**
 * Stores a message for people inside the caller's transaction, so that a step that is rolled back sends none. Mail and
 * robots follow from the stored notifications (deliver.ts). @returns how many people had no message of this cause before
 */
export function notify(tx: Db, message: Message): number {
  const { kind, causeKey, targetId = null, at, folded } = message
  // A name with a line break in it must not write lines of its own into a mail.
  const text = oneLine(message.text)
  let notified = 0
  for (const userId of peopleOf(tx, message.to)) {
    const known =
      folded &&
      tx
        .select({ id: notifications.id })
        .from(notifications)
        .where(and(eq(notifications.userId, userId), eq(notifications.causeKey, causeKey)))
        .get()
    if (known) continue // before `folded` counts it
    const readAt = folded?.(userId) ? at : null
    notified += tx
      .insert(notifications)
      .values({ userId, causeKey, kind, targetId, text, createdAt: at, readAt })
      .onConflictDoNothing()
      .run().changes
  }
  return notified
}
