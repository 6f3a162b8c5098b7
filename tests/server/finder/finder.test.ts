import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchKind } from '../../../db/domain/search-terms.ts'
import { users } from '../../../db/schema/index.ts'
import { searchAll } from '../../../server/reading/search-all.ts'
import { addInstruction } from '../../../server/supervision/instructions/store.ts'
import type { Person } from '../helper.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
let [forest, wind]: number[] = []
let orderNumber: string
beforeAll(async () => {
  office = await buildOffice()
  forest = await office.signedTarget()
  wind = office.addTarget({
    indicator: '风电装机容量',
    evidence: '森林覆盖率之外，风电装机容量达到60万千瓦。',
  })
  const order = { color: 'red', text: '请说明造林进度', dueOn: '2026-07-10' }
  orderNumber = (await office.done('supervisor', forest, 'issue-order', order)).record!.number!
  addInstruction(office.db, office.actorOf('leader'), {
    text: '请抓紧造林',
    requirement: '报书面材料',
    dueOn: '2026-07-05',
    unitIds: [office.unitIds.own],
    toOffice: false,
  })
})
afterAll(() => office.close())

interface Hit {
  id: number
  title: string
  about: string
  light: string | null
  targetId: number | null
}
type Groups = Partial<Record<SearchKind, { total: number; items: Hit[] }>>
async function found(person: Person, q: string): Promise<Groups> {
  const response = await office.get(person, `/api/search?q=${encodeURIComponent(q)}`)
  expect(response.statusCode, response.body).toBe(200)
  const { groups } = response.json() as { groups: { kind: SearchKind; total: number; items: Hit[] }[] }
  return Object.fromEntries(groups.map(({ kind, ...group }) => [kind, group]))
}
const kinds = async (person: Person, q: string) => Object.keys(await found(person, q))

describe('搜索 from anywhere', () => {
  it('finds targets, those first that are called so, with what they promise and their light', async () => {
    const { target } = await found('supervisor', '森林覆盖率')
    expect(target).toMatchObject({ total: 2, items: [{ id: forest, title: '森林覆盖率' }, { id: wind }] })
    expect(target!.items[0]!.about).toBe('不低于 60% · 2026-12-31 · 政发〔2024〕1号')
    expect(target!.items[0]!.light).not.toBeNull()
    expect((await found('supervisor', '覆盖 60')).target!.total).toBe(2)
    expect((await found('supervisor', '风电')).target!.items).toMatchObject([{ id: wind }])
  })

  it.each(['政发〔2024〕1号', '政发[2024]1号', '政发(2024) 1号', '政发 2024', '政发20241号', '政发2024 1', '政发2024'])(
    'finds a document by %s',
    async (q) => {
      const { document } = await found('leader', q)
      expect(document!.items).toMatchObject([{ id: office.documentId, title: '关于印发规划的通知' }])
    },
  )

  it('lists first what is called just so', async () => {
    expect((await kinds('supervisor', '甲局'))[0]).toBe('unit')
    expect((await kinds('supervisor', '甲'))[0]).toBe('target')
  })

  it('finds a 督办单 by its number and its words, and a 批示 by its words and its leader', async () => {
    for (const q of [orderNumber, orderNumber.replace(/[〔〕]/g, ' '), '说明造林'])
      expect((await found('supervisor', q)).order!.items).toMatchObject([{ title: orderNumber, targetId: forest }])
    for (const q of ['抓紧造林', '书面材料 leader'])
      expect((await found('leader', q)).instruction!.items).toMatchObject([{ title: '请抓紧造林', targetId: null }])
  })

  it('finds units by any of their names', async () => {
    await office.injectAs('admin', {
      method: 'POST',
      url: `/api/units/${office.unitIds.own}/aliases`,
      payload: { name: '甲管理局' },
    })
    expect((await found('reporter', '甲管')).unit!.items).toMatchObject([{ id: office.unitIds.own, title: '甲局' }])
  })

  it('finds people for those who may see them, and those out of office for the administrator alone', async () => {
    const of = async (person: Person, q: string) => (await found(person, q)).person?.items.map(({ title }) => title)
    expect(await of('supervisor', '甲局')).toEqual(['reporter'])
    expect(await of('reporter', '甲局')).toBeUndefined()
    expect(await of('leader', 'LEADER')).toEqual(['leader'])
    office.db.update(users).set({ disabledAt: '2026-06-01T00:00:00.000Z' }).run()
    try {
      // looked for with the rights of a session that is still open
      const seen = (person: Person) => searchAll(office.db, office.actorOf(person), 'supervisor2', '2026-06-30').groups
      expect(seen('supervisor')).toEqual([])
      expect(seen('admin')).toMatchObject([{ kind: 'person', items: [{ about: '督查室 · 已停用' }] }])
    } finally {
      office.db.update(users).set({ disabledAt: null }).run()
    }
  })

  it('shows a unit what is its own, and another unit nothing of it', async () => {
    expect(await kinds('reporter', '造林')).toEqual(['order', 'instruction'])
    expect((await found('reporter', '森林覆盖率')).target).toMatchObject({ total: 1, items: [{ id: forest }] })
    expect(await kinds('otherReporter', '造林')).toEqual([])
    expect(await kinds('otherReporter', '森林覆盖率')).toEqual([])
    expect(await kinds('otherReporter', '政发 2024')).toEqual([])
  })

  it.each(['%', '_', '"', '森林" OR "风电', "';--", '*'])('takes %s for nothing but what it is', async (q) => {
    expect(await found('supervisor', q === '%' ? '60_%' : `没有${q}`)).toEqual({})
  })

  it('answers nothing to no words, and refuses too many', async () => {
    expect(await found('supervisor', ' 〔〕 ')).toEqual({})
    expect((await office.get('supervisor', '/api/search')).statusCode).toBe(400)
    expect(
      (await office.get('supervisor', `/api/search?q=${'a%20b%20'.repeat(5)}c%20d%20e%20f%20g%20h%20i`)).statusCode,
    ).toBe(400)
  })
})
