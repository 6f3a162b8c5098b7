import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { attachments, reports } from '../../../db/schema/index.ts'
import { zip } from '../readers/files.ts'
import { multipart } from './multipart.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const report = (id: number) => office.db.select().from(reports).where(eq(reports.id, id)).get()!

async function submitted(id: number, value: number, asOf: string, confirm: string[] = []) {
  const { record } = await office.done('reporter', id, 'draft', { value, asOf })
  await office.done('reporter', id, 'submit', { reportId: record!.id, confirm })
  return record!.id
}

describe('填报', () => {
  it('asks about a doubtful value, takes it when confirmed, and shows the doubt to the reviewer', async () => {
    const id = await office.signedTarget()
    await office.done('supervisor', id, 'approve', { reportId: await submitted(id, 55, '2026-03-31') })
    const { record } = await office.done('reporter', id, 'draft', { value: 0.54, asOf: '2026-06-30' })
    const doubt = await office.step('reporter', id, 'submit', { reportId: record!.id })
    expect(doubt.json()).toMatchObject({
      status: 409,
      code: 'confirm-warnings',
      errors: [{ path: 'order-of-magnitude' }, { path: 'wrong-direction' }],
    })
    expect(report(record!.id).status).toBe('draft')
    await office.done('reporter', id, 'submit', {
      reportId: record!.id,
      confirm: ['order-of-magnitude', 'wrong-direction'],
    })
    expect(report(record!.id).warnings?.map((w) => w.code)).toEqual(['order-of-magnitude', 'wrong-direction'])
  })

  it('takes 0 for a value and nothing else for a number', async () => {
    const id = await office.signedTarget({ op: '<=', value: 0, unit: '起', baselineValue: null })
    expect((await office.step('reporter', id, 'draft', { value: '0', asOf: '2026-06-30' })).statusCode).toBe(400)
    expect((await office.step('reporter', id, 'draft', { value: '', asOf: '2026-06-30' })).statusCode).toBe(400)
    const reportId = await submitted(id, 0, '2026-06-30')
    expect(report(reportId).value).toBe(0)
    const empty = await office.done('reporter', id, 'draft', { value: null, asOf: '2026-06-30' })
    expect((await office.step('reporter', id, 'submit', { reportId: empty.record!.id })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'value' }],
    })
  })

  it('refuses data of tomorrow in Shanghai, and takes them after midnight', async () => {
    const id = await office.signedTarget()
    expect((await office.step('reporter', id, 'draft', { value: 55, asOf: '2026-07-01' })).statusCode).toBe(400)
    office.clock.now = new Date('2026-06-30T16:00:00.000Z')
    expect((await office.step('reporter', id, 'draft', { value: 55, asOf: '2026-07-01' })).statusCode).toBe(200)
  })

  it('wants a word on whether a milestone is done', async () => {
    const id = await office.signedTarget({
      kind: 'milestone',
      op: null,
      value: null,
      unit: null,
      measure: null,
      baselineValue: null,
      indicator: '建成开通',
    })
    const { record } = await office.done('reporter', id, 'draft', { asOf: '2026-06-30' })
    expect((await office.step('reporter', id, 'submit', { reportId: record!.id })).json()).toMatchObject({
      errors: [{ path: 'done' }],
    })
    await office.done('reporter', id, 'draft', { reportId: record!.id, asOf: '2026-06-30', done: true })
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    await office.done('supervisor', id, 'approve', { reportId: record!.id })
    expect((await office.done('supervisor', id, 'meet')).state).toBe('met')
  })

  it('never changes what has been submitted: a correction is a new report and the old one stays', async () => {
    const id = await office.signedTarget()
    const first = await submitted(id, 55, '2026-03-31')
    expect(
      (await office.step('reporter', id, 'draft', { reportId: first, value: 56, asOf: '2026-03-31' })).statusCode,
    ).toBe(400)
    await office.done('supervisor', id, 'approve', { reportId: first })
    const { record } = await office.done('reporter', id, 'draft', { value: 54, asOf: '2026-03-31', correctsId: first })
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    await office.done('supervisor', id, 'approve', { reportId: record!.id })
    expect([report(first), report(record!.id)]).toMatchObject([
      { value: 55, status: 'approved' },
      { value: 54, status: 'approved', correctsId: first },
    ])
  })

  it('throws away a draft of the own unit, and nothing that has been submitted', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-30' })
    await office.done('reporter', id, 'discard', { reportId: record!.id })
    expect((await office.get('reporter', '/api/tasks')).json().drafts).toEqual([])
    const reportId = await submitted(id, 55, '2026-06-30')
    expect((await office.step('reporter', id, 'discard', { reportId })).json().code).toBe('report-status')
  })

  it('withdraws what waits, and keeps waiting for the other report', async () => {
    const id = await office.signedTarget()
    const [a, b] = [await submitted(id, 55, '2026-03-31'), await submitted(id, 56, '2026-06-30')]
    expect((await office.done('reporter', id, 'withdraw', { reportId: a })).state).toBe('reported')
    expect((await office.done('reporter', id, 'withdraw', { reportId: b })).state).toBe('in_progress')
    expect((await office.step('supervisor', id, 'approve', { reportId: a })).statusCode).toBe(409)
  })
})

