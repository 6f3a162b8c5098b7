import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { users } from '../../db/schema/index.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

it.each(['signed out', 'disabled', 'given another role'])(
  'the stream of imports ends when its person is %s',
  async (how) => {
    const address = await office.app.listen({ port: 0, host: '127.0.0.1' })
    const cookie = await office.signIn('supervisor')
    const stream = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${address}/api/imports/events`, { headers: { cookie } }, resolve).on('error', reject),
    )
    expect(stream.statusCode).toBe(200)
    const ended = new Promise<void>((resolve) => stream.resume().once('end', resolve))
    const self = eq(users.id, office.userIds.supervisor)
    if (how === 'signed out') await office.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } })
    if (how === 'disabled')
      office.db.update(users).set({ disabledAt: office.clock.now.toISOString() }).where(self).run()
    if (how === 'given another role') office.db.update(users).set({ role: 'leader' }).where(self).run()
    await ended
  },
)

it('the words of a file that is missing and of one that is not theirs are the same', async () => {
  const id = office.addTarget({}, [{ role: 'lead', name: '乙局' }])
  const { attachments } = await import('../../db/schema/index.ts')
  const file = office.db
    .insert(attachments)
    .values({
      targetId: id,
      sha256: 'b'.repeat(64),
      name: 'x.pdf',
      mediaType: 'application/pdf',
      size: 1,
      uploadedBy: office.userIds.otherReporter,
      createdAt: '2026-06-30T00:00:00Z',
    })
    .returning()
    .get().id
  const [theirs, none] = [
    await office.get('reporter', `/api/attachments/${file}`),
    await office.get('reporter', '/api/attachments/99999'),
  ]
  expect([theirs.statusCode, theirs.body]).toEqual([404, none.body])
})
