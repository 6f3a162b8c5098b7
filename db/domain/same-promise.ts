import { ENDS, type FigureEnds } from './figure-ends.ts'
import { likeness, type Profile, profileOf } from './similarity.ts'
import type { Kind } from './target-terms.ts'

/** From this likeness of the indicators on, two targets of one value and deadline are held to be the same promise. */
export const ALIKE = 0.7

type Promised = FigureEnds & { kind: Kind; indicator: string; unit: string | null; deadline: string | null }

/**
 * Only targets of one key can be the same promise. Without a number the beginning of the indicator has to do, or every duty
 * would be held against every other.
 */
export const promiseKey = (row: Promised): string =>
  JSON.stringify(
    row.kind === 'quantity'
      ? [...ENDS.map((end) => row[end]), row.unit, row.deadline]
      : [row.kind, row.deadline, row.indicator.replace(/[\p{P}\s]/gu, '').slice(0, 6)],
  )

/** Of a list in its order: for each that says what an earlier one says, the first of those. By id. */
export function repeatedIn<T extends Promised & { id: number }>(rows: readonly T[]): Map<number, T> {
  const firsts = new Map<string, { row: T; profile: Profile }[]>()
  const found = new Map<number, T>()
  for (const row of rows) {
    const key = promiseKey(row)
    const profile = profileOf(row.indicator)
    const group = firsts.get(key) ?? []
    const first = group.find((one) => likeness(one.profile, profile) >= ALIKE)
    if (first) found.set(row.id, first.row)
    else firsts.set(key, [...group, { row, profile }])
  }
  return found
}