describe('审核', () => {
  it('approves many, two of one target among them, and says which could not be', async () => {
    const [x, y] = [await office.signedTarget(), await office.signedTarget()]
    const ids = [
      await submitted(x, 55, '2026-03-31'),
      await submitted(x, 56, '2026-06-30'),
      await submitted(y, 57, '2026-06-30'),
    ]
    const version = (id: number) => office.target(id).version
    const items = [
      { id: x, version: version(x), reportId: ids[0] },
      { id: x, version: version(x), reportId: ids[1] },
      { id: y, version: version(y) - 1, reportId: ids[2] },
    ]
    const response = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/targets/steps/approve',
      payload: { items },
    })
    expect(response.json()).toMatchObject({
      done: 2,
      failed: 1,
      items: [
        { ok: true, state: 'reported' },
        { ok: true, state: 'in_progress' },
        { ok: false, code: 'version-conflict' },
      ],
    })
  })

  it('lets nobody approve what they reported themselves, even after a change of role', async () => {
    const id = await office.signedTarget()
    const reportId = await submitted(id, 55, '2026-03-31')
    office.db.$client
      .prepare(`UPDATE users SET role = 'supervisor', unit_id = NULL WHERE id = ?`)
      .run(office.userIds.reporter)
    expect((await office.step('reporter', id, 'approve', { reportId })).json()).toMatchObject({
      status: 409,
      code: 'own-report',
    })
    expect((await office.step('reporter', id, 'return', { reportId, reason: '自己退回' })).json().code).toBe(
      'own-report',
    )
  })

  it("shows the value of the statistics office beside the unit's and lets it decide no light", async () => {
    const id = await office.signedTarget()
    await office.done('supervisor', id, 'approve', { reportId: await submitted(id, 61, '2026-03-31') })
    await office.done('supervisor', id, 'record-statistics', { value: 58, asOf: '2026-03-31' })
    await office.done('supervisor', id, 'record-statistics', { value: 58.5, asOf: '2026-03-31' })
    expect((await office.get('supervisor', '/api/supervision/differences')).json().items).toMatchObject([
      { targetId: id, unitValue: 61, unitAsOf: '2026-03-31', statisticsValue: 58.5, difference: 2.5 },
    ])
    expect((await office.step('reporter', id, 'record-statistics', { value: 1, asOf: '2026-03-31' })).statusCode).toBe(
      403,
    )
    expect((await office.done('supervisor', id, 'meet')).state).toBe('met')
  })
})

describe('佐证材料', () => {
  const PDF = Buffer.from('%PDF-1.4\n%evidence')
  const upload = (
    reportId: number,
    files: { name: string; bytes: Buffer }[],
    person: 'reporter' | 'otherReporter' = 'reporter',
  ) => office.injectAs(person, { method: 'POST', url: `/api/reports/${reportId}/attachments`, ...multipart(files) })

  it('stores evidence under the hash of its bytes and serves it as an attachment to those who see the target', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-30' })
    const response = await upload(record!.id, [{ name: '../../验收 (报告).pdf', bytes: PDF }])
    expect(response.statusCode).toBe(201)
    const [item] = response.json().items
    expect(item).toMatchObject({ mediaType: 'application/pdf', size: PDF.length })
    expect(readdirSync(join(office.dataDir, 'files'))).toEqual([office.db.select().from(attachments).get()!.sha256])
    expect(readdirSync(join(office.dataDir, 'uploads'))).toEqual([])
    expect((await office.get('supervisor', `/api/attachments/${item.id}`)).statusCode).toBe(404)
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    const served = await office.get('supervisor', `/api/attachments/${item.id}`)
    expect(served.rawPayload).toEqual(PDF)
    expect(served.headers['content-disposition']).toMatch(/^attachment; filename="[\w.() -]+"; filename\*=UTF-8''/)
    expect(served.headers['x-content-type-options']).toBe('nosniff')
    expect((await office.get('otherReporter', `/api/attachments/${item.id}`)).statusCode).toBe(404)
    expect((await upload(record!.id, [{ name: '补充.pdf', bytes: PDF }])).json().code).toBe('report-status')
    expect(
      (await office.injectAs('reporter', { method: 'DELETE', url: `/api/attachments/${item.id}` })).statusCode,
    ).toBe(409)
  })

  it('refuses by content, not by name, and keeps nothing of what it refuses', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-30' })
    for (const [name, bytes, code] of [
      ['页面.html', Buffer.from('<script>1</script>'), 'wrong-type'],
      ['图片.png', PDF, 'wrong-type'],
      ['程序.pdf', Buffer.from('MZ\x90\x00'), 'wrong-type'],
      ['表.xlsx', zip([{ name: 'a.txt', data: Buffer.from('x') }]), 'wrong-type'],
      ['空.pdf', Buffer.alloc(0), 'empty'],
      ['说明.txt', Buffer.from([0, 1, 2, 3, 0, 0]), 'wrong-type'],
    ] as const) {
      const response = await upload(record!.id, [{ name, bytes }])
      expect([name, response.statusCode, response.json().code]).toEqual([name, 422, code])
    }
    expect(office.db.select().from(attachments).all()).toEqual([])
    expect(existsSync(join(office.dataDir, 'uploads')) ? readdirSync(join(office.dataDir, 'uploads')) : []).toEqual([])
    expect((await upload(record!.id, [{ name: '好.pdf', bytes: PDF }], 'otherReporter')).statusCode).toBe(404)
  })

  it('refuses what unpacks to too much, and what is too large', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-30' })
    const bomb = zip([{ name: 'xl/workbook.xml', data: Buffer.alloc(130 * 1024 * 1024) }])
    expect((await upload(record!.id, [{ name: '炸弹.xlsx', bytes: bomb }])).json().code).toBe('unpacks-too-large')
    const large = Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)])
    expect((await upload(record!.id, [{ name: '大.pdf', bytes: large }])).statusCode).toBe(413)
    expect(office.db.select().from(attachments).all()).toEqual([])
  })
})
