import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import * as xlsx from '@e965/xlsx'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows } from '../../../db/migrate.ts'
import {
  documents,
  files,
  importJobs,
  lightSpans,
  notifications,
  reports,
  rereads,
  targets,
  targetUnits,
  units,
} from '../../../db/schema/index.ts'
import { staleVersions, versionsOf } from '../../../db/target-versions.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { rewriteSpans } from '../../../server/core/light-spans.ts'
import { addAlias, createUnit } from '../../../server/core/units.ts'
import { runIntakeTask } from '../../../server/intake/tasks.ts'
import { filesDir } from '../../../server/paths.ts'
import { buildTestApp, type TestApp } from '../helper.ts'
import { fact, lists, type Rows, sheet } from './lists.ts'

const DAY = new Date(Date.UTC(2026, 11, 31))

interface Layout {
  name: string
  bytes: () => Promise<Buffer>
  /** Of each item: its words, target, limit, units, how far it came. */
  items: [
    title: string,
    target: string | undefined,
    deadline: string | undefined,
    units: string,
    progress: string | undefined,
  ][]
}

const textOf = (rows: Rows) => rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\r\n')

/** Six ways in which offices lay out their ledgers. */
const LAYOUTS: Layout[] = [
  {
    name: '一行表头、标题在上、真日期.xlsx',
    bytes: () =>
      sheet(
        [
          ['霁川市2026年重点工作台账'],
          ['序号', '工作任务', '目标值', '计量单位', '牵头单位', '配合单位', '完成时限', '完成值', '数据截止日期'],
          [1, '新建充电桩', 5000, '个', '甲局', '乙局', DAY, 3200, '2026-05-31'],
          [2, '空气质量优良天数比率', 0.905, null, '乙局', null, DAY, 0.89, '2026-05-31'],
          ['合计'],
        ],
        { merges: ['A1:I1'], formats: { G3: 'yyyy"年"m"月"d"日"', G4: 'yyyy-mm-dd', C4: '0.0%', H4: '0.0%' } },
      ),
    items: [
      ['新建充电桩', '不低于5000个', '2026-12-31', '甲局/乙局', '3200个（截至2026-05-31）'],
      ['空气质量优良天数比率', '不低于90.5%', '2026-12-31', '乙局/', '89%（截至2026-05-31）'],
    ],
  },
  {
    name: '两行表头、合并单元格.xlsx',
    bytes: () =>
      sheet(
        [
          ['序号', '类别', '指标名称', '目标', null, '责任单位', null, '时间要求'],
          [null, null, null, '目标值', '计量单位', '牵头单位', '配合单位', null],
          [1, '创新', '研发经费投入强度', '≥2.5', '%', '甲局', '乙局', '2026年底'],
          [2, null, '高新技术企业数', '150以上', '家', null, null, '2026年11月底前'],
          [3, '绿色', '单位GDP能耗降幅', '14.5', '%', '乙局', null, '2026年'],
        ],
        { merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1', 'F1:G1', 'H1:H2', 'B3:B4', 'F3:F4', 'G3:G4'] },
      ),
    items: [
      ['研发经费投入强度', '不低于2.5%', '2026-12-31', '甲局/乙局', undefined],
      ['高新技术企业数', '不低于150家', '2026-11-30', '甲局/乙局', undefined],
      ['单位GDP能耗降幅', '不高于14.5%', '2026-12-31', '乙局/', undefined],
    ],
  },
  {
    name: '事项清单，进展用文字，分段标题.xlsx',
    bytes: () =>
      sheet(
        [
          ['民生实事推进情况表（2026年）'],
          ['数据截至6月15日'],
          ['项目名称', '主要内容', '责任单位', '完成时间', '进展情况', '是否完成'],
          ['一、教育'],
          ['1.新建公办幼儿园', '建成并投入使用', '甲局、乙局', '8月底前', '主体已封顶', '否'],
          ['二、养老'],
          ['2.社区食堂', '每街道一处', '乙局', '长期', '全部开放', '已完成'],
        ],
        { merges: ['A1:F1', 'A2:F2', 'A4:F4', 'A6:F6'] },
      ),
    items: [
      ['新建公办幼儿园', undefined, '2026-08-31', '甲局、乙局', '未完成（截至2026-06-15）'],
      ['社区食堂', undefined, undefined, '乙局', '已完成（截至2026-06-15）'],
    ],
  },
  {
    name: '老格式.xls',
    bytes: async () => {
      const book = xlsx.utils.book_new()
      const rows = [
        ['会议议定事项台账'],
        ['编号', '议定事项', '承办单位', '办结时限', '来源', '办理情况'],
        ['1', '研究停车收费办法', '甲局', '2026.7.15', '政府常务会议2026年第5次', '正在办理'],
      ]
      xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), '台账')
      return Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'xls' }) as Uint8Array)
    },
    items: [['研究停车收费办法', undefined, '2026-07-15', '甲局', '未完成（截至2026-06-30）']],
  },
  {
    name: '国标码2026.csv',
    bytes: async () =>
      iconv.encode(
        textOf([
          ['重点项目', '年度目标任务', '单位', '牵头部门', '完成期限', '目前完成', '进展'],
          ['轨道交通一号线', '完成投资35亿元', null, '甲局', '12月底', null, '完成投资12亿元'],
          ['水库除险加固', '8', '座', '乙局', '2026/10', '3', null],
        ]),
        'gb18030',
      ),
    items: [
      ['轨道交通一号线：完成投资35亿元', '不低于35亿元', '2026-12-31', '甲局/', '12亿元（截至2026-06-30）'],
      ['水库除险加固', '不低于8座', '2026-10-31', '乙局/', '3座（截至2026-06-30）'],
    ],
  },
  {
    name: '第二张工作表才是台账.xlsx',
    bytes: async () => {
      const book = xlsx.utils.book_new()
      xlsx.utils.book_append_sheet(
        book,
        xlsx.utils.aoa_to_sheet([['填表说明'], ['请逐项填写，不要改动格式。']]),
        '说明',
      )
      const rows = [
        [null, '督查事项', '指标值', '计量单位', '主办单位', '协办单位', '截止时间', '分管领导', '报送周期'],
        [null, '城市污水处理率', '95—97', '%', '甲局', '乙局/各县市区政府', 2026, 'leader', '每季度'],
        [null, '督查事项', '指标值', '计量单位', '主办单位', '协办单位', '截止时间', '分管领导', '报送周期'],
        [null, '重复来信办理时限', '不超过15', '个工作日', '乙局', null, '持续推进', null, '按月'],
      ]
      xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), '2026年度')
      return Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array)
    },
    items: [
      ['城市污水处理率', '95—97%', '2026-12-31', '甲局/乙局、各县市区政府', undefined],
      ['重复来信办理时限', '不高于15个工作日', undefined, '乙局/', undefined],
    ],
  },
]

