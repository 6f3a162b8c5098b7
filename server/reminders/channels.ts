import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'

/** Ways out of the house. They stand in the environment, never in the database, a backup or the trail, because they hold secrets. */
export interface Channels {
  mail: { url: string; from: string } | null
  dingtalk: { url: string; secret: string | null } | null
  wecom: { url: string } | null
}

export const NO_CHANNELS: Channels = { mail: null, dingtalk: null, wecom: null }

/**
 * SMTP_URL (smtp://user:password@host:port, smtps:// for TLS from the start) with MAIL_FROM, DINGTALK_WEBHOOK with
 * DINGTALK_SECRET (加签), WECOM_WEBHOOK.
 * @throws Error naming the variable that is wrong
 */
export function channelsFrom(env: Record<string, string | undefined>): Channels {
  const web = (name: string) => checkUrl(name, env[name], ['http:', 'https:'])
  const smtp = checkUrl('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:'])
  if (smtp !== null && !env.MAIL_FROM)
    throw new Error('MAIL_FROM is missing: the address that mail comes from has to be set with SMTP_URL')
  const dingtalk = web('DINGTALK_WEBHOOK')
  const wecom = web('WECOM_WEBHOOK')
  return {
    mail: smtp === null ? null : { url: smtp, from: env.MAIL_FROM as string },
    dingtalk: dingtalk === null ? null : { url: dingtalk, secret: env.DINGTALK_SECRET || null },
    wecom: wecom === null ? null : { url: wecom },
  }
}

function checkUrl(name: string, value: string | undefined, protocols: string[]): string | null {
  if (!value) return null
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw new Error(`${name} is no address of the form ${protocols.join(' or ')}//…`)
  return value
}

/** How long a mail server or a robot may take to answer, in milliseconds. */
const TIMEOUT_MS = 15_000

/** Sends one mail in plain text. Throws where the server refuses it. */
export async function sendMail(
  mail: NonNullable<Channels['mail']>,
  to: string,
  subject: string,
  text: string,
): Promise<void> {
  const transport = createTransport({
    url: mail.url,
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
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'text', text: { content } }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const answer = (await response.json()) as { errcode?: number; errmsg?: string }
  if (answer.errcode !== 0) throw new Error(`errcode ${answer.errcode}: ${answer.errmsg ?? ''}`)
}
