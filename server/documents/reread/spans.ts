import type { TextMap } from './text-map.ts'

/** Pairs of fields that hold a range of the text. */
const RANGES = [
  ['start', 'end'],
  ['clauseStart', 'clauseEnd'],
] as const

/**
 * A record of what the rules found with every place in it moved to where it stands in the new text; what it says stays. A
 * place that is not found again is left as it is: nothing leads there but the words beside it.
 */
export function moveSpans<T>(record: T, map: TextMap): T {
  if (Array.isArray(record)) return record.map((one: unknown) => moveSpans(one, map)) as T
  if (record === null || typeof record !== 'object') return record
  const moved: Record<string, unknown> = Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, moveSpans(value as unknown, map)]),
  )
  for (const [start, end] of RANGES) {
    const [from, until] = [moved[start], moved[end]]
    if (typeof from !== 'number' || typeof until !== 'number') continue
    const place = map.range(from, until)
    if (place) Object.assign(moved, { [start]: place.start, [end]: place.end })
  }
  return moved as T
}
