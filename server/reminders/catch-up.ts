import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { jobRuns, notifications } from '../../db/schema/index.ts'
import type { NotificationKind } from '../../db/domain/messages.ts'
import type { WorkingDays } from '../core/working-days.ts'

/** A stop of more working days than this, or a first run on old data, ends with summaries. */
const DAYS_OF_STOP = 3
/** Messages of one kind that a person gets one by one before the summary. */
const ONE_BY_ONE = 3

const SUMMARIES: Partial<Record<NotificationKind, (n: number) => string>> = {
  due: (n) => `另有${n}项即将到期`,
  overdue: (n) => `另有${n}项已逾期`,
  missing: (n) => `另有${n}项数据未按时填报`,
  unsigned: (n) => `另有${n}项超过期限未签收`,
  order: (n) => `另有${n}张督办单待回复`,
}

/**
 * Keeps the first reminders after a long stop from flooding everybody: of each kind a person gets the first few, and one
 * message for the rest. Those count as notified, so that no later run repeats them.
 */
export class CatchUp {
  private readonly met = new Map<string, number>()

  private constructor(private readonly since: string) {}

  /** Null where the job `name` last ran at most three working days before the day `on`. */
  static after(db: Db, name: string, on: string, days: WorkingDays): CatchUp | null {
    const last = db.select().from(jobRuns).where(eq(jobRuns.name, name)).orderBy(desc(jobRuns.on)).limit(1).get()
    return last && days.between(last.on, on) <= DAYS_OF_STOP ? null : new CatchUp(last?.finishedAt ?? '')
  }

  /** Says of each person in turn whether the next message of this kind goes into the summary. */
  folds(kind: NotificationKind): (userId: number) => boolean {
    return (userId) => {
      const key = `${kind}:${userId}`
      const count = (this.met.get(key) ?? 0) + 1
      this.met.set(key, count)
      return count > ONE_BY_ONE
    }
  }

  /** Writes the summaries; counted in the database, so that what a run that was stopped has folded is not lost. */
  summarise(tx: Db, today: string, at: string): void {
    const folded = tx
      .select({ userId: notifications.userId, kind: notifications.kind, n: sql<number>`count(*)` })
      .from(notifications)
      .where(
        and(sql`${notifications.readAt} = ${notifications.createdAt}`, sql`${notifications.createdAt} > ${this.since}`),
      )
      .groupBy(notifications.userId, notifications.kind)
      .all()
    for (const { userId, kind, n } of folded) {
      const text = SUMMARIES[kind as NotificationKind]?.(n)
      if (text === undefined) continue
      tx.insert(notifications)
        .values({
          userId,
          causeKey: `summary:${kind}:${today}`,
          kind,
          targetId: null,
          text: `${text}，请到目标台账查看`,
          createdAt: at,
        })
        .onConflictDoNothing()
        .run()
    }
  }
}
