import { and, asc, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm'
import {
  type Channel,
  CHANNELS,
  GROUP_KINDS,
  messagePath,
  NOTIFICATION_KINDS,
  type NotificationKind,
  PERSONAL_CHANNELS,
  type PersonalChannel,
  topicOf,
} from '../../db/domain/messages.ts'
import type { Db, OpenDb } from '../../db/open.ts'
import { deliveries } from '../../db/schema/index.ts'
import { oneLine } from '../printable.ts'
import { inTurn } from '../write-turn.ts'
import { type Channels, dingtalkUrl, postRobot, postWebhook, RefusedError, sendMail } from './channels.ts'

/** What the outbox needs to know besides the database. */
export interface Outbox {
  channels: Channels
  /** Address under which people reach the server, for the links of messages; null where nobody has told it. */
  address: string | null
}

type Delivery = typeof deliveries.$inferSelect

/** What a delivery carries. The fields after `text` are absent in rows of older versions. */
interface DeliveryBody {
  text: string
  kind?: string
  targetId?: number | null
  createdAt?: string
  /** Of the person; absent for robots. */
  person?: { username: string; displayName: string; role: string; unit: string | null; email: string | null }
}

/** Minutes until the next try after the first, second … failure; after the last the delivery has failed. */
const BACKOFF_MINUTES = [1, 5, 30, 120, 360]
/** Notifications older than this are not sent any more: whoever sets up a channel does not want the past. */
const WINDOW_DAYS = 3
/** Bytes of one robot message; WeCom takes 2048 of UTF-8 (developer.work.weixin.qq.com, 群机器人). */
const ROBOT_BYTES = 1900
/** Lines of one mail, and messages of one call of the gateway. */
const PERSONAL_LINES = 200
/** Messages of one robot and run: both robots take 20 a minute. */
const ROBOT_MESSAGES = 15
const ROBOT = 'robot'
const TITLE = '【政标】督查提醒'

const isPersonal = (channel: Channel): channel is PersonalChannel =>
  (PERSONAL_CHANNELS as readonly Channel[]).includes(channel)

/**
 * Puts stored notifications into the outbox of every channel that is set up: mail for each person with an address and the
 * gateway for each person, unless they refused this topic there; the robots once for each cause (but no summaries after a
 * stop, whose words differ from person to person). A row of the outbox is unique by channel, recipient and cause, so
 * nothing goes out twice.
 */
export async function fillOutbox(db: OpenDb, channels: Channels, now: Date): Promise<void> {
  const since = new Date(now.getTime() - WINDOW_DAYS * 86_400_000).toISOString()
  const at = now.toISOString()
  await inTurn(db, (tx) => {
    if (channels.mail) fillPersonal(tx, 'mail', sql`u.email`, sql`u.email IS NOT NULL AND u.email <> ''`, since, at)
    if (channels.webhook) fillPersonal(tx, 'webhook', sql`u.username`, sql`1`, since, at)
    for (const channel of ['dingtalk', 'wecom'] as const) {
      if (!channels[channel]) continue
      tx.run(sql`INSERT OR IGNORE INTO deliveries (channel, recipient, cause_key, status, tries, body, created_at)
        SELECT ${channel}, ${ROBOT}, n.cause_key, 'waiting', 0, json_object('text', min(n.text)), ${at} FROM notifications n
        WHERE n.created_at >= ${since} AND n.kind IN (${sql.join(
          GROUP_KINDS.map((kind) => sql`${kind}`),
          sql`, `,
        )})
          AND n.cause_key NOT LIKE 'summary:%' AND (n.read_at IS NULL OR n.read_at <> n.created_at) GROUP BY n.cause_key ORDER BY min(n.id)`)
    }
  })
}

/** The topic of `n.kind`, as SQL. */
const TOPIC_SQL = sql`CASE n.kind ${sql.join(
  NOTIFICATION_KINDS.map((kind) => sql`WHEN ${kind} THEN ${topicOf(kind)}`),
  sql` `,
)} END`

function fillPersonal(
  tx: Db,
  channel: PersonalChannel,
  recipient: SQL,
  reachable: SQL,
  since: string,
  at: string,
): void {
  tx.run(sql`INSERT OR IGNORE INTO deliveries (channel, recipient, cause_key, status, tries, body, created_at)
    SELECT ${channel}, ${recipient}, n.cause_key, 'waiting', 0,
      json_object('text', n.text, 'kind', n.kind, 'targetId', n.target_id, 'createdAt', n.created_at, 'person',
        json_object('username', u.username, 'displayName', u.display_name, 'role', u.role, 'unit', o.name, 'email', u.email)), ${at}
    FROM notifications n JOIN users u ON u.id = n.user_id LEFT JOIN units o ON o.id = u.unit_id
    WHERE n.created_at >= ${since} AND ${reachable} AND u.disabled_at IS NULL AND n.read_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM message_refusals r WHERE r.user_id = u.id AND r.channel = ${channel} AND r.topic = ${TOPIC_SQL})
    ORDER BY n.id`)
}

interface DeliveryResult {
  sent: number
  failed: number
}

/**
 * Sends what waits: everything for one person in one mail or call, everything for a robot in as few messages as it takes.
 * A failure is kept with its words and tried again later; after the last try the delivery counts as failed.
 * If the server dies between a send and the note of it, that one message may go out again: better twice than never.
 */
export async function sendOutbox(db: OpenDb, outbox: Outbox, clock: () => Date): Promise<DeliveryResult> {
  const result: DeliveryResult = { sent: 0, failed: 0 }
  for (const channel of CHANNELS) {
    if (!outbox.channels[channel]) continue
    const all = batches(waiting(db, channel, clock()), channel)
    for (const [i, batch] of all.entries()) {
      try {
        await send(outbox, channel, batch, clock())
        await note(db, batch, { status: 'sent', sentAt: clock().toISOString(), lastError: null, nextTryAt: null })
        result.sent += batch.length
      } catch (error) {
        const more = meetsOthers(channel, error)
        const lost = more ? all.slice(i).flat() : batch
        await noteFailure(db, lost, error, clock())
        result.failed += lost.length
        if (more) break
      }
    }
  }
  return result
}

/** Refusals by the gateway that say nothing of the person: our signature or our right (401, 403), too slow, too many. */
const REFUSES_ALL: readonly number[] = [401, 403, 408, 429]

/**
 * Whether the others would fail as well: a robot that cannot be reached or refuses would refuse them all, and so would a
 * gateway that is down or does not take our calls. The refusal of one mail address, or of one person by the gateway, says
 * nothing of the next.
 */
function meetsOthers(channel: Channel, error: unknown): boolean {
  if (channel !== 'webhook') return channel !== 'mail'
  return !(error instanceof RefusedError) || error.status >= 500 || REFUSES_ALL.includes(error.status)
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

const bodyOf = (delivery: Delivery): DeliveryBody => delivery.body as DeliveryBody
const textOf = (delivery: Delivery): string => oneLine(bodyOf(delivery).text)

/** Address of the page where it is done, by the person's role. */
function linkOf(delivery: Delivery, address: string | null): string | null {
  const { kind, targetId = null, person } = bodyOf(delivery)
  if (address === null || kind === undefined || person === undefined) return null
  const path = messagePath({ kind, targetId, causeKey: delivery.causeKey }, person.role)
  return path === null ? null : `${address}${path}`
}

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
      (isPersonal(channel) ? batch.length < PERSONAL_LINES : bytes + size <= ROBOT_BYTES)
    if (fits) batch.push(row)
    else found.push([row])
    bytes = fits ? bytes + size : size
  }
  return isPersonal(channel) ? found : found.slice(0, ROBOT_MESSAGES)
}

