import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rawSpan } from '../../../extractors/text/reading-text.ts'
import { readText } from '../../../extractors/text/read-text.ts'
import { ExtractionError } from '../../../extractors/types.ts'

const lines = (raw: string): string[] => readText(raw).text.split('\n')

/** Running text of a made-up plan, wrapped at 22 characters with an empty line after each, as gazettes are. */
const WRAPPED = [
  '　　一、总体要求',
  '　　到２０２０年，全市建成高标准农田１３０万亩，',
  '改造县道７６０公里以上，农村公路通达率达到９８％以',
  '上，森林覆盖率稳定在５５％左右，乡村面貌明显改善，',
  '居民收入稳步提高，公共服务更加均衡。',
  '　　（一）加强组织领导。各县市区要落实主体责任，',
  '建立工作台账，细化工作措施，确保各项任务落到实',
  '处。（牵头单位：市农业农村局；责任单位：市水利',
  '局、市林业局）',
  '　　（二）强化督查。市政府督查室每季度通报一次。',
]

describe('forms of characters', () => {
  test.each([
    ['２０２０年，增长１２．５％；（含）：', '2020年,增长12.5%;(含):'],
    ['到 2020 年 6 月，新增 G5 高速 12 公里', '到2020年6月,新增G5高速12公里'],
    ['发展 Big Data 产业', '发展Big Data产业'],
    ['“十三五”—2020－2025年～约', '“十三五”—2020-2025年~约'],
    ['二○二○年', '二〇二〇年'],
    ['⼀、⼯作⽬标', '一、工作目标'],
    ['「双创」基地', '“双创”基地'],
  ])('%s', (raw, reading) => expect(lines(raw)).toEqual([reading]))
})

describe('hard wraps', () => {
  test('lines of a column become paragraphs again', () => {
    expect(lines(WRAPPED.join('\n'))).toEqual([
      '一、总体要求',
      '到2020年,全市建成高标准农田130万亩,改造县道760公里以上,农村公路通达率达到98%以上,森林覆盖率稳定在55%左右,乡村面貌明显改善,居民收入稳步提高,公共服务更加均衡。',
      '(一)加强组织领导。各县市区要落实主体责任,建立工作台账,细化工作措施,确保各项任务落到实处。(牵头单位:市农业农村局;责任单位:市水利局、市林业局)',
      '(二)强化督查。市政府督查室每季度通报一次。',
    ])
  })

  test('empty lines, a page number and a running head between any two lines change nothing', () => {
    const plain = readText(WRAPPED.join('\n')).text
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: WRAPPED.length - 1 }),
        fc.constantFrom(
          '\n\n７２\n\n ',
          '\n— 12 —\n',
          '\n１６\n\n本级文件\n\n',
          '\n绵川市人民政府公报　2016年第7期\n',
          '\n\n\n',
        ),
        (at, between) => {
          expect(readText(`${WRAPPED.slice(0, at).join('\n')}${between}${WRAPPED.slice(at).join('\n')}`).text).toBe(
            plain,
          )
        },
      ),
    )
  })

  test('a page number in mid-sentence does not run into the number behind it', () => {
    const raw =
      '农村生活垃圾日产日清比重达到３５％；修复灌溉水渠道\n７２\n ７６０公里以上，清淤河道１２００公里以上，管护堤防\n５０００公里以上；完成农田水利工程投资３２０亿元左'
    expect(lines(raw)[0]).toContain('修复灌溉水渠道760公里以上')
  })

  test('a glyph lost to ! closes up', () => {
    const raw =
      '１．大力推行老旧电梯更新改造一站式安\n!\n。提\n高一站式安\n!\n比例，确保比例在５０％以上，完善热线引\n导业主通过街道服务窗口联合申请换设备。不再收费。'
    expect(lines(raw)[0]).toContain('一站式安。提高一站式安比例,')
  })

  test.each([
    [
      'a heading broken in two',
      '（二十三）推动全民阅读，弘扬书香风尚\n和乡土文化。充分发挥基层书屋对丰富群众生活、传承\n书香风尚和乡土文化的带动作用，鼓励志愿者走进社区\n学校开展荐书活动，推动共享。',
      '(二十三)推动全民阅读,弘扬书香风尚和乡土文化。充分发挥',
    ],
    [
      'a name broken by a page',
      '责任单位:市城市管理委员会、市园林局、市档\n\n## 案局\n\n2. 试验区。创新模式。',
      '责任单位:市城市管理委员会、市园林局、市档案局',
    ],
    [
      'a bracket left open',
      '完成投资 95.27 亿元（详见附件\n\n3）。其中供水排水项目 64 个。',
      '完成投资95.27亿元(详见附件3)。其中供水排水项目64个。',
    ],
  ])('%s', (_, raw, start) => expect(readText(raw).text.startsWith(start)).toBe(true))

  test('a 发文字号 that layout put into a sentence is taken out and kept', () => {
    const raw =
      '水路至桃溪苑小区、滨江路止点至松涧界）在今年内完\n工，实现贯通外环。三期工程石梁水库泄洪渠止点至松\n涧泄洪渠止点，今年全线开工并完成先行段的\n松川办函〔2019〕13 号\n 路基工程。继续推进前期工作，加快征地拆迁和要素保\n障，确保按期建成并投入使用。'
    const reading = readText(raw)
    expect(reading.text).toContain('今年全线开工并完成先行段的路基工程。')
    expect(reading.displaced.map(({ text }) => text)).toEqual(['松川办函〔2019〕13号'])
  })
})

