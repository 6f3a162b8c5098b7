import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, intakeRecords, unitAliases, unitMembers, units, users } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { listUnits, resolveUnit } from '../../../server/core/units.ts'
import { STARTING_LEVELS } from '../../../db/domain/intake-terms.ts'
import { writeSetting } from '../../../server/settings/store.ts'
import { startingSet } from '../../../server/intake/starting-set.ts'
import { unitKey } from '../../../db/domain/unit-key.ts'
import { buildTestApp, FROM_PAGE, type TestApp } from '../helper.ts'
import { fact, lists, sheet } from './lists.ts'

const HEADER = ['单位名称', '简称', '别名', '上级单位', '级别', '机构序列', '分组', '承继单位']

describe('units from a list', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
  })
  afterEach(() => test.close())

  const whole = () => ({
    units: test.db
      .select()
      .from(units)
      .all()
      .map(({ version: _version, ...unit }) => unit),
    aliases: test.db.select().from(unitAliases).all(),
    members: test.db.select().from(unitMembers).all(),
  })

  it('are shown first, stored at 确认, and taken back as one', async () => {
    const before = whole()
    const call = lists(test, 'units', 'supervisor')
    const list = await call.choose(
      '单位.xlsx',
      await sheet([
        ['霁川市机构名单'],
        HEADER,
        ['霁川市教育局', '市教育局', '市教委、市教育委员会', '霁川市人民政府', '市级', 3, '政府组成部门', null],
        ['霁川市人民政府', '市政府', null, null, '市级', 1, null, null],
        ['霁川市卫计委', null, null, '霁川市人民政府', '市', 20, null, '霁川市卫健委'],
        ['霁川市卫健委', null, null, '霁川市人民政府', '市', 4, null, null],
        ['甲局', null, '甲委员会', null, null, 2, null, null],
      ]),
    )
    expect(list.counts).toEqual({ new: 4, change: 1, same: 0, doubtful: 0, wrong: 0 })
    expect(whole()).toEqual(before)
    expect(fact((await call.rows(list))[4], '更新')).toBe('别名 甲委员会、机构序列')

    const { intake } = await call.confirm(list)
    expect(intake).toMatchObject({ status: 'confirmed', outcome: { made: 4, changed: 1 } })
    const all = listUnits(test.db)
    expect(all.map(({ name }) => name)).toEqual([
      '霁川市人民政府',
      '甲局',
      '霁川市教育局',
      '霁川市卫健委',
      '霁川市卫计委',
      '乙局',
      '政府组成部门',
    ])
    const of = (name: string) => all.find((unit) => unit.name === name)!
    expect(of('霁川市教育局')).toMatchObject({
      level: 'city',
      parentId: of('霁川市人民政府').id,
    })
    expect(of('政府组成部门')).toMatchObject({ kind: 'group', memberIds: [of('霁川市教育局').id] })
    expect(resolveUnit(test.db, '市教委')).toBe(of('霁川市教育局').id)
    expect(of('霁川市卫计委').successorId).toBe(of('霁川市卫健委').id)
    expect(of('霁川市卫计委').archivedAt).not.toBeNull()
    expect(test.db.select().from(auditLog).all().at(-1)).toMatchObject({
      action: 'intake.confirm',
      userName: 'supervisor',
    })

    expect(await call.undo(list)).toMatchObject({ status: 'undone' })
    expect(whole()).toEqual(before)
    expect(test.db.select().from(intakeRecords).all()).toEqual([])
    expect((await call.call('POST', `/${list.id}/undo`)).status).toBe(409)
  })

  it.each<[fault: string, row: (string | number | null)[]]>([
    ['第4行没有单位名称', [null, '市某局', null, null, null, null, null, null]],
    ['与第3行重名', ['丙 局', null, null, null, null, null, null, null]],
    ['“乙局”已是“乙局”的名称', ['丁局', null, '乙局', null, null, null, null, null]],
    ['上级单位“戊局”不在表中，也还没有建立', ['丁局', null, null, '戊局', null, null, null, null]],
    ['上级单位不能是它自己', ['丁局', null, null, '丁局', null, null, null, null]],
    ['级别“很高”应为国家级、省级、市级、县级、乡镇级之一', ['丁局', null, null, null, '很高', null, null, null]],
    ['机构序列“前面”应为 1 至 100000 的整数', ['丁局', null, null, null, null, '前面', null, null]],
  ])('with a fault say it in the row: %s', async (fault, row) => {
    const call = lists(test, 'units', 'admin')
    const list = await call.choose(
      '单位.xlsx',
      await sheet([['名单'], HEADER, ['丙局', ...HEADER.slice(1).map(() => null)], row]),
    )
    expect((await call.rows(list))[1]).toMatchObject({ verdict: 'wrong', faults: [fault] })
    expect((await call.call('POST', `/${list.id}/confirm`, { version: list.version })).body.code).toBe('has-faults')
    expect(listUnits(test.db)).toHaveLength(2)
    await call.confirm(list, { withoutWrong: true })
    expect(listUnits(test.db)).toHaveLength(3)
  })

  it('may be pasted, one a line; rows can be left out; used ones are not taken back', async () => {
    const call = lists(test, 'units', 'admin')
    const list = await call.paste('霁川市民政局\n霁川市财政局\n霁川市审计局\n')
    await call.confirm(list, { leaveOut: [2] })
    const [, , made] = listUnits(test.db).sort((a, b) => a.id - b.id)
    expect(listUnits(test.db).map(({ name }) => name)).toEqual(['霁川市民政局', '霁川市审计局', '甲局', '乙局'])
    const person = { username: 'p', displayName: 'p', role: 'reporter', unitId: made!.id }
    await test.injectAs('admin', { method: 'POST', url: '/api/users', payload: { ...person, username: 'minzheng' } })
    const undone = await call.call('POST', `/${list.id}/undo`)
    expect([undone.status, undone.body.detail]).toEqual([409, expect.stringContaining('不能再整批撤销')])
    expect(listUnits(test.db)).toHaveLength(4)
  })

  it.each<[what: string, parentRow: (string | null)[], said: object]>([
    ['left out', ['霁川市人民政府', null], { leaveOut: [2] }],
    ['wrong', ['霁川市人民政府', '很高'], { withoutWrong: true }],
  ])('store nothing where the parent or the successor of one is %s', async (_what, parentRow, said) => {
    const call = lists(test, 'units', 'admin')
    const list = await call.choose(
      '单位.xlsx',
      await sheet([
        ['单位名称', '级别', '上级单位', '承继单位'],
        [...parentRow, null, null],
        ['霁川市教育局', null, '霁川市人民政府', null],
        ['甲局', null, null, '霁川市人民政府'],
      ]),
    )
    const before = whole()
    const refused = await call.call('POST', `/${list.id}/confirm`, { version: list.version, ...said })
    expect([refused.status, refused.body.code]).toEqual([409, 'missing-unit'])
    expect(refused.body.detail).toContain('“霁川市教育局”的上级单位“霁川市人民政府”、“甲局”的承继单位“霁川市人民政府”')
    expect(whole()).toEqual(before)
  })

  it.each(['甲局', '霁川市人民政府', '霁川市教育局'])(
    'are not taken back over what was changed by hand since: %s',
    async (name) => {
      const call = lists(test, 'units', 'admin')
      const list = await call.choose(
        '单位.xlsx',
        await sheet([
          ['单位名称', '级别', '上级单位'],
          ['霁川市人民政府', '市级', null],
          ['霁川市教育局', null, '霁川市人民政府'],
          ['甲局', null, '霁川市人民政府'],
        ]),
      )
      await call.confirm(list)
      const unit = listUnits(test.db).find((one) => one.name === name)!
      const edited = await test.injectAs('supervisor', {
        method: 'PATCH',
        url: `/api/units/${unit.id}`,
        payload: { version: unit.version, level: 'province' },
      })
      expect(edited.statusCode).toBe(200)
      const before = whole()
      const undone = await call.call('POST', `/${list.id}/undo`)
      expect([undone.status, undone.body.detail]).toEqual([409, expect.stringContaining(`“${name}”在导入后又改过`)])
      expect(whole()).toEqual(before)
    },
  )

  it('leave what 撤销 changed of each in the trail', async () => {
    const call = lists(test, 'units', 'admin')
    const list = await call.choose(
      '单位.xlsx',
      await sheet([
        ['单位名称', '级别'],
        ['甲局', '市级'],
      ]),
    )
    await call.confirm(list)
    await call.undo(list)
    const changes = test.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'unit.change')
    expect(changes.map(({ after }) => (after as { level: string | null }).level)).toEqual(['city', null])
  })

  it('are asked again where somebody was quicker', async () => {
    const call = lists(test, 'units', 'admin')
    const list = await call.paste('霁川市民政局')
    await test.injectAs('supervisor', { method: 'POST', url: '/api/units', payload: { name: '霁川市民政局' } })
    expect((await call.call('POST', `/${list.id}/confirm`, { version: list.version })).body.code).toBe(
      'version-conflict',
    )
    expect((await call.rows(list))[0]!.verdict).toBe('same')
  })

  it('are asked again where what a row would change is no longer what was shown', async () => {
    const call = lists(test, 'units', 'admin')
    const list = await call.choose(
      '单位.xlsx',
      await sheet([
        ['单位名称', '级别', '分组'],
        ['甲局', '市级', '组成部门'],
      ]),
    )
    expect(fact((await call.rows(list))[0], '更新')).toBe('级别、分组')
    await test.injectAs('supervisor', {
      method: 'PATCH',
      url: `/api/units/${test.unitIds.own}`,
      payload: { version: 1, level: 'county' },
    })
    await test.injectAs('supervisor', {
      method: 'POST',
      url: '/api/units',
      payload: { name: '组成部门', kind: 'group', memberIds: [test.unitIds.own] },
    })
    const refused = await call.call('POST', `/${list.id}/confirm`, { version: list.version })
    expect(refused.body.code).toBe('version-conflict')
    const [row] = await call.rows(list)
    expect([row!.verdict, fact(row, '更新')]).toEqual(['change', '级别'])
  })

  it('join the group that is there, however the list writes its name', async () => {
    const call = lists(test, 'units', 'admin')
    const rows = [
      ['单位名称', '分组'],
      ['各县（市、区）人民政府', null],
      ['望川县人民政府', '各县（市、区）政府'],
      ['栖云县人民政府', '各县（市、区）人民政府'],
    ]
    await call.confirm(await call.choose('单位.xlsx', await sheet(rows)))
    await call.confirm(await call.choose('又.xlsx', await sheet([rows[0]!, ['松涧县人民政府', '各县市区政府']])))
    const groups = listUnits(test.db).filter(({ kind }) => kind === 'group')
    expect(groups.map(({ name, memberIds }) => [name, memberIds.length])).toEqual([['各县（市、区）人民政府', 3]])
  })

  it.each(STARTING_LEVELS)('of the usual set for a %s fit together', async (level) => {
    const place = { province: '云岭省', city: '霁川市', county: '望川县' }[level]
    const call = lists(test, 'units', 'admin')
    inTransaction(test.db, (tx) => writeSetting(tx, test.actorOf('admin'), 'office', { name: '督查室', place }, 0))
    expect((await call.call('GET', '')).body.home).toEqual({ place, level })
    const response = await call.call('POST', '/starting-set', { level, place })
    expect(response.body.counts).toMatchObject({ wrong: 0, same: 0, change: 0 })
    await call.confirm(response.body)
    const letter = place.slice(-1)
    for (const [written, name] of [
      [`${letter}卫计委`, '卫生健康'],
      [`${letter}安监局`, '应急管理'],
      [`${letter}发改${level === 'county' ? '局' : '委'}`, '发展和改革'],
    ] as const) {
      const unit = listUnits(test.db).find(({ id }) => id === resolveUnit(test.db, written))!
      const heir = listUnits(test.db).find(({ id }) => id === unit.successorId) ?? unit
      expect(heir.name, written).toContain(`${place}${name}`)
      expect(heir.archivedAt).toBeNull()
    }
    // 厅 is a province's: nobody below is called one
    const set = startingSet(place, level, true)
    expect(set.includes('厅')).toBe(level === 'province')
    expect(startingSet('津川市', 'province', true)).not.toContain('厅')
    const keys = set
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split('\t').slice(0, 3))
      .flatMap((cell) => cell.split('、'))
      .filter(Boolean)
      .map(unitKey)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('people from a list', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
  })
  afterEach(() => test.close())

  it('get a first password each, which works once they have changed it', async () => {
    const call = lists(test, 'people', 'admin')
    const list = await call.choose(
      '人员.xlsx',
      await sheet([
        ['姓名', '角色', '所属单位', '手机'],
        ['林 知远', '部门', '甲局', 13800000001],
        ['秦川', '督查室', null, '0816-2345678'],
        ['秦川', '联络员', '乙局', null],
      ]),
    )
    expect((await call.rows(list)).map((row) => [row.title, fact(row, '用户名'), fact(row, '角色')])).toEqual([
      ['林知远', '13800000001', '部门'],
      ['秦川', '秦川', '督查室'],
      ['秦川', '秦川2', '部门'],
    ])
    const { secrets } = await call.confirm(list)
    expect(secrets.map(({ unit }) => unit)).toEqual(['甲局', '政府督查室', '乙局'])
    const [first] = secrets
    const entered = await test.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: first!.username, password: first!.secret },
    })
    expect(entered.json()).toMatchObject({ displayName: '林知远', mustChangePassword: true, unit: { name: '甲局' } })
    expect(JSON.stringify(test.db.select().from(auditLog).all())).not.toContain(first!.secret)
    await call.undo(list)
    expect(test.db.select().from(users).all()).toHaveLength(6)
  })

  it('may get a link that works once', async () => {
    const call = lists(test, 'people', 'admin')
    const list = await call.paste('林知远 甲局 13800000001')
    const { secrets } = await call.confirm(list, { entry: 'link' })
    const url = `/api/welcome/${secrets[0]!.secret}`
    expect((await test.inject({ url })).json()).toEqual({ displayName: '林知远', username: '13800000001' })
    expect((await test.inject({ url: '/api/welcome/anything' })).statusCode).toBe(404)
    const weak = await test.inject({ method: 'POST', url, payload: { password: '1234567890' } })
    expect(weak.json().code).toBe('weak-password')
    const entered = await test.inject({ method: 'POST', url, payload: { password: '山高水长且听风吟一夜雨' } })
    expect([entered.statusCode, entered.json().mustChangePassword]).toEqual([200, false])
    expect(
      (await test.inject({ method: 'POST', url, payload: { password: '山高水长且听风吟一夜雨' } })).statusCode,
    ).toBe(404)
    const undone = await call.call('POST', `/${list.id}/undo`)
    expect(undone.body.detail).toContain('林知远（13800000001）已经登录使用')
  })

  it('may be pasted with blanks, whoever has no unit or no telephone', async () => {
    const call = lists(test, 'people', 'admin')
    const lines = ['秦川 督查室 13800000001', '沈岳 领导', '林知远 部门 甲局 13800000002', '苏晓 部门 甲局']
    const list = await call.paste(lines.join('\n'))
    expect(list.layout.columns).toEqual(['displayName', 'role', 'unit', 'telephone'])
    const told = (await call.rows(list)).map((row) => [row.verdict, fact(row, '单位'), fact(row, '电话')])
    expect(told).toEqual([
      ['new', undefined, '13800000001'],
      ['new', undefined, undefined],
      ['new', '甲局', '13800000002'],
      ['new', '甲局', undefined],
    ])
    expect((await call.paste('林知远 甲局 13800000003\n秦川 督查室')).counts).toMatchObject({ new: 2 })
  })

  it('whose link has run out, or who were given another way in, do not enter by it', async () => {
    const call = lists(test, 'people', 'admin')
    const { secrets } = await call.confirm(await call.paste('林知远 甲局'), { entry: 'link' })
    const url = `/api/welcome/${secrets[0]!.secret}`
    const { id } = test.db.select().from(users).all().at(-1)!
    await test.injectAs('admin', { method: 'POST', url: `/api/users/${id}/reset` })
    expect((await test.inject({ url })).statusCode).toBe(404)
    const again = await call.confirm(await call.paste('苏晓 甲局'), { entry: 'link' })
    test.clock.advance(7 * 24 * 3600 + 1)
    expect((await test.inject({ url: `/api/welcome/${again.secrets[0]!.secret}` })).statusCode).toBe(404)
  })

  it.each([
    ['部门填报人须写明所属单位', ['苏晓', '部门', null, null]],
    ['没有名为“丁局”的单位；请先导入单位，或改用登记的名称', ['苏晓', '部门', '丁局', null]],
    ['角色“厨师”应为督查室、部门、领导、管理员之一', ['苏晓', '厨师', '甲局', null]],
    ['电话“打内线”只能有数字、空格、横线、括号和“转”', ['苏晓', '部门', '甲局', '打内线']],
  ])('say what is wrong: %s', async (fault, row) => {
    const call = lists(test, 'people', 'admin')
    const list = await call.choose('人员.xlsx', await sheet([['姓名', '角色', '所属单位', '电话'], row]))
    expect((await call.rows(list))[0]!.faults).toEqual([fault])
  })

  it('and the templates given out are read as they are', async () => {
    for (const kind of ['units', 'people', 'ledger'] as const) {
      const person = kind === 'ledger' ? 'supervisor' : 'admin'
      const file = await test.injectAs(person, { url: `/api/intakes/${kind}/template`, headers: FROM_PAGE })
      const list = await lists(test, kind, person).choose('模板.xlsx', file.rawPayload)
      expect(list.layout.columns).not.toContain('')
      expect(Object.values(list.counts as Record<string, number>).reduce((sum, n) => sum + n, 0)).toBe(1)
      if (kind === 'ledger') expect(list.counts).toMatchObject({ new: 1 })
    }
  })
})
