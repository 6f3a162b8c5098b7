import type { LightThresholds } from '../../db/domain/lights.ts'
import type { Db } from '../../db/open.ts'
import { units } from '../../db/schema/index.ts'
import { NameFinder } from '../core/name-finder.ts'
import { presentUnit } from '../core/target-units.ts'
import { readSetting } from '../settings/store.ts'

/** What the rows of a ledger stand on beside themselves: whom its names mean, and the rule of the lights. */
export interface LedgerBasis {
  /** By each name as it is written; null where no unit bears it for certain. */
  units: ReadonlyMap<string, { id: number; isGroup: boolean } | null>
  lights: LightThresholds
}

/** Read-only: what the names conclude is remembered by the transaction that stores the ledger. */
export function basisOf(db: Db, names: ReadonlySet<string>): LedgerBasis {
  const finder = new NameFinder(db)
  const groups = new Map(
    db
      .select({ id: units.id, kind: units.kind })
      .from(units)
      .all()
      .map(({ id, kind }) => [id, kind === 'group']),
  )
  const unitOf = (name: string) => {
    const { unitId } = finder.find(name)
    if (unitId === null) return null
    const id = presentUnit(db, unitId)
    return { id, isGroup: groups.get(id) === true }
  }
  return { units: new Map([...names].map((name) => [name, unitOf(name)])), lights: readSetting(db, 'lights') }
}

/** Whether nothing has changed of what two looks found. */
export const isSameBasis = (a: LedgerBasis, b: LedgerBasis): boolean =>
  JSON.stringify([[...a.units], a.lights]) === JSON.stringify([[...b.units], b.lights])
