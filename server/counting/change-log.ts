/** So many of the newest are kept at least: who is further behind counts anew. */
const KEPT = 20_000

/** Numbers of targets in the order in which they were written, for counts that go on from where they were. */
export class ChangeLog {
  private kept: number[] = []
  /** How many stood before the first that is kept. */
  private gone = 0

  /** How many there have been so far. */
  get position(): number {
    return this.gone + this.kept.length
  }

  add(id: number): void {
    if (this.kept.length >= 2 * KEPT) {
      this.kept = this.kept.slice(KEPT)
      this.gone += KEPT
    }
    this.kept.push(id)
  }

  /** Those after a position, each once; null where that is too long ago. */
  since(position: number): readonly number[] | null {
    if (position < this.gone) return null
    return position === this.position ? [] : [...new Set(this.kept.slice(position - this.gone))]
  }
}
