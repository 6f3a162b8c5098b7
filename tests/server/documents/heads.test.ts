import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, documents, files } from '../../../db/schema/index.ts'
import { staleVersions, versionsOf } from '../../../db/target-versions.ts'
import { extract } from '../../../extractors/extract.ts'
import type { HeadDoubts } from '../../../extractors/types.ts'
import { LARGE_FILE_BYTES } from '../../../server/core/search-index.ts'
import { titled } from '../../../server/documents/store.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const HEAD = {
  number: '霁府发〔2026〕7号',
  title: '关于印发规划的通知',
  issuer: '霁川市人民政府',
  issuedOn: '2026-02-01',
}

describe('the head of a document, set by the office', () => {
  let office: Office
  beforeEach(async () => {
    office = await buildOffice()
    office.db
      .update(documents)
      .set({ headDoubts: { issuer: 'signature' } })
      .run()
  })
  afterEach(() => office.close())

  const url = (rest = '') => `/api/documents/${office.documentId}/head${rest}`
  const set = (change: object = {}, person: Parameters<Office['injectAs']>[0] = 'supervisor', version = 1) =>
    office.injectAs(person, { method: 'PUT', url: url(), payload: { ...HEAD, version, ...change } })
  const head = async () => (await office.get('supervisor', `/api/documents/${office.documentId}`)).json()
  const doubtful = async () => (await office.get('supervisor', '/api/documents?doubtful=true')).json()

  it('is marked as doubtful, found by the filter, and neither once somebody has set it', async () => {
    expect(await head()).toMatchObject({ headDoubts: { issuer: 'signature' }, headIsSet: false, version: 1 })
    expect(await doubtful()).toMatchObject({ total: 1, items: [{ id: office.documentId }] })
    expect([(await set()).statusCode, (await head()).headDoubts]).toEqual([200, {}])
    expect(await head()).toMatchObject({ ...HEAD, headIsSet: true, version: 2 })
    expect((await doubtful()).items).toEqual([])
    expect(office.db.select().from(auditLog).all().at(-1)).toMatchObject({
      action: 'document.edit',
      entityId: String(office.documentId),
      before: { issuer: '市政府', doubts: { issuer: 'signature' } },
      after: { issuer: '霁川市人民政府', doubts: null },
    })
    expect((await office.get('supervisor', `/api/documents?q=${encodeURIComponent('〔2026〕7号')}`)).json().total).toBe(
      1,
    )
    expect((await office.get('supervisor', `/api/documents?q=${encodeURIComponent('〔2024〕1号')}`)).json().total).toBe(
      0,
    )
  })

  it('is told with its history, and the last change can be taken back, doubts and all', async () => {
    await set({ title: '另一标题' })
    await set({ title: '关于印发规划的通知', number: null }, 'admin', 2)
    const history = (await office.get('supervisor', url('/history'))).json().items
    expect(history).toMatchObject([
      { who: 'admin', step: 'edit', undoable: true, fields: [{ field: 'number', after: null }, { field: 'title' }] },
      { who: 'supervisor', step: 'edit', undoable: false },
    ])
    const undo = (version: number) =>
      office.injectAs('supervisor', { method: 'POST', url: url('/undo'), payload: { version } })
    expect((await undo(2)).statusCode).toBe(409) // somebody else's version
    expect((await undo(3)).json()).toEqual({ version: 4 })
    expect(await head()).toMatchObject({ title: '另一标题', number: HEAD.number, headIsSet: true })
    expect((await undo(4)).json()).toMatchObject({ status: 409, detail: '没有可以撤销的修改。' })
    expect((await office.get('supervisor', url('/history'))).json().items[0]).toMatchObject({ step: 'undo' })
  })

  it('undone, a first edit leaves it as the rules read it', async () => {
    await set()
    await office.injectAs('supervisor', { method: 'POST', url: url('/undo'), payload: { version: 2 } })
    expect(await head()).toMatchObject({ issuer: '市政府', headDoubts: { issuer: 'signature' }, headIsSet: false })
  })

  it.each([
    ['an empty title', { title: '  ' }, 'title'],
    ['a title without end', { title: '长'.repeat(301) }, 'title'],
    ['a date that does not exist', { issuedOn: '2026-02-30' }, 'issuedOn'],
    ['a date before the republic', { issuedOn: '1912-01-01' }, 'issuedOn'],
    ['a date to come', { issuedOn: '2026-07-02' }, 'issuedOn'],
    ['an empty number', { number: '' }, 'number'],
  ])('%s is refused by the name of its field, and nothing is stored', async (_name, change, path) => {
    const answer = (await set(change)).json()
    expect(answer).toMatchObject({ status: 400, errors: [{ path: expect.stringContaining(path) }] })
    expect(await head()).toMatchObject({ title: '关于印发规划的通知', version: 1 })
  })

  it.each([
    ['霁府发[2026]7号', '霁府发〔2026〕7号'],
    ['霁府发（２０２６）第 7 号', '霁府发〔2026〕7号'],
    ['第12号令', '第12号令'],
  ])('the number %s is kept as %s', async (typed, kept) => {
    await set({ number: typed })
    expect((await head()).number).toBe(kept)
  })

  it('is for the office alone, one at a time', async () => {
    office.addTarget()
    for (const person of ['leader', 'reporter'] as const) expect((await set({}, person)).statusCode).toBe(403)
    await set()
    expect((await set({ title: '晚到的' })).json()).toMatchObject({
      status: 409,
      code: 'version-conflict',
      current: { title: HEAD.title, version: 2 },
    })
    expect(
      (
        await office.injectAs('admin', {
          method: 'PUT',
          url: '/api/documents/999/head',
          payload: { ...HEAD, version: 1 },
        })
      ).statusCode,
    ).toBe(404)
  })

  it('another date of issue moves the first day of candidates, not of what was confirmed', async () => {
    const [candidate, confirmed] = [
      office.addTarget({ startOn: '2024-01-10' }),
      office.addTarget({ startOn: '2024-01-10' }),
    ]
    await office.done('supervisor', confirmed, 'accept')
    await set()
    expect([office.target(candidate).startOn, office.target(confirmed).startOn]).toEqual(['2026-02-01', '2024-01-10'])
    expect(versionsOf(office.db, candidate).at(-1)).toMatchObject({ step: 'document-date', byName: 'supervisor' })
    expect(staleVersions(office.db)).toEqual([])
  })

  it('a document of a large file stays in the index, by its new title', async () => {
    office.db
      .update(files)
      .set({ size: LARGE_FILE_BYTES + 1 })
      .run()
    await set({ title: '全新的规划标题' })
    for (const [words, total] of [
      ['全新的规划', 1],
      ['印发规划的通知', 0],
      ['森林覆盖率', 1],
    ] as const)
      expect(
        (await office.get('supervisor', `/api/documents?q=${encodeURIComponent(words)}`)).json().total,
        words,
      ).toBe(total)
    office.db.$client.exec(`INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)`)
    expect(office.db.select().from(documents).where(eq(documents.id, office.documentId)).get()!.title).toBe(
      '全新的规划标题',
    )
  })
})

