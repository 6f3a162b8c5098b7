import { describe, expect, test } from 'vitest'
import { quantities } from './found.ts'

const found = (...lines: string[]) => quantities(...lines).map(({ indicator, op, value, unit, measure, deadline, baseline }) =>
  [indicator, op, value, unit, measure, deadline, baseline?.value ?? null])

describe('indicator tables', () => {
  test('name, unit, old value, goal and growth', () => {
    expect(found('指标\t单位\t2020年\t2025年\t年均增长（%）', '粮食产量\t万吨\t90\t100\t2.1', '森林覆盖率（%）\t\t40\t≥45\t—')).toEqual([
      ['粮食产量', '>=', 100, '万吨', 'level', '2025-12-31', 90], ['粮食产量', '>=', 2.1, '%', 'growth', '2025-12-31', null],
      ['森林覆盖率', '>=', 45, '%', 'level', '2025-12-31', 40],
    ])
  })
  test('a cell a line below a caption, whose period is the deadline; numbers that belong to a name', () => {
    expect(found('专栏1　“十四五”时期主要指标', '', '序号', '', '指　　标', '', '预期值', '', '属性', '', '1', '', '甲类事故死亡人数', '', '下降15%', '', '约束性', '',
      '2', '', '十万人受灾人次', '', '＜15000', '', '预期性', '', '3', '', '5G用户普及率', '', '60%', '', '预期性')).toEqual([
      ['甲类事故死亡人数', '>=', 15, '%', 'reduction', '2025-12-31', null], ['十万人受灾人次', '<=', 15000, '', 'level', '2025-12-31', null],
      ['5G用户普及率', '>=', 60, '%', 'level', '2025-12-31', null],
    ])
  })
  test('rows of one line each, whose values open with a sign or a word', () => {
    expect(found('“十四五”时期主要指标', '    指标                      2020年    2025年    性质', '    人均寿命（岁）            77.9      提高1岁   预期性',
      '    孕产妇死亡率（/10万）     16.9      ≤14.5     预期性', '    5岁以下儿童死亡率（‰）    7.5       ≤6.6      预期性', '    实名用户规模（亿）        4.0       8         预期性').map((row) => row.slice(0, 4))).toEqual([
      ['人均寿命', '>=', 1, '岁'], ['孕产妇死亡率', '<=', 14.5, '/10万'], ['5岁以下儿童死亡率', '<=', 6.6, '‰'], ['实名用户规模', '>=', 8, '亿'],
    ])
  })
  test('rows run together', () => {
    expect(found('到2025年，体系更加完善。', '专栏1核心指标序号指标预期值属性1火灾死亡人数下降15%约束性2经济损失占比<1.3%预期性')).toEqual([
      ['火灾死亡人数', '>=', 15, '%', 'reduction', '2025-12-31', null], ['经济损失占比', '<=', 1.3, '%', 'level', '2025-12-31', null],
    ])
  })
})
