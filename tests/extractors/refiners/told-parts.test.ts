import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'

const indicators = (...lines: string[]): string[] =>
  extract(lines.join('\n')).targets.flatMap((target) => (target.kind === 'quantity' ? [target.indicator] : []))

const plan = (...lines: string[]): string[] =>
  indicators('云江市园林“十四五”规划', '云江市园林局', '2021年6月1日', ...lines)

const AIMS = ['二、指导思想', '坚持生态优先。', '三、主要内容', '新建口袋公园75个。']

describe('parts that stand before the aims and tell what came of things report, whatever their headings say', () => {
  test.each([
    [
      'a heading that says nothing',
      ['一、城市里的绿', '绿地品质稳步提升。新建公园31个，改造绿廊26公里。道路景观明显改善。'],
    ],
    [
      'parts that tell together',
      [
        '1.公园',
        '建成公园31个，绿地品质稳步提升。',
        '2.绿廊',
        '改造绿廊26公里，道路景观明显改善。',
        '3.苗圃',
        '建成苗圃9个。',
      ],
    ],
    [
      'a part of its own',
      [
        '第一部分 走过的路',
        '一、公园建设',
        '新建公园31个，绿地品质稳步提升。',
        '二、绿廊建设',
        '改造绿廊26公里，取得新进展。',
        '第二部分 要走的路',
      ],
    ],
  ])('%s', (_, lines) => {
    expect(plan(...lines, ...AIMS)).toEqual(['新建口袋公园'])
  })

  test.each([
    ['what is aimed at', '绿地品质稳步提升，道路景观明显改善，到2025年建成公园31个。', '建成公园'],
    ['a heading of a task', '绿地品质稳步提升。新建公园31个，道路景观明显改善。', '新建公园', '一、建设公园城市'],
    ['nothing came of anything', '各区新建公园31个。', '各区新建公园', '一、建设内容和范围'],
  ])('but not where it says %s', (_, line, indicator, heading = '一、城市里的绿') => {
    expect(plan(heading, line, ...AIMS)).toEqual([indicator, '新建口袋公园'])
  })

  test('nor where no part says that the aims begin there', () => {
    expect(plan('一、城市里的绿', '绿地品质稳步提升，道路景观明显改善，新建公园31个。')).toEqual(['新建公园'])
  })
})

describe('the review of a work report ends where the first of its parts plans', () => {
  const report = (...lines: string[]): string[] =>
    indicators(
      '云江县政府工作报告',
      '——2021年1月20日在云江县第十七届人民代表大会第二次会议上',
      '各位代表：',
      ...lines,
      '二、2021年工作安排',
      '（一）公园建设。新建口袋公园75个。',
    )

  test.each([
    [
      'though its own heading is missing',
      ['（一）打基础，公园面貌得到改观。新建公园31个，绿地品质稳步提升。', '（二）重点工作取得突破。改造绿廊26公里。'],
    ],
    [
      'where the next part has aims as well',
      [
        '一、2020年工作回顾',
        '绿地品质稳步提升，道路景观明显改善。新建公园31个。',
        '二、2021年的形势和总体要求',
        '主要预期目标是：建成步道14公里。',
      ],
      ['建成步道'],
    ],
    ['though it has no heading at all', ['绿地品质稳步提升，道路景观明显改善。', '新建公园31个，改造绿廊26公里。']],
  ])('%s', (_, lines, aims: string[] = []) => {
    expect(report(...lines)).toEqual([...aims, '新建口袋公园'])
  })
})

describe('a text that says more often what came of things than what is promised reports', () => {
  const TOLD = [
    '（一）公园越来越多。绿地品质稳步提升，新建公园31个，累计改造绿廊26公里，成功举办园艺展。',
    '（二）河湖越来越清。河湖面貌明显改善，新建步道14公里，顺利完成清淤120余万立方米。',
  ]
  const AHEAD = '新建口袋公园75个，力争扩建苗圃9个，大力推动改造。'

  test.each([
    ['without a title', []],
    ['as news', ['我市园林走出新路', '2021年3月5日']],
  ])('%s', (_, opening) => {
    expect(indicators(...opening, ...TOLD)).toEqual([])
  })

  test('and paragraphs without a heading do', () => {
    expect(indicators('我市园林走出新路', ...TOLD.map((line) => line.slice(3)))).toEqual([])
  })

  test('a part of it beside one that plans', () => {
    expect(indicators('云江市园林工作', '一、城里的树', ...TOLD, '二、明天的树', AHEAD)).toEqual([
      '新建口袋公园',
      '扩建苗圃',
    ])
  })

  test.each([['下一步打算'], ['2021年工作安排'], ['存在问题和下步工作']])(
    'a summary does so up to the part %s, however little it says of what came of things',
    (heading) => {
      expect(
        indicators(
          '云江市园林局2020年工作总结',
          '一、建公园',
          '建设公园31个，推动改造绿廊26公里。',
          `二、${heading}`,
          AHEAD,
        ),
      ).toEqual(['新建口袋公园', '扩建苗圃'])
    },
  )

  test.each([['下一步，'], ['今年工作的总体要求是：城市要绿。\n'], ['2021年，我们将走得更远。']])(
    'or up to the paragraph that turns to what comes: %s',
    (turn) => {
      expect(indicators('云江市园林局2020年工作总结', '建设公园31个。', `${turn}${AHEAD}`)).toEqual([
        '新建口袋公园',
        '扩建苗圃',
      ])
    },
  )
})
