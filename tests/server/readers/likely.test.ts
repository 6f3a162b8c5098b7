import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { inkOf } from '../../../server/readers/ocr/ink.ts'
import { withContrast } from '../../../server/readers/ocr/contrast.ts'
import { withFaintSigns } from '../../../server/readers/ocr/faint-signs.ts'
import { withLikelySigns } from '../../../server/readers/ocr/likely-signs.ts'
import { withLikelyWords } from '../../../server/readers/ocr/likely-words.ts'
import type { Likely, ReadCharacter } from '../../../server/readers/ocr/read-line.ts'

/** How surely a letter was read, and what else it may be. */
type Doubt = readonly [confidence: number, others: Readonly<Record<string, number>>]

/** A line of letters that are a step of 20 apart, read surely but for those named. */
function lineOf(text: string, doubts: Readonly<Record<string, Doubt>> = {}) {
  const characters = [...text].map((one, i): ReadCharacter => {
    const [confidence, given] = doubts[one] ?? [0.999, {}]
    const others = Object.entries(given).map(([other, share]): Likely => ({ text: other, confidence: share }))
    return { text: one, confidence, x: i * 20, ...(others.length > 0 && { others }) }
  })
  return { characters, text }
}

describe('letters that make no word are others that do', () => {
  test.each<[string, string, Record<string, Doubt>, string]>([
    ['one of four', '新建消防教援站3座', { 教: [0.9, { 救: 0.05 }] }, '新建消防救援站3座'],
    ['two of a long word', '市作房城乡建没局', { 作: [0.8, { 住: 0.1 }], 没: [0.6, { 设: 0.3 }] }, '市住房城乡建设局'],
    ['one of two, where it is likely enough', '准动建设', { 准: [0.5, { 推: 0.4 }] }, '推动建设'],
    ['the last of four', '开办时同压缩', { 同: [0.6, { 间: 0.3 }] }, '开办时间压缩'],
    ['not what is unlikely', '看力治理', { 看: [0.9, { 着: 0.0015 }] }, '看力治理'],
    ['not what was read surely', '消防教援站', { 教: [0.98, { 救: 0.01 }] }, '消防教援站'],
    ['not a letter of a word that was read', '河道清理', { 道: [0.7, { 流: 0.2 }] }, '河道清理'],
    [
      'not where most of the word would be another',
      '因雉家庭',
      { 因: [0.5, { 困: 0.4 }], 雉: [0.5, { 难: 0.4 }] },
      '因雉家庭',
    ],
  ])('%s', (_, text, doubts, expected) => expect(withLikelyWords(lineOf(text, doubts)).text).toBe(expected))

  test('and are no longer in doubt, so that no other rule changes them', () => {
    const { characters } = withLikelyWords(lineOf('儿童死亡率', { 童: [0.8, { 量: 0.15 }] }))
    expect(characters[1]).toMatchObject({ text: '童', others: [] })
  })
})

describe('signs that are blurred', () => {
  test.each<[string, string, Record<string, Doubt>, string]>([
    ['a comma read as a dot', '率达到90%以内·新建', { '·': [0.6, { '，': 0.1, '。': 0.03 }] }, '率达到90%以内，新建'],
    ['a full stop read as a dot', '治水·新建书屋', { '·': [0.4, { '。': 0.3 }] }, '治水。新建书屋'],
    ['the dot of a name', '阿依古丽·买买提', { '·': [0.95, { '，': 0.03 }] }, '阿依古丽·买买提'],
    ['a dot that may be no stop', '澄江·夜读', { '·': [0.7, { '•': 0.2 }] }, '澄江·夜读'],
    ['a semicolon between promises', '学位7200个：改建医院', { '：': [0.88, { '；': 0.09 }] }, '学位7200个；改建医院'],
    ['a colon behind a label', '责任单位：区财政局', { '：': [0.88, { '；': 0.09 }] }, '责任单位：区财政局'],
    ['a full stop behind a heading', '二、推动转型：完成', { '：': [0.6, { '。': 0.2 }] }, '二、推动转型。完成'],
    ['a bracket between two names', '（区教育局（区民政局', { '（': [0.7, { '、': 0.2 }] }, '（区教育局、区民政局'],
    ['a rate read as a digit', '下降3.28，', { 8: [0.6, { '%': 0.2 }] }, '下降3.2%，'],
    ['a digit before what is counted', '新增128个', { 8: [0.6, { '%': 0.2 }] }, '新增128个'],
  ])('%s', (_, text, doubts, expected) => {
    // The first bracket was read surely.
    const line = lineOf(text, doubts)
    if (text.startsWith('（')) line.characters[0] = { text: '（', confidence: 0.99, x: 0 }
    expect(withLikelySigns(line).text).toBe(expected)
  })
})

describe('signs that are too faint to be read', () => {
  const spaced = (text: string, gap: number, behind: Likely) => {
    const line = lineOf(text)
    const at = text.indexOf('|')
    const characters = line.characters
      .filter(({ text: one }) => one !== '|')
      .map((one, i) => ({ ...one, x: i * 20 + (i >= at ? gap : 0), ...(i === at - 1 && { behind }) }))
    return { characters, text: text.replace('|', '') }
  }
  test.each<[string, string, number, Likely, string]>([
    ['stand where there is room for them', '主要目标|到明年', 20, { text: '。', confidence: 0.03 }, '主要目标。到明年'],
    ['and nowhere else', '主要目标|到明年', 2, { text: '。', confidence: 0.3 }, '主要目标到明年'],
    ['nor between columns', '主要目标|到明年', 60, { text: '。', confidence: 0.3 }, '主要目标到明年'],
  ])('%s', (_, text, gap, behind, expected) => expect(withFaintSigns(spaced(text, gap, behind)).text).toBe(expected))
})

describe('faint letters', () => {
  /** Paper with a row of strokes, in shadow on its right. */
  function page(ink: number) {
    const canvas = createCanvas(480, 240)
    const context = canvas.getContext('2d')
    const image = context.createImageData(480, 240)
    for (let at = 0; at < image.data.length; at += 4) {
      const [x, y] = [(at / 4) % 480, Math.floor(at / 4 / 480)]
      const light = 220 - (x / 480) * 60
      const isInk = y % 24 < 12 && x % 12 < 2
      image.data.fill(isInk ? light * ink : light, at, at + 3)
      image.data[at + 3] = 255
    }
    context.putImageData(image, 0, 0)
    return canvas
  }
  const share = (ink: number) => {
    const canvas = page(ink)
    withContrast(canvas)
    const { data } = canvas.getContext('2d').getImageData(0, 0, 480, 240)
    const at = (x: number, y: number) => data[(y * 480 + x) * 4]!
    return {
      ink: at(240, 120) / at(246, 120),
      paper: at(246, 120),
      dark: inkOf(canvas).dark.reduce((sum, one) => sum + one, 0),
    }
  }
  test('become dark, in the shadow too, and their paper stays', () => {
    const { ink, paper, dark } = share(0.8)
    expect(ink).toBeLessThan(0.6)
    expect(paper).toBeGreaterThan(185)
    expect(dark).toBeGreaterThan(480 * 240 * 0.07)
  })
  test('dark ones stay as they are', () => expect(share(0.3).ink).toBeCloseTo(0.3, 1))
})
