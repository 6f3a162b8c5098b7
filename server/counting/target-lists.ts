/**
 * Targets by something that they have, or had at some time (a unit with a part, a document), by its number: a count that
 * asks for one of these looks at its targets instead of all. What is told of a target on the day decides whether it counts.
 */
export class TargetLists {
  private readonly lists = new Map<number, NumberList>()

  add(key: number, targetId: number): void {
    let list = this.lists.get(key)
    if (list === undefined) this.lists.set(key, (list = new NumberList()))
    list.add(targetId)
  }

  /** Those of any of the keys, each once, by number. To be read at once. */
  of(keys: readonly number[]): Int32Array {
    const lists = keys.flatMap((key) => this.lists.get(key)?.sorted() ?? [])
    const [only, ...others] = lists
    if (others.length === 0) return only ?? new Int32Array()
    const together = new NumberList()
    for (const list of lists) for (const id of list) together.add(id)
    return together.sorted()
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
