import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db, OpenDb } from '../../db/open.ts'
import { deliveries } from '../../db/schema/index.ts'
import { oneLine } from '../printable.ts'
import { inTurn } from '../write-turn.ts'
import { type Channels, dingtalkUrl, postRobot, sendMail } from './channels.ts'

type Delivery = typeof deliveries.$inferSelect
type Channel = Delivery['channel']

/** Minutes until the next try after the first, second … failure; after the last the delivery has failed. */
const BACKOFF_MINUTES = [1, 5, 30, 120, 360]
/** Notifications older than this are not sent any more: whoever sets up a channel does not want the past. */
const WINDOW_DAYS = 3
/** Bytes of one robot message; WeCom takes 2048 of UTF-8 (developer.work.weixin.qq.com, 群机器人). */
const ROBOT_BYTES = 1900
/** Lines of one mail. */
const MAIL_LINES = 200
/** Messages of one robot and run: both robots take 20 a minute. */
const ROBOT_MESSAGES = 15
const ROBOT = 'robot'
const TITLE = '【政标】督查提醒'

/**
 * Puts stored notifications into the outbox of every channel that is set up: mail for each person with an address, the
 * robots once for each cause (but no summaries after a stop, whose words differ from person to person). A row of the outbox
 * is unique by channel, recipient and cause, so nothing goes out twice.
 */
export async function fillOutbox(db: OpenDb, channels: Channels, now: Date): Promise<void> {
  const since = new Date(now.getTime() - WINDOW_DAYS * 86_400_000).toISOString()
  const at = now.toISOString()
  await inTurn(db, (tx) => {
    if (channels.mail) {
      tx.run(sql`INSERT OR IGNORE INTO deliveries (channel, recipient, cause_key, status, tries, body, created_at)
        SELECT 'mail', u.email, n.cause_key, 'waiting', 0, json_object('text', n.text), ${at} FROM notifications n JOIN users u ON u.id = n.user_id
        WHERE n.created_at >= ${since} AND u.email IS NOT NULL AND u.email <> '' AND u.disabled_at IS NULL AND n.read_at IS NULL ORDER BY n.id`)
    }
    for (const channel of ['dingtalk', 'wecom'] as const) {
      if (!channels[channel]) continue
      tx.run(sql`INSERT OR IGNORE INTO deliveries (channel, recipient, cause_key, status, tries, body, created_at)
        SELECT ${channel}, ${ROBOT}, n.cause_key, 'waiting', 0, json_object('text', min(n.text)), ${at} FROM notifications n
        WHERE n.created_at >= ${since} AND n.kind IN ('due', 'overdue', 'missing', 'unsigned', 'urged', 'order', 'bulletin')
          AND n.cause_key NOT LIKE 'summary:%' AND (n.read_at IS NULL OR n.read_at <> n.created_at) GROUP BY n.cause_key ORDER BY min(n.id)`)
    }
  })
}

interface DeliveryResult {
  sent: number
  failed: number
}

/**
 * Sends what waits: everything for one person in one mail, everything for a robot in as few messages as it takes.
 * A failure is kept with its words and tried again later; after the last try the delivery counts as failed.
 * If the server dies between a send and the note of it, that one message may go out again: better twice than never.
 */
export async function sendOutbox(db: OpenDb, channels: Channels, clock: () => Date): Promise<DeliveryResult> {
  const result: DeliveryResult = { sent: 0, failed: 0 }
  for (const channel of ['mail', 'dingtalk', 'wecom'] as const) {
    if (!channels[channel]) continue
    const all = batches(waiting(db, channel, clock()), channel)
    for (const [i, batch] of all.entries()) {
      try {
        await send(channels, channel, batch, clock())
        await note(db, batch, { status: 'sent', sentAt: clock().toISOString(), lastError: null, nextTryAt: null })
        result.sent += batch.length
      } catch (error) {
        // A robot that cannot be reached or refuses would refuse the other messages as well; the failure of one mail address
        // says nothing of the next.
        const lost = channel === 'mail' ? batch : all.slice(i).flat()
        await noteFailure(db, lost, error, clock())
        result.failed += lost.length
        if (channel !== 'mail') break
      }
    }
  }
  return result
}

function waiting(db: Db, channel: Channel, now: Date): Delivery[] {
  return db
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.channel, channel),
        eq(deliveries.status, 'waiting'),
        or(isNull(deliveries.nextTryAt), lte(deliveries.nextTryAt, now.toISOString())),
      ),
    )
    .orderBy(asc(deliveries.recipient), asc(deliveries.id))
    .limit(2000)
    .all()
}

const textOf = (delivery: Delivery): string => oneLine((delivery.body as { text: string }).text)

/** Messages of one recipient each, none larger than its channel takes. */
function batches(rows: Delivery[], channel: Channel): Delivery[][] {
  const found: Delivery[][] = []
  let bytes = 0
  for (const row of rows) {
    const size = Buffer.byteLength(textOf(row)) + 8
    const batch = found.at(-1)
    const fits =
      batch !== undefined &&
      batch[0]?.recipient === row.recipient &&
      (channel === 'mail' ? batch.length < MAIL_LINES : bytes + size <= ROBOT_BYTES)
    if (fits) batch.push(row)
    else found.push([row])
    bytes = fits ? bytes + size : size
  }
  return channel === 'mail' ? found : found.slice(0, ROBOT_MESSAGES)
}

async function send(channels: Channels, channel: Channel, batch: Delivery[], now: Date): Promise<void> {
  const lines = batch.map((d, i) => (batch.length === 1 ? textOf(d) : `${i + 1}. ${textOf(d)}`)).join('\n')
  if (channel === 'mail' && channels.mail) {
    const subject = batch.length === 1 ? `${TITLE}：${textOf(batch[0] as Delivery)}` : `${TITLE}（${batch.length}条）`
    return sendMail(channels.mail, batch[0]?.recipient ?? '', subject, `${lines}\n\n请登录政标系统办理。`)
  }
  if (channel === 'dingtalk' && channels.dingtalk)
    return postRobot(dingtalkUrl(channels.dingtalk, now), `${TITLE}\n${lines}`)
  if (channel === 'wecom' && channels.wecom) return postRobot(channels.wecom.url, `${TITLE}\n${lines}`)
}

async function note(db: OpenDb, batch: Delivery[], change: Partial<Delivery>): Promise<void> {
  await inTurn(db, (tx) =>
    tx
      .update(deliveries)
      .set({ ...change, tries: sql`${deliveries.tries} + 1` })
      .where(
        inArray(
          deliveries.id,
          batch.map((d) => d.id),
        ),
      )
      .run(),
  )
}

async function noteFailure(db: OpenDb, batch: Delivery[], error: unknown, now: Date): Promise<void> {
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  await inTurn(db, (tx) => {
    for (const d of batch) {
      const minutes = BACKOFF_MINUTES[d.tries]
      tx.update(deliveries)
        .set({
          tries: d.tries + 1,
          lastError,
          status: minutes === undefined ? 'failed' : 'waiting',
          nextTryAt: minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000).toISOString(),
        })
        .where(eq(deliveries.id, d.id))
        .run()
    }
  })
}
