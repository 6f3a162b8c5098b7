import type { HeadDoubt, HeadDoubts, HeadField } from '../types.ts'

/** The uncertain fields among the four of a head. */
export function headDoubts(reasons: Record<HeadField, HeadDoubt | null>): HeadDoubts {
  return Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason !== null)) as HeadDoubts
}
