import type { Extraction, FoundTarget } from '../../extractors/types.ts'

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

/** A cell that a spreadsheet takes as text: quoted where needed, a leading =, +, - or @ kept from being a formula. */
function cell(value: unknown): string {
  const words = value === null || value === undefined ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function fields(target: FoundTarget): unknown[] {
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
  const rows: unknown[][] = [HEADER]
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
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
