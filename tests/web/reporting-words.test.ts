import { expect, it } from 'vitest'
import type { TargetDetail } from '../../web/src/api/types.ts'
import { reportingWords } from '../../web/src/domain/reporting-words.ts'

const units = (count: number) => Array.from({ length: count }, () => ({})) as TargetDetail['lead']

it.each([
  [1, 0, 'any', null],
  [0, 1, 'each', null],
  [1, 1, 'any', '任一承办单位填报'],
  [0, 3, 'lead', '牵头单位统一填报'],
  [1, 8, 'each', '各单位分别填报'],
] as const)('%i leading and %i responsible units, %s: %s', (lead, responsible, reporting, words) => {
  expect(reportingWords({ lead: units(lead), responsible: units(responsible), reporting })).toBe(words)
})
