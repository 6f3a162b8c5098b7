import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from '../../../extractors/text/read-text.ts'

const rows = (lines: readonly string[]) =>
  readText(lines.join('\n'))
    .text.split('\n')
    .filter((line) => line.includes('\t'))

/** A plan of years: class, direction and units stand once for several rows. */
const YEARS = [
  ...['任务', '分类', '主要方向', '主要任务（2027-2029）', '2027年工作项目', '2028年计划', '2029年计划'],
  ...['牵头', '部门', '配合', '部门'],
]
const PLAN = [
  ...['（一）', '林地管护更加精细', '1、扩大造林'],
  ...[
    '（1）营造水源林70公顷。',
    '营造水源林30公顷。',
    '营造水源林25公顷。',
    '营造水源林15公顷。',
    '造林处',
    '市种苗站',
  ],
  ...['（2）补植行道树900株。', '300株', '400株', '200株'],
  '2、整修步道',
  ...[
    '（3）整修登山步道。',
    '整修东坡步道；',
    '加设护栏；',
    '更换路牌。',
    '整修西坡步道。',
    '验收。',
    '设施处',
    '市山林队',
  ],
  ...['（二）林区服务更加便民', '3、增设驿站'],
  ...['（4）增设林间驿站。', '增设驿站4处。', '增设驿站3处。', '增设驿站2处。', '服务处', '造林处', '市种苗站'],
  ...['（5）增设饮水点。', '增设饮水点8处。', '增设饮水点6处。', '巩固提升。'],
]

describe('rows that a label opens, counted through the whole table', () => {
  test('cells of classes, directions and units are merged over several rows, a header is cut over two lines', () => {
    expect(rows([...YEARS, ...PLAN, '注：有调整的另行通知。'])).toEqual([
      '任务分类\t主要方向\t主要任务(2027-2029)\t2027年工作项目\t2028年计划\t2029年计划\t牵头部门\t配合部门',
      '(一)林地管护更加精细\t1、扩大造林\t(1)营造水源林70公顷。\t营造水源林30公顷。\t营造水源林25公顷。\t营造水源林15公顷。\t造林处\t市种苗站',
      '\t\t(2)补植行道树900株。\t300株\t400株\t200株',
      '\t2、整修步道\t(3)整修登山步道。\t整修东坡步道;加设护栏;更换路牌。\t整修西坡步道。\t验收。\t设施处\t市山林队',
      '(二)林区服务更加便民\t3、增设驿站\t(4)增设林间驿站。\t增设驿站4处。\t增设驿站3处。\t增设驿站2处。\t服务处、造林处\t市种苗站',
      '\t\t(5)增设饮水点。\t增设饮水点8处。\t增设饮水点6处。\t巩固提升。',
    ])
  })

  test('a page that opens with the header again parts no row from its cells', () => {
    const at = PLAN.indexOf('2、整修步道')
    const again = rows([...YEARS, ...PLAN.slice(0, at), ...YEARS, ...PLAN.slice(at)])
    const once = rows([...YEARS, ...PLAN])
    expect(again.filter((row) => row !== once[0])).toEqual(once.slice(1))
  })

  const MEASURES = (label: (n: number) => string, no: boolean) => [
    ...(no ? ['序号'] : []),
    ...['主要任务', '具体措施', '完成时限', '责任单位', '任务来源'],
    ...(no ? ['1'] : []),
    '林区防火',
    ...[
      `${label(1)}修建隔离带`,
      '5月',
      '县林业局',
      '县应急局',
      '1、云川县2027年工作要点（云办〔2027〕31号）',
      '2、护林防火工作会议',
    ],
    ...[`${label(2)}补齐瞭望塔：`, '勘察塔址；', '更换设备', '9月', '县林业局'],
    ...(no ? ['2'] : []),
    '湿地修复',
    ...[`${label(3)}退还水面`, '全年', '县水利局', '有关乡镇人民政府', '云川县湿地保护责任书'],
    ...[`${label(4)}清理围网`, '11月', '县水利局'],
  ]
  const FORMS: [string, (n: number) => string][] = [
    ['1、', (n) => `${n}、`],
    ['1.', (n) => `${n}.`],
    ['(1)', (n) => `（${n}）`],
    ['①', (n) => String.fromCharCode(0x245f + n)],
  ]
  test.each(FORMS)('titles of documents in a cell may be numbered, too: %s', (_, label) => {
    const folded = (n: number) => label(n).replace('（', '(').replace('）', ')')
    expect(rows(MEASURES(label, true))).toEqual([
      '序号\t主要任务\t具体措施\t完成时限\t责任单位\t任务来源',
      `1\t林区防火\t${folded(1)}修建隔离带\t5月\t县林业局、县应急局\t1、云川县2027年工作要点(云办〔2027〕31号)2、护林防火工作会议`,
      `\t\t${folded(2)}补齐瞭望塔:勘察塔址;更换设备\t9月\t县林业局`,
      `2\t湿地修复\t${folded(3)}退还水面\t全年\t县水利局、有关乡镇人民政府\t云川县湿地保护责任书`,
      `\t\t${folded(4)}清理围网\t11月\t县水利局`,
    ])
  })

  test('without merged cells, the units before the time, one row without units', () => {
    expect(
      rows([
        ...['工作任务', '责任单位', '完成时限'],
        ...['1.修建冷库', '市商务局', '6月底前'],
        ...['2.扩建批发市场', '10月底前'],
        ...['3.新增直供点', '市商务局、市供销社', '12月底前'],
      ]),
    ).toEqual([
      '工作任务\t责任单位\t完成时限',
      '1.修建冷库\t市商务局\t6月底前',
      '2.扩建批发市场\t\t10月底前',
      '3.新增直供点\t市商务局、市供销社\t12月底前',
    ])
  })

  test('a numbered table whose cells hold lists of their own is read by its numbers', () => {
    const list = (n: number) => [String(n), '整修堤防', '1、勘察', '2、施工', '3、验收', '县水利局', '6月']
    expect(rows(['序号', '项目', '工作内容', '责任单位', '完成时限', ...[1, 2, 3].flatMap(list)])).toHaveLength(4)
  })

  test('no line is lost, and where its cell is cut changes nothing', () => {
    const words = (text: string) => text.replace(/[\s、()（）:：;；,，]/g, '')
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: PLAN.length, maxLength: PLAN.length }), (cuts) => {
        const wrapped = PLAN.flatMap((line, i) =>
          cuts[i] && line.endsWith('。') && line.length > 11 ? [line.slice(0, 8), line.slice(8)] : [line],
        )
        const all = rows([...YEARS, ...wrapped])
        expect(words(all.join(''))).toBe(words([...YEARS, ...PLAN].join('')))
        expect(all).toEqual(rows([...YEARS, ...PLAN]))
      }),
    )
  })
})
