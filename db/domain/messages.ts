import { idsOf } from './vocabulary.ts'

/** What messages are about, as people choose by it what comes how. */
export const MESSAGE_TOPIC_TITLES = {
  limits: '期限提醒',
  progress: '办理进展',
  letters: '督办来往',
  bulletins: '通报和考核',
} as const
export type MessageTopic = keyof typeof MESSAGE_TOPIC_TITLES
export const MESSAGE_TOPICS = idsOf(MESSAGE_TOPIC_TITLES)

/** The kinds of each topic; a new kind of message takes an entry here. */
const TOPIC_OF = {
  due: 'limits',
  overdue: 'limits',
  missing: 'limits',
  unsigned: 'limits',
  assigned: 'progress',
  signed: 'progress',
  submitted: 'progress',
  approved: 'progress',
  returned: 'progress',
  request: 'progress',
  decided: 'progress',
  suspended: 'progress',
  met: 'progress',
  closed: 'progress',
  urged: 'letters',
  order: 'letters',
  'order-answered': 'letters',
  instruction: 'letters',
  problem: 'letters',
  rectified: 'letters',
  bulletin: 'bulletins',
  appeal: 'bulletins',
  'appeal-answered': 'bulletins',
} as const satisfies Record<string, MessageTopic>
export type NotificationKind = keyof typeof TOPIC_OF
export const NOTIFICATION_KINDS = idsOf(TOPIC_OF)
export const topicOf = (kind: NotificationKind): MessageTopic => TOPIC_OF[kind]

/** The ways out of the house. */
export const CHANNEL_TITLES = {
  mail: '邮件',
  dingtalk: '钉钉机器人',
  wecom: '企业微信机器人',
  webhook: '消息网关',
} as const
export type Channel = keyof typeof CHANNEL_TITLES
export const CHANNELS = idsOf(CHANNEL_TITLES)

/**
 * Channels that reach one person each, who chooses by topic what comes: mail to their address, and the office's gateway,
 * which knows the person by their user name. A robot speaks to a whole group.
 */
export const PERSONAL_CHANNELS = ['mail', 'webhook'] as const satisfies readonly Channel[]
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number]

/** Kinds that the robots tell a group: limits, and what the office sends to units. */
export const GROUP_KINDS = [
  'due',
  'overdue',
  'missing',
  'unsigned',
  'urged',
  'order',
  'bulletin',
] as const satisfies readonly NotificationKind[]

/** What a message says of its occasion. */
interface Told {
  kind: string
  targetId: number | null
  /** See `notifications.cause_key`: `bulletin:<id>`, `appeal:<period>:<unit>`, `instruction:<id>:<cause>`. */
  causeKey: string
}

/** Steps that a unit takes upon a message, by its kind: the link of the message opens their form. */
const STEP_OF: Partial<Record<NotificationKind, string>> = {
  assigned: 'sign',
  unsigned: 'sign',
  order: 'answer-order',
  problem: 'rectify-problem',
}
/** Kinds upon which a unit reports. */
const TO_REPORT: ReadonlySet<string> = new Set<NotificationKind>(['due', 'overdue', 'missing', 'returned'])

/**
 * The page where the person does what the message asks for, as a path of the web app; null where there is none. For a unit
 * it is the form itself, for everybody else the target; a 批示 has a page of its own, where all answer it.
 */
export function messagePath({ kind, targetId, causeKey }: Told, role: string): string | null {
  const [, second] = causeKey.split(':')
  if (kind === 'bulletin') return `/bulletins/${second}`
  if (kind === 'appeal' || kind === 'appeal-answered') return `/bulletins?view=ranking&period=${second}`
  if (kind === 'instruction') return `/instructions/${second}`
  if (targetId === null) return null
  if (role !== 'reporter') return `/targets/${targetId}`
  if (TO_REPORT.has(kind)) return `/targets/${targetId}/report`
  const step = STEP_OF[kind as NotificationKind]
  return step === undefined ? `/targets/${targetId}` : `/targets/${targetId}?step=${step}`
}
