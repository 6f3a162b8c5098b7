import type { TargetRecord } from '../supervision/target-record.ts'

/** One field in both versions; `changed` where they are not the same. */
export interface FieldComparison { field: string, extracted: unknown, confirmed: unknown, changed: boolean }

const FIELDS = ['indicator', 'op', 'value', 'valueHigh', 'unit', 'measure', 'per', 'deadline', 'baselineValue', 'baselineUnit', 'baselinePeriod'] as const

type Named = { role: 'lead' | 'responsible' | 'support', name: string }

/** Holds what the rules found beside what people confirmed. Empty for a target added by hand: the rules found nothing. */
export function compareVersions(target: TargetRecord, units: readonly Named[]): FieldComparison[] {
  if (target.extracted === null) return []
  const found = flatten(target.extracted)
  const rows: FieldComparison[] = FIELDS.map((field) => row(field, found[field] ?? null, target[field]))
  for (const role of ['lead', 'responsible', 'support'] as const) {
    const names = Array.isArray(target.extracted[role]) ? (target.extracted[role] as string[]) : []
    rows.push(row(role, names, units.filter((u) => u.role === role).map((u) => u.name)))
  }
  return rows
}

const row = (field: string, extracted: unknown, confirmed: unknown): FieldComparison =>
  ({ field, extracted, confirmed, changed: JSON.stringify(extracted) !== JSON.stringify(confirmed) })

/** The record of the extractors in the columns of the database: a task or clause is the indicator, a range two values. */
function flatten(extracted: Record<string, unknown>): Record<string, unknown> {
  const { value, baseline } = extracted
  const [low, high] = Array.isArray(value) ? value : [value ?? null, extracted.valueHigh ?? null]
  const base = (baseline ?? {}) as { value?: unknown, unit?: unknown, period?: unknown }
  return {
    ...extracted,
    indicator: extracted.indicator ?? extracted.task ?? extracted.clause,
    value: low, valueHigh: high,
    baselineValue: base.value ?? extracted.baselineValue, baselineUnit: base.unit ?? extracted.baselineUnit, baselinePeriod: base.period ?? extracted.baselinePeriod,
  }
}
