import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { deliveries, jobRuns, notifications, orderProposals, orders, users } from '../../../db/schema/index.ts'
import { channelsFrom, NO_CHANNELS } from '../../../server/reminders/channels.ts'
import { workingDaysOf } from '../../../server/core/working-days.ts'
import { dueDay, isDone, runDaily } from '../../../server/reminders/daily.ts'
import { deliver, remindIfDue } from '../../../server/reminders/jobs.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const causes = (person: 'reporter' | 'supervisor' | 'otherReporter' | 'leader') =>
  office.db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, office.userIds[person]))
    .all()
    .filter((n) => ['due', 'overdue', 'missing', 'unsigned'].includes(n.kind))
    .map((n) => n.causeKey)
const published = workingDaysOf({ daysOff: [], workdays: [] })
const at = (iso: string) => {
  office.clock.now = new Date(iso)
}

describe('the daily job', () => {
  it.each([
    ['2026-06-30T23:59:59.000Z', '2026-06-30', "before eight o'clock in Shanghai"],
    ['2026-07-01T00:00:00.000Z', '2026-07-01', "from eight o'clock on"],
    ['2026-07-04T06:00:00.000Z', '2026-07-03', 'a Saturday'],
    ['2026-10-05T06:00:00.000Z', '2026-09-30', 'in the holidays of October'],
    ['2026-10-10T06:00:00.000Z', '2026-10-10', 'a Saturday worked in exchange'],
  ])('at %s belongs to the working day %s: %s', (instant, day) => {
    expect(dueDay(new Date(instant), published)).toBe(day)
  })

  it('tells nobody anything on a day off, and on the next working day what still stands', async () => {
    const id = await office.signedTarget({ deadline: '2026-07-11' })
    const app = { db: office.db, now: () => office.clock.now } as never
    at('2026-07-03T01:00:00.000Z')
    await remindIfDue(app)
    at('2026-07-04T01:00:00.000Z') // a Saturday, seven days before
    expect(await remindIfDue(app)).toBe(false)
    expect(causes('reporter')).not.toContain(`due:${id}:2026-07-11:7`)
    at('2026-07-06T01:00:00.000Z')
    expect(await remindIfDue(app)).toBe(true)
    expect(causes('reporter')).toContain(`due:${id}:2026-07-11:7`)
  })

  it('tells each cause once however often it runs, and the supervisor with the unit', async () => {
    const id = await office.signedTarget({ deadline: '2026-07-07' })
    for (let i = 0; i < 3; i++) await runDaily(office.db, office.clock.now)
    expect(causes('reporter')).toEqual([`due:${id}:2026-07-07:7`])
    expect(causes('supervisor')).toEqual(causes('reporter'))
    expect(causes('otherReporter')).toEqual([])
  })

  it('catches up after a stop with the nearest reminder only, and runs once for a day', async () => {
    const id = await office.signedTarget({ deadline: '2026-08-15' })
    expect(await remindIfDue({ db: office.db, now: () => office.clock.now } as never)).toBe(true)
    expect(await remindIfDue({ db: office.db, now: () => office.clock.now } as never)).toBe(false)
    at('2026-08-13T01:00:00.000Z')
    expect(isDone(office.db, '2026-08-13')).toBe(false)
    await remindIfDue({ db: office.db, now: () => office.clock.now } as never)
    expect(causes('reporter').filter((k) => k.startsWith('due'))).toEqual([`due:${id}:2026-08-15:3`])
  })

  it('calls a target overdue from midnight in Shanghai and proposes one red 督办单 by rule, which nobody is told of', async () => {
    const id = await office.signedTarget({ deadline: '2026-06-30' })
    at('2026-06-30T15:59:00.000Z')
    await runDaily(office.db, office.clock.now)
    expect(causes('reporter')).not.toContain(`overdue:${id}:2026-06-30`)
    expect(office.db.select().from(orders).all()).toEqual([])
    at('2026-06-30T16:00:00.000Z')
    for (let i = 0; i < 2; i++) await runDaily(office.db, office.clock.now)
    expect(causes('reporter')).toContain(`overdue:${id}:2026-06-30`)
    expect(office.db.select().from(orders).all()).toEqual([])
    expect(causes('reporter').filter((key) => key.startsWith('order'))).toEqual([])
    expect(office.db.select().from(orderProposals).all()).toMatchObject([
      { status: 'proposed', color: 'red', targetId: id, unitId: office.unitIds.own, proposedBy: null },
    ])
  })

  it('reminds of a signature and a report that are missing', async () => {
    const unsigned = office.addTarget()
    await office.done('supervisor', unsigned, 'accept')
    await office.done('supervisor', unsigned, 'assign', { reportFrequency: 'monthly' })
    at('2026-07-04T01:00:00.000Z')
    await runDaily(office.db, office.clock.now)
    expect(causes('reporter')).toEqual([`unsigned:${unsigned}:${office.unitIds.own}:2026-06-30`])
    await office.done('reporter', unsigned, 'sign')
    at('2026-07-10T01:00:00.000Z')
    await runDaily(office.db, office.clock.now)
    expect(causes('reporter')).toContain(`missing:${unsigned}:2026-06-30`)
  })

  it('tells the first of each kind and counts the rest in one message after a stop of more than three days', async () => {
    const mine = (person: 'reporter' | 'supervisor') =>
      office.db
        .select()
        .from(notifications)
        .where(eq(notifications.userId, office.userIds[person]))
        .all()
        .filter((n) => n.kind === 'due' || n.kind === 'overdue')
    const unread = (person: 'reporter' | 'supervisor') =>
      mine(person)
        .filter((n) => n.readAt === null)
        .map((n) => n.causeKey)
    const ids: number[] = []
    for (let i = 0; i < 6; i++) ids.push(await office.signedTarget({ deadline: '2026-07-07' }))
    for (let i = 0; i < 2; i++) await runDaily(office.db, office.clock.now)
    for (const person of ['reporter', 'supervisor'] as const) {
      expect(mine(person)).toHaveLength(7) // every cause counts as told
      expect(unread(person)).toEqual([
        ...ids.slice(0, 3).map((id) => `due:${id}:2026-07-07:7`),
        'summary:due:2026-06-30',
      ])
      expect(mine(person).find((n) => n.causeKey.startsWith('summary'))).toMatchObject({
        kind: 'due',
        targetId: null,
        text: '另有3项即将到期，请到目标台账查看',
      })
    }
    // without a stop everybody is told of everything
    at('2026-07-03T02:00:00.000Z')
    await runDaily(office.db, office.clock.now)
    at('2026-07-04T02:00:00.000Z')
    await runDaily(office.db, office.clock.now)
    expect(unread('reporter').filter((key) => key.endsWith(':2026-07-07:3'))).toHaveLength(6)
    // after the next stop again the first and the rest
    at('2026-07-09T02:00:00.000Z')
    await runDaily(office.db, office.clock.now)
    expect(unread('reporter').filter((key) => key.includes('overdue'))).toEqual([
      ...ids.slice(0, 3).map((id) => `overdue:${id}:2026-07-07`),
      'summary:overdue:2026-07-09',
    ])
  })

  it('sends neither robots nor mail what a summary tells', async () => {
    for (let i = 0; i < 6; i++) await office.signedTarget({ deadline: '2026-07-07' })
    await runDaily(office.db, office.clock.now)
    const channels = { ...NO_CHANNELS, wecom: { url: 'http://127.0.0.1:9/' } }
    await deliver({ db: office.db, now: () => office.clock.now } as never, { channels, address: null })
    expect(
      office.db
        .select()
        .from(deliveries)
        .all()
        .filter((d) => d.causeKey.startsWith('due')),
    ).toHaveLength(3)
  })

  it('shows a person their own messages and marks them read', async () => {
    await office.signedTarget({ deadline: '2026-07-07' })
    await runDaily(office.db, office.clock.now)
    const list = (await office.get('reporter', '/api/notifications?unread=true')).json()
    expect(list.unread).toBe(list.items.length)
    expect(
      (await office.injectAs('otherReporter', { method: 'POST', url: '/api/notifications/read', payload: {} })).json(),
    ).toEqual({ read: 0 })
    expect(
      (
        await office.injectAs('reporter', {
          method: 'POST',
          url: '/api/notifications/read',
          payload: { ids: [list.items[0].id] },
        })
      ).json(),
    ).toEqual({ read: 1 })
    expect((await office.get('reporter', '/api/notifications')).json().unread).toBe(list.unread - 1)
  })
})

