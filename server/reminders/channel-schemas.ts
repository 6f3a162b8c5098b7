import { z } from 'zod'
import { CHANNELS, MESSAGE_TOPICS, PERSONAL_CHANNELS } from '../../db/domain/messages.ts'
import { objectOf } from '../schema.ts'

export const channelField = z.enum(CHANNELS)

/** A channel without anything that is secret: of an address with a token in it only where it leads. */
export const channelSchema = z
  .object({
    channel: channelField,
    source: z.enum(['page', 'environment']).nullable().describe('在哪里设置：页面、环境变量，空为未设置'),
    address: z.string().nullable().describe('邮件为服务器和端口，其他为接收地址的主机'),
    tls: z.boolean().nullable(),
    username: z.string().nullable(),
    from: z.string().nullable().describe('发件地址'),
    hasSecret: z.boolean().describe('是否已有密码或密钥；内容不再显示'),
  })
  .meta({ id: 'Channel' })

export const channelsAnswer = z
  .object({
    items: z.array(channelSchema),
    publicUrl: z.string().nullable().describe('消息中链接的地址，由 PUBLIC_URL 设置'),
  })
  .meta({ id: 'Channels' })

const httpUrl = z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' }).max(2000)
const secret = z.string().min(1).max(500)
/** A host name or an address: no scheme, no path, no blanks. */
const hostField = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[\w.:-]+$/, '应为服务器名或 IP 地址，如 mail.example.gov.cn')

/** What is left out of secrets and addresses keeps what is stored. */
export const channelBody = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: z.literal('mail'),
    host: hostField,
    port: z.int().min(1).max(65_535),
    tls: z.boolean().describe('从连接开始就用 TLS（一般为 465 端口）；否则在服务器支持时用 STARTTLS'),
    username: z.string().trim().min(1).max(200).nullable(),
    password: secret.optional(),
    from: z.email().max(200),
  }),
  z.strictObject({
    channel: z.literal('dingtalk'),
    url: httpUrl.optional(),
    secret: secret.nullable().optional().describe('加签密钥，空为不加签'),
  }),
  z.strictObject({ channel: z.literal('wecom'), url: httpUrl.optional() }),
  z.strictObject({ channel: z.literal('webhook'), url: httpUrl.optional(), secret: secret.min(16).optional() }),
])
export type ChannelBody = z.infer<typeof channelBody>

export const testBody = z.strictObject({ to: z.email().max(200).nullable().describe('收件地址，只用于邮件') })
export const testAnswer = z
  .object({ ok: z.boolean(), detail: z.string().describe('没有成功时的原因') })
  .meta({ id: 'ChannelTest' })

const choices = objectOf(MESSAGE_TOPICS, objectOf(PERSONAL_CHANNELS, z.boolean()).strict()).strict()

export const choicesBody = z.strictObject({ choices })
export const choicesAnswer = z
  .object({
    choices,
    email: z.string().nullable(),
    reachable: objectOf(PERSONAL_CHANNELS, z.boolean()).describe('管理员已设置、并且能送到本人的渠道'),
  })
  .meta({ id: 'MessageChoices' })
