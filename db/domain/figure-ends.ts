import type { FieldValues } from './target-fields.ts'

/** The number of a promise, or the lower and the upper end of a range. */
export type FigureEnds = Pick<FieldValues, 'value' | 'valueHigh'>

export const ENDS = ['value', 'valueHigh'] as const satisfies readonly (keyof FigureEnds)[]

/** What the extractors give as the value of a finding: a number, both ends of a range, or none. */
export function endsOf(value: number | readonly [low: number, high: number] | null | undefined): FigureEnds {
  if (value === null || value === undefined) return { value: null, valueHigh: null }
  return typeof value === 'number' ? { value, valueHigh: null } : { value: value[0], valueHigh: value[1] }
}

/** What goes along when the comparison alone is changed: only a range has an upper end. */
export const endsFitting = (
  op: string | null | undefined,
  given: Partial<FigureEnds>,
): Partial<Pick<FigureEnds, 'valueHigh'>> =>
  op !== undefined && op !== 'range' && given.valueHigh === undefined ? { valueHigh: null } : {}

/** The upper end of a range; null for every other target. */
export const upperEnd = ({ op, valueHigh }: { op: string | null } & Pick<FigureEnds, 'valueHigh'>): number | null =>
  op === 'range' ? valueHigh : null
