import type { TargetFilter } from '../core/target-schemas.ts'
import { lightCode, type StandingColumns } from './columns.ts'
import { sumsOfPast } from './day-sums.ts'
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
  /** By number of the target, 1 where it is left in. May be shorter than all numbers: what lies beyond is not left in. */
  marks: () => Uint8Array
  /** Their numbers, not in order. */
  ids: () => Int32Array
}

/** What all targets were looked at for. */
interface Looked {
  marks: Uint8Array
  total: number
  /** Their numbers, not in order; null where they are not at hand and would have to be gathered from the marks. */
  ids: Int32Array | null
}

interface Kept extends Looked {
  /** How many changes of the columns it has seen. */
  seen: number
}

/** Bytes that kept listings may take. */
const KEPT_BYTES = 24 * 1024 * 1024

/** Whole listings by the columns they are of. */
const kept = new WeakMap<StandingColumns, Map<string, Kept>>()

/**
 * The targets that a selection leaves in. What asks for few targets looks at those; what asks for all is kept, and follows what
 * changes of single targets.
 * @param filter the one that the selection was made of
 */
export function listingOf(standing: Standing, filter: TargetFilter, selection: Selection): Listing {
  const among = selection.candidates()
  if (among !== null || !dependsOnColumns(filter)) return whole(look(standing, selection, among))
  return summed(standing, filter, selection) ?? whole(keptListing(standing, filter, selection))
}

const whole = (looked: Looked): Listing => ({
  total: looked.total,
  has: (id) => looked.marks[id] === 1,
  end: looked.marks.length,
  without: undefined,
  marks: () => looked.marks,
  ids: () => idsOf(looked),
})

/**
 * Of a day that is over the total from the sums of its days, and each target only where it is asked for: a page needs the
 * first few of them. Null where the sums do not tell what the filter asks.
 */
function summed(standing: Standing, filter: TargetFilter, selection: Selection): Listing | null {
  const sums = selection.byCodeAndWords && selection.words.length === 0 ? sumsOfPast(standing) : null
  if (sums === null) return null
  const failing = selection.failsByCode()
  let total = 0
  sums.codes.each(standing.number, (code, n) => (total += failing[code] === 0 ? n : 0))
  let looked: Looked | null = null
  const all = () => (looked ??= look(standing, selection, null))
  return {
    total,
    has: (id) => failing[standing.code(id)] === 0,
    end: standing.columns.ids,
    without: filter.light?.length ? sums.withoutLights(standing.number, filter.light.map(lightCode)) : undefined,
    marks: () => all().marks,
    ids: () => (total === 0 ? new Int32Array() : idsOf(all())),
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
  const marks = new Uint8Array(standing.columns.ids)
  const ids = among === null ? null : new Int32Array(among.length)
  let total = 0
  eachSelected(standing, selection, among, (id) => {
    marks[id] = 1
    if (ids !== null) ids[total] = id
    total++
  })
  return { marks, total, ids: ids && ids.subarray(0, total) }
}

/** Looks at single targets again. */
function mend(listing: Kept, ids: readonly number[], standing: Standing, { fails }: Selection): void {
  for (const id of ids) {
    if (id >= listing.marks.length) {
      const grown = new Uint8Array(Math.ceil(id * 1.1) + 1)
      grown.set(listing.marks)
      listing.marks = grown
    }
    const row = standing.row(id)
    const isIn = row >= 0 && fails(id, row) === 0 ? 1 : 0
    if (listing.marks[id] === isIn) continue
    listing.marks[id] = isIn
    listing.total += isIn === 1 ? 1 : -1
  }
}

function forget(own: Map<string, Kept>): void {
  let bytes = 0
  for (const { marks } of own.values()) bytes += marks.byteLength
  for (const [key, { marks }] of own) {
    if (bytes <= KEPT_BYTES || own.size === 1) return
    own.delete(key)
    bytes -= marks.byteLength
  }
}

/** The numbers, in no order. */
function idsOf({ marks, total, ids }: Looked): Int32Array {
  if (ids !== null) return ids
  const found = new Int32Array(total)
  let at = 0
  for (let id = 1; id < marks.length && at < total; id++) if (marks[id] === 1) found[at++] = id
  return found
}
