import { needsNumbers } from './breakdown.ts'
import { reachedTogether } from './lights.ts'
import { type CountedReport, countedReports, type Point } from './trajectory.ts'

/**
 * What units that report separately have reached together, from day to day. Where the whole stands as its worst unit does, the
 * value that is farthest from the promise, once all of them have one.
 */
export function pointsTogether(
  whole: Parameters<typeof reachedTogether>[0],
  reports: readonly (CountedReport & { unitId: number | null })[],
  asOf: string,
): Point[] {
  const counted = countedReports(reports, asOf)
  const byDay = new Map<string, number>()
  if (needsNumbers(whole.rollUp)) {
    for (const { asOf: on, value } of reachedTogether(whole, counted)) byDay.set(on, value!)
    return [...byDay].map(([on, value]) => ({ on, value }))
  }
  const latest = new Map<number, number>()
  for (const { asOf: on, unitId, value } of counted) {
    if (unitId === null || value === null || !whole.eachUnits.includes(unitId)) continue
    latest.set(unitId, value)
    if (latest.size < whole.eachUnits.length) continue
    byDay.set(on, whole.op === '<=' ? Math.max(...latest.values()) : Math.min(...latest.values()))
  }
  return [...byDay].map(([on, value]) => ({ on, value }))
}
