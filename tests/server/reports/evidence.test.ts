import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attachments } from '../../../db/schema/index.ts'
import { filesDir } from '../../../server/paths.ts'
import { sweepEvidence } from '../../../server/core/sweep-evidence.ts'
import type { Person } from '../helper.ts'
import { buildOffice, type Office } from '../supervision/office.ts'
import { multipart } from './multipart.ts'

const PDF = Buffer.from('%PDF-1.4\n%evidence')
const DAY = 24 * 3600

describe('evidence of requests, 督办单 and rectifications', () => {
  let office: Office
  let id: number
  beforeEach(async () => {
    office = await buildOffice()
    // 乙局 has a part in the target, but not in what 甲局 is asked.
    id = office.addTarget({}, [
      { role: 'lead', name: '甲局' },
      { role: 'support', name: '乙局' },
    ])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    await office.done('reporter', id, 'sign')
  })
  afterEach(() => office.close())

  const upload = (person: Person, files = [{ name: '说明.pdf', bytes: PDF }], target = id) =>
    office.injectAs(person, { method: 'POST', url: `/api/targets/${target}/attachments`, ...multipart(files) })
  async function uploaded(person: Person = 'reporter', bytes = PDF): Promise<number> {
    const response = await upload(person, [{ name: '说明.pdf', bytes }])
    expect(response.statusCode, response.body).toBe(201)
    return response.json().items[0].id
  }
  const status = async (person: Person, file: number) =>
    (await office.get(person, `/api/attachments/${file}`)).statusCode
  const items = async (person: Person, list: string) =>
    (await office.get(person, `/api/supervision/${list}?targetId=${id}`)).json().items

  it('goes along with a request, is seen by who decides, and stands in the history', async () => {
    const file = await uploaded()
    expect([await status('reporter', file), await status('supervisor', file)]).toEqual([200, 404])
    await office.done('reporter', id, 'ask-extension', {
      reason: '汛期影响施工',
      deadline: '2027-06-30',
      attachmentIds: [file],
    })
    expect(await items('supervisor', 'requests')).toMatchObject([
      {
        kind: 'extension',
        attachments: [{ id: file, name: '说明.pdf', size: PDF.length, mediaType: 'application/pdf' }],
      },
    ])
    const served = await office.get('supervisor', `/api/attachments/${file}`)
    expect(served.rawPayload).toEqual(PDF)
    expect(served.headers['content-disposition']).toMatch(/^attachment;/)
    const { steps } = (await office.get('supervisor', `/api/targets/${id}`)).json()
    expect(steps.at(-1)).toMatchObject({
      action: 'target.ask-extension',
      attachments: [{ id: file, name: '说明.pdf' }],
    })
    expect((await office.injectAs('reporter', { method: 'DELETE', url: `/api/attachments/${file}` })).statusCode).toBe(
      409,
    )
  })

  it('goes along with 中止, 变更, the answer to a 督办单 and a rectification', async () => {
    const files = [await uploaded(), await uploaded(), await uploaded(), await uploaded()]
    await office.done('reporter', id, 'ask-suspension', { reason: '政策调整', attachmentIds: [files[0]] })
    await office.done('reporter', id, 'ask-change', {
      reason: '统计口径调整',
      changes: { value: 58 },
      attachmentIds: [files[1]],
    })
    const order = await office.done('supervisor', id, 'issue-order', {
      color: 'yellow',
      text: '请说明原因',
      dueOn: '2026-07-10',
      unitId: office.unitIds.own,
    })
    await office.done('reporter', id, 'answer-order', {
      orderId: order.record!.id,
      text: '已加快推进',
      attachmentIds: [files[2]],
    })
    const problem = await office.done('supervisor', id, 'raise-problem', {
      text: '台账不全',
      dueOn: '2026-07-10',
      unitId: office.unitIds.own,
    })
    await office.done('reporter', id, 'rectify-problem', {
      problemId: problem.record!.id,
      text: '已补齐台账',
      attachmentIds: [files[3]],
    })
    expect(
      (await items('supervisor', 'requests')).map((one: { attachments: { id: number }[] }) =>
        one.attachments.map((file) => file.id),
      ),
    ).toEqual([[files[1]], [files[0]]])
    expect((await office.get('supervisor', `/api/orders/${order.record!.id}`)).json()).toMatchObject({
      status: 'answered',
      attachments: [{ id: files[2] }],
    })
    expect(await items('supervisor', 'problems')).toMatchObject([{ attachments: [{ id: files[3] }] }])
    const docx = await office.get('supervisor', `/api/orders/${order.record!.id}/docx`)
    expect(docx.statusCode).toBe(200)

    // The other unit of the target reads the request, but neither the 督办单 nor the problem of 甲局.
    expect(await Promise.all(files.map((file) => status('otherReporter', file)))).toEqual([200, 200, 404, 404])
    expect((await office.get('otherReporter', `/api/orders/${order.record!.id}`)).statusCode).toBe(404)
    const { steps } = (await office.get('otherReporter', `/api/targets/${id}`)).json() as {
      steps: { attachments: { id: number }[] }[]
    }
    expect(steps.flatMap((step) => step.attachments.map((file) => file.id))).toEqual([files[0], files[1]])
  })

  it('takes only files that the person uploaded for this target, each once', async () => {
    const other = await office.signedTarget()
    const file = await uploaded()
    const ask = (target: number, attachmentIds: number[]) =>
      office.step('reporter', target, 'ask-suspension', { reason: '政策调整', attachmentIds })
    expect((await ask(other, [file])).json()).toMatchObject({ status: 400, errors: [{ path: 'attachmentIds' }] })
    expect((await ask(id, [file, 999])).statusCode).toBe(400)
    const byOffice = await uploaded('supervisor')
    expect((await ask(id, [byOffice])).statusCode).toBe(400)
    expect((await ask(id, [file])).statusCode).toBe(200)
    expect(
      (
        await office.step('reporter', id, 'ask-change', {
          reason: '口径',
          changes: { value: 59 },
          attachmentIds: [file],
        })
      ).statusCode,
    ).toBe(400)
  })

  it('takes the good files of a choice and names the one it cannot take', async () => {
    const answer = await upload('reporter', [
      { name: '好.pdf', bytes: PDF },
      { name: '程序.pdf', bytes: Buffer.from('MZ\x90\x00') },
      { name: '大.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)]) },
      { name: '也好.pdf', bytes: PDF },
    ])
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      items: [{ name: '好.pdf' }, { name: '也好.pdf' }],
      refused: [{ name: '大.pdf' }, { name: '程序.pdf' }],
    })
    expect(office.db.select().from(attachments).all()).toHaveLength(2)
    expect(readdirSync(join(office.dataDir, 'uploads'))).toEqual([])
  })

  it('is refused to whoever has no form to send, with the same checks as a report', async () => {
    expect((await upload('otherReporter')).json()).toMatchObject({ status: 409, code: 'wrong-state' }) // a support unit asks for nothing
    expect((await upload('leader')).statusCode).toBe(403)
    expect((await upload('reporter', [{ name: '说明.pdf', bytes: PDF }], 999)).statusCode).toBe(404)
    expect(
      (
        await upload('reporter', [
          { name: '网页.pdf', bytes: Buffer.from('<html>') },
          { name: '程序.pdf', bytes: Buffer.from('MZ\x90\x00') },
        ])
      ).json(),
    ).toMatchObject({ status: 422, code: 'wrong-type', detail: expect.stringMatching(/网页.*程序/s) })
    expect(
      (await upload('reporter', [{ name: '大.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)]) }]))
        .statusCode,
    ).toBe(413)
    expect(office.db.select().from(attachments).all()).toEqual([])
    expect(existsSync(filesDir(office.dataDir)) ? readdirSync(filesDir(office.dataDir)) : []).toEqual([])
    expect(readdirSync(join(office.dataDir, 'uploads'))).toEqual([])
  })

  it('is taken away by who uploaded it as long as the form has not been sent', async () => {
    const file = await uploaded()
    expect(
      (await office.injectAs('supervisor', { method: 'DELETE', url: `/api/attachments/${file}` })).statusCode,
    ).toBe(404)
    expect((await office.injectAs('reporter', { method: 'DELETE', url: `/api/attachments/${file}` })).statusCode).toBe(
      204,
    )
    expect(office.db.select().from(attachments).all()).toEqual([])
  })

  it('is swept after a day where its form was never sent, bytes and all, and nothing else is', async () => {
    const kept = await uploaded()
    await office.done('reporter', id, 'ask-suspension', { reason: '政策调整', attachmentIds: [kept] })
    const same = await uploaded() // the same bytes as what is kept
    const lost = await uploaded('reporter', Buffer.from('%PDF-1.4\n%given up'))
    const folder = filesDir(office.dataDir)
    const hashOf = (file: number) => office.db.select().from(attachments).where(eq(attachments.id, file)).get()!.sha256
    const [keptHash, lostHash] = [hashOf(kept), hashOf(lost)]
    const old = (name: string) => utimesSync(join(folder, name), office.clock.now, office.clock.now)
    readdirSync(folder).forEach(old)
    expect(await sweepEvidence(office.db, office.dataDir, office.clock.now)).toEqual({ rows: 0, files: 0 })

    office.clock.advance(DAY + 1)
    expect(await sweepEvidence(office.db, office.dataDir, office.clock.now)).toEqual({ rows: 2, files: 1 })
    expect(
      office.db
        .select()
        .from(attachments)
        .all()
        .map((row) => row.id),
    ).toEqual([kept])
    expect(readdirSync(folder)).toEqual([keptHash])
    expect(await status('reporter', same)).toBe(404)
    // Uploaded again: the file is young, whatever the row says.
    const again = await uploaded('reporter', Buffer.from('%PDF-1.4\n%given up'))
    expect(hashOf(again)).toBe(lostHash)
    utimesSync(join(folder, lostHash), new Date(0), new Date(0))
    await uploaded('reporter', Buffer.from('%PDF-1.4\n%given up'))
    expect(statSync(join(folder, lostHash)).mtime.getTime()).toBeGreaterThan(DAY * 1000)
  })
})
