import { answeringUnits } from './answering-units.ts'
import type { Reporting, UnitRole } from './target-terms.ts'

interface NamedUnit {
  unitId: number | null
  role: UnitRole
  generic?: boolean
}

/** Lead and responsible units; support units read, sign and answer what is addressed to them. */
export const isWorking = (units: readonly NamedUnit[], unitId: number | null): boolean =>
  unitId !== null && units.some((unit) => unit.unitId === unitId && !unit.generic && unit.role !== 'support')

/** The units that owe reports and may make them, each once and in their order (填报方式). */
export function reportingUnits(units: readonly NamedUnit[], reporting: Reporting): number[] {
  const owing = reporting === 'lead' ? answeringUnits(units) : units.filter(({ unitId }) => isWorking(units, unitId))
  return [...new Set(owing.flatMap(({ unitId, role }) => (unitId === null || role === 'support' ? [] : [unitId])))]
}

/** The units that report a line of their own each; empty where one line is kept for the whole target. */
export function separateLines(units: readonly NamedUnit[], reporting: Reporting): number[] {
  const each = reporting === 'each' ? reportingUnits(units, reporting) : []
  return each.length > 1 ? each : []
}

/** Whether a report of `by` serves what `unitId` owes: its own always, another's where one line is kept for all. */
export const servesFor = (reporting: Reporting, unitId: number, by: number | null): boolean =>
  by === unitId || reporting !== 'each'
