import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/transaction.ts'
import { targetUnits, unitAliases, unitAliasRefusals } from '../../../db/schema/index.ts'
import { NameFinder, rememberNames, resolveName } from '../../../server/core/name-finder.ts'
import { createUnit, removeAlias, resolveUnit, updateUnit } from '../../../server/core/units.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
let ids: Record<string, number>
beforeEach(async () => {
  office = await buildOffice()
  const stamp = office.actorOf('supervisor')
  ids = inTransaction(office.db, (tx) => {
    const city = createUnit(tx, stamp, { name: '霁川市人民政府' }).id
    const names = ['霁川市发展和改革委员会', '霁川市卫生健康委员会', '霁川市教育局', '霁川市林业局', '霁川市农业农村局']
    const added = names.map((name) => [name, createUnit(tx, stamp, { name, parentId: city }).id] as const)
    const county = createUnit(tx, stamp, { name: '石鹭市人民政府', parentId: city }).id
    const countys = ['石鹭市教育局', '石鹭市应急管理局'].map(
      (name) => [name, createUnit(tx, stamp, { name, parentId: county }).id] as const,
    )
    return Object.fromEntries([
      ...added,
      ...countys,
      ['各县（市、区）政府', createUnit(tx, stamp, { name: '各县（市、区）政府', kind: 'group' }).id],
    ])
  })
})
afterEach(() => office.close())

const resolve = (name: string) => inTransaction(office.db, (tx) => resolveName(tx, office.actorOf('supervisor'), name))
const sourceOf = (name: string) =>
  office.db
    .select()
    .from(unitAliases)
    .all()
    .find((alias) => alias.name === name)?.source

