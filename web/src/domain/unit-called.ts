import type { Unit } from '../api/office-calls.ts'

/** The unit that bears the name: its own, the short one, or an alias. */
export const unitCalled = (units: readonly Unit[], name: string): Unit | undefined =>
  units.find(
    (unit) => unit.name === name || unit.shortName === name || unit.aliases.some((alias) => alias.name === name),
  )

/** The unit that is meant where only those of the list can be: the one of the name, else the only one in whose name the words stand. */
export function unitMeant(units: readonly Unit[], words: string): Unit | undefined {
  const called = unitCalled(units, words)
  if (called || words === '') return called
  const having = units.filter(({ name, shortName }) => name.includes(words) || shortName?.includes(words))
  return having.length === 1 ? having[0] : undefined
}
