import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'

/** A mail server and the address that mail comes from. */
interface MailChannel {
  host: string
  port: number
  /** TLS from the start; without it STARTTLS where the server offers it. */
  tls: boolean
  username: string | null
  password: string | null
  from: string
}

/** The office's own gateway (浙政钉, OA, SMS): messages are posted to it as JSON, signed with the secret. */
interface WebhookChannel {
  url: string
  secret: string
}

/** Ways out of the house. They hold secrets, so they never stand in the database, a backup or the trail. */
export interface Channels {
  mail: MailChannel | null
  dingtalk: { url: string; secret: string | null } | null
  wecom: { url: string } | null
  webhook: WebhookChannel | null
}

export const NO_CHANNELS: Channels = { mail: null, dingtalk: null, wecom: null, webhook: null }

/**
 * SMTP_URL (smtp://user:password@host:port, smtps:// for TLS from the start) with MAIL_FROM, DINGTALK_WEBHOOK with
 * DINGTALK_SECRET (加签), WECOM_WEBHOOK, MESSAGE_WEBHOOK with MESSAGE_WEBHOOK_SECRET.
 * @throws Error naming the variable that is wrong
 */
export function channelsFrom(env: Record<string, string | undefined>): Channels {
  const web = (name: string) => checkUrl(name, env[name], ['http:', 'https:'])
  const smtp = checkUrl('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:'])
  if (smtp !== null && !env.MAIL_FROM)
    throw new Error('MAIL_FROM is missing: the address that mail comes from has to be set with SMTP_URL')
  const webhook = web('MESSAGE_WEBHOOK')
  if (webhook !== null && !env.MESSAGE_WEBHOOK_SECRET)
    throw new Error('MESSAGE_WEBHOOK_SECRET is missing: messages to MESSAGE_WEBHOOK are signed with it')
  const dingtalk = web('DINGTALK_WEBHOOK')
  const wecom = web('WECOM_WEBHOOK')
  return {
    mail: smtp === null ? null : mailOf(new URL(smtp), env.MAIL_FROM as string),
    dingtalk: dingtalk === null ? null : { url: dingtalk, secret: env.DINGTALK_SECRET || null },
    wecom: wecom === null ? null : { url: wecom },
    webhook: webhook === null ? null : { url: webhook, secret: env.MESSAGE_WEBHOOK_SECRET as string },
  }
}

function checkUrl(name: string, value: string | undefined, protocols: string[]): string | null {
  if (!value) return null
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw new Error(`${name} is no address of the form ${protocols.join(' or ')}//…`)
  return value
}

/** Ports of a mail server where the address names none: submission, and with TLS from the start (RFC 8314). */
const SMTP_PORT = 587
const SMTPS_PORT = 465

function mailOf(url: URL, from: string): MailChannel {
  const tls = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: url.port === '' ? (tls ? SMTPS_PORT : SMTP_PORT) : Number(url.port),
    tls,
    username: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    from,
  }
}

/** How long a mail server or a gateway may take to answer, in milliseconds. */
const TIMEOUT_MS = 15_000

/** Sends one mail in plain text. Throws where the server refuses it. */
export async function sendMail(mail: MailChannel, to: string, subject: string, text: string): Promise<void> {
  const transport = createTransport({
    host: mail.host,
    port: mail.port,
    secure: mail.tls,
    auth: mail.username === null ? undefined : { user: mail.username, pass: mail.password ?? '' },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  try {
    // Line breaks in a subject would be further header lines; nodemailer folds them, and we send none.
    await transport.sendMail({ from: mail.from, to, subject: subject.replace(/\s+/g, ' '), text })
  } finally {
    transport.close()
  }
}

/** The signed address of a DingTalk robot with 加签: HMAC-SHA256 of timestamp and secret (open.dingtalk.com, 自定义机器人安全设置). */
export function dingtalkUrl({ url, secret }: NonNullable<Channels['dingtalk']>, now: Date): string {
  if (secret === null) return url
  const timestamp = now.getTime()
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(timestamp))
  signed.searchParams.set('sign', sign)
  return signed.href
}

/** Posts a text message in the form that both robots take; throws what the robot answers where it refuses. */
export async function postRobot(url: string, content: string): Promise<void> {
  const response = await post(url, JSON.stringify({ msgtype: 'text', text: { content } }))
  const answer = (await response.json()) as { errcode?: number; errmsg?: string }
  if (answer.errcode !== 0) throw new Error(`errcode ${answer.errcode}: ${answer.errmsg ?? ''}`)
}

/** A gateway or robot answered with a status of an error. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  constructor(readonly status: number) {
    super(`HTTP ${status}`)
  }
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  })
  if (!response.ok) throw new RefusedError(response.status)
  return response
}

/** What the gateway gets: messages for one person, whom it knows by the user name. */
interface WebhookBody {
  /** UTC instant. */
  sentAt: string
  recipient: { username: string; displayName: string; unit: string | null; email: string | null }
  messages: {
    /** The same for the same message, however often it is sent. */
    id: string
    kind: string
    /** `limits`, `progress`, `letters`, `bulletins` */
    topic: string
    text: string
    /** Address of the page where it is done; null where PUBLIC_URL is not set. */
    link: string | null
    createdAt: string
  }[]
}

/**
 * Posts messages to the office's gateway. `x-zhengbiao-timestamp` holds seconds since 1970, `x-zhengbiao-signature` the
 * HMAC-SHA256 of `<timestamp>.<body>` with the secret in hex; a receiver compares it and refuses what is older than some
 * minutes. Any answer of 2xx counts as taken.
 */
export async function postWebhook({ url, secret }: WebhookChannel, body: WebhookBody, now: Date): Promise<void> {
  const text = JSON.stringify(body)
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const response = await post(url, text, {
    'x-zhengbiao-timestamp': timestamp,
    'x-zhengbiao-signature': webhookSignature(secret, timestamp, text),
  })
  await response.body?.cancel()
}

/** HMAC-SHA256 in hex, as {@link postWebhook} sends it. */
export const webhookSignature = (secret: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
