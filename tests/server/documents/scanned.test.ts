import { expect, test } from 'vitest'
import type { CandidateColumns } from '../../../server/core/candidates.ts'
import { ScannedPages } from '../../../server/documents/scanned.ts'
import type { ReadPage } from '../../../server/readers/types.ts'

const TEXT = '第一页的字。\n\f\n新建水位监测站260个。\n'
const START = TEXT.indexOf('新建')
const toPage = [1, 0, 0, 1, 0, 0] as const
const word = (start: number, end: number, confidence: number) => ({
  start: START + start,
  end: START + end,
  confidence,
  box: [0, 0, 1, 1] as [number, number, number, number],
})
const PAGES: ReadPage[] = [
  { number: 1, start: 0, width: 595, height: 842 },
  {
    number: 2,
    start: START,
    width: 595,
    height: 842,
    scan: { toPage, words: [word(0, 4, 0.99), word(4, 7, 0.8), word(7, 11, 0.95)] },
  },
]
const candidate = (clauseStart: number, clauseEnd: number) =>
  ({ clauseStart, clauseEnd, confidence: 0.9, extracted: { explanation: {} } }) as unknown as CandidateColumns

test('a finding on a scanned page is marked, and believed no more than its least sure word', () => {
  const marked = new ScannedPages(PAGES, TEXT).mark(candidate(START, START + 12))
  expect(marked.confidence).toBeCloseTo(0.9 * 0.9 * 0.8)
  expect(marked.extracted?.explanation).toEqual({
    scan: { words: '监测站', span: { start: START + 4, end: START + 7 }, rule: 'scan' },
  })
})
test('one on a page of text is left as it is', () => {
  const given = candidate(0, 6)
  expect(new ScannedPages(PAGES, TEXT).mark(given)).toBe(given)
})
