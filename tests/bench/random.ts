/** Numbers that look random and are the same in every run (mulberry32). */
export interface Random {
  /** 0 ≤ x < 1 */
  next: () => number
  /** A whole number from 0 to below `n`. */
  below: (n: number) => number
  pick: <T>(list: readonly T[]) => T
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { next, below, pick: (list) => list[below(list.length)]! }
}
