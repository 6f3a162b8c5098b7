import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Channel, CHANNEL_TITLES, CHANNELS } from '../../db/domain/messages.ts'
import { inTransaction } from '../../db/transaction.ts'
import { users } from '../../db/schema/index.ts'
import { eq } from 'drizzle-orm'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { invalid, wrongState } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { channelOf, shownAfter, shownChannel } from './channel-changes.ts'
import { channelBody, channelField, channelsAnswer, channelSchema, testAnswer, testBody } from './channel-schemas.ts'
import { type Channels, dingtalkUrl, postRobot, postWebhook, sendMail } from './channels.ts'

const tags = ['系统']
const ADMIN = { roles: ['admin'] } as const
const channelParams = z.object({ channel: channelField })

/** 消息渠道: where messages go out of the house. Secrets come in and are never shown again, nor written into the trail. */
export const channelRoutes: FastifyPluginAsyncZod = async (app) => {
  const store = app.channels

  /** Writes a channel into the trail and the store, or neither: the file last, as it cannot be taken back. */
  const change = <C extends Channel>(actor: Actor, channel: C, value: Channels[C]) =>
    inTransaction(app.db, (tx) => {
      const [before, after] = [shownChannel(store, channel), shownAfter(store, channel, value)]
      appendAudit(tx, actor, 'channel.change', 'channel', channel, { ...before }, { ...after })
      store.write(channel, value)
      return after
    })

  app.get(
    '/channels',
    { config: ADMIN, schema: { tags, summary: '消息渠道（不含密码和密钥）', response: { 200: channelsAnswer } } },
    async () => ({ items: CHANNELS.map((channel) => shownChannel(store, channel)), publicUrl: app.publicUrl }),
  )

  app.put(
    '/channels',
    {
      config: ADMIN,
      schema: { tags, summary: '设置一个消息渠道', body: channelBody, response: { 200: channelSchema } },
    },
    async ({ body, actor }) => {
      return change(actor, body.channel, channelOf(store, body))
    },
  )

  app.delete(
    '/channels/:channel',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: '停用页面上设置的渠道；环境变量中的随之生效',
        params: channelParams,
        response: { 200: channelSchema },
      },
    },
    async ({ params: { channel }, actor }) => {
      if (store.sourceOf(channel) !== 'page')
        throw wrongState(`${CHANNEL_TITLES[channel]}不是在页面上设置的，不能在这里停用。`)
      return change(actor, channel, null)
    },
  )

  app.post(
    '/channels/:channel/test',
    {
      config: { ...ADMIN, ...BULK_LIMIT },
      schema: {
        tags,
        summary: '发一条测试消息',
        params: channelParams,
        body: testBody,
        response: { 200: testAnswer },
      },
    },
    async ({ params: { channel }, body, actor }) => {
      const channels = store.current()
      if (channels[channel] === null) throw wrongState(`${CHANNEL_TITLES[channel]}还没有设置。`)
      const email = app.db.select({ email: users.email }).from(users).where(eq(users.id, actor.id)).get()?.email ?? null
      const to = body.to ?? email
      if (channel === 'mail' && to === null) throw invalid([{ path: 'to', message: '请填写收件地址' }])
      const failure = await sendTest(channels, channel, actor, to, app.now(), app.publicUrl).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500),
      )
      inTransaction(app.db, (tx) =>
        appendAudit(tx, actor, 'channel.test', 'channel', channel, null, { ok: failure === null }),
      )
      return { ok: failure === null, detail: failure ?? '' }
    },
  )
}

async function sendTest(
  channels: Channels,
  channel: Channel,
  actor: Actor,
  to: string | null,
  now: Date,
  address: string | null,
): Promise<void> {
  const text = `【政标】测试消息：${actor.displayName}正在检查消息渠道，收到即表示设置可用。`
  if (channel === 'mail' && channels.mail) return sendMail(channels.mail, to!, '【政标】测试消息', text)
  if (channel === 'dingtalk' && channels.dingtalk) return postRobot(dingtalkUrl(channels.dingtalk, now), text)
  if (channel === 'wecom' && channels.wecom) return postRobot(channels.wecom.url, text)
  if (channel === 'webhook' && channels.webhook)
    return postWebhook(
      channels.webhook,
      {
        sentAt: now.toISOString(),
        recipient: { username: actor.username, displayName: actor.displayName, unit: null, email: to },
        messages: [
          {
            id: `${actor.username}:test:${now.toISOString()}`,
            kind: 'test',
            topic: 'test',
            text,
            link: address,
            createdAt: now.toISOString(),
          },
        ],
      },
      now,
    )
}
