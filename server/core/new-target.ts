import type { Db } from '../../db/open.ts'
import { targets } from '../../db/schema/index.ts'
import { shanghaiDateOf } from '../../db/domain/dates.ts'
import type { Stamp } from '../actor.ts'
import { rewriteSpans } from './light-spans.ts'
import { type NamedUnit, resolveUnits, writeUnits } from './target-units.ts'
import { type VersionStep, writeVersion } from './versions.ts'

/** What a new target is, apart from its number, version and times. */
type NewTarget = Omit<typeof targets.$inferInsert, 'id' | 'version' | 'createdAt' | 'updatedAt'>

/**
 * Stores a target that a person adds, with its units (found by their names where no number is given), its first version
 * and its light. The line in the trail is the caller's. To be called inside a transaction.
 * @returns its number, and its units as they were found
 */
export function insertTarget(
  tx: Db,
  stamp: Stamp,
  target: NewTarget,
  units: readonly NamedUnit[],
  step: VersionStep,
): { id: number; units: ReturnType<typeof resolveUnits> } {
  const { id } = tx
    .insert(targets)
    .values({ ...target, createdAt: stamp.at, updatedAt: stamp.at })
    .returning({ id: targets.id })
    .get()
  const named = resolveUnits(tx, units, stamp)
  writeUnits(tx, id, named, [])
  writeVersion(tx, [id], step, stamp)
  rewriteSpans(tx, [id], shanghaiDateOf(stamp.at))
  return { id, units: named }
}

/** What a target is that a person has written down: whoever does so has confirmed it, and no rule has found it. */
export const CONFIRMED = { state: 'confirmed', confidence: 1, extracted: null } as const

/** Where a deadline comes from that a person has typed. */
export const deadlineByHand = (deadline: string | null) =>
  deadline === null
    ? ({ deadlineBasis: 'none', deadlineRule: null } as const)
    : ({ deadlineBasis: 'explicit', deadlineRule: '人工校核' } as const)
