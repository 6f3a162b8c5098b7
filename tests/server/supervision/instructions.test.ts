import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog, instructionAddressees, notifications } from '../../../db/schema/index.ts'
import type { Person } from '../helper.ts'
import { multipart } from '../reports/multipart.ts'
import { buildOffice, type Office } from './office.ts'

let office: Office
let targetId: number
beforeAll(async () => {
  office = await buildOffice()
  targetId = await office.signedTarget()
})
afterAll(() => office.close())

const post = (person: Person, url: string, payload: object = {}) =>
  office.injectAs(person, { method: 'POST', url: `/api${url}`, payload })
const got = async (person: Person, url: string) => (await office.get(person, `/api${url}`)).json()
const told = (person: Person) =>
  office.db
    .select()
    .from(notifications)
    .all()
    .filter(({ userId, kind }) => kind === 'instruction' && userId === office.userIds[person])
    .map(({ text }) => text)

describe('a 批示 on its own', () => {
  let id: number
  const WORDS = { text: '请抓紧研究防汛预案。', requirement: '报书面材料', dueOn: '2026-07-05' }

  it('is written by a leader to a unit and the office, who are told', async () => {
    expect((await post('supervisor', '/instructions', WORDS)).statusCode).toBe(403)
    expect((await post('leader', '/instructions', WORDS)).json().errors[0].path).toBe('unitIds')
    expect((await post('leader', '/instructions', { ...WORDS, unitIds: [999] })).statusCode).toBe(400)
    expect((await post('leader', '/instructions', { ...WORDS, dueOn: '2026-06-01', toOffice: true })).statusCode).toBe(
      400,
    )
    const response = await post('leader', '/instructions', { ...WORDS, unitIds: [office.unitIds.own], toOffice: true })
    expect(response.statusCode).toBe(201)
    ;({ id } = response.json())
    expect(told('reporter')).toEqual(['leader批示：请抓紧研究防汛预案，请于2026-07-05前报送办理情况'])
    expect([told('supervisor').length, told('otherReporter').length]).toEqual([1, 0])
  })

  it('stands in the tasks of whom it names, and nobody else learns of it', async () => {
    expect((await got('reporter', '/tasks')).instructions).toMatchObject([{ id, target: null, allowed: ['answer'] }])
    expect((await got('otherReporter', '/supervision/instructions')).items).toEqual([])
    expect((await office.get('otherReporter', `/api/instructions/${id}`)).statusCode).toBe(404)
    expect((await post('otherReporter', `/instructions/${id}/answer`, { version: 1, text: '已办' })).statusCode).toBe(
      404,
    )
    expect((await got('supervisor', '/supervision/today')).instructions.total).toBe(1)
    expect(await got('leader', '/supervision/instruction-counts')).toEqual({ open: 1, overdue: 0, done: 0, mine: 0 })
  })

  it('is answered with evidence, which its unit, the office and leaders may read', async () => {
    const { payload, headers } = multipart([{ name: '预案.txt', bytes: Buffer.from('防汛预案') }])
    const upload = (person: Person) =>
      office.injectAs(person, { method: 'POST', url: `/api/instructions/${id}/attachments`, payload, headers })
    expect((await upload('otherReporter')).statusCode).toBe(404)
    const sent = await upload('reporter')
    expect(sent.statusCode).toBe(201)
    const file = sent.json().items[0].id as number
    const answer = { version: 1, text: '预案已印发', attachmentIds: [file] }
    expect((await post('reporter', `/instructions/${id}/answer`, answer)).json()).toEqual({ id, version: 2 })
    expect((await post('reporter', `/instructions/${id}/answer`, answer)).statusCode).toBe(409)
    const reads = async (person: Person) => (await office.get(person, `/api/attachments/${file}`)).statusCode
    expect([await reads('reporter'), await reads('leader'), await reads('otherReporter')]).toEqual([200, 200, 404])
    expect((await post('leader', `/instructions/${id}/satisfied`, { version: 2 })).statusCode).toBe(409)
    await post('supervisor', `/instructions/${id}/answer`, { version: 2, text: '已现场核查' })
    expect(await got('leader', `/instructions/${id}`)).toMatchObject({
      standing: 'done',
      allowed: ['satisfied', 'again'],
      addressees: [
        { name: '督查室', answer: '已现场核查' },
        { answer: '预案已印发', attachments: [{ id: file }] },
      ],
    })
    expect(told('leader')).toHaveLength(2)
    expect((await got('reporter', `/instructions/${id}`)).addressees[0].answer).toBeNull()
  })

  it('is done again where the leader says so, judged, and closed by the office', async () => {
    expect((await post('leader', `/instructions/${id}/again`, { version: 3, text: '' })).statusCode).toBe(400)
    await post('leader', `/instructions/${id}/again`, { version: 3, text: '补充应急队伍', dueOn: '2026-07-10' })
    expect(await got('reporter', `/instructions/${id}`)).toMatchObject({
      standing: 'open',
      dueOn: '2026-07-10',
      verdict: 'again',
      allowed: ['answer'],
    })
    expect((await post('supervisor', `/instructions/${id}/close`, { version: 4 })).statusCode).toBe(409)
    await post('reporter', `/instructions/${id}/answer`, { version: 4, text: '已补充' })
    await post('supervisor', `/instructions/${id}/answer`, { version: 5, text: '已核' })
    expect((await post('leader', `/instructions/${id}/satisfied`, { version: 6 })).statusCode).toBe(200)
    expect((await got('supervisor', '/supervision/instructions?mine=true')).items).toMatchObject([{ id }])
    expect((await post('supervisor', `/instructions/${id}/close`, { version: 7 })).statusCode).toBe(200)
    const closed = await got('leader', `/instructions/${id}`)
    expect([closed.standing, closed.allowed, closed.closedAt !== null]).toEqual(['done', [], true])
    expect(closed.course.map(({ step }: { step: string }) => step)).toEqual([
      ...['answer', 'answer', 'again', 'answer', 'answer', 'satisfied', 'close'],
    ])
    const trail = office.db.select().from(auditLog).all()
    expect(trail.filter(({ entity }) => entity === 'instruction')).toHaveLength(8)
  })
})

