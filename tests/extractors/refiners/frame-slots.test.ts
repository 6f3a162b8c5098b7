import { describe, expect, test } from 'vitest'
import {
  beforeNoun,
  filled,
  frameFrom,
  fromNoun,
  openingVerb,
  SLOTS,
} from '../../../extractors/refiners/frame/frame.ts'
import type { Frame } from '../../../extractors/refiners/frame/frame.ts'
import { ABOVE, BEHIND, BESIDE } from '../../../extractors/refiners/frame/sources.ts'
import type { Source } from '../../../extractors/refiners/frame/situation.ts'
import { quantities } from './found.ts'

/** Each number of a sentence: its name, and which slot of its frame came from where. */
const slots = (...sentences: string[]): [name: string, sources: string][] =>
  quantities(...sentences).map(({ indicator, explanation }) => [indicator, explanation['indicator']?.rule ?? ''])

type Row = [sentence: string, expected: [name: string, sources: string][]]
const read = (rows: Row[]) => test.each(rows)('%s', (sentence, expected) => expect(slots(sentence)).toEqual(expected))

describe('a frame', () => {
  const own = frameFrom({
    from: 'own',
    rule: 'own',
    slots: { verb: '新建', thing: '步道' },
    range: { start: 3, end: 9 },
  })

  test('says its slots in their order, whatever the order they were filled in', () => {
    const whole = SLOTS.toReversed().reduce<Frame>(
      (frame, slot) => filled(frame, { from: 'own', rule: 'own', slots: { [slot]: slot } }),
      frameFrom({ from: 'own', rule: 'own', slots: {} }),
    )
    expect(whole.name).toBe(SLOTS.join(''))
  })

  test('keeps what a source does not fill, and its place in the text', () => {
    const owned = filled(own, { from: 'heading', rule: 'item', slots: { owner: '东湖公园' } })
    expect(owned.name).toBe('东湖公园新建步道')
    expect(owned.slots.verb?.from).toBe('own')
    expect(owned.range).toEqual({ start: 3, end: 9 })
    expect(own.name).toBe('新建步道')
  })

  test('empties a slot, and moves words of its own with their source', () => {
    const moved = filled(own, { from: 'list', rule: 'verb', slots: { verb: '' }, moved: { measure: '新建' } })
    expect(moved.name).toBe('步道新建')
    expect(moved.slots.verb).toBeUndefined()
    expect(moved.slots.measure?.from).toBe('own')
  })

  test('opens with its verb where nobody owns it and no place stands before it', () => {
    expect(openingVerb(own)).toBe('新建')
    expect(openingVerb(filled(own, { from: 'own', rule: 'own', slots: { place: '城区' } }))).toBe('')
  })

  test('tells what stands before its noun from the noun and what is said of it', () => {
    const counted = filled(own, { from: 'own', rule: 'own', slots: { thing: '', noun: '驿站', measure: '开放' } })
    expect([beforeNoun(counted), fromNoun(counted)]).toEqual(['新建', '驿站开放'])
    expect(fromNoun(filled(own, { from: 'own', rule: 'own', slots: { measure: '开放' } }))).toBe('')
  })
})

describe('sources', () => {
  test('say what they would fill and change nothing', () => {
    const asked = new Set<string>()
    const undo = [BEHIND, ...BESIDE, ...ABOVE].map((question) => {
      const sources = question as Source[]
      const plain = [...sources]
      plain.forEach((source, index) => {
        sources[index] = (frame, situation) => {
          const before = JSON.stringify([frame, situation.draft, situation.previous, situation.next])
          const found = source(frame, situation)
          expect(JSON.stringify([frame, situation.draft, situation.previous, situation.next])).toBe(before)
          if (found) asked.add(source.name)
          return found
        }
      })
      return () => sources.splice(0, sources.length, ...plain)
    })
    try {
      quantities('新建村道80公里、步道12公里。', '推进灌区改造，配套率达到90%。', '实现小区门禁全覆盖。')
    } finally {
      for (const restore of undo) restore()
    }
    expect([...asked].sort()).toEqual(['cover', 'ownerOfMeasure', 'verbOfList'])
  })
})

describe("from the number's own part", () => {
  read([
    ['新建村道80公里。', [['新建村道', 'verb ← own, thing ← own']]],
    ['到2027年，完成农田灌溉用水约束性目标下降4%。', [['农田灌溉用水', 'thing ← own']]],
    ['城区新增充电桩300个。', [['城区新增充电桩', 'place ← own, verb ← own, thing ← own']]],
    ['为敬老院配备轮椅200台。', [['敬老院配备轮椅', 'place ← own, verb ← own, thing ← own']]],
    ['培育20家茶企。', [['培育茶企', 'verb ← own, noun ← own']]],
    ['推动3万家企业上云。', [['推动企业上云', 'verb ← own, noun ← own']]],
    ['实现小区门禁全覆盖。', [['小区门禁覆盖率', 'thing ← own, measure ← own/full-cover']]],
  ])
})

