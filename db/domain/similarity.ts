/**
 * How alike two texts are by their pairs of neighbouring characters (Dice), 0–1. Blanks and punctuation do not count.
 * The usual measure for short Chinese texts without word segmentation.
 */
export const similarity = (a: string, b: string): number => likeness(profileOf(a), profileOf(b))

/** A text made ready for many comparisons. */
export interface Profile {
  clean: string
  pairs: Map<string, number>
  size: number
}

export function profileOf(text: string): Profile {
  const found = pairs(text)
  return { clean: clean(text), pairs: found, size: sum(found) }
}

/** {@link similarity} of two prepared texts. */
export function likeness(a: Profile, b: Profile): number {
  const total = a.size + b.size
  if (total === 0) return a.clean === b.clean ? 1 : 0
  let shared = 0
  for (const [pair, n] of a.pairs) shared += Math.min(n, b.pairs.get(pair) ?? 0)
  return (2 * shared) / total
}

const clean = (text: string) => text.normalize('NFKC').replace(/[\p{P}\s]/gu, '')

function pairs(text: string): Map<string, number> {
  const chars = [...clean(text)]
  const found = new Map<string, number>()
  for (let i = 0; i + 1 < chars.length; i++) {
    const pair = `${chars[i]}${chars[i + 1]}`
    found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((n, c) => n + c, 0)
