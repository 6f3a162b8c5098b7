/** What takes long may wait for so many times as long before what takes less has its turn … */
const PATIENCE = 10
/** … but for no longer than this, in milliseconds: nobody waits for ever. */
const LONGEST_PATIENCE = 1_000

/** How much the newest time of a kind says of the next. */
const NEWEST = 0.2

/** Work that waits for its turn, of a kind whose time is learned. */
interface Waiting<T> {
  work: T
  /** Until when it should have its turn, in milliseconds of whoever asks. */
  due: number
}

/**
 * The order in which a thread takes what it is asked: a short question does not stand behind a row of long ones, and a long
 * one is overtaken only for a while. How long a kind of question takes is learned from its answers; what has never been
 * asked counts as short.
 */
export class Turns<T> {
  private readonly waiting: Waiting<T>[] = []
  private readonly times = new Map<string, number>()

  get size(): number {
    return this.waiting.length
  }

  /**
   * @param now milliseconds of a clock that nobody sets
   * @param idle whether nobody waits for it: it has its turn when nothing else has
   */
  add(kind: string, work: T, now: number, idle = false): void {
    const patience = idle ? Infinity : Math.min(LONGEST_PATIENCE, PATIENCE * (this.times.get(kind) ?? 0))
    this.waiting.push({ work, due: now + patience })
  }

  /** Whether nobody waits for any of it. */
  get isIdle(): boolean {
    return this.waiting.every(({ due }) => due === Infinity)
  }

  /** Takes out what is due first; of equals the one that has waited longer. Undefined where nothing waits. */
  next(): T | undefined {
    if (this.waiting.length === 0) return undefined
    const first = this.waiting.reduce((one, other) => (other.due < one.due ? other : one))
    this.waiting.splice(this.waiting.indexOf(first), 1)
    return first.work
  }

  /** Takes out all. */
  all(): T[] {
    return this.waiting.splice(0).map(({ work }) => work)
  }

  /** A question of the kind took so many milliseconds. */
  took(kind: string, ms: number): void {
    const known = this.times.get(kind)
    this.times.set(kind, known === undefined ? ms : known + NEWEST * (ms - known))
  }
}