describe('a 批示 on a target', () => {
  it('goes to the units that answer for it, and stands in its story with what was done', async () => {
    const { record } = await office.done('leader', targetId, 'instruct', { text: '加快进度', dueOn: '2026-07-01' })
    const id = record!.id
    expect(await got('leader', `/instructions/${id}`)).toMatchObject({
      target: { id: targetId },
      addressees: [{ unitId: office.unitIds.own, answeredAt: null }],
    })
    await post('reporter', `/instructions/${id}/answer`, { version: 1, text: '已增加班组' })
    const { steps } = await got('leader', `/targets/${targetId}`)
    expect(steps.slice(-2).map(({ title, text }: Record<string, string>) => [title, text])).toEqual([
      ['批示', '加快进度'],
      ['批示：报送办理情况', '已增加班组'],
    ])
    const other = await office.step('leader', targetId, 'instruct', { text: '配合', unitIds: [office.unitIds.other] })
    expect(other.json().errors[0].path).toBe('unitIds')
  })

  it('names units beside, who read its words and nothing of a target that is not theirs', async () => {
    const { record } = await office.done('leader', targetId, 'instruct', { text: '请会商' })
    office.db.insert(instructionAddressees).values({ instructionId: record!.id, unitId: office.unitIds.other }).run()
    expect(await got('otherReporter', `/instructions/${record!.id}`)).toMatchObject({ text: '请会商', target: null })
    expect(await got('reporter', `/instructions/${record!.id}`)).toMatchObject({ target: { id: targetId } })
    office.db.delete(instructionAddressees).where(eq(instructionAddressees.instructionId, record!.id)).run()
  })

  it('before 交办 goes to the office', async () => {
    const candidate = office.addTarget()
    await office.done('supervisor', candidate, 'accept')
    const { record } = await office.done('leader', candidate, 'instruct', { text: '尽快交办' })
    expect((await got('leader', `/instructions/${record!.id}`)).addressees).toMatchObject([{ name: '督查室' }])
  })

  it('is counted as overdue, and stands in the 通报 of its month as it stood then', async () => {
    await office.done('leader', targetId, 'instruct', { text: '月底前报', dueOn: '2026-07-02' })
    office.clock.advance(4 * 86_400)
    expect(await got('leader', '/supervision/instruction-counts')).toMatchObject({ overdue: 1 })
    const overdue = await got('leader', '/supervision/instructions?standing=overdue')
    expect(overdue.items).toMatchObject([{ text: '月底前报', standing: 'overdue' }])
    const bulletin = (await post('supervisor', '/bulletins', { period: '2026-06' })).json()
    const { figures, words } = bulletin.content ?? bulletin
    expect(figures.instructions.map(({ standing }: { standing: string }) => standing)).toEqual(['done', 'done', 'open'])
    expect(words.opening).toContain('领导批示4件，已办2件，在办2件，超期0件')
  })

  it('waits for the office, what has waited longest first', async () => {
    const before = (await got('supervisor', '/supervision/today')).instructions
    for (const text of Array.from({ length: 6 }, (_, i) => `请办第${i}件`))
      await post('leader', '/instructions', { text, toOffice: true })
    const { total, oldest } = (await got('supervisor', '/supervision/today')).instructions
    expect([total, oldest.length]).toEqual([before.total + 6, 5])
    expect(oldest.at(-1)).toMatchObject({ text: `请办第${4 - before.total}件`, leader: 'leader' })
  })
})
