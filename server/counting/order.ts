/** A target and the number that it is sorted by; Infinity where it has nothing to be sorted by. */
export interface Sorted {
  id: number
  key: number
}

/** Which page of an order. */
export interface PageOf {
  /** From the highest key to the lowest; what has no key comes last then too, the highest number first. */
  descending: boolean
  limit: number
  /** Backwards only: keys below this one are left out, and what has none. */
  least?: number
  /** Keys of which nothing would be accepted: what has them is not looked at. */
  without?: (key: number) => boolean
}

/** With more changes than this at once, sorting all anew is quicker. */
const MANY_CHANGES = 200

/** Keys up to this that are whole numbers (days) are sorted by counting them. */
const COUNTED = 65_535

/** The order of {@link Order}: by key, then by number; what has no key stands last. */
export const compareSorted = (a: Sorted, b: Sorted): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id)

/** The same the other way round; what has no key stands last then too. */
export const compareDescending = (a: Sorted, b: Sorted): number =>
  (a.key === Infinity) === (b.key === Infinity) ? -compareSorted(a, b) : a.key === Infinity ? 1 : -1

/** The first of a few targets, behind `after` where it is given, in the order of {@link Order}. */
export function firstOf(few: readonly Sorted[], after: Sorted | null, descending: boolean, limit: number): Sorted[] {
  const compare = descending ? compareDescending : compareSorted
  const found: Sorted[] = []
  for (const one of few) {
    if (after !== null && compare(one, after) <= 0) continue
    if (found.length >= limit && compare(one, found.at(-1)!) > 0) continue
    let [low, high] = [0, found.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(found[middle]!, one) < 0) low = middle + 1
      else high = middle
    }
    found.splice(low, 0, one)
    if (found.length > limit) found.pop()
  }
  return found
}

/** Numbers of targets in the order of their keys, kept from one question to the next: a change moves one of them. */
export class Order {
  private ids: Int32Array = new Int32Array()
  private length = 0

  /** @param keys by number of the target its key; NaN where the target does not belong to it */
  constructor(private keys: Float64Array<ArrayBufferLike>) {
    this.sort()
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.ids.byteLength + this.keys.byteLength
  }

  /** Gives targets new keys; NaN takes one out. */
  change(changed: readonly Sorted[]): void {
    const highest = changed.reduce((most, { id }) => Math.max(most, id), 0)
    if (highest >= this.keys.length) {
      const grown = new Float64Array(Math.ceil(highest * 1.1) + 1).fill(NaN)
      grown.set(this.keys)
      this.keys = grown
    }
    if (changed.length > MANY_CHANGES) {
      for (const { id, key } of changed) this.keys[id] = key
      return this.sort()
    }
    for (const one of changed) {
      if (Object.is(this.keys[one.id], one.key)) continue
      this.take(one.id)
      this.keys[one.id] = one.key
      if (!Number.isNaN(one.key)) this.put(one)
    }
  }

  /** The first targets that are accepted, behind `after` where it is given. */
  page(accept: (id: number) => boolean, after: Sorted | null, { descending, limit, least, without }: PageOf): Sorted[] {
    const found: Sorted[] = []
    let looked = NaN
    const take = (from: number, to: number, step: 1 | -1) => {
      for (let at = from; step * (to - at) > 0 && found.length < limit; at += step) {
        const id = this.ids[at]!
        if (without !== undefined && this.keys[id] !== looked && without((looked = this.keys[id]!)))
          at = this.edgeOf(looked, step)
        else if (accept(id)) found.push({ id, key: this.keys[id]! })
      }
    }
    if (!descending) {
      take(after === null ? 0 : this.placeOf(after, true), this.length, 1)
      return found
    }
    const keyed = this.placeOf({ id: 0, key: Infinity }, false)
    const isKeyless = after?.key === Infinity
    const lowest = least === undefined ? 0 : this.placeOf({ id: 0, key: least }, false)
    const from = after === null ? keyed : this.placeOf(after, false)
    if (!isKeyless && from > lowest) take(from - 1, lowest - 1, -1)
    if (least === undefined) take((isKeyless ? this.placeOf(after, false) : this.length) - 1, keyed - 1, -1)
    return found
  }

  /** The last place with a key, seen in the direction of the step. */
  private edgeOf(key: number, step: 1 | -1): number {
    return step > 0 ? this.placeOf({ id: Infinity, key }, true) - 1 : this.placeOf({ id: 0, key }, false)
  }

  /** How many stand before it, itself among them or not. */
  private placeOf(one: Sorted, itself: boolean): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const id = this.ids[middle]!
      const place = compareSorted({ id, key: this.keys[id]! }, one)
      if (place < 0 || (itself && place === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  private take(id: number): void {
    const key = this.keys[id]!
    if (Number.isNaN(key)) return
    const at = this.placeOf({ id, key }, false)
    this.ids.copyWithin(at, at + 1, this.length)
    this.length--
  }

  private put(one: Sorted): void {
    if (this.length === this.ids.length) {
      const grown = new Int32Array(Math.ceil(this.length * 1.1) + 16)
      grown.set(this.ids)
      this.ids = grown
    }
    const at = this.placeOf(one, false)
    this.ids.copyWithin(at + 1, at, this.length)
    this.ids[at] = one.id
    this.length++
  }

  private sort(): void {
    const { keys } = this
    const ids = new Int32Array(keys.length)
    let found = 0
    let isCounted = true
    for (let id = 1; id < keys.length; id++) {
      const key = keys[id]!
      if (Number.isNaN(key)) continue
      ids[found++] = id
      if (key !== Infinity && !(key >= 0 && key <= COUNTED && Number.isInteger(key))) isCounted = false
    }
    const inOrder = ids.subarray(0, found)
    this.ids = isCounted ? sortedByCounting(inOrder, keys) : sortedByComparing(inOrder, keys)
    this.length = found
  }
}

function sortedByCounting(ids: Int32Array, keys: Float64Array): Int32Array {
  const bucket = (id: number) => Math.min(keys[id]!, COUNTED + 1)
  const places = new Int32Array(COUNTED + 3)
  for (const id of ids) places[bucket(id) + 1]!++
  for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!
  const sorted = new Int32Array(ids.length)
  for (const id of ids) sorted[places[bucket(id)]!++] = id
  return sorted
}

/** Most orders are nearly that of the numbers already: what is in order stays together, and such stretches are merged. */
function sortedByComparing(ids: Int32Array, keys: Float64Array): Int32Array {
  let sorted: Int32Array = ids
  let next: Int32Array = new Int32Array(ids.length)
  const isInOrder = (a: number, b: number) => keys[a]! < keys[b]! || (keys[a] === keys[b] && a < b)
  const endOfStretch = (begin: number) => {
    let end = begin + 1
    while (end < sorted.length && isInOrder(sorted[end - 1]!, sorted[end]!)) end++
    return Math.min(end, sorted.length)
  }
  for (;;) {
    let stretches = 0
    for (let begin = 0; begin < sorted.length; stretches++) {
      const middle = endOfStretch(begin)
      const end = endOfStretch(middle)
      let [a, b] = [begin, middle]
      for (let at = begin; at < end; at++)
        next[at] = b === end || (a < middle && isInOrder(sorted[a]!, sorted[b]!)) ? sorted[a++]! : sorted[b++]!
      begin = end
    }
    ;[sorted, next] = [next, sorted]
    if (stretches <= 1) return sorted
  }
}
