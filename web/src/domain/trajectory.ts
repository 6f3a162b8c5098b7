/** One value of a target on a day. */
export interface Point {
  on: string
  value: number
}

interface ReportLike {
  asOf: string
  value: number | null
  status: string
  decidedAt: string | null
}

const PERIOD_DAYS: Record<string, number> = { monthly: 31, quarterly: 92, yearly: 366 }
const DAY = 86_400_000

/** Values that count up to the day, one a day (the last decided wins), oldest first. 0 is a value; null is none. */
export function countedPoints(reports: readonly ReportLike[], asOf: string): Point[] {
  const byDay = new Map<string, { value: number; decidedAt: string }>()
  for (const report of reports) {
    if (report.status !== 'approved' || report.value === null || report.asOf > asOf) continue
    const before = byDay.get(report.asOf)
    const decidedAt = report.decidedAt ?? ''
    if (!before || decidedAt >= before.decidedAt) byDay.set(report.asOf, { value: report.value, decidedAt })
  }
  return [...byDay].map(([on, { value }]) => ({ on, value })).sort((a, b) => a.on.localeCompare(b.on))
}

/** Approved reports up to the day, the newest first; of one day the last decided stands first. */
export const countedReports = <R extends ReportLike>(reports: readonly R[], asOf: string): R[] =>
  reports
    .filter((report) => report.status === 'approved' && report.asOf <= asOf)
    .sort((a, b) => b.asOf.localeCompare(a.asOf) || (b.decidedAt ?? '').localeCompare(a.decidedAt ?? ''))

/** A drawn line of one run of reports, with `null` where it breaks off. */
export type Drawn = [on: string, value: number | null][]

/**
 * Parts the points where a due report is missing: `solid` breaks off there, `bridge` holds the dashed pieces across.
 * Without a frequency nothing is known to be missing.
 */
export function partAtGaps(points: readonly Point[], frequency: string | null): { solid: Drawn; bridge: Drawn } {
  const limit = frequency === null ? Infinity : (PERIOD_DAYS[frequency] ?? Infinity) * 1.5 * DAY
  const solid: Drawn = []
  const bridge: Drawn = []
  points.forEach((point, index) => {
    const before = points[index - 1]
    if (before && Date.parse(point.on) - Date.parse(before.on) > limit) {
      solid.push([point.on, null])
      bridge.push([before.on, before.value], [point.on, point.value], [point.on, null])
    }
    solid.push([point.on, point.value])
  })
  return { solid, bridge }
}

/** Value of the expected line on a day, straight between its corners; null outside of it or without one. */
export function expectedOn(line: readonly Point[], on: string): number | null {
  const last = line[line.length - 1]
  if (line.length === 0 || !last || on < line[0]!.on) return null
  if (on >= last.on) return last.value
  const index = line.findIndex((corner) => corner.on > on)
  const from = line[index - 1]!
  const to = line[index]!
  const part = (Date.parse(on) - Date.parse(from.on)) / Math.max(DAY, Date.parse(to.on) - Date.parse(from.on))
  return from.value + (to.value - from.value) * part
}
