/** Where the words of one reading of a file stand in another reading of it. */

/** A place of the old text in the new one. */
export interface MovedSpan {
  start: number
  end: number
  /** Share of its characters that were found again, 0 to 1; blanks do not count. */
  share: number
}

export interface TextMap {
  /** Where a range of the old text stands in the new one; null where none of its characters was found again. */
  range: (start: number, end: number) => MovedSpan | null
}

/** Runs of so many characters are looked for that stand once in either text, the longest first. */
const LENGTHS = [24, 10, 5]
/** Of a long text only some runs are looked at, about so many; which ones, their characters decide. */
const MOST_RUNS = 200_000

/** The characters of a text that say something, and where each stands. */
interface Signs {
  codes: Uint16Array
  at: Uint32Array
  count: number
}

/**
 * Finds the characters of the old text in the new one, in order, blanks and line breaks left aside: readers differ in how
 * they join lines and part cells. Runs that stand once in both texts are the anchors; between two of them it is looked
 * again with shorter runs. Linear in the length of the texts, and exact where they say the same.
 */
export function mapText(before: string, after: string): TextMap {
  if (before === after) return { range: (start, end) => ({ start, end, share: 1 }) }
  const [old, fresh] = [signsOf(before), signsOf(after)]
  /** For each sign of the old text that of the new one, -1 where there is none. */
  const to = new Int32Array(old.count).fill(-1)
  align(old, fresh, to, { a: 0, aEnd: old.count, b: 0, bEnd: fresh.count }, 0)
  return {
    range: (start, end) => {
      const [from, until] = [firstFrom(old, start), firstFrom(old, end)]
      let [first, last] = [from, until - 1]
      while (first < until && to[first]! < 0) first++
      while (last > first && to[last]! < 0) last--
      if (first >= until) return null
      let [target, targetLast, found] = [to[first]!, to[last]!, 0]
      for (let i = first; i <= last; i++) if (to[i]! >= 0) found++
      // What was dropped or put in beside may begin or end with the same characters, and have taken them.
      for (; first > from && target > 0 && fresh.codes[target - 1] === old.codes[first - 1]; first--, target--) found++
      for (
        ;
        last + 1 < until && targetLast + 1 < fresh.count && fresh.codes[targetLast + 1] === old.codes[last + 1];
        last++, targetLast++
      )
        found++
      return { start: fresh.at[target]!, end: fresh.at[targetLast]! + 1, share: found / (until - from) }
    },
  }
}

const BLANK = /\s/

function signsOf(text: string): Signs {
  const signs = { codes: new Uint16Array(text.length), at: new Uint32Array(text.length), count: 0 }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code === 0x3000 || code === 0xa0 || (code >= 0x2000 && BLANK.test(text[i]!))) continue
    signs.codes[signs.count] = code
    signs.at[signs.count++] = i
  }
  return signs
}

/** Number of the first sign at or behind an offset. */
function firstFrom({ at, count }: Signs, offset: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** A part of the old signs, `a` to `aEnd`, against a part of the new ones. */
interface Part {
  a: number
  aEnd: number
  b: number
  bEnd: number
}

function align(old: Signs, fresh: Signs, to: Int32Array, part: Part, level: number): void {
  let { a, aEnd, b, bEnd } = part
  for (; a < aEnd && b < bEnd && old.codes[a] === fresh.codes[b]; a++, b++) to[a] = b
  for (; a < aEnd && b < bEnd && old.codes[aEnd - 1] === fresh.codes[bEnd - 1]; aEnd--, bEnd--) to[aEnd - 1] = bEnd - 1
  const length = LENGTHS[level]
  if (a === aEnd || b === bEnd || length === undefined) return
  const anchors = anchorsOf(old, fresh, { a, aEnd, b, bEnd }, length)
  if (anchors.length === 0) return align(old, fresh, to, { a, aEnd, b, bEnd }, level + 1)
  for (const [at, target] of anchors) {
    // A run may reach into the one before, which has been widened already.
    if (at < a || target < b) continue
    let [first, targetFirst] = [at, target]
    while (first > a && targetFirst > b && old.codes[first - 1] === fresh.codes[targetFirst - 1]) {
      first--
      targetFirst--
    }
    align(old, fresh, to, { a, aEnd: first, b, bEnd: targetFirst }, level + 1)
    for (a = first, b = targetFirst; a < aEnd && b < bEnd && old.codes[a] === fresh.codes[b]; a++, b++) to[a] = b
  }
  align(old, fresh, to, { a, aEnd, b, bEnd }, level + 1)
}

/** Runs of one length that stand once in both parts, as pairs of places, in the order of both. */
function anchorsOf(old: Signs, fresh: Signs, { a, aEnd, b, bEnd }: Part, length: number): [number, number][] {
  const every = Math.max(1, Math.ceil(Math.max(aEnd - a, bEnd - b) / MOST_RUNS))
  const mine = runsOf(old.codes, a, aEnd, length, every)
  const theirs = runsOf(fresh.codes, b, bEnd, length, every)
  const pairs: [number, number][] = []
  for (const [hash, at] of mine) {
    const target = theirs.get(hash)
    if (at >= 0 && target !== undefined && target >= 0 && isRun(old.codes, at, fresh.codes, target, length))
      pairs.push([at, target])
  }
  return longestRising(pairs.sort((one, other) => one[0] - other[0]))
}

const isRun = (one: Uint16Array, at: number, other: Uint16Array, target: number, length: number): boolean => {
  for (let i = 0; i < length; i++) if (one[at + i] !== other[target + i]) return false
  return true
}

const BASE = 0x01000193

/** Where each run stands by the hash of its characters, -1 where it stands twice. One in `every` is kept. */
function runsOf(codes: Uint16Array, from: number, end: number, length: number, every: number): Map<number, number> {
  const runs = new Map<number, number>()
  let leading = 1
  for (let i = 1; i < length; i++) leading = Math.imul(leading, BASE)
  let hash = 0
  for (let i = from; i < end; i++) {
    if (i - from >= length) hash = (hash - Math.imul(codes[i - length]!, leading)) | 0
    hash = (Math.imul(hash, BASE) + codes[i]!) | 0
    if (i - from < length - 1 || (every > 1 && mixed(hash) % every !== 0)) continue
    runs.set(hash, runs.has(hash) ? -1 : i - length + 1)
  }
  return runs
}

/** The low bits of a rolling hash hang on the last characters alone. */
const mixed = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8) & 0xffffff

/** The most pairs whose second places rise too; the first ones do already. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const before = new Int32Array(pairs.length).fill(-1)
  /** For each length the pair that ends a rising row of it the lowest. */
  const ends: number[] = []
  pairs.forEach(([, target], i) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (pairs[ends[middle]!]![1] < target) low = middle + 1
      else high = middle
    }
    if (low > 0) before[i] = ends[low - 1]!
    ends[low] = i
  })
  const row: [number, number][] = []
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) row.push(pairs[i]!)
  return row.reverse()
}
