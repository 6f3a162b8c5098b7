import type { UnitRole } from '../../db/domain/target-terms.ts'
import type { SeedTrack } from '../../seeds/schema.ts'

/**
 * The units, by full name, that a supervisor names who adds a target by hand: those of the track, else the one that reports
 * leads and the others that signed support it.
 */
export function unitsOfAdded({ units, reports, signatures }: SeedTrack): Record<UnitRole, string[]> {
  if (units !== null) return units
  const signed = signatures.map(({ unit }) => unit)
  const leading = reports[0]?.unit ?? signed.at(-1)
  return {
    lead: leading === undefined ? [] : [leading],
    responsible: [],
    support: [...new Set(signed)].filter((unit) => unit !== leading),
  }
}
