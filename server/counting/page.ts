import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { FEW, type SortField, targetsInOrder } from '../../db/target-order.ts'
import type { Viewer } from './own-lights.ts'
import { type Listing, listingOf } from './listing.ts'
import { firstOf } from './order.ts'
import { ORDER_FIELDS, orderBy, type OrderField } from './orders.ts'
import { select } from './select.ts'
import { type Standing, standingOn } from './standing.ts'
import { pageAfter } from '../keyset.ts'
import type { TargetFilter, TargetSort } from '../core/target-schemas.ts'
import { marksOfLeaders } from './leaders.ts'
import { searchHits } from './search-hits.ts'
import { kindsOfDocuments } from './source-kinds.ts'

/** A page of the ledger by the numbers of its targets, and how many the filter leaves in all. */
export interface TargetPage {
  ids: number[]
  nextCursor: string | null
  total: number
}

/** What a target is sorted by before its number; null stands last whichever way. */
type Key = (string | number | null)[]

/** A filter of the ledger made ready for the day, with what it needs of the database. */
export function selectOn(db: Db, viewer: Viewer, filter: TargetFilter, day: string) {
  const then = filter.since === undefined ? null : standingOn(db, filter.since)
  const standing = standingOn(db, day)
  const ofLeaders = filter.leaderId?.length ? [marksOfLeaders(db, standing, filter.leaderId)] : []
  const { marks, only } = searchHits(db, filter.q, standing)
  const hits = { marks: [...marks, ...ofLeaders], only }
  const kindOf = filter.sourceKind === undefined ? undefined : kindsOfDocuments(db)
  return { standing, selection: select(standing, viewer, filter, hits, then, kindOf) }
}

/**
 * One page of the ledger on `day`: filter and total by the columns, the order by one that is kept in memory, else by an
 * index of the database.
 * @param limit rows of the page; null takes all
 */
export function targetPage(
  db: Db,
  viewer: Viewer,
  filter: TargetFilter,
  day: string,
  sort: TargetSort,
  cursor: string | undefined,
  limit: number | null,
): TargetPage {
  const { standing, selection } = selectOn(db, viewer, filter, day)
  const listing = listingOf(standing, filter, selection)
  const { total } = listing
  const descending = sort.startsWith('-')
  const { width, page } = sorting(db, standing, listing, sort.replace('-', ''), descending)
  const { items, nextCursor } = pageAfter<Keyed>({ cursor, limit: limit ?? total }, width, page, ({ key, id }) => [
    ...key,
    id,
  ])
  return { ids: items.map(({ id }) => id), nextCursor, total }
}

interface Keyed {
  id: number
  key: Key
}

/** How a listing is sorted: values of a cursor, and the rows behind one (from the first on where it is null). */
interface Sorting {
  width: number
  page: (after: Key | null, limit: number) => Keyed[]
}

function sorting(db: Db, standing: Standing, listing: Listing, field: string, descending: boolean): Sorting {
  if (field === 'id')
    return { width: 1, page: (after, limit) => byNumber(listing, after && Number(after[0]), descending, limit) }
  const few = listing.total <= FEW ? listing.ids() : null
  const inMemory = ORDER_FIELDS.find((one) => one === field)
  if (inMemory === undefined)
    return {
      width: 2,
      page: (after, limit) =>
        targetsInOrder(
          clientOf(db),
          field as SortField,
          descending,
          standing.day,
          after as [string | number, number] | null,
          listing.has,
          { few, limit },
        ),
    }
  return {
    width: inMemory === 'document' ? 3 : 2,
    page: byOrder(db, standing, listing, inMemory, few, descending),
  }
}

function byNumber({ has, end }: Listing, after: number | null, descending: boolean, limit: number): Keyed[] {
  const found: Keyed[] = []
  const step = descending ? -1 : 1
  const first = descending ? Math.min(after ?? Infinity, end) - 1 : (after ?? 0) + 1
  for (let id = first; id > 0 && id < end && found.length < limit; id += step) if (has(id)) found.push({ id, key: [] })
  return found
}

/** The listing in an order that is kept in memory. Of a few targets only those are sorted. */
function byOrder(
  db: Db,
  standing: Standing,
  { has, without }: Listing,
  field: OrderField,
  few: Int32Array | null,
  descending: boolean,
): Sorting['page'] {
  const order = orderBy(db, standing, field)
  return (values, limit) => {
    const after = values && { id: Number(values.at(-1)), key: order.fromCursor(values.slice(0, -1)) }
    const found =
      few === null
        ? order.page(has, after, { descending, limit, ...(field === 'deadline' ? { without } : {}) })
        : firstOf(order.few(few), after, descending, limit)
    return found.map((one) => ({ id: one.id, key: order.toCursor(one) }))
  }
}