describe('ledgers of six layouts', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp()
  })
  afterAll(() => test.close())

  it.each(LAYOUTS)('$name is read', async ({ name, bytes, items }) => {
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose(name, await bytes())
    const rows = await call.rows(list)
    expect(rows.flatMap(({ faults }) => faults)).toEqual([])
    const unitsOf = (row: (typeof rows)[number]) =>
      fact(row, '责任') ?? `${fact(row, '牵头') ?? ''}/${fact(row, '配合') ?? ''}`
    expect(
      rows.map((row) => [row.title, fact(row, '目标'), fact(row, '完成时限'), unitsOf(row), fact(row, '进度')]),
    ).toEqual(items)
  })
})

/** A row of a ledger, and what is read in it: target, units, progress, note of the first report. */
const CELLS: [header: string[], row: (string | number | null)[], read: (string | undefined)[], hints: RegExp][] = [
  [
    ['议定事项', '主办单位', '时限', '办理情况', '是否办结'],
    ['研究解决停车难问题，新增停车位3000个', '甲局', '2026年底', '已新增1800个', '否'],
    ['不低于3000个', '甲局', '1800个（截至2026-06-30）'],
    /目标值3000个是从“.*”中读出的，请核对/,
  ],
  [
    ['项目名称', '建设内容', '责任单位（联系人）', '年度期限', '目前进度（%）'],
    ['新建公办幼儿园', '新建公办幼儿园8所，新增学位2160个', '甲局（李明 13800000000）、乙局（苏晓）', '2026.12', 45],
    [undefined, '甲局、乙局', '未完成（截至2026-06-30）'],
    /里有 2 个数，没有记为目标值/,
  ],
]