describe('from the number before or behind', () => {
  read([
    [
      '梨园面积8万亩，年产量3万吨。',
      [
        ['梨园面积', 'thing ← own'],
        ['梨年产量', 'owner ← number-before/crop, thing ← own'],
      ],
    ],
    [
      '孵化器达到9家，今年新增2家。',
      [
        ['孵化器', 'thing ← own'],
        ['孵化器新增', 'owner ← number-before/object, verb ← own'],
      ],
    ],
    [
      '管网漏损率控制在11%以内；到2025年，控制在9%以内。',
      [
        ['管网漏损率', 'thing ← own'],
        ['管网漏损率', 'thing ← number-before/same'],
      ],
    ],
    [
      '城镇生活污水处理率达到95%，农村达到40%。',
      [
        ['城镇生活污水处理率', 'thing ← own'],
        ['农村生活污水处理率', 'thing ← own, measure ← number-before/place'],
      ],
    ],
    [
      '水质优良比例为85%，其中云江流域82%。',
      [
        ['水质优良比例', 'thing ← own'],
        ['云江流域水质优良比例', 'thing ← own, measure ← number-before/rate-of-part'],
      ],
    ],
    [
      '打造书屋20家，其中镇级6家、村级14家。',
      [
        ['打造书屋', 'verb ← own, thing ← own'],
        ['打造镇级书屋', 'verb ← list/verb, thing ← own, noun ← number-before/counted'],
        ['打造村级书屋', 'verb ← list/verb, thing ← own, noun ← number-before/counted'],
      ],
    ],
    [
      '建成3个国家级、8个省级实验室。',
      [
        ['建成国家级实验室', 'verb ← own, noun ← number-behind/level'],
        ['建成省级实验室', 'verb ← list/verb, noun ← own'],
      ],
    ],
    [
      '80%的乡镇和60%的社区建立服务站。',
      [
        ['乡镇建立服务站的比例', 'noun ← own, measure ← own/share-of-those'],
        ['社区建立服务站的比例', 'noun ← own, measure ← own/share-of-those'],
      ],
    ],
  ])
})

describe('from the list', () => {
  read([
    [
      '新建村道80公里、步道12公里。',
      [
        ['新建村道', 'verb ← own, thing ← own'],
        ['新建步道', 'verb ← list/verb, thing ← own'],
      ],
    ],
    [
      '选拔认定90名骨干医师、180名骨干技师。',
      [
        ['选拔认定骨干医师', 'verb ← own, noun ← own'],
        ['选拔认定骨干技师', 'verb ← list/verb, noun ← own'],
      ],
    ],
    [
      '实施4个养蜂场、8万亩药材基地等项目建设。',
      [
        ['实施养蜂场项目建设', 'verb ← own, noun ← own, tail ← list/tail'],
        ['实施药材基地项目建设', 'verb ← list/verb, noun ← own, tail ← list/tail'],
      ],
    ],
    [
      '甲醛、甲苯去除率分别达到80%、90%。',
      [
        ['甲醛去除率', 'thing ← list/dealt'],
        ['甲苯去除率', 'thing ← list/dealt'],
      ],
    ],
    [
      '小学和初中巩固率均达到98%。',
      [
        ['小学巩固率', 'thing ← list/each'],
        ['初中巩固率', 'thing ← list/each'],
      ],
    ],
  ])
})

describe('from parts and sentences before and from what stands above', () => {
  read([
    ['推进灌区改造，配套率达到90%。', [['灌区配套率', 'owner ← part-before/thing, thing ← own']]],
    ['九大工程全面推进，完成投资60亿元。', [['九大工程完成投资', 'owner ← part-before/work, verb ← own, thing ← own']]],
    [
      '实施重大项目260个。开工率达到60%以上。',
      [
        ['实施重大项目', 'verb ← own, thing ← own'],
        ['重大项目开工率', 'owner ← sentence-before/counted, thing ← own'],
      ],
    ],
    [
      '2.乡道新建。2027年新建120公里，2028年新建90公里。',
      [
        ['乡道新建', 'owner ← heading/item, verb ← own'],
        ['乡道新建', 'owner ← heading/item, verb ← number-before/same-verb'],
      ],
    ],
    ['2.社区食堂。覆盖率达到80%。', [['社区食堂覆盖率', 'owner ← heading/item, thing ← own']]],
    ['云江大桥：年底前桥梁完成70%。', [['云江大桥桥梁完成', 'owner ← heading/topic, thing ← own']]],
  ])
})

describe('from the row and the column', () => {
  const table = (...rows: string[][]) => slots('2025年目标任务分解表', ...rows.map((cells) => cells.join('\t')))

  test('what the row names, and for which kind the cell says it', () =>
    expect(table(['指标', '单位', '2025年目标'], ['自来水普及率', '%', '镇区≥98 村庄≥90'])).toEqual([
      ['镇区自来水普及率', 'owner ← own, thing ← row'],
      ['村庄自来水普及率', 'owner ← own, thing ← row'],
    ]))

  test('what the column measures of a place or of a work', () => {
    expect(table(['县区', '茶园面积（万亩）'], ['甲县', '12'], ['乙县', '8'])).toEqual([
      ['甲县茶园面积', 'owner ← row, thing ← column'],
      ['乙县茶园面积', 'owner ← row, thing ← column'],
    ])
    expect(table(['项目', '2025年计划投资（亿元）'], ['城北供水厂', '3'])).toEqual([
      ['城北供水厂投资', 'thing ← row, measure ← column'],
    ])
  })
})