const PART = '一、总体要求\n全面落实部署，统筹推进各项工作。\n二、主要任务\n（一）加快建设。完成年度任务。\n'
const NOTICE = `云川市水利局关于加强湿地保护的通知\n云水发〔2021〕12号\n各县区水利局：\n现印发给你们，请认真执行。\n${PART}云川市水利局\n2021年9月2日\n`

describe('what the rules are not sure of in a head', () => {
  it.each<[string, string, HeadDoubts]>([
    ['a notice that has everything in its place', NOTICE, {}],
    ['a notice without a number', NOTICE.replace('云水发〔2021〕12号\n', ''), { number: 'missing' }],
    [
      'a title without an issuer, which only signs',
      NOTICE.replace('云川市水利局关于', '关于'),
      { issuer: 'signature' },
    ],
    ['a date with nobody above it', NOTICE.replace('云川市水利局\n2021', '2021'), { issuedOn: 'date-alone' }],
    ['no date', NOTICE.replace('2021年9月2日\n', ''), { issuedOn: 'missing' }],
    [
      'two numbers in the text, none in the head',
      NOTICE.replace('云水发〔2021〕12号\n', '').replace('二、', '云府发〔2020〕1号\n二、') + '云水发〔2021〕12号\n',
      { number: 'from-text' },
    ],
    [
      'a work report',
      `政府工作报告\n——2012年2月29日在云川区第十三届人民代表大会上\n云川区人民政府区长 张三\n各位代表：\n${PART}`,
      { number: 'missing', issuer: 'speaker' },
    ],
    [
      'a text that begins anyhow',
      PART,
      { number: 'missing', title: 'missing', issuer: 'missing', issuedOn: 'missing' },
    ],
  ])('%s', (_name, text, doubts) => {
    expect(extract(text).documents[0]!.doubts).toEqual(doubts)
  })
})

it('a document without a title is stored under the name of its file, and marked', () => {
  const [found] = extract(PART).documents
  expect(found!.title).toBe('')
  expect(titled(found!, '三季度.要点.docx')).toEqual({
    ...found,
    title: '三季度.要点',
    doubts: { ...found!.doubts, title: 'file-name' },
  })
})
