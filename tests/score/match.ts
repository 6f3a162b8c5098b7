import { overlap } from '../../seeds/match.ts'

/** What two items are recognised by, besides being near each other. */
export interface Named {
  line: number
  /** Indicator, task or clause. */
  name: string
}

export interface Matching<Gold, Found> {
  pairs: [gold: Gold, found: Found][]
  /** Annotated, not found. */
  missed: Gold[]
  /** Found, not annotated. */
  extra: Found[]
}

interface Link<Gold, Found> {
  gold: Gold
  found: Found
  cost: number
}

/**
 * Gives every annotation at most one finding and the reverse, nearest lines and most alike names first.
 * Of equal links the one earlier in the annotations wins, then the one earlier in the findings.
 * @param reach how many lines apart they may stand
 * @param fits what else must hold
 */
export function match<Gold extends Named, Found extends Named>(
  golds: readonly Gold[],
  founds: readonly Found[],
  reach: number,
  fits: (gold: Gold, found: Found) => boolean,
): Matching<Gold, Found> {
  const links: Link<Gold, Found>[] = []
  for (const gold of golds) {
    for (const found of founds) {
      const apart = Math.abs(gold.line - found.line)
      if (apart <= reach && fits(gold, found)) links.push({ gold, found, cost: apart - overlap(gold.name, found.name) })
    }
  }
  links.sort((a, b) => a.cost - b.cost)
  const partner = new Map<Gold, Found>()
  const taken = new Set<Found>()
  const pairs: [Gold, Found][] = []
  for (const { gold, found } of links) {
    if (partner.has(gold) || taken.has(found)) continue
    partner.set(gold, found)
    taken.add(found)
    pairs.push([gold, found])
  }
  return {
    pairs,
    missed: golds.filter((gold) => !partner.has(gold)),
    extra: founds.filter((found) => !taken.has(found)),
  }
}
