import type { Follower, StandingColumns } from './columns.ts'
import { Standing } from './standing.ts'

/** A count made ready for the columns as they lie at the moment. */
export interface Counting {
  /** Whether the row of a target on the day is counted at all. */
  accepts: (id: number, row: number) => boolean
  /** Adds a row (1) or takes away what it added (−1). */
  visit: (id: number, row: number, step: 1 | -1) => void
}

/** Figures of a day, and what changes them. The figures outlive the arrays of the columns, which `bind` takes anew. */
export interface Count<F> {
  figures: F
  bind: (standing: Standing) => Counting
  /** Runs over all that is counted on the day, for the first time. */
  each: (standing: Standing, visit: (id: number, row: number) => void) => void
}

/** Counts that go along with changes, per columns: the overview alone has five for each person's view and day. */
const MOST = 60

/**
 * The figures of a count on the day, from all targets the first time; from then on each change of a target takes out what it
 * added before and adds it anew, so that the next answer costs what has changed and not what there is.
 * @param name the same name, the same count; the day need not be in it
 * @returns figures that live on: to be read at once
 */
export function followed<F>(standing: Standing, name: string, begin: () => Count<F>): F {
  const { followers } = standing.columns
  const key = `${standing.day} ${name}`
  const known = followers.get(key) as Followed<F> | undefined
  const one = known ?? new Followed(standing, begin())
  followers.delete(key)
  followers.set(key, one) // last: the first is the one that was asked for longest ago
  if (followers.size > MOST) for (const oldest of followers.keys()) return (followers.delete(oldest), one.figures)
  return one.figures
}

/** The figures of a count on the day that nobody asks for again. */
export function once<F>(standing: Standing, { figures, bind, each }: Count<F>): F {
  const { visit } = bind(standing)
  each(standing, (id, row) => visit(id, row, 1))
  return figures
}

class Followed<F> implements Follower {
  readonly figures: F
  private readonly columns: StandingColumns
  private readonly date: string
  private readonly day: number
  private bound: { layout: string; counting: Counting }

  constructor(
    standing: Standing,
    private readonly count: Count<F>,
  ) {
    this.columns = standing.columns
    this.date = standing.day
    this.day = standing.number
    this.figures = count.figures
    this.bound = { layout: this.columns.layout, counting: count.bind(standing) }
    const { visit } = this.bound.counting
    count.each(standing, (id, row) => visit(id, row, 1))
  }

  before(id: number): void {
    this.step(id, -1)
  }

  after(id: number): void {
    this.step(id, 1)
  }

  private step(id: number, step: 1 | -1): void {
    const row = this.columns.rowAt(id, this.day)
    if (row < 0) return
    const { accepts, visit } = this.counting()
    if (accepts(id, row)) visit(id, row, step)
  }

  private counting(): Counting {
    const { layout } = this.columns
    if (this.bound.layout !== layout)
      this.bound = { layout, counting: this.count.bind(new Standing(this.date, this.columns)) }
    return this.bound.counting
  }
}
