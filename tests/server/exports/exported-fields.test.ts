import { expect, it } from 'vitest'
import { type FieldValues, LEDGER_FIELDS } from '../../../db/domain/target-fields.ts'
import type { TargetRow } from '../../../server/core/target-schemas.ts'
import { wholeLine } from '../../../server/exports/ledger.ts'

const ROW: TargetRow = {
  id: 1,
  kind: 'quantity',
  state: 'in_progress',
  indicator: '粮食产量',
  op: 'range',
  value: 40,
  valueHigh: 60,
  unit: '万吨',
  measure: 'level',
  per: null,
  deadline: '2026-12-31',
  document: { id: 1, number: null, title: '关于粮食生产的通知', kind: 'document' },
  clausePath: [],
  lead: [],
  responsible: [],
  support: [],
  light: 'normal',
  manualLight: null,
  late: false,
  progress: null,
  expected: null,
  reported: null,
  missingBaseline: false,
  confidence: 1,
  metBy: null,
  version: 1,
}
const OTHER: Partial<FieldValues> = {
  kind: 'milestone',
  indicator: '粮食单产',
  op: '>=',
  value: 45,
  valueHigh: 70,
  unit: '吨',
  measure: 'growth',
  per: 'year',
  deadline: '2027-12-31',
  state: 'met',
  manualLight: 'done',
}

it.each(LEDGER_FIELDS)("a line of the ledger's file says another thing where %s is another", (field) => {
  expect(OTHER).toHaveProperty(field)
  expect(wholeLine({ ...ROW, [field]: OTHER[field] })).not.toEqual(wholeLine(ROW))
})
