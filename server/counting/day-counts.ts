/** Days that are summed up together: a sum adds those before the day's own, and the days of its own. */
const TOGETHER = 32

/** Days of which something is counted, as the columns have them, both inclusive. */
export interface Days {
  first: number
  last: number
}

/**
 * How many there are of each kind on every day, kept as what changes from one day to the next: what is so from one day to
 * another adds one on the first and takes it away behind the last, however long that is.
 */
export class DayCounts {
  /** By kind the changes of the days, and behind them those of {@link TOGETHER} days each. */
  private readonly changes: (Int32Array | undefined)[] = []
  private readonly length: number
  /** Bytes that the counts take. */
  bytes = 0

  /** What is so before the first day is so on it; what begins behind the last is left out. */
  constructor(private readonly days: Days) {
    this.length = days.last - days.first + 1
  }

  /** @param kind a small number */
  add(kind: number, from: number, to: number, step: 1 | -1): void {
    const { first, last } = this.days
    if (to < first || from > last) return
    let changes = this.changes[kind]
    if (changes === undefined) {
      changes = this.changes[kind] = new Int32Array(this.length + Math.ceil(this.length / TOGETHER))
      this.bytes += changes.byteLength
    }
    this.note(changes, Math.max(from - first, 0), step)
    if (to < last) this.note(changes, to + 1 - first, -step)
  }

  /** Tells of what there is any on the day. */
  each(day: number, tell: (kind: number, count: number) => void): void {
    for (const kind of this.changes.keys()) {
      const count = this.on(kind, day)
      if (count !== 0) tell(kind, count)
    }
  }

  on(kind: number, day: number): number {
    const changes = this.changes[kind]
    if (changes === undefined) return 0
    const at = day - this.days.first
    const before = Math.floor(at / TOGETHER)
    let count = 0
    for (let i = this.length; i < this.length + before; i++) count += changes[i]!
    for (let i = before * TOGETHER; i <= at; i++) count += changes[i]!
    return count
  }

  /** The days on which there is any of a kind, by stretches. */
  stretches(kind: number): Days[] {
    const { first, last } = this.days
    const found: Days[] = []
    let count = 0
    let begin: number | null = null
    for (let day = first; day <= last; day++) {
      count += this.changes[kind]?.[day - first] ?? 0
      if (count > 0) begin ??= day
      else if (begin !== null) {
        found.push({ first: begin, last: day - 1 })
        begin = null
      }
    }
    if (begin !== null) found.push({ first: begin, last })
    return found
  }

  private note(changes: Int32Array, at: number, step: number): void {
    changes[at]! += step
    changes[this.length + Math.floor(at / TOGETHER)]! += step
  }
}
