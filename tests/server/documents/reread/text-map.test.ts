import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveSpans } from '../../../../server/documents/reread/spans.ts'
import { mapText } from '../../../../server/documents/reread/text-map.ts'

const plain = (text: string) => text.replace(/\s/g, '')

/** Sentences of an office, some of them several times in one text. */
const sentence = fc.oneof(
  fc.constantFrom('到2027年，森林覆盖率达到60%以上。', '（责任单位：甲局）', '一、主要目标', '全面完成年度任务。'),
  fc
    .array(fc.constantFrom(...'水利农业教育交通建成投用公里万亩年月1234567890%。，、（）'), {
      minLength: 3,
      maxLength: 30,
    })
    .map((signs) => signs.join('')),
)
const sentences = fc.array(sentence, { minLength: 1, maxLength: 40 })
const blanks = fc.constantFrom('', '', '\n', '\t', ' ', '\u3000\u3000', '\n\f\n')
/** The same words with other line breaks and blanks. */
const laidOut = (text: string) =>
  fc
    .array(blanks, { minLength: text.length, maxLength: text.length })
    .map((gaps) => [...text].map((c, i) => c + gaps[i]).join(''))

describe('the map from one text to another', () => {
  it('finds every word of a text that is only laid out anew, exactly', () => {
    fc.assert(
      fc.property(
        sentences.map((all) => all.join('')).chain((text) => fc.tuple(fc.constant(text), laidOut(text), laidOut(text))),
        fc.nat(),
        fc.nat(),
        ([text, before, after], from, length) => {
          const map = mapText(before, after)
          const start = from % before.length
          const end = Math.min(before.length, start + (length % 40) + 1)
          const found = map.range(start, end)
          const words = plain(before.slice(start, end))
          if (words === '') expect(found).toBeNull()
          else expect([plain(after.slice(found!.start, found!.end)), found!.share]).toEqual([words, 1])
          expect(plain(text)).toBe(plain(after))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keeps what stands in both in order, whatever comes or goes between', () => {
    fc.assert(
      fc.property(
        sentences,
        fc.array(fc.tuple(fc.constantFrom('keep', 'drop', 'add'), sentence), { minLength: 40, maxLength: 40 }),
        (all, edits) => {
          const before = all.map((one, i) => `${i}号：${one}`)
          const after = before.flatMap((one, i) => {
            const [how, other] = edits[i]!
            return how === 'drop' ? [] : how === 'add' ? [other, one] : [one]
          })
          const [old, fresh] = [before.join('\n'), after.join('\n')]
          const map = mapText(old, fresh)
          let [at, last] = [0, 0]
          for (const one of before) {
            const found = map.range(at, at + one.length)
            if (found) {
              expect(found.start).toBeGreaterThanOrEqual(last) // nothing changes places
              last = found.start
            }
            at += one.length + 1
          }
          // where nothing comes or goes everything is found
          const spaced = before.join('\n\n')
          const unedited = mapText(old, spaced)
          at = 0
          for (const one of before) {
            const found = unedited.range(at, at + one.length)!
            expect([spaced.slice(found.start, found.end), found.share]).toEqual([one, 1])
            at += one.length + 1
          }
          const end = map.range(0, old.length)
          expect(end === null || end.end <= fresh.length).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['a sentence that was dropped', '甲乙丙丁。戊己庚辛壬癸。子丑寅卯。', '甲乙丙丁。子丑寅卯。', '戊己庚辛壬癸', null],
    [
      'one behind an insertion',
      '甲乙丙丁。子丑寅卯辰巳。',
      '全文前言一句话。甲乙丙丁。子丑寅卯辰巳。',
      '子丑寅卯辰巳',
      1,
    ],
    [
      'a word that was mended',
      '到二零二六年覆盖率达到六成以上。',
      '到二〇二六年覆盖率达到六成以上。',
      '到二零二六年',
      5 / 6,
    ],
    ['another text', '甲乙丙丁', '子丑寅卯', '甲乙', null],
  ])('%s', (_name, before, after, words, share) => {
    const start = before.indexOf(words)
    expect(mapText(before, after).range(start, start + words.length)?.share ?? null).toEqual(share)
  })

  it('takes a long text that was joined anew in seconds, not minutes', () => {
    const lines = Array.from(
      { length: 16_000 },
      (_, i) => `第${i}条到20${i % 80}年指标${i * 7}达到${i % 97}%以上，由第${i % 31}局负责。`,
    )
    const before = lines.join('\n')
    const after = lines
      .filter((_, i) => i % 50 !== 0)
      .join('')
      .replaceAll('，', '，\n')
    const began = process.cpuUsage().user
    const map = mapText(before, after)
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(10)
    const start = before.indexOf('第8001条')
    const found = map.range(start, before.indexOf('\n', start))!
    expect(plain(after.slice(found.start, found.end))).toBe(lines[8001])
    expect(found.share).toBe(1)
  })

  it('moves every place in a record of what was found, and nothing else', () => {
    const map = mapText('甲乙丙丁戊', '\n甲乙\n丙丁戊')
    expect(
      moveSpans(
        {
          start: 0,
          end: 2,
          value: 5,
          explanation: { unit: { words: '丙', span: { start: 2, end: 3 } } },
          doubts: ['unit'],
        },
        map,
      ),
    ).toEqual({
      start: 1,
      end: 3,
      value: 5,
      explanation: { unit: { words: '丙', span: { start: 4, end: 5 } } },
      doubts: ['unit'],
    })
  })
})
