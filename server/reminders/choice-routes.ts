import { eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { MESSAGE_TOPICS, type MessageTopic, PERSONAL_CHANNELS, type PersonalChannel } from '../../db/domain/messages.ts'
import { ROLES } from '../../db/domain/roles.ts'
import type { Db } from '../../db/open.ts'
import { messageRefusals, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import type { Channels } from './channels.ts'
import { choicesAnswer, choicesBody } from './channel-schemas.ts'

type Choices = Record<MessageTopic, Record<PersonalChannel, boolean>>

/** What comes how: each person chooses by topic; on the page everything comes. */
export const choiceRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ['notifications']

  app.get(
    '/message-choices',
    { config: { roles: ROLES }, schema: { tags, summary: '我的消息接收方式', response: { 200: choicesAnswer } } },
    async ({ actor }) => answer(app.db, actor, app.channels.current()),
  )

  app.put(
    '/message-choices',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '设置我的消息接收方式', body: choicesBody, response: { 200: choicesAnswer } },
    },
    async ({ actor, body: { choices } }) => {
      const refused = MESSAGE_TOPICS.flatMap((topic) =>
        PERSONAL_CHANNELS.filter((channel) => !choices[topic][channel]).map((channel) => ({
          userId: actor.id,
          topic,
          channel,
        })),
      )
      inTransaction(app.db, (tx) => {
        tx.delete(messageRefusals).where(eq(messageRefusals.userId, actor.id)).run()
        if (refused.length > 0) tx.insert(messageRefusals).values(refused).run()
      })
      return answer(app.db, actor, app.channels.current())
    },
  )
}

function answer(db: Db, actor: Actor, channels: Channels) {
  const refused = db.select().from(messageRefusals).where(eq(messageRefusals.userId, actor.id)).all()
  const email = db.select({ email: users.email }).from(users).where(eq(users.id, actor.id)).get()?.email || null
  const wanted = (topic: MessageTopic, channel: PersonalChannel) =>
    !refused.some((one) => one.topic === topic && one.channel === channel)
  return {
    email,
    reachable: { mail: channels.mail !== null && email !== null, webhook: channels.webhook !== null },
    choices: Object.fromEntries(
      MESSAGE_TOPICS.map((topic) => [
        topic,
        Object.fromEntries(PERSONAL_CHANNELS.map((channel) => [channel, wanted(topic, channel)])),
      ]),
    ) as Choices,
  }
}
