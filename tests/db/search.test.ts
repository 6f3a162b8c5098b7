import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { documents, files, targets, targetUnits } from '../../db/schema/index.ts'

const AT = '2026-01-01T00:00:00.000Z'
const TEXT =
  '云桥市人民政府文件\n一、到2025年，装配式建筑占新\n建建筑面积的比例达到 30%以上。\n第二份文件：生活垃圾　回收利用率。'

describe('search', () => {
  let db: OpenDb
  beforeEach(() => {
    db = openDatabase(':memory:')
    const file = db
      .insert(files)
      .values({ sha256: 'x', name: 'a.txt', format: 'txt', size: 1, rawText: TEXT, importedAt: AT })
      .returning()
      .get()
    const cut = TEXT.indexOf('第二份')
    db.insert(documents)
      .values([
        {
          fileId: file.id,
          number: '云政发〔2025〕1号',
          title: '关于印发建筑业规划的通知',
          start: 0,
          end: cut,
          createdAt: AT,
        },
        { fileId: file.id, number: null, title: '关于垃圾分类的意见', start: cut, end: TEXT.length, createdAt: AT },
      ])
      .run()
    add('装配率', '到2025年，装配式建筑占比达到30%以上。', ['市住房城乡建设局'])
    add('森林覆盖率', '森林覆盖率不低于 45_%。', ['市林业局', '各县市区政府'])
    add('GDP增速', '地区生产总值"GDP"年均增长 6%。', [])
  })
  afterEach(() => {
    for (const index of ['targets_fts', 'target_units_fts', 'documents_fts'])
      db.$client.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    db.$client.close()
  })

  function add(indicator: string, evidence: string, names: string[]) {
    const { id } = db
      .insert(targets)
      .values({
        documentId: 1,
        kind: 'quantity',
        indicator,
        evidence,
        confidence: 1,
        start: 0,
        end: 1,
        clauseStart: 0,
        clauseEnd: 1,
        clausePath: [],
        createdAt: AT,
        updatedAt: AT,
      })
      .returning()
      .get()
    names.forEach((name, position) =>
      db.insert(targetUnits).values({ targetId: id, role: 'lead', position, name }).run(),
    )
  }
  /** Row numbers in which the phrase stands. */
  const match = (index: string, phrase: string) =>
    db.$client
      .prepare(`SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid`)
      .pluck()
      .all(`"${phrase.replaceAll('"', '""')}"`)

  it.each([
    ['targets_fts', '装配式建筑', [1]],
    ['targets_fts', '覆盖率不低于', [2]],
    ['targets_fts', 'gdp', [3]],
    ['targets_fts', '"GDP"', [3]],
    ['targets_fts', '45_%', [2]],
    ['targets_fts', 'NOT 森林覆盖率', []],
    ['target_units_fts', '住房城乡', [1]],
    ['target_units_fts', '各县市区', [3]],
  ])('%s finds %s', (index, phrase, expected) => expect(match(index, phrase)).toEqual(expected))

  it.each([
    ['新建建筑面积', [1]],
    ['达到30%以上', [1]],
    ['垃圾回收利用率', [2]],
    ['云政发', [1]],
    ['第二份文件', [2]],
  ])('documents_fts finds %s, over the end of a line', (phrase, expected) =>
    expect(match('documents_fts', phrase)).toEqual(expected),
  )

  it('follows every change', () => {
    db.update(targets).set({ indicator: '绿色建筑占比' }).where(eq(targets.indicator, '装配率')).run()
    expect(match('targets_fts', '绿色建筑占比')).toEqual([1])
    db.update(targetUnits).set({ name: '市自然资源局' }).where(eq(targetUnits.name, '市林业局')).run()
    expect(match('target_units_fts', '林业局')).toEqual([])
    expect(match('target_units_fts', '自然资源')).toEqual([2])
    db.delete(targetUnits).where(eq(targetUnits.targetId, 2)).run()
    db.delete(targets).where(eq(targets.id, 2)).run()
    expect(match('targets_fts', '森林覆盖')).toEqual([])
    db.update(documents)
      .set({ title: '关于绿色发展的意见', end: TEXT.length - 6 })
      .where(eq(documents.id, 2))
      .run()
    expect(match('documents_fts', '绿色发展')).toEqual([2])
    expect(match('documents_fts', '回收利用率')).toEqual([])
    db.delete(documents).where(eq(documents.id, 2)).run()
    expect(match('documents_fts', '绿色发展')).toEqual([])
  })

  it('keeps the raw text as it came', () => {
    expect(() => db.update(files).set({ rawText: 'other' }).run()).toThrow(/changes with a new reading only/)
    db.update(files).set({ name: 'renamed.txt', rawText: TEXT }).run()
  })
})
