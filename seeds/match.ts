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
export const letters = (s: string) =>
  s
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
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

/** The fields of a reference by which its target is found. */
type Named = Pick<TargetRef, 'document' | 'kind' | 'indicator' | 'deadline' | 'value'>

/** Share of common letter pairs that is enough where document, value and deadline are the same. */
const LEAST_OVERLAP_SAME_DAY = 0.2

interface Pair {
  ref: number
  candidate: number
  score: number
}

/**
 * Finds for each reference its target: same document, kind and value, then the best overlap of indicators. It must be
 * 0.6; 0.2 is enough where the deadline is the same too, because then a part of a long name tells which one is meant.
 * Each candidate is given away once, the best pair first.
 * @returns for each reference the index of its candidate, or null where none fits.
 */
export function matchTargets(refs: readonly Named[], candidates: readonly MatchCandidate[]): (number | null)[] {
  const byDocument = new Map<string, number[]>()
  candidates.forEach((c, i) => {
    const key = `${c.kind} ${c.document ?? ''}`
    const list = byDocument.get(key)
    if (list) list.push(i)
    else byDocument.set(key, [i])
  })
  const pairs = refs.flatMap((ref, r) =>
    (byDocument.get(`${ref.kind} ${ref.document}`) ?? []).flatMap((i): Pair[] => {
      const candidate = candidates[i]
      if (!candidate || (ref.value !== null && candidate.value !== ref.value)) return []
      const same = overlap(ref.indicator, candidate.indicator)
      const sameDay = candidate.deadline === ref.deadline
      return same < (sameDay ? LEAST_OVERLAP_SAME_DAY : LEAST_OVERLAP)
        ? []
        : [{ ref: r, candidate: i, score: same + (sameDay ? 1 : 0) }]
    }),
  )
  pairs.sort((a, b) => b.score - a.score || a.ref - b.ref || a.candidate - b.candidate)
  const result: (number | null)[] = refs.map(() => null)
  const taken = new Set<number>()
  for (const { ref, candidate } of pairs) {
    if (result[ref] !== null || taken.has(candidate)) continue
    result[ref] = candidate
    taken.add(candidate)
  }
  return result
}

/**
 * Where a track's quotation stands in a document's raw text: blanks, line breaks and the width of letters do not count.
 * @returns raw offsets, or null where a page break or the like stands in between.
 */
export function findQuote(raw: string, quote: string): { start: number; end: number } | null {
  const plain = (s: string) => s.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  let squeezed = ''
  const offsets: number[] = []
  for (let i = 0; i < raw.length; i++) {
    const c = raw[i] ?? ''
    if (/\s/.test(c)) continue
    squeezed += plain(c)
    offsets.push(i)
  }
  const wanted = plain(quote.replace(/\s/g, ''))
  const at = squeezed.indexOf(wanted)
  const [start, last] = [offsets[at], offsets[at + wanted.length - 1]]
  return at < 0 || start === undefined || last === undefined ? null : { start, end: last + 1 }
}
