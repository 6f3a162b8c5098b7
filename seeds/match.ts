import type { TargetRef } from './schema.ts'

/** What {@link matchTargets} needs to know of an extracted or stored target. */
export interface MatchCandidate {
  document: string | null
  kind: 'quantity' | 'milestone' | 'duty'
  /** Indicator, task or clause. */
  indicator: string
  deadline: string | null
  value: number | null
}

/** Least share of common letter pairs at which two indicators are the same. */
const LEAST_OVERLAP = 0.6

/** A name without full-width forms, white space and punctuation: what is left when only the words count. */
export const letters = (s: string) => s.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  .replace(/[\s,、;。."“”'‘’()《》〈〉:—-]/g, '')

/** Dice coefficient of letter pairs, 0–1; the same measure as the scorer's. */
export function overlap(a: string, b: string): number {
  const x = letters(a)
  const y = letters(b)
  if (x === y) return 1
  if (x.length < 2 || y.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let i = 0; i < x.length - 1; i++) pairs.set(x.slice(i, i + 2), (pairs.get(x.slice(i, i + 2)) ?? 0) + 1)
  let shared = 0
  for (let i = 0; i < y.length - 1; i++) {
    const left = pairs.get(y.slice(i, i + 2)) ?? 0
    if (left > 0) {
      shared++
      pairs.set(y.slice(i, i + 2), left - 1)
    }
  }
  return (2 * shared) / (x.length + y.length - 2)
}

/**
 * Finds for each reference its target: same document, kind and value, then the best overlap of indicators, the same
 * deadline preferred. Each candidate is given away once. Where the deadline differs the overlap must still be 0.6.
 * @returns for each reference the index of its candidate, or null where none fits.
 */
export function matchTargets(refs: readonly TargetRef[], candidates: readonly MatchCandidate[]): (number | null)[] {
  const byDocument = new Map<string, number[]>()
  candidates.forEach((c, i) => {
    const key = `${c.kind} ${c.document ?? ''}`
    const list = byDocument.get(key)
    if (list) list.push(i)
    else byDocument.set(key, [i])
  })
  const scored: { ref: number; candidate: number; score: number }[] = []
  refs.forEach((ref, r) => {
    for (const i of byDocument.get(`${ref.kind} ${ref.document}`) ?? []) {
      const candidate = candidates[i]
      if (!candidate || (ref.value !== null && candidate.value !== ref.value)) continue
      const same = overlap(ref.indicator, candidate.indicator)
      if (same < LEAST_OVERLAP) continue
      scored.push({ ref: r, candidate: i, score: same + (candidate.deadline === ref.deadline ? 1 : 0) })
    }
  })
  scored.sort((a, b) => b.score - a.score || a.ref - b.ref || a.candidate - b.candidate)
  const result: (number | null)[] = refs.map(() => null)
  const taken = new Set<number>()
  for (const { ref, candidate } of scored) {
    if (result[ref] !== null || taken.has(candidate)) continue
    result[ref] = candidate
    taken.add(candidate)
  }
  return result
}
