import { DOUBT_FIELDS, type DoubtField } from '../../db/domain/doubts.ts'
import type { TargetRecord } from '../core/target-record.ts'

/** The record's own value of a doubtful field and the one that was read; both null where a field is none of the record's columns. */
const held: Readonly<Record<DoubtField, (row: TargetRecord, found: Record<string, unknown>) => [unknown, unknown]>> = {
  kind: (row, found) => [row.kind, found['kind']],
  indicator: (row, found) => [row.indicator, found['indicator'] ?? found['task']],
  value: (row, found) => [row.value, [found['value']].flat()[0]],
  unit: (row, found) => [row.unit, found['unit']],
  op: (row, found) => [row.op, found['op']],
  measure: (row, found) => [row.measure, found['measure']],
  deadline: (row, found) => [row.deadline, found['deadline']],
  units: () => [null, null],
}

/** The fields of a candidate that the rules doubt, without those that have been mended since. Empty for one added by hand. */
export function openDoubts(row: TargetRecord): DoubtField[] {
  const doubts: unknown = row.extracted?.['doubts']
  if (!Array.isArray(doubts)) return []
  return DOUBT_FIELDS.filter((field) => doubts.includes(field))
    .filter((field) => {
      const [now, read] = held[field](row, row.extracted ?? {})
      return (now ?? null) === (read ?? null)
    })
    .sort((a, b) => doubts.indexOf(a) - doubts.indexOf(b))
}
