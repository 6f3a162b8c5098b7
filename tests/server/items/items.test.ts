import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SOURCE_KIND_TITLES } from '../../../db/domain/source-kinds.ts'
import { auditLog, documents, files, targets, targetVersions } from '../../../db/schema/index.ts'
import { filesDir } from '../../../server/paths.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const MEETING = { kind: 'meeting', title: '市政府第12次常务会议', number: '〔2026〕12号', issuedOn: '2026-03-05' }
const ITEM = {
  kind: 'milestone',
  indicator: '城东泵站建成',
  deadline: '2026-09-30',
  text: '甲局于9月底前建成城东泵站。',
  units: [{ role: 'lead', name: '甲局' }],
}

let office: Office
beforeAll(async () => {
  office = await buildOffice()
})
afterAll(() => office.close())
const post = (url: string, payload: object) =>
  office.injectAs('supervisor', { method: 'POST', url: `/api${url}`, payload })
const got = async (url: string) => (await office.get('supervisor', `/api${url}`)).json()

describe('新建事项', () => {
  let documentId: number
  let id: number

  it('stores one item with its source, ready for 交办', async () => {
    const response = await post('/items', { ...ITEM, source: { ...MEETING, leader: '王市长' } })
    expect([response.statusCode, response.json()]).toMatchObject([201, { state: 'confirmed', version: 1 }])
    ;({
      id,
      record: { id: documentId },
    } = response.json())
    expect(await got(`/targets/${id}`)).toMatchObject({
      indicator: '城东泵站建成',
      evidence: ITEM.text,
      startOn: '2026-03-05',
      document: { id: documentId, ...{ kind: 'meeting', title: MEETING.title, number: MEETING.number } },
      lead: [{ unitId: office.unitIds.own }],
    })
    expect(await got(`/documents/${documentId}`)).toMatchObject({
      kind: 'meeting',
      leader: '王市长',
      headDoubts: {},
      headIsSet: true,
      format: 'typed',
    })
  })

  it('writes its words into the source, where they are found and shown', async () => {
    const { text, start } = await got(`/documents/${documentId}/text`)
    const finding = (await got(`/documents/${documentId}/findings`)).items[0]
    expect(text.slice(finding.start - start, finding.end - start)).toBe(ITEM.text)
    expect((await got(`/documents?q=${encodeURIComponent('城东泵站')}`)).items).toMatchObject([{ id: documentId }])
    expect((await got(`/targets?scope=all&q=${encodeURIComponent('〔2026〕12号')}`)).items).toMatchObject([{ id }])
  })

  it('adds a second item of the same meeting to it, and the text, its original and the index follow', async () => {
    const again = await post('/items', {
      ...ITEM,
      text: '甲局年底前完成河道清淤。',
      indicator: '清淤',
      source: MEETING,
    })
    const byNumber = await post('/items', { ...ITEM, text: '乙局做好群众宣传工作。', source: { documentId } })
    expect([again.json().record.id, byNumber.json().record.id]).toEqual([documentId, documentId])
    const { fileId } = office.db.select().from(documents).where(eq(documents.id, documentId)).get()!
    const file = office.db.select().from(files).where(eq(files.id, fileId)).get()!
    expect([file.reading, existsSync(join(filesDir(office.dataDir), file.sha256))]).toEqual([3, true])
    for (const word of ['城东泵站', '河道清淤', '群众宣传'])
      expect(
        (await got(`/documents?q=${encodeURIComponent(word)}`)).items.map((row: { id: number }) => row.id),
      ).toEqual([documentId])
    expect((await got('/documents?typed=true&kind=meeting')).total).toBe(1)
  })

  it('goes through life like any other: versions, trail, lights, the ledger by kind of source', async () => {
    await office.done('supervisor', id, 'assign', {})
    await office.done('reporter', id, 'sign')
    const steps = office.db.select().from(targetVersions).where(eq(targetVersions.targetId, id)).all()
    expect(steps.map(({ step }) => step)).toEqual(['add', 'assign', 'sign'])
    expect((await got('/targets?scope=tracked&sourceKind=meeting')).items).toMatchObject([{ id, state: 'signed' }])
    expect((await got('/targets?sourceKind=letter')).total).toBe(0)
    expect((await got('/targets/facets?scope=all')).sourceKind).toEqual({ meeting: 3 })
    expect((await got('/targets/facets?scope=all&sourceKind=letter')).sourceKind).toEqual({ meeting: 3 })
    const trail = office.db.select().from(auditLog).all()
    expect(trail.filter(({ entityId, action }) => entityId === String(id) && action === 'target.add')).toHaveLength(1)
    const { body } = await office.get('supervisor', '/api/exports/targets?format=csv&scope=all')
    expect(body).toContain('会议议定事项')
  })

  it.each([
    ['an unknown kind of source', { source: { ...MEETING, kind: 'rumour' } }, 'source.kind'],
    ['no words', { text: ' ' }, 'text'],
    ['a quantity without a number', { kind: 'quantity' }, 'value'],
  ])('refuses %s and stores nothing', async (_what, change, path) => {
    const before = office.db.select().from(targets).all().length
    const response = await post('/items', { ...ITEM, source: { ...MEETING, title: '另一次会议' }, ...change })
    expect([response.statusCode, response.json().errors[0].path]).toEqual([400, path])
    expect(office.db.select().from(targets).all()).toHaveLength(before)
    expect(office.db.select().from(documents).where(eq(documents.title, '另一次会议')).all()).toEqual([])
  })

  it('adds nothing to a document that was imported, and reads no typed source again', async () => {
    expect((await post('/items', { ...ITEM, source: { documentId: office.documentId } })).statusCode).toBe(409)
    const { fileId } = office.db.select().from(documents).where(eq(documents.id, documentId)).get()!
    expect((await post(`/files/${fileId}/reread`, {})).statusCode).toBe(409)
  })

  it('reads the fields of an item from its words', async () => {
    const words = '到2026年底，城区新增停车位5000个以上。（牵头单位：甲局）'
    const { items } = (await post('/items/read', { text: words, issuedOn: null })).json()
    expect(items).toMatchObject([
      {
        kind: 'quantity',
        value: 5000,
        unit: '个',
        deadline: '2026-12-31',
        units: [{ role: 'lead', name: '甲局', unitId: office.unitIds.own }],
      },
    ])
    const undated = (await post('/items/read', { text: '9月底前改造老旧小区42个。', issuedOn: null })).json()
    expect(undated.items, 'a limit without a year is one of the year in which it is typed').toMatchObject([
      { value: 42, deadline: '2026-09-30' },
    ])
  })
})