describe('a row of a ledger', () => {
  it.each(CELLS)('%j %j', async (header, row, expected, hints) => {
    const test = await buildTestApp()
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('2026年台账.xlsx', await sheet([header, row]))
    const [read] = await call.rows(list)
    expect(read!.faults).toEqual([])
    expect(read!.hints.join()).toMatch(hints)
    expect([fact(read, '目标'), fact(read, '牵头') ?? fact(read, '责任'), fact(read, '进度')]).toEqual(expected)
    await call.confirm(list)
    expect(test.db.select({ note: reports.note }).from(reports).get()!.note).toMatch(/^(?:已新增1800个|进度45%)$/)
    await test.close()
  })
})

describe('a ledger', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
    inTransaction(test.db, (tx) => {
      for (const name of ['霁川市教育局', '霁川市民政局']) createUnit(tx, test.actorOf('admin'), { name })
    })
  })
  afterEach(() => test.close())

  const HEADER = ['事项', '目标值', '计量单位', '牵头单位', '完成时限', '完成值', '数据截止日期', '进展情况']
  const ROWS: Rows = [
    HEADER,
    ['新建幼儿园', 20, '所', '霁川市教育局', '2026-12-31', 8, '2026-05-31', '已开工18所'],
    ['社区食堂', 30, '个', '霁川市民政局', '2026-03-31', 30, '2026-05-31', null],
    ['残疾人康复服务', null, null, '霁川市残联', '2026-12-31', null, null, null],
  ]
  const everything = () => {
    const counts = countRows(test.db.$client)
    const ofList = ['intakes', 'intake_rows', 'intake_headers']
    for (const table of [...ofList, 'audit_log', 'standing_changes', 'sessions']) counts.delete(table)
    return Object.fromEntries(counts)
  }

  it('becomes targets with units, limits and first reports, and is taken back as one', async () => {
    mkdirSync(filesDir(test.dataDir), { recursive: true })
    const before = everything()
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('2026年台账.xlsx', await sheet(ROWS))
    expect(everything()).toEqual(before)
    const { intake } = await call.confirm(list)
    expect(intake.outcome).toEqual({ made: 3, assigned: 2, reports: 2 })
    expect(countRows(test.db.$client).get('intake_rows'), 'what was shown is forgotten with 确认').toBe(0)
    const [nursery, canteen, care] = test.db.select().from(targets).all()
    expect(nursery).toMatchObject({
      state: 'in_progress',
      kind: 'quantity',
      value: 20,
      unit: '所',
      startOn: '2026-01-01',
    })
    expect(nursery!.evidence).toContain('新建幼儿园')
    expect(care).toMatchObject({ state: 'confirmed', kind: 'milestone', supervisorId: null })
    expect(staleVersions(test.db)).toEqual([])
    expect(versionsOf(test.db, nursery!.id).map(({ step }) => step)).toEqual(['intake'])
    const lit = () => test.db.select().from(lightSpans).all()
    const spans = lit()
    expect(new Set(spans.map(({ targetId }) => targetId))).toEqual(new Set([nursery!.id, canteen!.id]))
    rewriteSpans(test.db, [nursery!.id, canteen!.id, care!.id], '2026-06-30')
    expect(lit(), 'gathered beforehand, as the rule writes them').toEqual(spans)
    expect(test.db.select().from(reports).where(eq(reports.targetId, nursery!.id)).get()).toMatchObject({
      value: 8,
      asOf: '2026-05-31',
      status: 'approved',
      intakeId: list.id,
      decidedBy: test.userIds.supervisor,
    })
    const detail = (await test.injectAs('leader', { url: `/api/targets/${canteen!.id}` })).json()
    expect([detail.light, detail.reports[0].imported]).toEqual(['done', true])
    const { steps } = (await test.injectAs('supervisor', { url: '/api/first-steps' })).json()
    expect(
      Object.fromEntries(steps.map(({ key, done }: { key: string; done: boolean }) => [key, done])),
      'nobody has reviewed a report yet',
    ).toMatchObject({ items: true, assign: true, reports: false })
    expect(test.db.select().from(files).all()).toHaveLength(1)
    expect(readdirSync(filesDir(test.dataDir))).toHaveLength(1)
    expect((await test.injectAs('supervisor', { url: '/api/targets?limit=10' })).json().total).toBe(3)

    await call.undo(list)
    expect(everything()).toEqual(before)
    expect(readdirSync(filesDir(test.dataDir))).toEqual([])
    expect((await test.injectAs('supervisor', { url: '/api/targets?limit=10' })).json().total).toBe(0)
  })

  it('is refused where a unit changed its name while it was being gathered, and nothing of it is stored', async () => {
    const lines = Array.from({ length: 150 }, (_, i) => `第${i}号工程,${i + 10},公里,甲局,2026年底`)
    const path = join(test.dataDir, '台账.csv')
    writeFileSync(path, ['事项,目标值,计量单位,牵头单位,完成时限', ...lines].join('\r\n'))
    const stamp = test.actorOf('supervisor')
    const means = { showProgress: () => {}, moreTime: () => {}, isWanted: () => true }
    const opened = { do: 'open', kind: 'ledger', fileName: '台账.csv', path, stamp } as const
    const { id } = await runIntakeTask(test.db, opened, means)
    const before = everything()
    const said = { version: 1, leaveOut: [], takeIn: [], withoutWrong: false, assign: true, entry: 'password' } as const
    const cost = { memoryCost: 8, timeCost: 1 }
    const confirm = {
      do: 'confirm',
      kind: 'ledger',
      id,
      said: { ...said, leaveOut: [], takeIn: [] },
      stamp,
      cost,
    } as const
    const { own } = test.unitIds
    let added = 0
    const showProgress = ({ done }: { done: number }) => {
      if (done === 100 && added++ === 0) addAlias(test.db, test.actorOf('admin'), own, '甲局', 'person')
    }
    const failing = runIntakeTask(test.db, { ...confirm, dataDir: test.dataDir }, { ...means, showProgress })
    await expect(failing).rejects.toMatchObject({ status: 409, detail: expect.stringContaining('重新确认') })
    expect(added).toBe(1)
    expect(everything()).toEqual({ ...before, unit_aliases: Number(before.unit_aliases) + 1 })
    expect(readdirSync(filesDir(test.dataDir))).toEqual([])
  })

  it('leaves what is for a group to 交办, which makes a part for each member', async () => {
    const { own } = test.unitIds
    inTransaction(test.db, (tx) =>
      createUnit(tx, test.actorOf('admin'), { name: '各县（区）政府', kind: 'group', memberIds: [own] }),
    )
    const call = lists(test, 'ledger', 'supervisor')
    const rows: Rows = [
      ['事项', '牵头单位', '责任单位', '完成时限'],
      ['改造农村公路', '霁川市教育局', '各县（区）政府', '2026-12-31'],
      ['建设口袋公园', '霁川市教育局', '霁川市民政局', '2026-12-31'],
    ]
    const { intake } = await call.confirm(await call.choose('2026年台账.xlsx', await sheet(rows)))
    expect(intake.outcome).toMatchObject({ made: 2, assigned: 1 })
    const [road] = test.db.select().from(targets).all()
    expect(road).toMatchObject({ indicator: '改造农村公路', state: 'confirmed', assignedAt: null })
  })

  it('is taken back with what reading its file again has left', async () => {
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('2026年台账.xlsx', await sheet(ROWS))
    await call.confirm(list)
    const { id: fileId } = test.db.select().from(files).get()!
    const createdAt = test.clock.now.toISOString()
    test.db
      .insert(importJobs)
      .values({ purpose: 'reread', fileName: '2026年台账.xlsx', size: 1, status: 'done', fileId, createdAt })
      .run()
    test.db
      .insert(rereads)
      .values({ fileId, found: Buffer.from('x'), changes: {}, digest: 'd', createdAt })
      .run()
    await call.undo(list)
    expect([files, documents, targets, rereads].map((table) => test.db.select().from(table).all())).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(test.db.select().from(importJobs).all()).toMatchObject([
      { fileId: null, message: '《2026年台账.xlsx》的这次导入后来被撤销。' },
    ])
    expect(readdirSync(filesDir(test.dataDir))).toEqual([])
  })

  it('is not taken back once an item of it has been worked on', async () => {
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('2026年台账.xlsx', await sheet(ROWS))
    await call.confirm(list, { assign: false })
    const [target] = test.db.select().from(targets).all()
    expect(target!.state).toBe('confirmed')
    const assigned = await test.injectAs('supervisor', {
      method: 'POST',
      url: `/api/targets/${target!.id}/steps/assign`,
      payload: { version: target!.version },
    })
    expect(assigned.statusCode).toBe(200)
    expect((await call.call('POST', `/${list.id}/undo`)).body.detail).toContain('“新建幼儿园”等事项导入后已经办理')
    expect(test.db.select().from(targets).all()).toHaveLength(3)
  })

  it('shows doubles, and takes them in only where it is told so', async () => {
    const call = lists(test, 'ledger', 'supervisor')
    await call.confirm(await call.choose('一.xlsx', await sheet(ROWS)))
    const again = await call.choose(
      '二.xlsx',
      await sheet([
        HEADER,
        ['新建各幼儿园', 20, '所', '霁川市教育局', '2026-12-31', null, null, null],
        ['养老床位', 500, '张', '霁川市民政局', '2026-12-31', null, null, null],
        ['养老床位', 500, '张', '霁川市民政局', '2026-12-31', null, null, null],
        ['新建幼儿园', 20, '所', '霁川市教育局', '2026-12-31', null, null, null],
      ]),
    )
    expect((await call.rows(again)).map(({ verdict, hints }) => [verdict, hints])).toEqual([
      ['new', []],
      ['new', []],
      ['doubtful', ['与第3行的事项、目标和时限都相同']],
      ['doubtful', [expect.stringContaining('“新建幼儿园”')]],
    ])
    expect((await call.confirm(again, { takeIn: [5] })).intake.outcome!.made).toBe(3)
    expect((await call.call('POST', '', undefined)).status).toBe(415)
  })

  it('remembers what its columns were said to mean', async () => {
    const rows: Rows = [
      ['奇怪的表头', '计量单位', '要多少', '谁来办', '完成时限'],
      ['养老床位', '张', 500, '霁川市民政局', '2026-12-31'],
    ]
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('一.xlsx', await sheet(rows))
    expect(list.layout.columns).not.toContain('value')
    const columns = ['indicator', 'unit', 'value', 'lead', 'deadline']
    const mended = await call.layOut(list, { headerRow: 1, headerRows: 1, columns })
    expect(mended.counts).toMatchObject({ new: 1, wrong: 0 })
    await call.confirm(mended)
    const next = await call.choose('二.xlsx', await sheet([...rows, ['养老院', '所', 5, '霁川市民政局', '2026-12-31']]))
    expect(next.layout.columns).toEqual(columns)
  })

  it.each<[fault: string, row: Rows[number]]>([
    ['第2行没有写事项', [null, 20, '所', '霁川市教育局', '2026-12-31']],
    ['完成时限“明天晚饭前”看不出是哪一天', ['新建幼儿园', 20, '所', '霁川市教育局', '明天晚饭前']],
    ['完成时限“8月底前”没有年份，请写明是哪一年', ['新建幼儿园', 20, '所', '霁川市教育局', '8月底前']],
    [
      '目标值“20”没有计量单位，请在表中补上，或指定“计量单位”一列',
      ['新建幼儿园', 20, null, '霁川市教育局', '2026-12-31'],
    ],
    ['目标值“20个”的单位与“计量单位”列的“所”不一致', ['新建幼儿园', '20个', '所', '霁川市教育局', '2026-12-31']],
    ['完成时限“2026年13月”不是日历上的日期', ['新建幼儿园', 20, '所', '霁川市教育局', '2026年13月']],
    ['完成时限“2026年2月30日前”不是日历上的日期', ['新建幼儿园', 20, '所', '霁川市教育局', '2026年2月30日前']],
    ['完成时限“2026-02-30”不是日历上的日期', ['新建幼儿园', 20, '所', '霁川市教育局', '2026-02-30']],
  ])('says in a row what is wrong with it: %s', async (fault, row) => {
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('台账.xlsx', await sheet([HEADER, row]))
    expect((await call.rows(list))[0]).toMatchObject({ verdict: 'wrong', faults: [fault] })
    const { body } = await call.call('POST', `/${list.id}/confirm`, { version: list.version, withoutWrong: true })
    expect(body.code).toBe('nothing-to-store')
    expect(test.db.select().from(targets).all()).toEqual([])
  })

  it('tells units of what is given to them by one message each, and asks once for names that nobody bears', async () => {
    const call = lists(test, 'ledger', 'supervisor')
    const [unit] = test.db.select().from(units).where(eq(units.name, '霁川市教育局')).all()
    const person = { username: 'jiaoyu', displayName: '林知远', role: 'reporter', unitId: unit!.id }
    await test.injectAs('admin', { method: 'POST', url: '/api/users', payload: person })
    await call.confirm(await call.choose('2026年台账.xlsx', await sheet(ROWS)))
    const names = (await test.injectAs('supervisor', { url: '/api/review/names' })).json().items
    expect(names.map(({ name }: { name: string }) => name)).toEqual(['霁川市残联'])
    expect(test.db.select().from(targetUnits).all()).toHaveLength(3)
    expect(
      test.db
        .select()
        .from(notifications)
        .all()
        .map(({ text }) => text),
    ).toEqual(['督查室导入台账《2026年台账.xlsx》，其中 1 项由本单位承办，请在我的任务中签收'])
    expect(test.db.select().from(documents).get()).toMatchObject({ title: '2026年台账' })
  })
})

