import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents, files, lightCache, reports } from '../../../db/schema/index.ts'
import { ensureLights, isLit } from '../../../server/targets/light-cache.ts'
import { asksNoLights, listTargets, listUnlit } from '../../../server/targets/list.ts'
import { targetQuery } from '../../../server/targets/schemas.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const TODAY = '2026-06-30'
const PAST = '2025-12-31'

describe('a page of a day whose lights are not filled yet', () => {
  let office: Office
  beforeAll(async () => {
    office = await buildOffice()
    const { db } = office
    const at = office.clock.now.toISOString()
    const fileId = db
      .insert(files)
      .values({ sha256: 'b'.repeat(64), name: '新.txt', format: 'txt', size: 9, rawText: '到2026年。', importedAt: at })
      .returning()
      .get().id
    const later = db
      .insert(documents)
      .values({
        fileId,
        number: '政发〔2026〕2号',
        title: '新文件',
        issuedOn: '2026-03-01',
        start: 0,
        end: 6,
        createdAt: at,
      })
      .returning()
      .get().id
    const undated = db
      .insert(documents)
      .values({ fileId, title: '无日期', issuedOn: null, start: 0, end: 6, createdAt: at })
      .returning()
      .get().id
    const of = [office.documentId, later, undated]
    for (let i = 0; i < 60; i++) {
      const id = office.addTarget({
        documentId: of[i % 3]!,
        indicator: `${i % 2 ? '耕地' : '污水集中处理'}${String(i % 7)}`,
        state: (['in_progress', 'extracted', 'dropped', 'met'] as const)[i % 4]!,
        deadline: i % 5 === 0 ? null : `202${5 + (i % 3)}-06-30`,
        confidence: (i % 10) / 10,
        baselineValue: i % 3 ? 50 : null,
      })
      if (i % 4 === 0)
        db.insert(reports)
          .values({
            targetId: id,
            unitId: office.unitIds.own,
            value: 55 + (i % 9),
            asOf: '2025-11-30',
            status: 'approved',
            decidedAt: at,
            createdAt: at,
          })
          .run()
    }
  })
  afterAll(() => office.close())

  const QUERIES = [
    '',
    'scope=tracked',
    'scope=all&sort=-deadline',
    'sort=indicator&kind=quantity',
    'q=耕地&sort=-id',
    'q=污水集中',
    'state=extracted&sort=confidence',
    'deadlineMonth=2026-06&missing=deadline,signature',
    'sort=-updatedAt&role=lead',
    'sort=document',
  ]

  it.each(
    QUERIES.flatMap((query) => [
      [query, TODAY],
      [query, PAST],
    ]),
  )('is the page that it will be: %s on %s', async (text, day) => {
    const { db } = office
    for (const person of [
      { role: 'supervisor', unitId: null },
      { role: 'reporter', unitId: office.unitIds.own },
    ] as const) {
      let cursor: string | undefined
      for (let pages = 0; pages < 3; pages++) {
        const query = targetQuery.parse({ ...Object.fromEntries(new URLSearchParams(text)), limit: '7', cursor })
        expect(asksNoLights(query)).toBe(true)
        const unlit = listUnlit(db, person, query, day, day < TODAY)
        await ensureLights(db, day, TODAY)
        expect(unlit).toEqual(listTargets(db, person, query, day))
        if (unlit.nextCursor === null) break
        cursor = unlit.nextCursor
      }
    }
  })

  it.each([
    'light=overdue',
    'late=true',
    'missing=value',
    'missing=signature,baseline',
    'sort=progress',
    'sort=-progress',
    'since=2026-01-01',
  ])('is not made where the lights are asked for: %s', (text) => {
    expect(asksNoLights(targetQuery.parse(Object.fromEntries(new URLSearchParams(text))))).toBe(false)
  })

  it('does not wait for the lights, which are filled beside it', async () => {
    const day = '2024-05-05'
    office.db.delete(lightCache).run()
    expect(isLit(office.db, day)).toBe(false)
    const first = await office.get('supervisor', `/api/targets?asOf=${day}&limit=50`)
    expect(isLit(office.db, day)).toBe(false)
    await ensureLights(office.db, day, TODAY)
    expect(isLit(office.db, day)).toBe(true)
    expect(first.json()).toEqual((await office.get('supervisor', `/api/targets?asOf=${day}&limit=50`)).json())
    expect(first.json().items.length).toBeGreaterThan(5)
  })
})
