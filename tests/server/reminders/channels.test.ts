import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, deliveries, users } from '../../../db/schema/index.ts'
import { messagePath } from '../../../db/domain/messages.ts'
import { channelsFrom, webhookSignature } from '../../../server/reminders/channels.ts'
import { runDaily } from '../../../server/reminders/daily.ts'
import { deliver } from '../../../server/reminders/jobs.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const SECRET = 'a-secret-of-sixteen'
let office: Office
beforeEach(async () => {
  office = await buildOffice({ publicUrl: 'http://zb.example' })
})
afterEach(() => office.close())

const put = (payload: object) => office.injectAs('admin', { method: 'PUT', url: '/api/channels', payload })
const shown = async (channel: string) =>
  (await office.get('admin', '/api/channels'))
    .json<{ items: { channel: string }[] }>()
    .items.find((one) => one.channel === channel)
const mail = { channel: 'mail', host: 'mail.example', port: 465, tls: true, username: 'dc', from: 'dc@example.gov.cn' }
const turn = () => deliver(office.app, { channels: office.app.channels.current(), address: office.app.publicUrl })

/** The user name of the person whom a call of the gateway is for. */
const nameIn = (body: string): string => JSON.parse(body).recipient.username

/** A gateway on loopback that keeps what it got. */
async function gateway() {
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  /** `refused` gets 404 by user name, the others get `status`. */
  const state: { status: number; refused: string | null } = { status: 200, refused: null }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8')
        got.push({ headers: request.headers, body })
        response.writeHead(state.refused !== null && nameIn(body) === state.refused ? 404 : state.status).end()
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return { got, state, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?token=hidden` }
}

describe('消息渠道', () => {
  it('are set on the page, kept for the owner alone, and show no secret again, nor does the trail', async () => {
    expect(await shown('mail')).toMatchObject({ source: null, address: null, hasSecret: false })
    expect((await put({ ...mail, password: 'p-hidden' })).json()).toMatchObject({
      source: 'page',
      address: 'mail.example:465',
      hasSecret: true,
    })
    expect(
      (await put({ channel: 'dingtalk', url: 'https://ding.example/send?access_token=t-hidden', secret: 'S-hidden' }))
        .statusCode,
    ).toBe(200)
    expect((await put({ channel: 'webhook', url: 'http://gate.example/in', secret: SECRET })).statusCode).toBe(200)
    const file = join(office.dataDir, 'channels.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ mail: { password: 'p-hidden' } })
    const told =
      (await office.get('admin', '/api/channels')).body + JSON.stringify(office.db.select().from(auditLog).all())
    for (const secret of ['p-hidden', 't-hidden', 'S-hidden', SECRET]) expect(told).not.toContain(secret)
    expect((await office.get('supervisor', '/api/channels')).statusCode).toBe(403)
  })

  it('keep a password only for the server for which it was given', async () => {
    await put({ ...mail, password: 'p1' })
    expect((await put({ ...mail, from: 'other@example.gov.cn' })).statusCode).toBe(200)
    expect(office.app.channels.current().mail).toMatchObject({ password: 'p1', from: 'other@example.gov.cn' })
    for (const change of [{ host: 'elsewhere.example' }, { port: 25 }, { username: 'me' }, { tls: false }])
      expect((await put({ ...mail, ...change })).json().errors).toMatchObject([{ path: 'password' }])
    await put({ channel: 'webhook', url: 'http://gate.example/in', secret: SECRET })
    expect((await put({ channel: 'webhook', url: 'http://other.example/' })).json().errors).toMatchObject([
      { path: 'secret' },
    ])
    expect((await put({ channel: 'webhook', secret: 'short' })).statusCode).toBe(400)
    expect((await put({ channel: 'wecom' })).json().errors).toMatchObject([{ path: 'url' }])
    expect((await put({ channel: 'wecom', url: 'file:///etc/passwd' })).statusCode).toBe(400)
  })

  it('that cannot be written stand as they were, in the trail as well', async () => {
    mkdirSync(join(office.dataDir, 'channels.json.new')) // in the place of the new file
    expect((await put({ channel: 'wecom', url: 'https://page.example/x' })).statusCode).toBe(500)
    expect(await shown('wecom')).toMatchObject({ source: null })
    const trail = office.db.select().from(auditLog).all()
    expect(trail.filter(({ action }) => action === 'channel.change')).toEqual([])
  })

  it('stand before the environment channel by channel, and give way to it again', async () => {
    await office.close()
    office = await buildOffice({
      channels: channelsFrom({
        WECOM_WEBHOOK: 'https://env.example/x',
        SMTP_URL: 'smtps://u:p@env.example',
        MAIL_FROM: 'a@b.cn',
      }),
    })
    expect(await shown('mail')).toMatchObject({ source: 'environment', address: 'env.example:465', username: 'u' })
    expect(await shown('wecom')).toMatchObject({ source: 'environment', address: 'env.example' })
    await put({ channel: 'wecom', url: 'https://page.example/x' })
    expect(await shown('wecom')).toMatchObject({ source: 'page', address: 'page.example' })
    const remove = () => office.injectAs('admin', { method: 'DELETE', url: '/api/channels/wecom' })
    expect((await remove()).json()).toMatchObject({ source: 'environment' })
    expect((await remove()).statusCode).toBe(409)
    expect(existsSync(join(office.dataDir, 'channels.json.new'))).toBe(false)
  })

  it('are tried by a button that says what went wrong', async () => {
    const { got, state, server, url } = await gateway()
    const test = (channel: string, to: string | null = null) =>
      office.injectAs('admin', { method: 'POST', url: `/api/channels/${channel}/test`, payload: { to } })
    expect((await test('webhook')).statusCode).toBe(409)
    await put({ channel: 'webhook', url, secret: SECRET })
    expect((await test('webhook')).json()).toEqual({ ok: true, detail: '' })
    const { headers, body } = got[0]!
    expect(headers['x-zhengbiao-signature']).toBe(
      webhookSignature(SECRET, headers['x-zhengbiao-timestamp'] as string, body),
    )
    state.status = 500
    expect((await test('webhook')).json()).toEqual({ ok: false, detail: 'HTTP 500' })
    await put({ ...mail, host: '127.0.0.1', port: 1, tls: false, username: null })
    expect((await test('mail')).json().errors).toMatchObject([{ path: 'to' }])
    expect((await test('mail', 'a@example.gov.cn')).json()).toMatchObject({ ok: false })
    server.close()
  })
})

describe('messages', () => {
  it.each([
    ['missing', 'reporter', '/targets/7/report'],
    ['returned', 'reporter', '/targets/7/report'],
    ['assigned', 'reporter', '/targets/7?step=sign'],
    ['order', 'reporter', '/targets/7?step=answer-order'],
    ['problem', 'reporter', '/targets/7?step=rectify-problem'],
    ['order', 'supervisor', '/targets/7'],
    ['met', 'reporter', '/targets/7'],
  ])('of kind %s lead a %s to %s', (kind, role, path) => {
    expect(messagePath({ kind, targetId: 7, causeKey: `${kind}:7:x` }, role)).toBe(path)
  })
  it('about papers lead to them', () => {
    expect(messagePath({ kind: 'bulletin', targetId: null, causeKey: 'bulletin:3' }, 'reporter')).toBe('/bulletins/3')
    const instruction = { kind: 'instruction', causeKey: 'instruction:5:written:1' }
    for (const targetId of [null, 7])
      expect(messagePath({ ...instruction, targetId }, 'reporter')).toBe('/instructions/5')
    expect(messagePath({ kind: 'appeal', targetId: null, causeKey: 'appeal:2026-06:4' }, 'supervisor')).toBe(
      '/bulletins?view=ranking&period=2026-06',
    )
    expect(messagePath({ kind: 'due', targetId: null, causeKey: 'summary:due:x' }, 'reporter')).toBeNull()
  })

  it('go to the gateway for each person with the link to the form, once, unless the person refused the topic there', async () => {
    const { got, server, url } = await gateway()
    await put({ channel: 'webhook', url, secret: SECRET })
    const id = await office.signedTarget({ deadline: '2026-07-03' })
    await runDaily(office.db, office.clock.now)
    const { choices, reachable } = (await office.get('supervisor', '/api/message-choices')).json()
    expect(reachable).toEqual({ mail: false, webhook: true })
    const chosen = await office.injectAs('supervisor', {
      method: 'PUT',
      url: '/api/message-choices',
      payload: { choices: { ...choices, limits: { mail: true, webhook: false } } },
    })
    expect(chosen.json().choices).toMatchObject({ limits: { webhook: false }, letters: { webhook: true } })
    expect(await turn()).toMatchObject({ failed: 0 })
    const sent = got.map(({ body }) => JSON.parse(body))
    const limitsOf = (name: string) =>
      sent
        .filter(({ recipient }) => recipient.username === name)
        .flatMap(({ messages }) => messages.filter((one: { topic: string }) => one.topic === 'limits'))
    expect(limitsOf('reporter')).toMatchObject([{ kind: 'due', link: `http://zb.example/targets/${id}/report` }])
    expect(sent.find(({ recipient }) => recipient.username === 'reporter').recipient.unit).toBe('甲局')
    expect(limitsOf('supervisor')).toEqual([])
    const count = got.length
    await turn()
    expect(got).toHaveLength(count)
    server.close()
  })

  /** A channel that is set up, and two people for each of whom a message waits. */
  async function twoWaiting() {
    const gate = await gateway()
    await put({ channel: 'webhook', url: gate.url, secret: SECRET })
    await office.signedTarget({ deadline: '2026-07-03' })
    await runDaily(office.db, office.clock.now)
    return gate
  }
  const rows = (name: string) => office.db.select().from(deliveries).where(eq(deliveries.recipient, name)).all()

  it('for a person whom the gateway does not know wait, and those for the next person go out', async () => {
    const { got, state, server } = await twoWaiting()
    state.refused = 'reporter' // before the supervisor, in the order of their names
    await turn()
    expect(got.map(({ body }) => nameIn(body))).toEqual(expect.arrayContaining(['reporter', 'supervisor']))
    expect(rows('reporter').length).toBeGreaterThan(0)
    for (const row of rows('reporter')) expect(row).toMatchObject({ status: 'waiting', lastError: 'HTTP 404' })
    for (const row of rows('supervisor')) expect(row).toMatchObject({ status: 'sent', lastError: null })
    state.refused = null
    office.clock.advance(61)
    await turn()
    for (const row of rows('reporter')) expect(row).toMatchObject({ status: 'sent' })
    server.close()
  })

  it.each([401, 403, 408, 429, 500])('are tried once where the gateway takes none of them (%s)', async (status) => {
    const { got, state, server } = await twoWaiting()
    state.status = status
    await turn()
    expect(got).toHaveLength(1)
    for (const name of ['reporter', 'supervisor'])
      for (const row of rows(name)) expect(row).toMatchObject({ status: 'waiting', lastError: `HTTP ${status}` })
    server.close()
  })

  it('are told on the page with the place where they are done', async () => {
    const id = await office.signedTarget({ deadline: '2026-07-03' })
    office.db.update(users).set({ email: 'r@example.gov.cn' }).where(eq(users.id, office.userIds.reporter)).run()
    await runDaily(office.db, office.clock.now)
    const { items } = (await office.get('reporter', '/api/notifications')).json()
    expect(items.find((one: { kind: string }) => one.kind === 'due').path).toBe(`/targets/${id}/report`)
  })
})
