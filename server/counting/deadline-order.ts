import type { StandingColumns } from './columns.ts'
import { compareDescending, compareSorted, Order, type PageOf, type Sorted } from './order.ts'
import type { Standing } from './standing.ts'

/** Key of a row: the day of its deadline. */
export const deadlineKey = ({ deadline, deadlineDays }: StandingColumns, row: number): number =>
  deadlineDays[deadline[row]!]!

/**
 * All targets by deadline, on whatever day. Sorted is once, by the deadline that a target had last; a day asks besides for
 * the few that had another one then. So no day has to be sorted, and a page costs what lies before its end.
 */
export class DeadlineOrder {
  private readonly last: Order
  /** Of targets that had another deadline before, the last day on which they had it as the columns have it. */
  private readonly movedUntil = new Map<number, number>()
  /** The latest of these days, or one after it. */
  private newestMove = -1
  private seen: number

  constructor(private readonly columns: StandingColumns) {
    const keys = new Float64Array(columns.ids).fill(NaN)
    for (let id = 1; id < keys.length; id++) keys[id] = this.keyNow(id)
    this.last = new Order(keys)
    this.seen = columns.changes.position
  }

  /** Takes in what has changed since it was asked last; false where that is not known any more. */
  follow(): boolean {
    const { changes } = this.columns
    const changed = changes.since(this.seen)
    if (changed === null) return false
    this.last.change(changed.map((id) => ({ id, key: this.keyNow(id) })))
    this.seen = changes.position
    return true
  }

  /** As {@link Order.page}, of the targets as they were on a day. */
  page(standing: Standing, accept: (id: number) => boolean, after: Sorted | null, how: PageOf): Sorted[] {
    const { deadline } = this.columns
    const stayed = (id: number) => {
      if (!accept(id)) return false
      const row = standing.row(id)
      return row >= 0 && deadline[row] === deadline[this.columns.lastRow(id)]
    }
    const found = this.last.page(stayed, after, how)
    const others = this.elsewhere(standing, accept, after, how)
    if (others.length === 0) return found
    return [...found, ...others].sort(how.descending ? compareDescending : compareSorted).slice(0, how.limit)
  }

  /** The accepted targets that had another deadline on the day than they have now, in no order. */
  private elsewhere(
    standing: Standing,
    accept: (id: number) => boolean,
    after: Sorted | null,
    { descending, least }: PageOf,
  ): Sorted[] {
    if (this.newestMove < standing.number) return []
    const { deadline } = this.columns
    const compare = descending ? compareDescending : compareSorted
    const found: Sorted[] = []
    for (const [id, until] of this.movedUntil) {
      if (until < standing.number) continue
      const row = standing.row(id)
      if (row < 0 || deadline[row] === deadline[this.columns.lastRow(id)] || !accept(id)) continue
      const one = { id, key: deadlineKey(this.columns, row) }
      if (
        (least === undefined || (one.key >= least && one.key !== Infinity)) &&
        (after === null || compare(one, after) > 0)
      )
        found.push(one)
    }
    return found
  }

  /** The key of the deadline that a target had last, NaN where there is none of this number; notes when it had another. */
  private keyNow(id: number): number {
    const { deadline, to } = this.columns
    const last = this.columns.lastRow(id)
    let row = last
    while (row >= this.columns.firstRow(id) && deadline[row] === deadline[last]) row--
    if (row < this.columns.firstRow(id)) this.movedUntil.delete(id)
    else {
      this.movedUntil.set(id, to[row]!)
      this.newestMove = Math.max(this.newestMove, to[row]!)
    }
    return last < 0 ? NaN : deadlineKey(this.columns, last)
  }
}
