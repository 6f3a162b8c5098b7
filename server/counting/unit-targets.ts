/**
 * By unit the targets in which it has a part, or had one at some time: a count that asks for one unit looks at these instead
 * of all. What is told of a target on a day decides whether it counts.
 */
export class UnitTargets {
  private readonly lists = new Map<number, NumberList>()

  add(unitId: number, targetId: number): void {
    let list = this.lists.get(unitId)
    if (list === undefined) this.lists.set(unitId, (list = new NumberList()))
    list.add(targetId)
  }

  /** Each once, by number. To be read at once. */
  of(unitId: number): Int32Array {
    return this.lists.get(unitId)?.sorted() ?? new Int32Array()
  }
}

/** Numbers that are mostly added in their order. */
class NumberList {
  private items = new Int32Array(16)
  private length = 0
  private isSorted = true

  add(number: number): void {
    const last = this.length === 0 ? -1 : this.items[this.length - 1]!
    if (number === last) return
    if (number < last) this.isSorted = false
    if (this.length === this.items.length) {
      const grown = new Int32Array(2 * this.length)
      grown.set(this.items)
      this.items = grown
    }
    this.items[this.length++] = number
  }

  sorted(): Int32Array {
    if (!this.isSorted) {
      const all = this.items.subarray(0, this.length).sort()
      let kept = 0
      for (const number of all) if (kept === 0 || number !== all[kept - 1]) all[kept++] = number
      this.length = kept
      this.isSorted = true
    }
    return this.items.subarray(0, this.length)
  }
}
