import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditLog, documents, files, targets, unitAliases } from '../../../db/schema/index.ts'
import type { ImportJob } from '../../../server/documents/schemas.ts'
import { unitKey } from '../../../db/domain/unit-key.ts'
import { encryptedPdf } from '../readers/files.ts'
import { layer, ofd, words } from '../readers/ofd-files.ts'
import { until } from '../../until.ts'
import { buildTestApp, type Person, type TestApp } from '../helper.ts'

const TEXT = `霁川市人民政府办公室关于印发节水行动方案的通知
霁府办发〔2026〕77号
各县（区）人民政府，市政府各部门：
现将《节水行动方案》印发给你们，请认真贯彻执行。
霁川市人民政府办公室
2026年3月5日
节水行动方案
一、主要目标
到2027年，公共机构节水器具普及率达到95%以上，万元工业增加值用水量下降10%。（责任单位：甲局）
`

describe('imports', () => {
  let test_: TestApp
  let folder: string
  beforeAll(async () => {
    // workers open the database by themselves, so it has to be a file
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-import-'))
    test_ = await buildTestApp({ path: join(folder, 'test.sqlite') })
    test_.db
      .insert(unitAliases)
      .values({
        unitId: test_.unitIds.own,
        name: '甲局',
        key: unitKey('甲局'),
        createdAt: test_.clock.now.toISOString(),
      })
      .onConflictDoNothing()
      .run()
  })
  afterAll(async () => {
    await test_.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const upload = (person: Person, parts: { name: string; bytes: Buffer | string }[]) => {
    const boundary = 'x-test'
    const payload = Buffer.concat([
      ...parts.flatMap(({ name, bytes }) => [
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
        Buffer.from(bytes as string),
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ])
    return test_.injectAs(person, {
      method: 'POST',
      url: '/api/imports',
      payload,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
  }
  const jobOf = async (id: number) =>
    (await test_.injectAs('supervisor', { method: 'GET', url: `/api/imports/${id}` })).json<ImportJob>()
  const ended = (id: number): Promise<ImportJob> =>
    until(`the import ${id} ends`, async () => {
      const job = await jobOf(id)
      return job.finishedAt !== null && job
    })
  const counts = () => [files, documents, targets].map((table) => test_.db.select().from(table).all().length)

  test('several files: the good ones are stored, each broken one tells why, and nothing of it stays', async () => {
    const response = await upload('supervisor', [
      { name: '节水方案.txt', bytes: TEXT },
      { name: '空.txt', bytes: '' },
      { name: '密.pdf', bytes: encryptedPdf() },
      { name: '坏.docx', bytes: 'PK\u0003\u0004rubbish' },
    ])
    expect(response.statusCode).toBe(202)
    const jobs = await Promise.all(response.json<{ items: ImportJob[] }>().items.map(({ id }) => ended(id)))
    expect(jobs.map(({ fileName, status, errorCode }) => [fileName, status, errorCode])).toEqual([
      ['节水方案.txt', 'done', null],
      ['空.txt', 'failed', 'empty'],
      ['密.pdf', 'failed', 'encrypted'],
      ['坏.docx', 'failed', 'broken'],
    ])
    for (const job of jobs.slice(1)) expect(job.message).toContain(job.fileName)
    expect(counts()[0]).toBe(1)
    expect(test_.db.select().from(files).get()).toMatchObject({
      name: '节水方案.txt',
      format: 'txt',
      rawText: TEXT,
      size: Buffer.byteLength(TEXT),
      importedBy: test_.userIds.supervisor,
    })
    expect(test_.db.select().from(documents).get()).toMatchObject({
      number: '霁府办发〔2026〕77号',
      issuedOn: '2026-03-05',
    })
    const found = test_.db.select().from(targets).all()
    expect(found.length).toBe(jobs[0]!.candidatesFound)
    const rate = found.find(({ indicator }) => indicator.includes('节水器具普及率'))!
    expect(rate).toMatchObject({
      state: 'extracted',
      kind: 'quantity',
      op: '>=',
      value: 95,
      unit: '%',
      deadline: '2027-12-31',
      startOn: '2026-03-05',
      version: 1,
    })
    expect(TEXT.slice(rate.start, rate.end)).toContain('95')
    expect(rate.extracted).toMatchObject({ kind: 'quantity', value: 95 })
    expect(found.some(({ kind }) => kind === 'duty')).toBe(true)
    expect(readdirSync(join(test_.dataDir, 'uploads'))).toEqual([])
    expect(
      test_.db
        .select()
        .from(auditLog)
        .all()
        .filter(({ action }) => action === 'file.import'),
    ).toHaveLength(1)
  })

  test('what could not be read of a file is told with the end of its import', async () => {
    const nonsense = layer(words('\uE123\uE5A0\uE712\uE004'.repeat(8), 30, 40))
    const bytes = ofd({ pages: [layer(words('到2027年，新建绿道30公里。', 30, 40)), nonsense] })
    const { items } = (await upload('supervisor', [{ name: '绿道.ofd', bytes }])).json<{ items: ImportJob[] }>()
    expect(await ended(items[0]!.id)).toMatchObject({
      status: 'done',
      candidatesFound: 1,
      message: '第 2 页的文字无法识别，没有读出。',
    })
  })

  test('units are found by their aliases', async () => {
    const answer = (
      await test_.injectAs('supervisor', { method: 'GET', url: `/api/targets?kind=duty&unitId=${test_.unitIds.own}` })
    ).json()
    expect(answer.items[0].responsible).toEqual([{ unitId: test_.unitIds.own, name: '甲局' }])
  })

  test('the same bytes again are a duplicate under any name', async () => {
    const before = counts()
    const { items } = (await upload('admin', [{ name: '另一个名字.txt', bytes: TEXT }])).json<{ items: ImportJob[] }>()
    const job = await ended(items[0]!.id)
    expect(job).toMatchObject({ status: 'duplicate', fileId: 1 })
    expect(job.message).toContain('另一个名字.txt')
    expect(counts()).toEqual(before)
  })

  test('a cancelled import stores nothing', async () => {
    const before = counts()
    const { items } = (await upload('supervisor', [{ name: '大.txt', bytes: TEXT.repeat(3000) }])).json<{
      items: ImportJob[]
    }>()
    const response = await test_.injectAs('supervisor', { method: 'DELETE', url: `/api/imports/${items[0]!.id}` })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ status: 'cancelled' })
    expect(counts()).toEqual(before)
    expect(
      (await test_.injectAs('supervisor', { method: 'DELETE', url: `/api/imports/${items[0]!.id}` })).statusCode,
    ).toBe(409)
    // and the worker that was stopped is replaced
    const next = (await upload('supervisor', [{ name: '后来.txt', bytes: `${TEXT}完\n` }])).json<{
      items: ImportJob[]
    }>()
    expect((await ended(next.items[0]!.id)).status).toBe('done')
  })

  test('progress is told while it runs', async () => {
    await test_.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = test_.app.server.address() as { port: number }
    const abort = new AbortController()
    const response = await fetch(`http://127.0.0.1:${port}/api/imports/events`, {
      headers: { cookie: await test_.signIn('supervisor') },
      signal: abort.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    await upload('supervisor', [{ name: '进度.txt', bytes: TEXT.repeat(40) }])
    const statuses: string[] = []
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n').slice(0, -1)
      for (const message of messages)
        if (message.startsWith('data: ')) statuses.push((JSON.parse(message.slice(6)) as ImportJob).status)
      text = text.slice(text.lastIndexOf('\n\n') + 2)
      if (statuses.includes('done') || statuses.includes('failed')) break
    }
    abort.abort()
    expect(statuses).toEqual(expect.arrayContaining(['reading', 'extracting', 'storing', 'done']))
  })

  test('the original comes back as it was sent', async () => {
    const response = await test_.injectAs('leader', { method: 'GET', url: '/api/files/1/original' })
    expect(response.payload).toBe(TEXT)
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="____.txt"; filename*=UTF-8''${encodeURIComponent('节水方案.txt')}`,
    )
    expect(existsSync(join(test_.dataDir, 'files', test_.db.select().from(files).get()!.sha256))).toBe(true)
  })

  test('reading room: text and findings point at each other', async () => {
    const get = async (url: string) => (await test_.injectAs('supervisor', { method: 'GET', url })).json()
    const { text, start, end } = await get('/api/documents/1/text')
    expect(text).toBe(TEXT.slice(start, end))
    expect(text).toContain('公共机构节水器具普及率')
    const { items } = await get('/api/documents/1/findings')
    for (const finding of items) expect(text.slice(finding.start - start, finding.end - start)).not.toBe('')
    expect(items.map((f: { start: number }) => f.start)).toEqual(
      [...items].map((f: { start: number }) => f.start).sort((a, b) => a - b),
    )
    expect(await get('/api/documents/1')).toMatchObject({
      fileName: '节水方案.txt',
      unconfirmed: items.length,
      siblings: [{ id: 1 }],
    })
    expect((await get('/api/documents?q=节水器具普及率')).items.map((d: { id: number }) => d.id)).toContain(1)
    expect((await get('/api/documents?q=节水')).total).toBeGreaterThan(0)
    expect((await get('/api/documents?q=没有这个词')).total).toBe(0)
  })

  test('who may: the office and the administrator; no file and no form are told apart', async () => {
    expect((await upload('reporter', [{ name: 'a.txt', bytes: 'a' }])).statusCode).toBe(403)
    expect((await upload('leader', [{ name: 'a.txt', bytes: 'a' }])).statusCode).toBe(403)
    expect((await upload('supervisor', [])).json()).toMatchObject({ code: 'no-file' })
    expect((await test_.injectAs('supervisor', { method: 'POST', url: '/api/imports', payload: {} })).statusCode).toBe(
      415,
    )
    expect((await test_.injectAs('reporter', { method: 'GET', url: '/api/documents/1/text' })).statusCode).toBe(404)
    expect((await test_.injectAs('reporter', { method: 'GET', url: '/api/files/1/original' })).statusCode).toBe(404)
  })
})
