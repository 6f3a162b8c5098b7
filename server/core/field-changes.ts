import { clientOf } from '../../db/client.ts'
import { peopleNames } from '../../db/names.ts'
import type { Db } from '../../db/open.ts'
import { FIELD_TITLES, PERSON_FIELDS } from '../../db/domain/target-fields.ts'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { TargetVersion } from '../../db/target-versions.ts'

/** A field that a step changed, or the units of a role: people and units by their names. */
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

/** What the steps of targets changed, told from a version and the one before it. */
export type FieldChanges = (before: TargetVersion, after: TargetVersion) => FieldChange[]

/** Fields whose changes people see, save the state, which the name of the step says. */
const TOLD = Object.keys(FIELD_TITLES).filter((field) => field !== 'state') as (keyof TargetVersion)[]

/** @param db for the names of people */
export function fieldChanges(db: Db): FieldChanges {
  const nameOf = peopleNames(clientOf(db))
  const said = (version: TargetVersion, field: keyof TargetVersion) => {
    const value = version[field]
    return (PERSON_FIELDS as string[]).includes(field) && typeof value === 'number' ? (nameOf(value) ?? '') : value
  }
  return (before, after) => [
    ...TOLD.flatMap((field) =>
      before[field] === after[field] ? [] : [{ field, before: said(before, field), after: said(after, field) }],
    ),
    ...UNIT_ROLES.flatMap((role) => {
      const [was, is] = [unitNames(before, role), unitNames(after, role)]
      return was.join() === is.join() ? [] : [{ field: role, before: was, after: is }]
    }),
  ]
}

/** Names of the units of a role, in their order. */
export const unitNames = ({ units }: Pick<TargetVersion, 'units'>, role: (typeof UNIT_ROLES)[number]): string[] =>
  units.filter((unit) => unit.role === role).map(({ name }) => name)
