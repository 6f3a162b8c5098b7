import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { type SortField, targetsInOrder } from '../../db/target-order.ts'
import type { Viewer } from './own-lights.ts'
import { eachRow, select } from './select.ts'
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
  const hits = [...searchHits(db, filter.q, standing), ...ofLeaders]
  const kindOf = filter.sourceKind === undefined ? undefined : kindsOfDocuments(db)
  return { standing, selection: select(standing, viewer, filter, hits, then, kindOf) }
}

/**
 * One page of the ledger on `day`: filter and total by the columns, the order by the columns where they have it, else by
 * an index of the database.
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
  const marks = new Uint8Array(standing.columns.ids)
  let total = 0
  eachRow(standing, (id, row) => {
    if (selection.fails(id, row) !== 0) return
    marks[id] = 1
    total++
  })
  const descending = sort.startsWith('-')
  const field = sort.replace('-', '')
  const order = inColumns(field) ? columnOrder(standing, marks, field, descending) : null
  const { items, nextCursor } = pageAfter<Keyed>(
    { cursor, limit: limit ?? total },
    field === 'document' ? 3 : field === 'id' ? 1 : 2,
    (after, most) =>
      order
        ? order.page(after, most)
        : targetsInOrder(clientOf(db), field as SortField, descending, day, after as [Key[0], number] | null, marks, {
            total,
            limit: most,
          }),
    ({ key, id }) => [...key, id],
  )
  return { ids: items.map(({ id }) => id), nextCursor, total }
}

const inColumns = (field: string): field is 'id' | 'document' | 'deadline' =>
  field === 'id' || field === 'document' || field === 'deadline'

interface Keyed {
  id: number
  key: Key
}

/** The marked targets in an order that the columns hold. */
function columnOrder(
  { columns, rowOf }: Standing,
  marks: Uint8Array,
  field: 'id' | 'document' | 'deadline',
  descending: boolean,
): { page: (after: Key | null, limit: number) => Keyed[] } {
  const { deadline, deadlines, documentId, start } = columns
  const ranks = field === 'deadline' ? ranksOf(deadlines) : new Float64Array()
  const rankOf: (id: number) => number =
    field === 'id'
      ? () => 0
      : field === 'document'
        ? (id) => documentId[id]! * 2 ** 32 + start[id]!
        : (id) => ranks[deadline[rowOf[id]!]!]!
  const keyOf: (id: number) => Key =
    field === 'id'
      ? () => []
      : field === 'document'
        ? (id) => [documentId[id]!, start[id]!]
        : (id) => [deadlines[deadline[rowOf[id]!]!]!]
  const rankOfKey = (key: Key): number =>
    field === 'id'
      ? 0
      : field === 'document'
        ? Number(key[0]) * 2 ** 32 + Number(key[1])
        : rankBetween(deadlines, ranks, key[0] as string | null)
  const turn = descending ? -1 : 1
  /** What has no deadline stands last both ways, among itself by number. */
  const place = (rank: number) => (rank === Infinity ? Infinity : turn * rank)
  const compare = (rankA: number, a: number, rankB: number, b: number) => {
    const [placeA, placeB] = [place(rankA), place(rankB)]
    return placeA === placeB ? turn * (a - b) : placeA < placeB ? -1 : 1
  }
  return {
    page: (after, limit) => {
      const [afterRank, afterId] = after === null ? [0, 0] : [rankOfKey(after), Number(after.at(-1))]
      const first = new First(limit, compare)
      for (let id = 1; id < marks.length; id++) {
        if (marks[id] !== 1) continue
        const rank = rankOf(id)
        if (after === null || compare(rank, id, afterRank, afterId) > 0) first.add(rank, id)
      }
      return first.sorted().map((id) => ({ id, key: keyOf(id) }))
    },
  }
}

/** Place of each deadline in the order of time; what has none stands behind all. */
function ranksOf(deadlines: readonly (string | null)[]): Float64Array {
  const ranks = new Float64Array(deadlines.length).fill(Infinity)
  const sorted = deadlines.flatMap((date, i) => (date === null ? [] : [{ date, i }]))
  sorted.sort((a, b) => (a.date < b.date ? -1 : 1)).forEach(({ i }, rank) => (ranks[i] = rank))
  return ranks
}

/** Rank of a cursor's deadline, between its neighbours where no target has it any more. */
function rankBetween(deadlines: readonly (string | null)[], ranks: Float64Array, date: string | null): number {
  if (date === null) return Infinity
  let below = -0.5
  for (const [i, one] of deadlines.entries()) {
    if (one === date) return ranks[i]!
    if (one !== null && one < date) below = Math.max(below, ranks[i]! + 0.5)
  }
  return below
}

/** Keeps the first `limit` of what is added. What lies beyond is dropped in batches, so that adding stays cheap. */
class First {
  private items: { rank: number; id: number }[] = []
  private bar: { rank: number; id: number } | null = null

  constructor(
    private readonly limit: number,
    private readonly compare: (rankA: number, a: number, rankB: number, b: number) => number,
  ) {}

  add(rank: number, id: number): void {
    if (this.bar !== null && this.compare(rank, id, this.bar.rank, this.bar.id) > 0) return
    this.items.push({ rank, id })
    if (this.items.length >= 2 * this.limit + 100) this.cut()
  }

  sorted(): number[] {
    this.cut()
    return this.items.map(({ id }) => id)
  }

  private cut(): void {
    this.items.sort((a, b) => this.compare(a.rank, a.id, b.rank, b.id))
    if (this.items.length > this.limit) this.items.length = this.limit
    if (this.items.length === this.limit) this.bar = this.items.at(-1) ?? null
  }
}