/** A robot on loopback that answers as told and keeps what it got. */
function robot() {
  const got: { url: string; body: { msgtype: string; text: { content: string } } }[] = []
  const answer = { status: 200, body: { errcode: 0, errmsg: 'ok' } }
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        got.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) })
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
      })
  })
  return { got, answer, server }
}
const listen = (server: { listen: (port: number, host: string, done: () => void) => unknown }) =>
  new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })

describe('out of the house', () => {
  it('mails each person once over a real SMTP server, and tries again after a refusal', async () => {
    const mails: { to: string[]; text: string }[] = []
    let refuse = true
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            if (refuse) return done(new Error('mailbox busy'))
            mails.push({
              to: session.envelope.rcptTo.map((r) => r.address),
              text: Buffer.concat(chunks).toString('utf8'),
            })
            done()
          })
      },
    })
    await listen(smtp.server)
    const channels = channelsFrom({
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      MAIL_FROM: 'duchashi@example.gov.cn',
    })
    office.db.update(users).set({ email: 'reporter@example.gov.cn' }).where(eq(users.id, office.userIds.reporter)).run()
    await office.signedTarget({ deadline: '2026-07-03' })
    await runDaily(office.db, office.clock.now)
    const app = { db: office.db, now: () => office.clock.now } as never
    expect(await deliver(app, { channels, address: null })).toEqual({ sent: 0, failed: 2 })
    expect(office.db.select().from(deliveries).all()).toMatchObject([
      { status: 'waiting', tries: 1, nextTryAt: '2026-06-30T02:01:00.000Z' },
      { recipient: 'reporter@example.gov.cn' },
    ])
    expect(office.db.select().from(deliveries).get()?.lastError).toContain('mailbox busy')
    refuse = false
    expect(await deliver(app, { channels, address: null })).toEqual({ sent: 0, failed: 0 })
    office.clock.advance(61)
    expect(await deliver(app, { channels, address: null })).toEqual({ sent: 2, failed: 0 })
    expect(await deliver(app, { channels, address: null })).toEqual({ sent: 0, failed: 0 })
    expect(mails).toHaveLength(1)
    expect(mails[0]?.to).toEqual(['reporter@example.gov.cn'])
    expect(
      Buffer.from(/\r\n\r\n([\s\S]*)$/.exec(mails[0]?.text ?? '')?.[1] ?? '', 'base64').toString('utf8'),
    ).toContain('还有3天')
    await new Promise<void>((resolve) => smtp.close(resolve))
  })

  it('posts to DingTalk with a signature and to WeCom, in the form they take, once for one cause', async () => {
    office.db
      .insert(jobRuns)
      .values({ name: 'reminders', on: '2026-06-29', finishedAt: '2026-06-29T00:00:00.000Z' })
      .run() // no stop before
    const [dingtalk, wecom] = [robot(), robot()]
    await Promise.all([listen(dingtalk.server), listen(wecom.server)])
    const address = (r: ReturnType<typeof robot>) =>
      `http://127.0.0.1:${(r.server.address() as AddressInfo).port}/robot/send?access_token=x`
    const channels = channelsFrom({
      DINGTALK_WEBHOOK: address(dingtalk),
      DINGTALK_SECRET: 'SECtest',
      WECOM_WEBHOOK: address(wecom),
    })
    wecom.answer.body = { errcode: 45009, errmsg: 'api freq out of limit' }
    for (let i = 0; i < 30; i++)
      await office.signedTarget({ deadline: '2026-07-03', indicator: `第${i}项重点工程建设里程数（公里）` })
    await runDaily(office.db, office.clock.now)
    const app = { db: office.db, now: () => office.clock.now } as never
    await deliver(app, { channels, address: null })
    await deliver(app, { channels, address: null })
    const text = dingtalk.got.map((g) => g.body.text.content).join('\n')
    for (let i = 0; i < 30; i++) expect(text.split(`第${i}项重点`)).toHaveLength(2)
    for (const { url, body } of dingtalk.got) {
      expect(body.msgtype).toBe('text')
      expect(Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2048)
      expect(new URL(url, 'http://x').searchParams.get('sign')).toMatch(/^[a-z0-9+/]{43}=$/i)
    }
    expect(wecom.got).toHaveLength(1)
    expect(
      office.db
        .select()
        .from(deliveries)
        .where(eq(deliveries.channel, 'wecom'))
        .all()
        .filter((d) => d.tries === 1)[0]?.lastError,
    ).toBe('errcode 45009: api freq out of limit')
    for (const minutes of [2, 6, 31, 121, 361]) {
      office.clock.advance(minutes * 60)
      await deliver(app, { channels, address: null })
    }
    expect(office.db.select().from(deliveries).where(eq(deliveries.channel, 'wecom')).get()).toMatchObject({
      status: 'failed',
      tries: 6,
    })
    expect((await office.get('admin', '/api/deliveries?status=failed')).json().items.length).toBeGreaterThan(0)
    for (const r of [dingtalk, wecom]) r.server.close()
  })

  it('sends nothing where nothing is set up, and names the variable that is wrong', async () => {
    await office.signedTarget({ deadline: '2026-07-03' })
    await runDaily(office.db, office.clock.now)
    await deliver({ db: office.db, now: () => office.clock.now } as never, { channels: NO_CHANNELS, address: null })
    expect(office.db.select().from(deliveries).all()).toEqual([])
    expect(channelsFrom({})).toEqual(NO_CHANNELS)
    expect(() => channelsFrom({ SMTP_URL: 'smtp://localhost' })).toThrow('MAIL_FROM')
    expect(() => channelsFrom({ WECOM_WEBHOOK: 'ftp://x' })).toThrow('WECOM_WEBHOOK')
  })
})
