import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { quantities } from './found.ts'

/** Forms of a table in which its cells come: with tabs, a cell a line, between strokes that close each. */
const tabbed = (rows: readonly string[][]): string[] => rows.map((cells) => cells.join('\t'))
const aLine = (rows: readonly string[][]): string[] => rows.flat().filter((words) => words !== '')
const piped = (rows: readonly string[][]): string[] =>
  rows.map((cells) =>
    cells
      .filter((words) => words !== '')
      .map((words) => `${words} |`)
      .join(' '),
  )

const found = (lines: readonly string[]) =>
  quantities(...lines).map(({ indicator, value, unit, deadline, responsible }) => [
    indicator,
    value,
    unit,
    deadline,
    responsible[0] ?? null,
  ])

const YEARS = [
  ['序号', '任务', '单位', '年度目标', '', '', '责任单位'],
  ['', '', '', '2022年', '2023年', '2024年', ''],
  ['1', '栽植茶苗', '万株', '1.4', '1.6', '2.1', '市茶业局'],
  ['2', '改造茶园', '公顷', '3', '35', '38', '市茶业局'],
  ['3', '修建茶道', '公里', '50', '70', '90', '市公路局'],
]
const FOUND_IN_YEARS = [
  ['栽植茶苗', 1.4, '万株', '2022-12-31', '市茶业局'],
  ['栽植茶苗', 1.6, '万株', '2023-12-31', '市茶业局'],
  ['栽植茶苗', 2.1, '万株', '2024-12-31', '市茶业局'],
  ['改造茶园', 3, '公顷', '2022-12-31', '市茶业局'],
  ['改造茶园', 35, '公顷', '2023-12-31', '市茶业局'],
  ['改造茶园', 38, '公顷', '2024-12-31', '市茶业局'],
  ['修建茶道', 50, '公里', '2022-12-31', '市公路局'],
  ['修建茶道', 70, '公里', '2023-12-31', '市公路局'],
  ['修建茶道', 90, '公里', '2024-12-31', '市公路局'],
]

describe('a head over three years', () => {
  test.each([
    ['with empty cells behind it and below its neighbours', tabbed(YEARS)],
    [
      'repeated in each of its columns',
      tabbed([YEARS[0]!.map((words, i) => words || YEARS[0]![3]! || String(i)), ...YEARS.slice(1)]),
    ],
    ['a cell a line', aLine(YEARS)],
    ['a cell a line, rows without numbers', aLine(YEARS.map((cells) => cells.slice(1)))],
    ['between strokes, empty cells left out', piped(YEARS)],
  ])('%s', (_, lines) => expect(found(lines)).toEqual(FOUND_IN_YEARS))

  test('once more on the next page', () => {
    const rows = [
      ...YEARS,
      ['4', '扩建茶厂', '家', '4', '6', '8', '市茶业局'],
      ['5', '培训茶农', '人', '70', '80', '95', '市茶业局'],
    ]
    const once = found(aLine(rows))
    expect(once).toHaveLength(15)
    expect(found(aLine([...rows.slice(0, 5), ...rows.slice(0, 2), ...rows.slice(5)]))).toEqual(once)
  })
})

test('the year and the yearly growth stand below one head, the base before it', () => {
  const lines = aLine([
    ['序号', '指标', '单位', '2020年', '目标值', '属性'],
    ['2025年', '年均增长'],
    ['1', '茶园面积', '公顷', '410', '460', '2.3%', '预期性'],
    ['2', '茶叶产值', '亿元', '6', '9', '8.4%', '预期性'],
    ['3', '茶道长度', '公里', '70', '95', '—', '约束性'],
  ])
  expect(
    quantities(...lines).map(({ indicator, value, measure, per, baseline }) => [
      indicator,
      value,
      measure,
      per,
      baseline?.value ?? null,
    ]),
  ).toEqual([
    ['茶园面积', 460, 'level', null, 410],
    ['茶园面积', 2.3, 'growth', 'year', null],
    ['茶叶产值', 9, 'level', null, 6],
    ['茶叶产值', 8.4, 'growth', 'year', null],
    ['茶道长度', 95, 'level', null, 70],
  ])
})

