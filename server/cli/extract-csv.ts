import type { Extraction, FoundTarget } from '../../extractors/types.ts'
import { CSV_BOM, csvLine } from '../csv.ts'

type Cells = (string | number | null)[]

const HEADER = [
  'file',
  'document',
  'kind',
  'indicator_or_task',
  'op',
  'value',
  'unit',
  'measure',
  'per',
  'deadline',
  'deadline_basis',
  'lead',
  'responsible',
  'support',
  'confidence',
  'clause',
  'start',
  'end',
]

function fields(target: FoundTarget): Cells {
  const units = [target.lead, target.responsible, target.support].map((names) => names.join('、'))
  const tail = [
    target.deadline,
    target.deadlineBasis,
    ...units,
    target.confidence,
    target.clausePath.join(' > '),
    target.start,
    target.end,
  ]
  if (target.kind === 'milestone') return ['milestone', target.task, '', '', '', '', '', ...tail]
  const value = Array.isArray(target.value) ? target.value.join('—') : target.value
  return ['quantity', target.indicator, target.op, value, target.unit, target.measure, target.per, ...tail]
}

/** Targets and duties of all files as one table (RFC 4180), duties as rows of kind `duty`. Begins with a byte order mark for Excel. */
export function toCsv(files: readonly (Extraction & { file: string })[]): string {
  const rows: Cells[] = [HEADER]
  for (const { file, targets, duties } of files) {
    for (const target of targets) rows.push([file, target.document, ...fields(target)])
    for (const duty of duties) {
      const units = [duty.lead, duty.responsible, duty.support].map((names) => names.join('、'))
      rows.push([
        file,
        duty.document,
        'duty',
        duty.clause,
        '',
        '',
        '',
        '',
        '',
        duty.deadline,
        '',
        ...units,
        '',
        duty.clausePath.join(' > '),
        duty.start,
        duty.end,
      ])
    }
  }
  return CSV_BOM + rows.map(csvLine).join('')
}