describe('lines that stay apart', () => {
  test.each([
    ['signature and date', '云川市人民政府\n2016年12月5日\n', ['云川市人民政府', '2016年12月5日']],
    [
      'title, number, addressees',
      '云川市人民政府办公室\n关于做好防汛工作的通知\n云府办函〔2016〕3号\n各县（市、区）人民政府：\n',
      ['云川市人民政府办公室', '关于做好防汛工作的通知', '云府办函〔2016〕3号', '各县(市、区)人民政府:'],
    ],
    [
      'list of names',
      '附件\n示范乡镇名单\n安西区沸水镇\n北城区吴家镇',
      ['附件', '示范乡镇名单', '安西区沸水镇', '北城区吴家镇'],
    ],
    [
      'Markdown headings',
      '# 云川市人民政府\n\n## 关于加快旅游发展的意见\n\n### 一、要求',
      ['云川市人民政府', '关于加快旅游发展的意见', '一、要求'],
    ],
    [
      'fields of a form, whatever it calls them',
      '考核要点：渠道管护制度落实情况\n得分：3\n牵头单位：县水利局 配合单位：县财政局\n考核要点：河道保洁情况\n得分：2',
      [
        '考核要点:渠道管护制度落实情况',
        '得分:3',
        '牵头单位:县水利局配合单位:县财政局',
        '考核要点:河道保洁情况',
        '得分:2',
      ],
    ],
    ['rows of tabs', '序号\t任务\t责任单位\n1\t新建学校\t市教育局', ['序号\t任务\t责任单位', '1\t新建学校\t市教育局']],
    ['rows of pipes', '| 序号 | 任务 |\n|---|---|\n| 1 | 新建**学校** |', ['序号\t任务', '1\t新建学校']],
    ['a table of contents is left out', '关于加快旅游业发展的意见 ..... 2\n正文。', ['正文。']],
  ])('%s', (_, raw, expected) => expect(lines(raw)).toEqual(expected))

  test('a document in one line is cut at its headings', () => {
    const raw = `云川市人民政府关于发展农业的意见 云府发〔2012〕5号 各县市区人民政府： 现提出如下意见。 一、目标 到2015年，粮食产量达到20亿斤。${'做好工作。'.repeat(160)} 二、任务 （一）种植。扩大面积。（二）养殖。扩大规模。 云川市人民政府 2012年3月5日`
    expect(lines(raw).filter((line) => line.length < 60)).toEqual([
      '云川市人民政府关于发展农业的意见',
      '云府发〔2012〕5号',
      '各县市区人民政府:',
      '现提出如下意见。',
      '一、目标',
      '二、任务',
      '(一)种植。扩大面积。',
      '(二)养殖。扩大规模。',
      '云川市人民政府',
      '2012年3月5日',
    ])
  })
})

