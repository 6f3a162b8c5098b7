import { answeringUnits, isMember, type NamedUnit } from './answering-units.ts'
import type { Reporting } from './target-terms.ts'

/** Lead and responsible units; support units read, sign and answer what is addressed to them. */
export const isWorking = (units: readonly NamedUnit[], unitId: number | null): boolean =>
  unitId !== null && units.some((unit) => unit.unitId === unitId && !unit.isGroup && unit.role !== 'support')

/**
 * The units that owe reports and may make them, each once and in their order (填报方式). Where members of a group report,
 * each its own value, who leads the whole sees to it that they do, and reports nothing itself.
 */
export function reportingUnits(units: readonly NamedUnit[], reporting: Reporting): number[] {
  const ofMembers = reporting === 'each' && units.some(isMember)
  const owing =
    reporting === 'lead'
      ? answeringUnits(units)
      : units.filter((unit) => isWorking(units, unit.unitId) && !(ofMembers && unit.role === 'lead' && !isMember(unit)))
  return [...new Set(owing.flatMap(({ unitId, role }) => (unitId === null || role === 'support' ? [] : [unitId])))]
}

/** The units that report a line of their own each; empty where one line is kept for the whole target. */
export function separateLines(units: readonly NamedUnit[], reporting: Reporting): number[] {
  const each = reporting === 'each' ? reportingUnits(units, reporting) : []
  return each.length > 1 || units.some(isMember) ? each : []
}

/** Whether a report of `by` serves what `unitId` owes: its own always, another's where one line is kept for all. */
export const servesFor = (reporting: Reporting, unitId: number, by: number | null): boolean =>
  by === unitId || reporting !== 'each'
