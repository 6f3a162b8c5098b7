import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'

const LETTER =
  '云江市人民政府关于下达2022年茶业指标的通知\n云政发〔2022〕3号\n各县人民政府：\n云江市人民政府\n2022年3月1日\n附件\n2022年茶业主要指标\n'
const found = (...lines: string[]) => {
  const { targets, duties } = extract(LETTER + lines.join('\n'))
  return [
    ...targets.map((target) =>
      target.kind === 'quantity'
        ? [
            target.indicator,
            target.op,
            target.value,
            target.unit,
            target.measure,
            target.deadline,
            target.responsible.join('、'),
          ]
        : [target.kind, target.task],
    ),
    ...duties.map(({ clause, responsible }) => `${clause}: ${responsible.join('、')}`),
  ]
}

const CARDS: [string, string][][] = [
  [
    ['指标', '茶叶产值增速'],
    ['目标值', '7%'],
    ['责任单位', '市农业农村局'],
  ],
  [
    ['指标', '培训茶农'],
    ['目标值', '4600人'],
    ['责任单位', '市人社局、市农业农村局'],
  ],
  [
    ['指标', '茶园节水率'],
    ['目标值', '不低于36.5%'],
    ['责任单位', '市水利局'],
  ],
]
const FOUND = [
  ['茶叶产值增速', '>=', 7, '%', 'growth', '2022-12-31', '市农业农村局'],
  ['培训茶农', '>=', 4600, '人', 'level', '2022-12-31', '市人社局、市农业农村局'],
  ['茶园节水率', '>=', 36.5, '%', 'level', '2022-12-31', '市水利局'],
  '茶叶产值增速: 市农业农村局',
  '培训茶农: 市人社局、市农业农村局',
  '茶园节水率: 市水利局',
]

describe('cards of a label and what it holds', () => {
  test.each([
    ['on one line', CARDS.flatMap((card) => card.map((pair) => pair.join('：')))],
    ['on a line each', CARDS.flat(2)],
    ['below titles', CARDS.flatMap((card, i) => [`${'一二三'[i]}、茶业提升`, ...card.map((pair) => pair.join('：'))])],
    [
      'with the number of the item',
      CARDS.flatMap((card, i) => card.map((pair, k) => (k === 0 ? `${i + 1}.` : '') + pair.join('：'))),
    ],
  ])('%s', (_, lines) => expect(found(...lines)).toEqual(FOUND))

  test('what they start from, their unit and until when', () =>
    expect(
      found(
        ...[
          '指标名称：茶园面积',
          '单位：公顷',
          '2021年：310',
          '2025年：360',
          '牵头单位：市农业农村局',
          '完成时限：2025年11月底前',
        ],
        ...[
          '指标名称：茶厂数量',
          '单位：家',
          '2021年：21',
          '2025年：28',
          '牵头单位：市工信局',
          '完成时限：2025年6月底前',
        ],
      ).slice(0, 2),
    ).toEqual([
      ['茶园面积', '>=', 360, '公顷', 'level', '2025-12-31', ''],
      ['茶厂数量', '>=', 28, '家', 'level', '2025-12-31', ''],
    ]))
})

test('labels over words are no cards', () =>
  expect(
    found(
      ...['项目名称：扩建茶道', '年度目标：新建茶道26公里', '责任单位：市公路局'],
      ...['项目名称：扩建茶市', '年度目标：新建茶市3处', '责任单位：市商务局'],
    ).slice(0, 2),
  ).toEqual([
    ['新建茶道', '>=', 26, '公里', 'level', '2022-12-31', '市公路局'],
    ['新建茶市', '>=', 3, '处', 'level', '2022-12-31', '市商务局'],
  ]))