describe('a ledger of 2,000 rows in a database on the disk', () => {
  it('is stored in seconds by a process of its own, told as it goes, and taken back as one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-ledger-'))
    const test = await buildTestApp({ path: join(folder, 'z.sqlite') })
    try {
      await storeAndTakeBack(test)
    } finally {
      await test.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  async function storeAndTakeBack(test: TestApp): Promise<void> {
    const lines = Array.from(
      { length: 2000 },
      (_, i) => `第${i}号工程,${i + 10},公里,甲局,2026年${(i % 12) + 1}月底,${i % 10}`,
    )
    const bytes = Buffer.from(['事项,目标值,计量单位,牵头单位,完成时限,完成值', ...lines].join('\r\n'))
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose('大台账.csv', bytes)
    expect(list.counts).toMatchObject({ new: 2000 })
    let isDone = false
    let slowest = 0
    const began = performance.now()
    const seen = new Set<number>()
    const stored = call.confirm(list).finally(() => {
      isDone = true
    })
    stored.catch(() => {}) // where a question below fails first, that is what is told
    while (!isDone) {
      const from = performance.now()
      const { progress } = (await call.call('GET', `/${list.id}/progress`)).body
      slowest = Math.max(slowest, performance.now() - from)
      if (progress) seen.add(progress.done)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect((await stored).intake.outcome).toMatchObject({ made: 2000 })
    expect(seen.size).toBeGreaterThan(2)
    // Whoever asks meanwhile is answered; other work of the machine makes this as slow as the whole.
    expect(slowest).toBeLessThan(Math.max(2000, (performance.now() - began) / 4))
    await call.undo(list)
    expect(test.db.select().from(targets).all()).toHaveLength(0)
  }
})