describe('a pasted list', () => {
  it('becomes candidates of one source: each line is at least one, read for itself, its words in place', async () => {
    const lines = [
      '1．年底前新增公办幼儿园学位3000个。（牵头单位：甲局）',
      '',
      '2．9月底前改造老旧小区42个；9月底前加装电梯120部。（牵头单位：乙局）',
      '3．抓好校园周边环境治理',
    ]
    const source = {
      kind: 'proposal',
      title: '关于增加学位供给的建议',
      number: '第37号',
      issuedOn: '2026-02-01',
      issuer: '李代表',
    }
    const response = await post('/items/list', { source, text: lines.join('\r\n') })
    expect([response.statusCode, response.json()]).toMatchObject([201, { lines: 3, candidates: 4, unread: 1 }])
    const { documentId } = response.json()
    const found = office.db.select().from(targets).where(eq(targets.documentId, documentId)).all()
    expect(found.map(({ value, deadline, state }) => [value, deadline, state])).toEqual([
      [3000, '2026-12-31', 'extracted'],
      [42, '2026-09-30', 'extracted'],
      [120, '2026-09-30', 'extracted'],
      [null, null, 'extracted'],
    ])
    const { text, start: from } = await got(`/documents/${documentId}/text`)
    for (const { value, start, end, evidence, clauseStart, clauseEnd } of found) {
      expect(text.slice(clauseStart - from, clauseEnd - from)).toBe(evidence)
      if (value !== null) expect(text.slice(start - from, end - from)).toContain(String(value))
    }
    expect((await got(`/review?documentId=${documentId}`)).items[0].document).toMatchObject({ kind: 'proposal' })
  })

  it('of a source whose date nobody has said counts from the day on which it is typed', async () => {
    const source = { kind: 'meeting', title: '专题会议' }
    const { documentId } = (await post('/items/list', { source, text: '1．9月底前改造老旧小区42个。' })).json()
    const [found] = office.db.select().from(targets).where(eq(targets.documentId, documentId)).all()
    expect(found).toMatchObject({ deadline: '2026-09-30', startOn: null })
    const { text, start: from } = await got(`/documents/${documentId}/text`)
    expect(text.slice(found!.start - from, found!.end - from)).toContain('42')
  })

  it('is read under the head of its source as it was mended', async () => {
    const source = { kind: 'proposal', title: '关于河道治理的建议', number: '第41号', issuedOn: '2026-02-01' }
    const { documentId } = (await post('/items/list', { source, text: '年底前清淤河道12公里。' })).json()
    const { version } = await got(`/documents/${documentId}`)
    const mended = await office.injectAs('supervisor', {
      method: 'PUT',
      url: `/api/documents/${documentId}/head`,
      payload: { version, title: source.title, number: source.number, issuer: null, issuedOn: '2025-02-01' },
    })
    expect(mended.statusCode).toBe(200)
    await post('/items/list', { source: { documentId }, text: '年底前加固堤防8公里。' })
    const found = office.db.select().from(targets).where(eq(targets.documentId, documentId)).all()
    expect(found.map(({ value, deadline }) => [value, deadline])).toContainEqual([8, '2025-12-31'])
  })

  it('whose head and words are those of another source is refused with its name', async () => {
    const source = { kind: 'proposal', title: '关于养老服务的建议', number: null, issuedOn: null }
    const text = '新增护理床位300张'
    expect((await post('/items/list', { source, text })).statusCode).toBe(201)
    const again = await post('/items/list', { source: { ...source, kind: 'letter' }, text })
    expect([again.statusCode, again.json().code]).toEqual([409, 'same-text'])
    expect(again.json().detail).toContain('关于养老服务的建议')
  })

  it('with more than 200 lines is refused', async () => {
    const text = Array.from({ length: 201 }, (_, i) => `第${i}项工作`).join('\n')
    const response = await post('/items/list', { source: MEETING, text })
    expect([response.statusCode, response.json().errors[0].path]).toEqual([400, 'text'])
  })
})

