import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_NAME } from '../../seeds/build/ledger.ts'
import { loadSeeds, SEEDS_DIR } from '../../seeds/load.ts'
import { createUnit } from '../../server/core/units.ts'
import { inTransaction } from '../../db/transaction.ts'
import { buildTestApp, type TestApp } from '../server/helper.ts'
import { fact, lists } from '../server/intake/lists.ts'

describe('the ledger to try 导入台账 with', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp({ now: '2026-11-21T02:00:00.000Z' })
    inTransaction(test.db, (tx) => {
      for (const { name, shortName, kind, aliases, successor } of loadSeeds().units)
        if (successor === null) createUnit(tx, test.actorOf('admin'), { name, shortName, kind, aliases })
    })
  })
  afterAll(() => test.close())

  it('is read with its columns, and its faults are told in its own words', async () => {
    const call = lists(test, 'ledger', 'supervisor')
    const list = await call.choose(LEDGER_NAME, readFileSync(join(SEEDS_DIR, 'ledgers', LEDGER_NAME)))
    expect(list.layout).toMatchObject({
      headerRow: 3,
      headerRows: 2,
      columns: [
        ...['number', 'group', 'indicator', 'value', 'unit', 'deadline'],
        ...['lead', 'support', 'reported', 'progress', 'problems', 'contactLeader'],
      ],
    })
    const rows = await call.rows(list)
    expect(rows).toHaveLength(16)
    expect(rows.flatMap(({ title, faults }) => faults.map((fault) => `${title}：${fault}`))).toEqual([
      '农村公路安全设施改造：目标值“260”没有计量单位，请在表中补上，或指定“计量单位”一列',
      '农村寄递物流综合服务站：完成时限“2026年13月”不是日历上的日期',
    ])
    const meal = rows.find(({ title }) => title === '社区老年食堂')
    expect([fact(meal, '完成时限'), fact(meal, '进度')]).toEqual(['2026-12-31', '21个（截至2026-10-31）'])
    const training = rows.find(({ title }) => title === '开展职业技能培训')
    expect([fact(training, '目标'), fact(training, '进度')]).toEqual(['不低于12000人次', '9800人次（截至2026-10-31）'])
    const stored = await call.confirm(list, { withoutWrong: true, assign: true })
    expect(stored.intake.outcome).toMatchObject({ made: 14 })
  })
})
