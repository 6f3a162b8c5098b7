import { daysBetween, type Frequency } from './dates.ts'
import type { ReportSource, ReportStatus } from './report-terms.ts'

/** One value of a target on a day. */
export interface Point {
  on: string
  value: number
}

/** What decides whether a report counts. */
export interface CountedReport {
  id: number
  asOf: string
  value: number | null
  status: ReportStatus
  source: ReportSource
  decidedAt: string | null
  /** The report that this one corrects. */
  correctsId: number | null
}

/**
 * The reports that count on a day, oldest first: approved, the unit's own, of data up to the day, and not corrected by
 * another approved one. Of two with one date the later decided stands last, and its value is the one that holds.
 */
export function countedReports<R extends CountedReport>(reports: readonly R[], asOf: string): R[] {
  const approved = reports.filter(({ status, source }) => status === 'approved' && source === 'unit')
  const corrected = new Set(approved.map(({ correctsId }) => correctsId))
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return approved
    .filter((report) => !corrected.has(report.id) && report.asOf <= asOf)
    .sort((a, b) => order(a.asOf, b.asOf) || order(a.decidedAt ?? '', b.decidedAt ?? '') || a.id - b.id)
}

/** Values that count up to the day, one a day, oldest first. 0 is a value; null is none. */
export function countedPoints(reports: readonly CountedReport[], asOf: string): Point[] {
  const byDay = new Map<string, number>()
  for (const { asOf: on, value } of countedReports(reports, asOf)) if (value !== null) byDay.set(on, value)
  return [...byDay].map(([on, value]) => ({ on, value }))
}

/** A drawn line of one run of reports, with `null` where it breaks off. */
type Drawn = [on: string, value: number | null][]

/** Longest days of a period; after one and a half of it a report must be missing. */
const PERIOD_DAYS: Record<Frequency, number> = { monthly: 31, quarterly: 92, yearly: 366 }

/**
 * Parts the points where a due report is missing: `solid` breaks off there, `bridge` holds the dashed pieces across.
 * Without a frequency nothing is known to be missing.
 */
export function partAtGaps(points: readonly Point[], frequency: Frequency | null): { solid: Drawn; bridge: Drawn } {
  const limit = frequency === null ? Infinity : PERIOD_DAYS[frequency] * 1.5
  const solid: Drawn = []
  const bridge: Drawn = []
  points.forEach((point, index) => {
    const before = points[index - 1]
    if (before && daysBetween(before.on, point.on) > limit) {
      solid.push([point.on, null])
      bridge.push([before.on, before.value], [point.on, point.value], [point.on, null])
    }
    solid.push([point.on, point.value])
  })
  return { solid, bridge }
}

/** Value of a line on a day, straight between its corners, its last value after them; null before it begins or without one. */
export function alongLine(line: readonly Point[], on: string): number | null {
  let from: Point | null = null
  for (const to of line) {
    if (on < to.on)
      return from === null
        ? null
        : from.value + (to.value - from.value) * (daysBetween(from.on, on) / daysBetween(from.on, to.on))
    from = to
  }
  return from?.value ?? null
}