describe('cells that stand on a line each', () => {
  test('become rows', () => {
    const raw =
      '序号\n工作任务\n责任单位\n完成时间\n一、建好农村路\n1\n危桥改造\n县交通运输局\n2021年10月底前\n2\n治理超限，设置治超点2处\n县交通运输局、\n县公安局\n2021年9月底前\n注：持续推进。'
    expect(lines(raw)).toEqual([
      '序号\t工作任务\t责任单位\t完成时间',
      '一、建好农村路\t',
      '1\t危桥改造\t县交通运输局\t2021年10月底前',
      '2\t治理超限,设置治超点2处\t县交通运输局、县公安局\t2021年9月底前',
      '注:持续推进。',
    ])
  })

  test('a merged cell before the running number leaves an empty cell below', () => {
    const raw =
      '类别\n序号\n指标名称\n2020年\n2025年\n指标属性\n防洪\n1\n堤防达标率（%）\n68\n85\n预期性\n2\n水土保持率（%）\n62\n64\n预期性\n'
    expect(lines(raw).slice(1)).toEqual([
      '防洪\t1\t堤防达标率(%)\t68\t85\t预期性',
      '\t2\t水土保持率(%)\t62\t64\t预期性',
    ])
  })
})

test('cells that only spaces hold apart become rows, a cell may hold spaces', () => {
  const raw =
    '序号  工作任务  责任单位  完成时限\n1 新建公园5个 市园林局、市财政局 2025年12月底前\n2 治理 黑臭水体 3条 市水务局 2026 年 6 月\n以上任务按季度通报。'
  expect(lines(raw)).toEqual([
    '序号\t工作任务\t责任单位\t完成时限',
    '1\t新建公园5个\t市园林局、市财政局\t2025年12月底前',
    '2\t治理黑臭水体3条\t市水务局\t2026年6月',
    '以上任务按季度通报。',
  ])
})

describe('offsets', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(...WRAPPED, '72', '— 3 —', '\t', '!', '# 标题', '序号\n任务\n责任单位\n1\n甲\n市A局\n'))
      .map((parts) => parts.join('\n')),
  )

  test('each character stands in the raw text where the map says, in order', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const { text, offsets } = readText(raw)
        expect(offsets).toHaveLength(text.length + 1)
        for (let i = 0; i < text.length; i++) {
          const offset = offsets[i] as number
          expect(offset >= 0 && offset <= raw.length).toBe(true)
          if (i > 0) expect(offset >= (offsets[i - 1] as number)).toBe(true)
          if (/[\u4e00-\u9fff]/u.test(text[i] as string) && !/[\u2e80-\u2fdf\uf900-\ufaff]/.test(raw[offset] as string))
            expect(raw[offset]).toBe(text[i])
        }
      }),
    )
  })

  test('a span cut from the raw text holds the words', () => {
    const raw = WRAPPED.join('\n\n')
    const reading = readText(raw)
    const start = reading.text.indexOf('市水利局')
    const span = rawSpan(reading, { start, end: start + 4 })
    expect(raw.slice(span.start, span.end).replace(/\s/g, '')).toBe('市水利局')
  })
})

test('what is no text is refused by name', () => {
  expect(() => readText(undefined as unknown as string)).toThrow(ExtractionError)
})

test('a line in bold is a heading, whatever stands below it', () => {
  expect(
    readText(
      '**一、工作目标**\n\n　　到2025年，建成公园30个，服务能力明显提升，群众满意度不断提高，各项工作走在前列。\n',
    ).text.split('\n')[0],
  ).toBe('一、工作目标')
})

test('headings with a comma above paragraphs of one long line each are not cut lines', () => {
  const paragraph = `${'加快补齐各类短板，健全长效管护制度，提升综合服务水平'.repeat(4)}。`
  const headings = [
    '（一）补齐短板弱项，实现关键环节突破',
    '（二）提升服务能力，推动重点领域发展',
    '（三）健全管护机制，确保各类设施长效',
  ]
  const text = headings.flatMap((heading) => [heading, paragraph, paragraph]).join('\n')
  expect(readText(text).text.split('\n')).toHaveLength(9)
})

test('a text without a single stop has a sentence a line, long or short', () => {
  const clauses = [
    '推进绿道建设，到2030年全市绿道密度比2020年提高20%',
    '开展老旧管网排查，建立台账',
    '推广装配式建筑，支持企业建设智能工厂，培育一批示范项目，完善标准体系和监管机制',
    '到2030年，新建住宅的节水器具普及率达到100%，公共机构人均用水量下降8%',
    '加强宣传，营造氛围',
    '鼓励社区建设雨水花园，改造硬质铺装',
    '完善考核办法，每年通报一次',
    '建设再生水厂，扩大再生水利用规模',
  ]
  expect(lines(clauses.join('\n'))).toHaveLength(clauses.length)
})