test('heads in three rows', () =>
  expect(
    found(
      tabbed([
        ['任务', '单位', '目标值', '', '', '', '责任单位'],
        ['任务', '单位', '2022年', '', '2024年', '', '责任单位'],
        ['任务', '单位', '坡地', '台地', '坡地', '台地', '责任单位'],
        ['栽植茶苗', '万株', '1.4', '1.6', '2.1', '2.5', '市茶业局'],
        ['改造茶园', '公顷', '30', '35', '38', '44', '市茶业局'],
      ]),
    ).map(([, value, , deadline]) => [value, deadline]),
  ).toEqual([
    [1.4, '2022-12-31'],
    [1.6, '2022-12-31'],
    [2.1, '2024-12-31'],
    [2.5, '2024-12-31'],
    [30, '2022-12-31'],
    [35, '2022-12-31'],
    [38, '2024-12-31'],
    [44, '2024-12-31'],
  ]))

test('stages below 时间进度', () =>
  expect(
    found(
      tabbed([
        ['序号', '任务', '时间进度', '', '责任单位'],
        ['', '', '6月底前', '12月底前', ''],
        ['1', '栽植茶苗', '栽植茶苗500亩', '栽植茶苗1200亩', '市茶业局'],
      ]),
    ).map(([, value, , deadline]) => [value, deadline]),
  ).toEqual([
    [500, '2021-06-30'],
    [1200, '2021-12-31'],
  ]))

const LETTER =
  '云江市人民政府关于下达农业任务的通知\n云政发〔2022〕3号\n各县人民政府：\n云江市人民政府\n2022年3月1日\n附件\n2022年粮茶生产任务分解表\n'
const shares = (lines: readonly string[]) =>
  extract(LETTER + lines.join('\n')).targets.map((target) =>
    target.kind === 'quantity'
      ? `${target.indicator} ${String(target.value)}${target.unit} ${target.responsible.join()}`
      : target.kind,
  )
const SHARES = [
  ['县区', '粮食', '', '茶叶', ''],
  ['', '面积(万亩)', '产量(万吨)', '面积(万亩)', '产量(万吨)'],
  ['云江县', '13', '6.4', '2', '0.6'],
  ['白石县', '16', '7.3', '2.7', '0.5'],
  ['红溪县', '8', '4', '1.9', '0.2'],
]
const FOUND_IN_SHARES = SHARES.slice(2).flatMap(([place, a, b, c, d]) => [
  `${place}粮食面积 ${a}万亩 ${place}`,
  `${place}粮食产量 ${b}万吨 ${place}`,
  `${place}茶叶面积 ${c}万亩 ${place}`,
  `${place}茶叶产量 ${d}万吨 ${place}`,
])

test('rows whose cells are cut over lines are no grid below heads', () =>
  expect(
    shares(
      aLine([
        ['乡镇', '治理情况', '计划完成时间', '备注', '总规模', '主要类别', '林地规模', '苗圃', '茶园', '其他'],
        ...['云江镇', '白石镇', '红溪镇', '青岩镇'].map((place, i) => [
          place,
          `${i + 31}`,
          '12',
          '、14',
          '25',
          `${i + 11}`,
          '2022',
          '年11月底',
          '茶园单元',
        ]),
      ]),
    ),
  ).toEqual([]))

describe('the same parts below two heads, shared out among places', () => {
  test.each([
    [
      'with tabs, the first head repeated below itself',
      tabbed([SHARES[0]!, ['县区', ...SHARES[1]!.slice(1)], ...SHARES.slice(2)]),
    ],
    ['with tabs', tabbed(SHARES)],
    ['a cell a line', aLine(SHARES)],
    ['between strokes', piped(SHARES)],
  ])('%s', (_, lines) => expect(shares(lines)).toEqual(FOUND_IN_SHARES))

  test('a head over the places says nothing of them', () =>
    expect(
      shares(
        tabbed([
          ['指标', '单位', '目标任务', ''],
          ['', '', '云江县', '白石县'],
          ['栽植茶苗', '万株', '1.4', '1.6'],
          ['改造茶园', '公顷', '30', '35'],
        ]),
      ),
    ).toEqual([
      '云江县栽植茶苗 1.4万株 云江县',
      '白石县栽植茶苗 1.6万株 白石县',
      '云江县改造茶园 30公顷 云江县',
      '白石县改造茶园 35公顷 白石县',
    ]))
})
