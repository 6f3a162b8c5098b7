/** What the columns say of the targets on one day, by their numbers. To be read at once: a change may move the rows. */
export class DayRows {
  /** The row of each target, −1 where it was not known. */
  readonly rowOf: Int32Array
  /** What filters mostly ask of that row, in one number ({@link StandingColumns.codeAt}). */
  readonly codes: Uint16Array
  private ownSets: Int32Array | null = null

  /** @param unitsOfRows {@link StandingColumns.units}, as it is when it is asked for */
  constructor(
    size: number,
    private readonly unitsOfRows: () => Int32Array,
  ) {
    this.rowOf = new Int32Array(size)
    this.codes = new Uint16Array(size)
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.rowOf.byteLength + this.codes.byteLength + (this.ownSets?.byteLength ?? 0)
  }

  /**
   * The set of units of each target's row: who looks at many targets need not look at their rows. Made when somebody first
   * asks for units on the day; of most days that are over nobody does.
   */
  get sets(): Int32Array {
    if (this.ownSets === null) {
      this.ownSets = new Int32Array(this.rowOf.length)
      this.noteSets(0, this.rowOf.length - 1)
    }
    return this.ownSets
  }

  /** Takes the sets of the targets with numbers from `low` to `high` from their rows, where sets have been asked for. */
  noteSets(low: number, high: number): void {
    const { rowOf, ownSets } = this
    if (ownSets === null) return
    const units = this.unitsOfRows()
    for (let id = low; id <= high; id++) if (rowOf[id]! >= 0) ownSets[id] = units[rowOf[id]!]!
  }
}
