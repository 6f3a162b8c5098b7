import { expect, test } from 'vitest'
import { everyMatch } from '../../../extractors/text/every-match.ts'

test.each([
  [/[一二三]/g, '一甲二乙三'],
  [/(?<unit>局|厅)、?/g, '甲局、乙厅、丙局'],
  [/(?=\d)/g, '甲12乙3'],
  [/丁/g, '甲乙丙'],
])('%s finds in %s what matchAll finds, twice', (pattern, text) => {
  const expected = [...text.matchAll(pattern)]
  expect(everyMatch(pattern, text)).toEqual(expected)
  expect(everyMatch(pattern, text)).toEqual(expected)
})