describe('names of units', () => {
  it('resolves what is certain, remembers it with its source, and finds it again', () => {
    for (const [name, unit] of [
      ['市发改委', '霁川市发展和改革委员会'],
      ['市发展改革委', '霁川市发展和改革委员会'],
      ['市卫计委', '霁川市卫生健康委员会'],
      ['市教育局', '霁川市教育局'],
      ['市扶贫办', '霁川市农业农村局'],
      ['各县市区人民政府', '各县（市、区）政府'],
    ] as const) {
      expect(resolve(name), name).toBe(ids[unit])
      expect(sourceOf(name)).toBe('rule')
      expect(resolveUnit(office.db, name)).toBe(ids[unit])
      expect(resolve(name)).toBe(ids[unit])
    }
    expect(
      office.db
        .select()
        .from(unitAliases)
        .all()
        .filter((alias) => alias.source === 'rule'),
    ).toHaveLength(6)
  })

  it.each(['省教育厅', '市应急局', '县教育局', '教育局', '市林草局', '有关部门'])('leaves %s to a person', (name) => {
    expect(resolve(name)).toBeNull()
    expect(sourceOf(name)).toBeUndefined()
  })

  it('proposes what is likely', () => {
    const proposals = (name: string) =>
      new NameFinder(office.db).find(name).proposals.map(({ name: unit, relation }) => [unit, relation])
    expect(proposals('教育局')).toEqual([
      ['霁川市教育局', 'likely'],
      ['石鹭市教育局', 'likely'],
    ])
    expect(proposals('市应急局')).toEqual([['石鹭市应急管理局', 'likely']])
    expect(proposals('省教育厅')).toEqual([])
    // A line of work alone, as in 教育、应急管理等部门, and a part of a name.
    expect(proposals('教育')).toEqual([
      ['霁川市教育局', 'likely'],
      ['石鹭市教育局', 'likely'],
    ])
    expect(proposals('环保')).toEqual([])
    expect(proposals('应急')).toEqual([['石鹭市应急管理局', 'likely']])
    expect(proposals('发展和改革委员会')).toEqual([['霁川市发展和改革委员会', 'likely']])
  })

  it('proposes, where no rule knows the name, units whose name has its letters in their order', () => {
    const stamp = office.actorOf('supervisor')
    inTransaction(office.db, (tx) => {
      for (const name of ['霁川市住房和城乡建设局', '霁川市外事办公室', '霁川市水利局', '石鹭市外事局'])
        createUnit(tx, stamp, { name })
    })
    const proposed = (name: string) => new NameFinder(office.db).find(name).proposals.map(({ name: unit }) => unit)
    expect(proposed('市教委')).toEqual(['霁川市教育局', '石鹭市教育局'])
    expect(proposed('市住房城乡建委')).toEqual(['霁川市住房和城乡建设局'])
    expect(proposed('市住建水利委')).toEqual([])
    expect(proposed('市住房建设局')).toEqual(['霁川市住房和城乡建设局'])
    expect(proposed('生态')).toEqual([])
    expect(proposed('有关县市区政府')).toEqual(['各县（市、区）政府'])
    expect(resolve('市教委')).toBeNull() // a person says so
  })

  it('shows a unit by its registered name, once in a role, however documents write it', async () => {
    const id = office.addTarget({}, [
      { role: 'lead', name: '市发改委' },
      { role: 'responsible', name: '市教育局' },
    ])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
    const row = (await office.get('supervisor', `/api/targets?ids=${id}`)).json().items[0]
    expect(row.lead).toEqual([{ unitId: ids['霁川市发展和改革委员会'], name: '霁川市发展和改革委员会' }])
    expect(row.responsible).toEqual([{ unitId: ids['霁川市教育局'], name: '霁川市教育局' }])
    expect((await office.get('supervisor', `/api/targets/${id}`)).json().lead).toEqual(row.lead)
  })

  it('asks where two units fit', () => {
    inTransaction(office.db, (tx) => createUnit(tx, office.actorOf('supervisor'), { name: '霁川市教育局（新）' }))
    expect(resolve('市教育局')).toBeNull()
  })

  it('follows a person where they know better, and forgets who has been dissolved', () => {
    const stamp = office.actorOf('supervisor')
    const alias = office.db
      .select()
      .from(unitAliases)
      .all()
      .find(({ name }) => name === '霁川市林业局')!
    inTransaction(office.db, (tx) => updateUnit(tx, stamp, alias.unitId, 1, { archived: true }))
    expect(resolve('市林业局')).toBeNull()
  })

  it('does not bring back by itself what a person has taken away', async () => {
    const open = office.addTarget({}, [{ role: 'lead', name: '市卫计委' }])
    const assigned = office.addTarget({}, [{ role: 'lead', name: '市 卫计委' }])
    await office.done('supervisor', open, 'accept')
    await office.done('supervisor', assigned, 'accept')
    await office.done('supervisor', assigned, 'assign')
    const unitOf = (id: number) =>
      office.db.select().from(targetUnits).where(eq(targetUnits.targetId, id)).get()!.unitId
    const health = ids['霁川市卫生健康委员会']!
    expect([unitOf(open), unitOf(assigned)]).toEqual([health, health])

    const alias = office.db
      .select()
      .from(unitAliases)
      .all()
      .find(({ name }) => name === '市卫计委')!
    const removed = await office.injectAs('admin', {
      method: 'DELETE',
      url: `/api/units/${health}/aliases/${alias.id}`,
    })
    expect(removed.json()).toMatchObject({ asked: 1, unit: { id: health } })
    expect([unitOf(open), unitOf(assigned)]).toEqual([null, health]) // what has been assigned stays with whom it is
    expect(resolve('市卫计委')).toBeNull()
    expect(resolve('市（卫计委）')).toBeNull()
    expect(new NameFinder(office.db).find('市卫计委').proposals).toEqual([])
    inTransaction(office.db, (tx) => rememberNames(tx, office.actorOf('supervisor'), ['市卫计委']))
    expect(sourceOf('市卫计委')).toBeUndefined()
    expect(resolve('市卫生健康委')).toBe(health) // other names of it are not touched

    // a person may think better of it; and may then take it away again
    const said = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/review/names',
      payload: { name: '市卫计委', unitId: health },
    })
    expect(said.json()).toEqual({ unitId: health, targets: 1 })
    expect(sourceOf('市卫计委')).toBe('person')
    expect(office.db.select().from(unitAliasRefusals).all()).toEqual([])
    expect(unitOf(open)).toBe(health)
  })

  it('is not certain of another unit either, once a person has refused the one', () => {
    const stamp = office.actorOf('supervisor')
    const education = ids['霁川市教育局']!
    expect(resolve('市教育局')).toBe(education)
    const alias = office.db
      .select()
      .from(unitAliases)
      .all()
      .find(({ name }) => name === '市教育局')!
    inTransaction(office.db, (tx) => {
      removeAlias(tx, stamp, education, alias.id)
      createUnit(tx, stamp, { name: '霁川市教育局（新）' })
    })
    expect(resolve('市教育局')).toBeNull()
    expect(new NameFinder(office.db).find('市教育局').proposals.map(({ name }) => name)).not.toContain('霁川市教育局')
  })

  it('proposes units for the names a page asks about, whether a target has them or not', async () => {
    const asked = await office.get(
      'supervisor',
      `/api/review/names?name=${encodeURIComponent('教育局')}&name=${encodeURIComponent('市扶贫办')}`,
    )
    expect(
      asked
        .json()
        .items.map((one: { name: string; targets: number; proposals: { name: string; relation: string }[] }) => [
          one.name,
          one.targets,
          one.proposals.map(({ name, relation }) => [name, relation]),
        ]),
    ).toEqual([
      [
        '教育局',
        0,
        [
          ['霁川市教育局', 'likely'],
          ['石鹭市教育局', 'likely'],
        ],
      ],
      ['市扶贫办', 0, [['霁川市农业农村局', 'became']]],
    ])
  })

  it('resolves the names of an import at once', () => {
    inTransaction(office.db, (tx) =>
      rememberNames(tx, office.actorOf('supervisor'), ['市发改委', '市 发改委', '省教育厅', '市教育局']),
    )
    expect(
      office.db
        .select()
        .from(unitAliases)
        .all()
        .filter((a) => a.source === 'rule')
        .map((a) => a.name),
    ).toEqual(['市发改委', '市教育局'])
  })

  it('resolves on 立项, and lists with proposals what a person must say', async () => {
    const id = office.addTarget({}, [
      { role: 'lead', name: '市发改委' },
      { role: 'support', name: '教育局' },
    ])
    const names = () => office.get('supervisor', '/api/review/names').then((response) => response.json().items)
    expect(await names()).toEqual([
      {
        name: '教育局',
        targets: 1,
        proposals: [
          { unitId: ids['霁川市教育局'], name: '霁川市教育局', relation: 'likely' },
          { unitId: ids['石鹭市教育局'], name: '石鹭市教育局', relation: 'likely' },
        ],
      },
    ])
    await office.done('supervisor', id, 'accept')
    const { lead, support } = (await office.get('supervisor', `/api/targets/${id}`)).json()
    expect([lead, support]).toEqual([
      [{ unitId: ids['霁川市发展和改革委员会'], name: '霁川市发展和改革委员会' }],
      [{ unitId: null, name: '教育局' }],
    ])
    expect(sourceOf('市发改委')).toBe('rule')
  })
})

