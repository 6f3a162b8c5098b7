import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { documents, files, targets, targetUnits } from '../../db/schema/index.ts'
import { documentsMatching, targetsMatching } from '../../db/search.ts'

const AT = '2026-01-01T00:00:00.000Z'
const TEXT = '云桥市人民政府文件\n一、到2025年，装配式建筑占新\n建建筑面积的比例达到 30%以上。\n第二份文件：生活垃圾　回收利用率。'

describe('search', () => {
  let db: OpenDb
  beforeEach(() => {
    db = openDatabase(':memory:')
    const file = db.insert(files).values({ sha256: 'x', name: 'a.txt', format: 'txt', size: 1, rawText: TEXT, importedAt: AT }).returning().get()
    const cut = TEXT.indexOf('第二份')
    db.insert(documents).values([
      { fileId: file.id, number: '云政发〔2025〕1号', title: '关于印发建筑业规划的通知', start: 0, end: cut, createdAt: AT },
      { fileId: file.id, number: null, title: '关于垃圾分类的意见', start: cut, end: TEXT.length, createdAt: AT },
    ]).run()
    add('装配率', '到2025年，装配式建筑占比达到30%以上。', ['市住房城乡建设局'])
    add('森林覆盖率', '森林覆盖率不低于 45_%。', ['市林业局', '各县市区政府'])
    add('GDP增速', '地区生产总值"GDP"年均增长 6%。', [])
  })
  afterEach(() => {
    for (const index of ['targets_fts', 'target_units_fts', 'documents_fts']) db.$client.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    db.$client.close()
  })

  function add(indicator: string, evidence: string, names: string[]) {
    const { id } = db.insert(targets).values({
      documentId: 1, kind: 'quantity', indicator, evidence, confidence: 1, start: 0, end: 1, clauseStart: 0, clauseEnd: 1, clausePath: [], createdAt: AT, updatedAt: AT,
    }).returning().get()
    names.forEach((name, position) => db.insert(targetUnits).values({ targetId: id, role: 'lead', position, name }).run())
  }
  const find = (query: string) => db.select({ indicator: targets.indicator }).from(targets).where(targetsMatching(query)).all().map((row) => row.indicator)
  const findDocuments = (query: string) => db.select({ id: documents.id }).from(documents).where(documentsMatching(query)).all().map((row) => row.id)

  it.each([
    ['装配式建筑', ['装配率']],
    ['森林', ['森林覆盖率']],
    ['率', ['装配率', '森林覆盖率']],
    ['住房城乡', ['装配率']],
    ['林业', ['森林覆盖率']],
    ['覆盖率 各县市区', ['森林覆盖率']],
    ['覆盖率　建设局', []],
    ['gdp', ['GDP增速']],
    ['"GDP"', ['GDP增速']],
    ['%', ['装配率', '森林覆盖率', 'GDP增速']],
    ['5_', ['森林覆盖率']],
    ['NOT 森林覆盖率', []],
    ['* OR', []],
    ['  ', ['装配率', '森林覆盖率', 'GDP增速']],
  ])('finds %s', (query, expected) => expect(find(query)).toEqual(expected))

  it.each([
    ['新建建筑面积', [1]],
    ['达到30%以上', [1]],
    ['垃圾回收利用率', [2]],
    ['云政发', [1]],
    ['垃圾', [2]],
    ['意见', [2]],
    ['第二', [2]],
  ])('finds %s in documents, over the end of a line', (query, expected) => expect(findDocuments(query)).toEqual(expected))

  it('follows every change', () => {
    db.update(targets).set({ indicator: '绿色建筑占比' }).where(eq(targets.indicator, '装配率')).run()
    expect(find('绿色建筑占比')).toEqual(['绿色建筑占比'])
    db.update(targetUnits).set({ name: '市自然资源局' }).where(eq(targetUnits.name, '市林业局')).run()
    expect(find('林业局')).toEqual([])
    expect(find('自然资源')).toEqual(['森林覆盖率'])
    db.delete(targetUnits).where(eq(targetUnits.targetId, 2)).run()
    db.delete(targets).where(eq(targets.id, 2)).run()
    expect(find('森林覆盖')).toEqual([])
    db.update(documents).set({ title: '关于绿色发展的意见', end: TEXT.length - 6 }).where(eq(documents.id, 2)).run()
    expect(findDocuments('绿色发展')).toEqual([2])
    expect(findDocuments('回收利用率')).toEqual([])
    db.delete(documents).where(eq(documents.id, 2)).run()
    expect(findDocuments('绿色发展')).toEqual([])
  })

  it('keeps the raw text as it came', () => {
    expect(() => db.update(files).set({ rawText: 'other' }).run()).toThrow(/never changed/)
    db.update(files).set({ name: 'renamed.txt', rawText: TEXT }).run()
  })
})
