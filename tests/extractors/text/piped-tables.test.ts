import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { readText } from '../../../extractors/text/read-text.ts'

/** Lines of the reading text, cells parted by /. */
const linesOf = (raw: string): string[] =>
  readText(raw)
    .text.split('\n')
    .map((line) => line.replace(/\t/g, '/'))

const HEADER = ['序号', '任务', '牵头单位', '完成时限']
const ROWS = [
  ['1', '新建公园3个', '市园林局', '6月底前'],
  ['2', '改造泵站5座', '', '9月底前'],
]
const READ = ['序号/任务/牵头单位/完成时限', '1/新建公园3个/市园林局/6月底前', '2/改造泵站5座//9月底前']

describe('cells that strokes part', () => {
  test.each([
    ['a row a line', [HEADER, ...ROWS].map((row) => row.join(' | '))],
    ['a row a line, closed', [HEADER, ...ROWS].map((row) => `${row.join(' | ')} |`)],
    ['with the rule of Markdown', [HEADER.join(' | '), '---|---|---|---', ...ROWS.map((row) => row.join(' | '))]],
    ['a cell a line', [HEADER, ...ROWS].flatMap((row) => row.map((cell) => `${cell} |`))],
    ['the strokes on lines of their own', [HEADER, ...ROWS].flat().flatMap((cell) => (cell ? [cell, '|'] : ['|']))],
  ])('%s', (_, lines) =>
    expect(linesOf(['云江市任务清单', ...lines, '各单位要抓好落实。'].join('\n'))).toEqual([
      '云江市任务清单',
      ...READ,
      '各单位要抓好落实。',
    ]),
  )

  test('a cell of several lines, and one body a line', () => {
    const lines = ['1 |', '新建公园3个，', '改造2个 |', '市园林局', '市住建局 |', '6月底前 |']
    expect(
      linesOf(
        [...HEADER.map((word) => `${word} |`), ...lines, '2 |', '编制方案 |', '市水务局 |', '年底前 |'].join('\n'),
      ),
    ).toEqual([READ[0], '1/新建公园3个,改造2个/市园林局、市住建局/6月底前', '2/编制方案/市水务局/年底前'])
  })

  test('years alone are a time, not more of the number before them', () =>
    expect(
      linesOf(
        '序号|项目名称|投资（万元）|建设年限|责任主体\n1|泵站改造|5200|2027-2028|市水务局\n2|海绵公园|7400|2028|市园林局',
      ),
    ).toEqual([
      '序号/项目名称/投资(万元)/建设年限/责任主体',
      '1/泵站改造/5200/2027-2028/市水务局',
      '2/海绵公园/7400/2028/市园林局',
    ]))

  test('bodies in one cell that only a blank parts', () =>
    expect(linesOf('行业 | 责任单位\n山塘 | 水利站 派出所\n书屋 | 文化站')).toContain('山塘/水利站、派出所'))

  test('numbers that leave some out, a title before the next row', () => {
    const rows = [
      '3',
      '新建公园',
      '市园林局',
      '年内',
      '二、产业',
      '8',
      '编制方案',
      '市水务局',
      '年内',
      '9',
      '开展评估',
      '市水务局',
      '年内',
    ]
    expect(linesOf([...HEADER, ...rows].map((cell) => `${cell} |`).join('\n'))).toEqual([
      READ[0],
      '3/新建公园/市园林局/年内',
      '二、产业/',
      '8/编制方案/市水务局/年内',
      '9/开展评估/市水务局/年内',
    ])
  })

  test('a merged cell is missing from the rows below', () =>
    expect(
      linesOf(
        '类别 | 事项 | 责任单位 | 时限\n教育 | 新建学校2所 | 市教育局 | 9月底\n改造操场6处 | 市教育局 | 12月底 |',
      ),
    ).toContain('/改造操场6处/市教育局/12月底'))

  test('a table drawn with characters', () =>
    expect(
      linesOf(
        ['┌──┬────┬──┐', '│序号│  指标  │目标│', '├──┼────┼──┤', '│ 1  │ 覆盖率 │43% │', '└──┴────┴──┘'].join('\n'),
      ),
    ).toEqual(['序号/指标/目标', '1/覆盖率/43%']))

  test('one stroke in a sentence is none of a table', () =>
    expect(linesOf('首页|要闻\n新建公园3个。')).toEqual(['首页|要闻', '新建公园3个。']))
})

test('a table without its header: bodies, limits and tasks are told from the cells', () => {
  const rows = [
    ['1', '新建社区公园3个。', '市园林局', '王海', '2024年6月底前'],
    ['2', '编制绿地系统规划。', '市规划局', '李河', '2024年9月底前'],
    ['3', '改造排水泵站5座。', '市水务局', '', '2024年底前'],
  ]
  const { targets, duties } = extract(rows.map((row) => row.join('\t')).join('\n'))
  expect(duties.map(({ responsible, deadline }) => [responsible, deadline])).toEqual([
    [['市园林局'], '2024-06-30'],
    [['市规划局'], '2024-09-30'],
    [['市水务局'], '2024-12-31'],
  ])
  expect(targets.map((target) => [target.kind, target.deadline, target.responsible])).toEqual([
    ['quantity', '2024-06-30', ['市园林局']],
    ['milestone', '2024-09-30', ['市规划局']],
    ['quantity', '2024-12-31', ['市水务局']],
  ])
})

test('a month or 全年 alone is a limit in its column', () => {
  const table =
    '2024年工作安排\n事项\t责任单位\t时间安排\n编制方案\t市水务局\t3月份\n开展评估\t市水务局\t4—6月\n排查隐患\t市水务局\t全年\n'
  expect(extract(table).duties.map(({ deadline }) => deadline)).toEqual(['2024-03-31', '2024-06-30', '2024-12-31'])
})
