/**
 * How alike two texts are by their pairs of neighbouring characters (Dice), 0–1. Blanks and punctuation do not count.
 * The usual measure for short Chinese texts without word segmentation.
 */
export function similarity(a: string, b: string): number {
  const [x, y] = [pairs(a), pairs(b)]
  const total = sum(x) + sum(y)
  if (total === 0) return clean(a) === clean(b) ? 1 : 0
  let shared = 0
  for (const [pair, n] of x) shared += Math.min(n, y.get(pair) ?? 0)
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
