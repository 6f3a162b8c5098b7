import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  attachments,
  auditLog,
  documents,
  files,
  importJobs,
  instructions,
  lightSpans,
  scannedPages,
  sheetPages,
  sheets,
  versionContents,
  versionSteps,
  versionUnitLists,
  targets,
  targetUnits,
} from '../../../db/schema/index.ts'
import { filesDir } from '../../../server/paths.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const SHA = 'a'.repeat(64) // as office.ts has it

describe('undoing an import', () => {
  let office: Office
  let path: string
  beforeEach(async () => {
    office = await buildOffice()
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    path = join(filesDir(office.dataDir), SHA)
    writeFileSync(path, 'bytes')
  })
  afterEach(() => office.close())

  const undo = (person: Parameters<Office['injectAs']>[0], id = 1) =>
    office.injectAs(person, { method: 'DELETE', url: `/api/files/${id}` })
  const left = () =>
    [
      files,
      documents,
      targets,
      targetUnits,
      lightSpans,
      versionSteps,
      versionContents,
      versionUnitLists,
      scannedPages,
      sheets,
      sheetPages,
    ].map((table) => office.db.select().from(table).all().length)

  it('takes away file, documents, candidates, lights and bytes, and leaves its trail and the job', async () => {
    office.addTarget()
    office.addTarget({ kind: 'duty' })
    office.db
      .insert(scannedPages)
      .values({ fileId: 1, page: 1, start: 0, end: 9, toPage: [1, 0, 0, 1, 0, 0], words: [] })
      .run()
    office.db
      .insert(sheets)
      .values({ fileId: 1, position: 0, name: '表', columns: [4], rows: 1, isCut: false })
      .run()
    office.db.insert(sheetPages).values({ fileId: 1, sheet: 0, page: 1, start: 0, end: 9, rows: [] }).run()
    office.db
      .insert(importJobs)
      .values({ fileName: '公报.txt', size: 1, status: 'done', fileId: 1, createdAt: office.clock.now.toISOString() })
      .run()
    const before = (await office.get('supervisor', `/api/documents/${office.documentId}`)).json()
    expect(before).toMatchObject({ undoable: true, unconfirmed: 2 })
    const response = await undo('supervisor')
    expect([response.statusCode, response.json()]).toEqual([200, { documents: 1, targets: 2 }])
    expect(left()).toEqual(Array(11).fill(0))
    expect(existsSync(path)).toBe(false)
    expect(office.db.select().from(importJobs).get()).toMatchObject({
      status: 'done',
      fileId: null,
      message: '《公报.txt》的这次导入后来被撤销。',
    })
    expect(office.db.select().from(auditLog).all().at(-1)).toMatchObject({
      action: 'file.undo-import',
      userName: 'supervisor',
      before: { name: '公报.txt', sha256: SHA, documents: 1, targets: 2 },
      after: null,
    })
    expect(
      (await office.get('supervisor', `/api/documents?q=${encodeURIComponent('森林覆盖率')}`)).json().items,
    ).toEqual([]) // nor in the index
    expect((await undo('supervisor')).statusCode).toBe(404)
  })

  it.each(['accept', 'drop'] as const)('is refused once a target has been decided on (%s)', async (step) => {
    const id = office.addTarget()
    office.addTarget({ indicator: '另一项' })
    await office.done('supervisor', id, step, step === 'drop' ? { reason: '不是本市的目标' } : {})
    const kept = left()
    expect((await undo('supervisor')).json()).toMatchObject({
      status: 409,
      code: 'wrong-state',
      detail: expect.stringContaining('已有目标经过校核'),
    })
    expect(left()).toEqual(kept)
    expect(existsSync(path)).toBe(true)
    expect((await office.get('supervisor', `/api/documents/${office.documentId}`)).json().undoable).toBe(false)
  })

  it('is refused where a person has put something on a candidate, and nothing is half removed', async () => {
    const id = office.addTarget()
    office.db
      .insert(instructions)
      .values({
        targetId: id,
        leaderId: office.userIds.leader,
        text: '请抓紧',
        createdAt: office.clock.now.toISOString(),
      })
      .run()
    const kept = left()
    expect((await undo('admin')).json()).toMatchObject({ status: 409, detail: expect.stringContaining('批示') })
    expect(left()).toEqual(kept)
    expect(existsSync(path)).toBe(true)
  })

  it('leaves the bytes where they are evidence of a report too', async () => {
    const kept = office.addTarget()
    office.db
      .insert(documents)
      .values({
        fileId: office.db
          .insert(files)
          .values({ sha256: 'b'.repeat(64), name: '另.txt', format: 'txt', size: 1, rawText: 'x', importedAt: '' })
          .returning()
          .get().id,
        title: '另',
        start: 0,
        end: 1,
        createdAt: '',
      })
      .run()
    office.db.update(targets).set({ documentId: 2 }).run()
    office.db
      .insert(attachments)
      .values({ targetId: kept, sha256: SHA, name: '公报.txt', mediaType: 'text/plain', size: 1, createdAt: '' })
      .run()
    expect((await undo('supervisor')).statusCode).toBe(200)
    expect(existsSync(path)).toBe(true)
  })

  it('is for the office and the administrator alone', async () => {
    office.addTarget()
    for (const person of ['reporter', 'leader'] as const) expect((await undo(person)).statusCode).toBe(403)
    expect((await undo('admin')).statusCode).toBe(200)
  })
})

describe('what the reading room asks for', () => {
  it('learns on which page of its PDF a document starts, and how long the original is', async () => {
    const office = await buildOffice()
    const text = '封面\n\f\n目录\n\f\n第三页的文件\n'
    const fileId = office.db
      .insert(files)
      .values({ sha256: 'd'.repeat(64), name: '三页.pdf', format: 'pdf', size: 3, rawText: text, importedAt: '' })
      .returning()
      .get().id
    const start = text.indexOf('第三页')
    const id = office.db
      .insert(documents)
      .values({ fileId, title: '第三页', start, end: text.length, createdAt: '' })
      .returning()
      .get().id
    expect((await office.get('leader', `/api/documents/${id}/text`)).json()).toMatchObject({ start, firstPage: 3 })
    expect((await office.get('leader', `/api/documents/${office.documentId}/text`)).json().firstPage).toBe(null)
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    writeFileSync(join(filesDir(office.dataDir), 'd'.repeat(64)), '%PDF')
    const original = await office.get('leader', `/api/files/${fileId}/original`)
    expect(original.headers).toMatchObject({ 'content-length': '4', 'content-type': 'application/pdf' })
    expect(original.headers['content-disposition']).toMatch(/^attachment/)
    await office.close()
  })

  it('gets dropped candidates too, for those who may see them', async () => {
    const office = await buildOffice()
    const id = office.addTarget()
    await office.done('supervisor', id, 'drop', { reason: '不是本市的目标' })
    const states = async (person: 'supervisor' | 'reporter') =>
      (await office.get(person, `/api/documents/${office.documentId}/findings`))
        .json()
        .items?.map((item: { state: string }) => item.state)
    expect(await states('supervisor')).toEqual(['dropped'])
    expect(await states('reporter')).toBeUndefined() // 404: its unit has no part in the document
    await office.close()
  })
})
