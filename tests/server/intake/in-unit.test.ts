import { expect, it } from 'vitest'
import { inUnit } from '../../../server/intake/ledger-fields.ts'

it.each<[number, string, string, number, string]>([
  // 万 alone under a column of units, and 万 before the very unit
  [1.2, '万', '人次', 12_000, '人次'],
  [1.2, '万人次', '人次', 12_000, '人次'],
  [0.3, '亿', '元', 30_000_000, '元'],
  // said by both, or of something else: as it stands
  [3500, '万', '万元', 3500, '万'],
  [3500, '万元', '万元', 3500, '万元'],
  [1.2, '万', '', 1.2, '万'],
  [20, '所', '所', 20, '所'],
  [20, '万个', '所', 20, '万个'],
  [20, '', '所', 20, ''],
])('%d%s under %s is %d%s', (value, own, unit, expected, of) => {
  const read = inUnit({ op: '>=', value, valueHigh: null, unit: own, measure: 'level' }, unit)
  expect([read.value, read.unit]).toEqual([expected, of])
})
