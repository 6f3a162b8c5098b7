/** Places of the table of steps at first, a power of two; of so many places one is taken at most, so that a search ends at once. */
const FIRST_PLACES = 64
const PLACES_A_STEP = 4
/** Spreads keys over the places: 2³² over the golden section. */
const SPREAD = 0x9e3779b1
const ROOT = 1
/** What a place without a step holds, and where a step that no word takes leads. */
const NOWHERE = 0

/**
 * Words to be found at a place in a text, the longest first. Looking up costs as many steps as the word has
 * characters, however many words the tree holds. The steps of all nodes are kept in one table: by the node and the code of
 * the character, which node comes next.
 */
export class WordTree<Value> {
  private keys = new Int32Array(FIRST_PLACES)
  private nexts = new Int32Array(FIRST_PLACES)
  private steps = 0
  /** By node; of the words that end there. */
  private readonly values: (Value | undefined)[] = [undefined, undefined]

  /** Adds a word; a word added twice keeps its last value. */
  add(word: string, value: Value): void {
    let node = ROOT
    for (let i = 0; i < word.length; i++) node = this.grow(node, word.charCodeAt(i))
    this.values[node] = value
  }

  /** Adds a word to be found by its end, see {@link longestBefore}: a tree holds words of one kind only. */
  addEnd(word: string, value: Value): void {
    let node = ROOT
    for (let i = word.length - 1; i >= 0; i--) node = this.grow(node, word.charCodeAt(i))
    this.values[node] = value
  }

  /** The longest word that begins at the offset, null where none does. */
  longest(text: string, at: number): { end: number; value: Value } | null {
    let node = ROOT
    let end = -1
    let value: Value | undefined
    for (let i = at; i < text.length; i++) {
      node = this.nexts[this.placeOf(node, text.charCodeAt(i))] as number
      if (node === NOWHERE) break
      const own = this.values[node]
      if (own !== undefined) {
        end = i + 1
        value = own
      }
    }
    return value === undefined ? null : { end, value }
  }

  /** The longest word that ends at the offset and begins at `from` or behind it, null where none does. */
  longestBefore(text: string, at: number, from = 0): { start: number; value: Value } | null {
    let node = ROOT
    let start = -1
    let value: Value | undefined
    for (let i = at - 1; i >= from; i--) {
      node = this.nexts[this.placeOf(node, text.charCodeAt(i))] as number
      if (node === NOWHERE) break
      const own = this.values[node]
      if (own !== undefined) {
        start = i
        value = own
      }
    }
    return value === undefined ? null : { start, value }
  }

  /** Where the step from a node by a character stands in the table, or would stand. */
  private placeOf(node: number, code: number): number {
    const { keys } = this
    const key = keyOf(node, code)
    let place = (Math.imul(key, SPREAD) >>> 8) & (keys.length - 1)
    while (keys[place] !== key && keys[place] !== NOWHERE) place = (place + 1) & (keys.length - 1)
    return place
  }

  /** The node that a step leads to, made where there is none. */
  private grow(node: number, code: number): number {
    const place = this.placeOf(node, code)
    const known = this.nexts[place] as number
    if (known !== NOWHERE) return known
    const next = this.values.push(undefined) - 1
    this.keys[place] = keyOf(node, code)
    this.nexts[place] = next
    if (++this.steps * PLACES_A_STEP > this.keys.length) this.widen()
    return next
  }

  private widen(): void {
    const { keys, nexts } = this
    this.keys = new Int32Array(2 * keys.length)
    this.nexts = new Int32Array(2 * keys.length)
    for (const [at, key] of keys.entries()) {
      if (key === NOWHERE) continue
      const place = this.placeOf(key >>> 16, key & 0xffff)
      this.keys[place] = key
      this.nexts[place] = nexts[at] as number
    }
  }
}

/** Node and character in one number; a tree has fewer nodes than there are codes. */
const keyOf = (node: number, code: number): number => (node << 16) | code
