import { unitKey } from '../../../db/domain/unit-key.ts'
import type { Unit } from '../api/office-calls.ts'

/** The unit that bears the name: its own, the short one, or an alias, whatever the width of its signs. */
export function unitCalled(units: readonly Unit[], name: string): Unit | undefined {
  const key = unitKey(name)
  return units.find((unit) =>
    [unit.name, unit.shortName, ...unit.aliases.map((alias) => alias.name)].some(
      (one) => one !== null && unitKey(one) === key,
    ),
  )
}

/** The unit that is meant: the one of the name, else the only one still working in whose name the words stand. */
export function unitMeant(units: readonly Unit[], words: string): Unit | undefined {
  if (words === '') return undefined
  const called = unitCalled(units, words)
  if (called) return called
  const having = units.filter(
    ({ name, shortName, archivedAt }) => archivedAt === null && (name.includes(words) || shortName?.includes(words)),
  )
  return having.length === 1 ? having[0] : undefined
}

/** Whether it is a group to which nobody belongs yet: given to it an item reaches nobody. */
export const isEmptyGroup = (units: readonly Unit[], { unitId }: { unitId: number | null }): boolean =>
  units.some(({ id, kind, memberIds }) => id === unitId && kind === 'group' && memberIds.length === 0)
