import type { TargetFilter } from '../core/target-schemas.ts'
import { lightCode, type StandingColumns } from './columns.ts'
import { sumsOfPast } from './day-sums.ts'
import { Marks } from './marks.ts'
import { eachSelected, type Selection } from './select.ts'
import type { Standing } from './standing.ts'

/** The targets that a filter leaves in on a day. */
export interface Listing {
  total: number
  has: (id: number) => boolean
  /** One more than the highest number that may be left in. */
  end: number
  /** Tells of a deadline, as a day, whether none that is left in has it; undefined where that is not known. */
  without: ((deadline: number) => boolean) | undefined
  /** Their numbers, not in order. */
  ids: () => Int32Array
}

/** What all targets were looked at for. */
interface Looked {
  marks: Marks
  total: number
  /** Their numbers, not in order; null where they are not at hand and would have to be gathered from the marks. */
  ids: Int32Array | null
}

interface Kept extends Looked {
  /** How many changes of the columns it has seen. */
  seen: number
}

/** Bytes that kept listings may take. */
const KEPT_BYTES = 6 * 1024 * 1024

/** Whole listings by the columns they are of. */
const kept = new WeakMap<StandingColumns, Map<string, Kept>>()

/**
 * The targets that a selection leaves in. What asks for few targets looks at those; what asks for all is kept, and follows what
 * changes of single targets.
 * @param filter the one that the selection was made of
 */
export function listingOf(standing: Standing, filter: TargetFilter, selection: Selection): Listing {
  const among = selection.candidates()
  if (among !== null || !dependsOnColumns(filter)) return whole(standing, look(standing, selection, among))
  return summed(standing, filter, selection) ?? whole(standing, keptListing(standing, filter, selection))
}

const whole = ({ columns }: Standing, looked: Looked): Listing => ({
  total: looked.total,
  has: (id) => looked.marks.has(id),
  end: columns.ids,
  without: undefined,
  ids: () => idsOf(looked),
})

/**
 * Of a day that is over the total from the sums of its days, and each target only where it is asked for: a page needs the
 * first few of them. Null where the sums do not tell what the filter asks.
 */
function summed(standing: Standing, filter: TargetFilter, selection: Selection): Listing | null {
  const sums = selection.byCode ? sumsOfPast(standing) : null
  if (sums === null) return null
  const failing = selection.failsByCode()
  let total = 0
  sums.codes.each(standing.number, (code, n) => (total += failing[code] === 0 ? n : 0))
  return {
    total,
    has: (id) => failing[standing.code(id)] === 0,
    end: standing.columns.ids,
    without: filter.light?.length ? sums.withoutLights(standing.number, filter.light.map(lightCode)) : undefined,
    ids: () => (total === 0 ? new Int32Array() : idsOf(look(standing, selection, null))),
  }
}

/** What was looked at before, with what has changed since; it is kept for the next who asks. */
function keptListing(standing: Standing, filter: TargetFilter, selection: Selection): Kept {
  const { columns, day } = standing
  let own = kept.get(columns)
  if (own === undefined) kept.set(columns, (own = new Map()))
  const key = JSON.stringify([day, filter])
  const known = own.get(key)
  const changed = known === undefined ? null : columns.changes.since(known.seen)
  let listing: Kept
  if (known === undefined || changed === null)
    listing = { ...look(standing, selection, null), seen: columns.changes.position }
  else {
    listing = known
    mend(listing, changed, standing, selection)
    listing.seen = columns.changes.position
  }
  own.delete(key)
  own.set(key, listing) // last: the first is the one that was asked for longest ago
  forget(own)
  return listing
}

/** Whether what a filter leaves in follows from the columns of the day alone. */
export const dependsOnColumns = ({ q, leaderId, sourceKind, since }: TargetFilter): boolean =>
  q === undefined && !leaderId?.length && !sourceKind?.length && since === undefined

function look(standing: Standing, selection: Selection, among: Int32Array | null): Looked {
  const marks = new Marks(standing.columns.ids)
  const ids = among === null ? null : new Int32Array(among.length)
  let total = 0
  eachSelected(standing, selection, among, (id) => {
    marks.set(id, true)
    if (ids !== null) ids[total] = id
    total++
  })
  return { marks, total, ids: ids && ids.subarray(0, total) }
}

/** Looks at single targets again. */
function mend(listing: Kept, ids: readonly number[], standing: Standing, { fails }: Selection): void {
  for (const id of ids) {
    const row = standing.row(id)
    const isIn = row >= 0 && fails(id, row) === 0
    if (listing.marks.has(id) === isIn) continue
    listing.marks.set(id, isIn)
    listing.total += isIn ? 1 : -1
  }
}

function forget(own: Map<string, Kept>): void {
  let bytes = 0
  for (const { marks } of own.values()) bytes += marks.bytes
  for (const [key, { marks }] of own) {
    if (bytes <= KEPT_BYTES || own.size === 1) return
    own.delete(key)
    bytes -= marks.bytes
  }
}

/** The numbers, each once. */
function idsOf({ marks, total, ids }: Looked): Int32Array {
  if (ids !== null) return ids
  const found = new Int32Array(total)
  let at = 0
  marks.each((id) => (found[at++] = id))
  return found
}
