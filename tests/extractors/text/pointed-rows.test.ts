import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { readText } from '../../../extractors/text/read-text.ts'
import { quantities } from '../refiners/found.ts'

const rows = (...lines: string[]): string[] =>
  readText(lines.join('\n'))
    .text.split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.replace(/\t/g, '|'))

const GOALS = [
  ...['项 目', '分值', '目标任务', '监考单位', '宏观调控'],
  ...['茶叶总产值增长率', '4', '年终按全市平均水平评定', '区农业局区统计局'],
  ...['茶园投资额（亿元）', '3', '172', '区发改局'],
  ...['茶叶加工投资（亿元）', '2', '13.6'],
  ...['新建茶叶市场（个）', '2', '7', '区商务局', '公共服务'],
  ...['培训茶农（人）', '1', '4600', '区人社局'],
  ...['茶农返贫率（%）', '1', '低于 2.3'],
]

describe('rows that their points open', () => {
  test('bodies merged over rows, titles of groups', () =>
    expect(rows(...GOALS)).toEqual([
      '项目|分值|目标任务|监考单位',
      '宏观调控|',
      '茶叶总产值增长率|4|年终按全市平均水平评定|区农业局区统计局',
      '茶园投资额(亿元)|3|172|区发改局',
      '茶叶加工投资(亿元)|2|13.6',
      '新建茶叶市场(个)|2|7|区商务局',
      '公共服务|',
      '培训茶农(人)|1|4600|区人社局',
      '茶农返贫率(%)|1|低于2.3',
    ]))

  test('what is to be reached stands before the points', () =>
    expect(
      rows(
        ...['考核指标', '目标任务', '分值', '评分标准', '考核部门'],
        ...['茶叶产值增速', '8.5%', '10', '每低0.1个百分点扣0.5分。', '区统计局'],
        ...['培训茶农', '4600人', '5', '未完成按比例得分。', '区人社局'],
        ...['茶园改造', '改造茶园0.7万亩，补种茶苗3万株。', '5', '未完成不得分。', '区农业局'],
        '各镇要抓好落实。',
      ),
    ).toEqual([
      '考核指标|目标任务|分值|评分标准|考核部门',
      '茶叶产值增速|8.5%|10|每低0.1个百分点扣0.5分。|区统计局',
      '培训茶农|4600人|5|未完成按比例得分。|区人社局',
      '茶园改造|改造茶园0.7万亩,补种茶苗3万株。|5|未完成不得分。|区农业局',
    ]))

  test('a merged column before the names, points with their word', () =>
    expect(
      rows(
        ...['一级指标', '二级指标', '分值', '考核内容及评分标准', '考核单位'],
        ...['茶业发展', '茶园建设', '10分', '新建茶园得满分。', '区农业局'],
        ...['茶厂改造', '8分', '改造茶厂得满分。', '区工信局'],
        ...['茶农增收', '茶农培训', '6分', '参训率高得满分。', '区人社局'],
      ),
    ).toEqual([
      '一级指标|二级指标|分值|考核内容及评分标准|考核单位',
      '茶业发展|茶园建设|10分|新建茶园得满分。|区农业局',
      '|茶厂改造|8分|改造茶厂得满分。|区工信局',
      '茶农增收|茶农培训|6分|参训率高得满分。|区人社局',
    ]))

  test('two rows are no table', () => expect(rows(...GOALS.slice(0, 13))).toEqual([]))
})

test('values are what the names say; who marks does not answer', () => {
  expect(
    quantities(...GOALS).map(({ indicator, op, value, unit, responsible }) => [
      indicator,
      op,
      value,
      unit,
      responsible,
    ]),
  ).toEqual([
    ['茶园投资额', '>=', 172, '亿元', []],
    ['茶叶加工投资', '>=', 13.6, '亿元', []],
    ['新建茶叶市场', '>=', 7, '个', []],
    ['培训茶农', '>=', 4600, '人', []],
    ['茶农返贫率', '<=', 2.3, '%', []],
  ])
  expect(
    extract(
      [
        ...['一级指标\t二级指标\t分值\t评分标准\t考核单位', '茶业发展\t茶园建设\t10\t新建茶园得满分。\t区农业局'],
        ...['茶业发展\t茶厂改造\t8\t改造茶厂得满分。\t区工信局', '茶农增收\t茶农培训\t6\t参训率高得满分。\t区人社局'],
      ].join('\n'),
    ).duties,
  ).toEqual([])
})