describe('names that say no place', () => {
  const question = async (place?: string) =>
    (await office.get('supervisor', `/api/review/home${place ? `?place=${encodeURIComponent(place)}` : ''}`)).json()
      .question
  const settle = (payload: object, person: 'supervisor' | 'reporter' = 'supervisor') =>
    office.injectAs(person, { method: 'POST', url: '/api/review/home', payload })

  it('are asked about once: one confirmation settles all of them in open documents', async () => {
    // two governments: nothing tells whose office it is
    inTransaction(office.db, (tx) => createUnit(tx, office.actorOf('supervisor'), { name: '临汀市人民政府' }))
    const named = (name: string) => office.addTarget({}, [{ role: 'lead', name }])
    const open = ['市教育局', '市林业局', '市科学技术局', '市科技局', '县教育局', '市教委'].map(named)
    const elsewhere = await question('临汀市')
    expect(elsewhere.names.map((one: { unit: unknown }) => one.unit)).toEqual([null, null, null, null, null])
    // 市教委 may be 霁川市教育局: to make a unit of it is not offered
    expect((await question('霁川市')).names).toMatchObject([
      { name: '市教育局', full: '霁川市教育局', unit: { name: '霁川市教育局' } },
      { name: '市林业局', unit: { name: '霁川市林业局' } },
      { name: '市科学技术局', full: '霁川市科学技术局', unit: null },
      { name: '市科技局', unit: null },
    ])
    expect((await settle({ place: '霁川市', create: [] }, 'reporter')).statusCode).toBe(403)
    expect((await settle({ place: '霁川', create: [] })).json().errors[0].message).toContain('带级别的地名')
    const answer = (await settle({ place: '霁川市', create: ['市科学技术局', '市科技局'] })).json()
    expect([answer.items.length, answer.targets]).toEqual([4, 4])
    const unitOf = (id: number) =>
      office.db.select().from(targetUnits).where(eq(targetUnits.targetId, id)).get()!.unitId
    const [education, , science, scienceToo, county] = open.map(unitOf)
    expect(education).toBe(ids['霁川市教育局'])
    expect([science !== null, scienceToo]).toEqual([true, science]) // two ways of writing one unit
    expect(county).toBeNull()
    expect((await question())?.names ?? []).toEqual([])
    // from now on nobody is asked
    expect(resolve('市 林业局')).toBe(ids['霁川市林业局'])
    expect((await office.get('admin', '/api/settings')).json().office.value.place).toBe('霁川市')
  })
})