describe('来源类别', () => {
  it('has those of the program, in their order', async () => {
    const { items } = await got('/source-kinds')
    expect(items.map(({ id, title }: { id: string; title: string }) => [id, title])).toEqual(
      Object.entries(SOURCE_KIND_TITLES),
    )
  })

  it('is extended by the office; what is put away is offered no more', async () => {
    const added = (await post('/source-kinds', { title: '信访积案' })).json()
    expect((await post('/source-kinds', { title: '信访积案' })).statusCode).toBe(400)
    const patch = (id: string, payload: object) =>
      office.injectAs('supervisor', { method: 'PATCH', url: `/api/source-kinds/${id}`, payload })
    expect((await patch('meeting', { version: 1, title: '会议' })).statusCode).toBe(409)
    const source = { ...MEETING, kind: added.id }
    expect((await post('/items', { ...ITEM, source })).statusCode).toBe(201)
    expect((await patch(added.id, { version: 1, archived: true })).json()).toMatchObject({ archived: true, version: 2 })
    expect((await patch(added.id, { version: 1, archived: false })).statusCode).toBe(409)
    expect((await post('/items', { ...ITEM, source: { ...source, title: '又一件' } })).statusCode).toBe(400)
    expect((await got(`/targets/facets?scope=all`)).sourceKind).toMatchObject({ [added.id]: 1 })
  })

  it('of a document is mended with its head, and taken back with it', async () => {
    const url = `/api/documents/${office.documentId}/head`
    const head = {
      version: 1,
      title: '关于印发规划的通知',
      number: '政发〔2024〕1号',
      issuer: '市政府',
      issuedOn: '2024-01-10',
    }
    const put = (more: object) => office.injectAs('supervisor', { method: 'PUT', url, payload: { ...head, ...more } })
    expect((await put({ kind: 'rumour' })).statusCode).toBe(400)
    expect((await put({ kind: 'plan', leader: '王市长' })).statusCode).toBe(200)
    expect(await got(`/documents/${office.documentId}`)).toMatchObject({ kind: 'plan', leader: '王市长' })
    expect((await got(`/documents/${office.documentId}/head/history`)).items[0].fields).toEqual([
      { field: 'kind', before: 'document', after: 'plan' },
      { field: 'leader', before: null, after: '王市长' },
    ])
    await post(`/documents/${office.documentId}/head/undo`, { version: 2 })
    expect(await got(`/documents/${office.documentId}`)).toMatchObject({ kind: 'document', leader: null })
  })
})
