import type { ReportStatus } from './report-terms.ts'

/** What a report must say of itself to be found among those of its target. */
interface SentReport {
  id: number
  unitId: number | null
  status: ReportStatus
  asOf: string
  correctsId: number | null
}

/**
 * The newest report of a unit that was returned and has not been reported again yet (退回重报); null where there is none. A
 * later report of the same unit that waits or was approved replaces it, by correcting it or by newer data, and so does the
 * draft that corrects it.
 */
export function openReturn<R extends SentReport>(reports: readonly R[], unitId: number | null): R | null {
  const own = reports.filter((report) => report.unitId === unitId)
  const replaced = (one: R) =>
    own.some(
      (other) =>
        other.id > one.id &&
        ((other.correctsId === one.id && other.status === 'draft') ||
          ((other.status === 'submitted' || other.status === 'approved') &&
            (other.correctsId === one.id || other.asOf >= one.asOf))),
    )
  return first(
    own.filter((report) => report.status === 'returned' && !replaced(report)),
    (a, b) => descending(a.asOf, b.asOf) || b.id - a.id,
  )
}

/** The approved value of a unit that counts last: of one day the one decided last, none that an approved one corrects. */
export function lastApproved<R extends SentReport & { decidedAt: string | null }>(reports: readonly R[]): R | null {
  const approved = reports.filter(({ status }) => status === 'approved')
  const corrected = new Set(approved.map(({ correctsId }) => correctsId))
  return first(
    approved.filter(({ id }) => !corrected.has(id)),
    (a, b) => descending(a.asOf, b.asOf) || descending(a.decidedAt ?? '', b.decidedAt ?? '') || b.id - a.id,
  )
}

/** Dates and instants as they are written, the latest first. */
const descending = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1)

/** What an order puts first; null of nothing. */
const first = <R>(list: readonly R[], order: (a: R, b: R) => number): R | null =>
  list.reduce<R | null>((one, other) => (one === null || order(other, one) < 0 ? other : one), null)
