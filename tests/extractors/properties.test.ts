import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import { type Extraction, ExtractionError, type Span } from '../../extractors/types.ts'
import { allFindings, findingsOf } from './findings.ts'
import { doubleSpaced, paged, toFullWidth, toHalfWidth, wrap } from './layouts.ts'

const DOCUMENTS = fileURLToPath(new URL('../../seeds/documents', import.meta.url))
const demo = readdirSync(DOCUMENTS)
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((name) => ({ name, raw: readFileSync(join(DOCUMENTS, name), 'utf8') }))
/** One document in the file, each paragraph on a line of its own however long: the layouts below start from these. */
const unwrapped = demo.filter(
  ({ raw }) => extract(raw).documents.length === 1 && raw.split('\n').some((line) => line.length > 80),
)

/** Properties take names, so that a counterexample is not pages long. */
const document = fc.constantFrom(...demo.map(({ name }) => name))
const paragraphs = fc.constantFrom(...unwrapped.map(({ name }) => name))
const read = (name: string): string => demo.find((one) => one.name === name)?.raw ?? ''
/** What is found in a document as it is; every example of a property compares with it. */
const plain = new Map<string, ReturnType<typeof allFindings>>()
function foundIn(name: string): ReturnType<typeof allFindings> {
  const found = plain.get(name) ?? allFindings(extract(read(name)))
  plain.set(name, found)
  return found
}

describe('the layout changes no finding but its offsets', () => {
  test('there are documents to lay out', () => expect(unwrapped.length).toBeGreaterThanOrEqual(4))

  test('wrapped at any width', () => {
    fc.assert(
      fc.property(paragraphs, fc.integer({ min: 18, max: 60 }), (name, width) => {
        expect(allFindings(extract(wrap(read(name), width)))).toEqual(foundIn(name))
      }),
      { numRuns: 200 },
    )
  })

  test('wrapped and cut into pages', () => {
    fc.assert(
      fc.property(
        paragraphs,
        fc.integer({ min: 22, max: 44 }),
        fc.integer({ min: 12, max: 40 }),
        (name, width, height) => {
          expect(allFindings(extract(paged(wrap(read(name), width), height)))).toEqual(foundIn(name))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('in full-width and in half-width signs', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(toFullWidth, toHalfWidth), (name, change) => {
        expect(allFindings(extract(change(read(name))))).toEqual(foundIn(name))
      }),
      { numRuns: 2 * demo.length },
    )
  })

  test('with empty lines between the lines', () => {
    for (const { raw } of unwrapped) expect(allFindings(extract(doubleSpaced(raw)))).toEqual(allFindings(extract(raw)))
  })

  test('between two other documents', () => {
    fc.assert(
      fc.property(paragraphs, paragraphs, paragraphs, (before, name, after) => {
        const together = extract([before, name, after].map(read).join('\n\n'))
        expect(together.documents).toHaveLength(3)
        expect(findingsOf(together, 1)).toEqual(foundIn(name))
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is found stands in the file', () => {
  test.each(demo)('$name: every span is inside the file and holds the value', ({ raw }) => {
    const extraction = extract(raw)
    for (const [what, span] of spansOf(extraction)) {
      expect(
        0 <= span.start && span.start <= span.end && span.end <= raw.length,
        `${what} ${span.start}–${span.end} of ${raw.length}`,
      ).toBe(true)
    }
    for (const found of extraction.targets) {
      expect(found.clauseStart <= found.start && found.end <= found.clauseEnd).toBe(true)
      if (found.kind === 'milestone') continue
      const written = toHalfWidth(raw.slice(found.start, found.end)).replace(/\s/g, '')
      expect(written).not.toBe('')
      const digits = [...written.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number))
      // A number in words (两千个, 翻一番, 全覆盖) has no digits to compare.
      if (digits.length > 0) for (const value of [found.value].flat()) expect(digits).toContain(value)
    }
  })

  test('the same text gives the same result', () => {
    for (const { raw } of demo) expect(extract(raw)).toEqual(extract(raw))
  })
})

describe('what stood beside the text', () => {
  test.each([
    [
      'a short table in single lines, a title of a group at its end',
      '序号\n任务\n责任单位\n1\n新建公园\n市园林局\n一、绿化',
    ],
    ['a date in the tag behind the sentence', '一、任务\n（一）优化评估环节。（发展改革委牵头，2019年）'],
    ['rows that run together at the end of the file', '序号指标单位2020年2025年1托位数个23003100一、民生'],
  ])('%s', (_, raw) => {
    const extraction = extract(raw)
    for (const [what, { start, end }] of spansOf(extraction))
      expect(start >= 0 && start <= end && end <= raw.length, `${what} ${start}–${end} of ${raw.length}`).toBe(true)
    for (const found of extraction.targets)
      expect(found.clauseStart <= found.start && found.end <= found.clauseEnd).toBe(true)
  })
})

describe('whatever comes in', () => {
  /** Pieces that documents are made of, so that random text gets past the first test of each parser. */
  const pieces = fc.constantFrom(
    '到2025年，',
    '２０２０年６月底前',
    '“十四五”期间',
    '达到',
    '不低于',
    '分别',
    '95%',
    '1.2万亩',
    '百分之八十',
    '翻一番',
    '全覆盖',
    '由',
    '提高到',
    '至',
    '—',
    '（责任单位：',
    '（牵头单位：',
    '市发展改革委',
    '、',
    '；',
    '，',
    '。',
    '）',
    '〔2019〕2号',
    '一、',
    '（一）',
    '1．',
    '\n',
    '\n\n',
    '　　',
    '\t',
    '— 12 —',
    '关于印发',
    '的通知',
    '《',
    '》',
    '“',
    '\u{1F600}',
    '\uD800',
    '\0',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 120 })
      .map((parts) => parts.join('')),
  )

  test('it returns spans inside the text, or throws an ExtractionError', () => {
    fc.assert(
      fc.property(text, (raw) => {
        let extraction: Extraction
        try {
          extraction = extract(raw)
        } catch (error) {
          if (error instanceof ExtractionError) return
          throw error
        }
        for (const { clauseStart, start, end, clauseEnd } of extraction.targets)
          if (!(clauseStart <= start && end <= clauseEnd))
            throw new Error(`a target at ${start}–${end} outside its clause ${clauseStart}–${clauseEnd}`)
        for (const [what, { start, end }] of spansOf(extraction)) {
          if (!(0 <= start && start <= end && end <= raw.length))
            throw new Error(`${what} ${start}–${end} of ${raw.length}`)
        }
      }),
      { numRuns: 1500 },
    )
  })
})

function* spansOf(extraction: Extraction): Generator<[string, Span]> {
  for (const found of extraction.documents) yield ['document', found]
  for (const found of extraction.targets) {
    yield [found.kind, found]
    yield [`clause of ${found.kind}`, { start: found.clauseStart, end: found.clauseEnd }]
    for (const [field, { span }] of Object.entries(found.explanation))
      if (span) yield [`${field} of ${found.kind}`, span]
  }
  for (const found of extraction.duties) {
    yield ['duty', found]
    yield ['clause of duty', { start: found.clauseStart, end: found.clauseEnd }]
  }
}