async function send({ channels, address }: Outbox, channel: Channel, batch: Delivery[], now: Date): Promise<void> {
  const first = batch[0]
  if (first === undefined) return
  if (channel === 'webhook' && channels.webhook)
    return postWebhook(channels.webhook, webhookBody(batch, address, now), now)
  const said = batch.map((d, i) => (batch.length === 1 ? textOf(d) : `${i + 1}. ${textOf(d)}`))
  if (channel === 'mail' && channels.mail) {
    const subject = batch.length === 1 ? `${TITLE}：${textOf(first)}` : `${TITLE}（${batch.length}条）`
    const links = batch.map((d) => linkOf(d, address))
    const lines = said.map((line, i) => (links[i] === null ? line : `${line}\n   办理：${links[i]}`))
    return sendMail(channels.mail, first.recipient, subject, `${lines.join('\n')}\n\n请登录政标系统办理。`)
  }
  const content = [TITLE, ...said, ...(address === null ? [] : [`${address}/notifications`])].join('\n')
  if (channel === 'dingtalk' && channels.dingtalk) return postRobot(dingtalkUrl(channels.dingtalk, now), content)
  if (channel === 'wecom' && channels.wecom) return postRobot(channels.wecom.url, content)
}

function webhookBody(batch: Delivery[], address: string | null, now: Date) {
  const person = bodyOf(batch[0]!).person
  return {
    sentAt: now.toISOString(),
    recipient: {
      username: batch[0]!.recipient,
      displayName: person?.displayName ?? '',
      unit: person?.unit ?? null,
      email: person?.email ?? null,
    },
    messages: batch.map((delivery) => {
      const { kind = '', createdAt = delivery.createdAt } = bodyOf(delivery)
      return {
        id: `${delivery.recipient}:${delivery.causeKey}`,
        kind,
        topic: topicOf(kind as NotificationKind) ?? '',
        text: textOf(delivery),
        link: linkOf(delivery, address),
        createdAt,
      }
    }),
  }
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
