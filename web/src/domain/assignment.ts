import { needsNumbers } from '../../../db/domain/breakdown.ts'
import type { FieldValues } from '../../../db/domain/target-fields.ts'
import type { ASSIGNED_FIELDS } from '../../../db/domain/target-fields.ts'
import type { RollUp } from '../../../db/domain/target-terms.ts'
import type { ProposedUnit } from '../api/assign-calls.ts'
import type { NamedUnit } from '../components/steps/step-items.ts'

/** What is said with 交办 beside the units. */
export type AssignedFields = Pick<FieldValues, (typeof ASSIGNED_FIELDS)[number]>

/** What a person has said of one target that is to be 交办, where it differs from what the record has. */
export interface Said {
  units?: NamedUnit[]
  fields?: Partial<AssignedFields>
}

/** How often a target is reported on where nobody has said. */
const USUAL_FREQUENCY = 'quarterly'

/**
 * The fields as they would be sent: as said here, else as the record has them, else as is usual. Members of a group report each
 * its own value, whatever was said.
 * @param supervisorId who assigns; null for a person who follows no targets
 * @param likely how the values of a group's members most likely make the whole; null where it is given to no group
 */
export const fieldsOf = (
  stored: AssignedFields,
  said: Said | undefined,
  supervisorId: number | null,
  likely: RollUp | null,
): AssignedFields => ({
  ...stored,
  supervisorId: stored.supervisorId ?? supervisorId,
  reportFrequency: stored.reportFrequency ?? USUAL_FREQUENCY,
  rollUp: stored.reporting === 'each' ? stored.rollUp : (likely ?? stored.rollUp),
  ...said?.fields,
  ...(likely === null ? {} : { reporting: 'each' }),
})

/** Of what is said for many at once that which fits one: a task without a number is not summed up with the others. */
export function fittingFields(said: Partial<AssignedFields>, value: number | null): Partial<AssignedFields> {
  const { rollUp, ...others } = said
  return rollUp === undefined || (value === null && needsNumbers(rollUp)) ? others : said
}

/** Whether somebody would answer for it: 牵头 or 责任, and every name is a unit that is known. */
export const isReady = (units: readonly NamedUnit[]): boolean =>
  units.some(({ role }) => role !== 'support') && units.every(({ unitId }) => unitId !== null)

/** The units with some more of them; who has a role already keeps it. */
export const withUnits = (units: readonly NamedUnit[], more: readonly NamedUnit[]): NamedUnit[] => [
  ...units,
  ...more.filter((one) => !units.some((known) => isSameUnit(known, one))),
]

/** By the names of the registry, each unit once in a role, whatever two ways of writing it the document has. */
export function registered(units: readonly NamedUnit[], nameOf: (unitId: number) => string | undefined): NamedUnit[] {
  return units
    .map((one) => ({ ...one, name: (one.unitId === null ? undefined : nameOf(one.unitId)) ?? one.name }))
    .filter((one, at, all) => all.findIndex((other) => other.role === one.role && isSameUnit(other, one)) === at)
}

export const withoutUnit = (units: readonly NamedUnit[], gone: NamedUnit): NamedUnit[] =>
  units.filter((one) => !(one.role === gone.role && isSameUnit(one, gone)))

const isSameUnit = (a: NamedUnit, b: NamedUnit) => (a.unitId === null ? a.name === b.name : a.unitId === b.unitId)

export const namedOf = ({ role, name, unitId }: ProposedUnit): NamedUnit => ({ role, name, unitId })

/** What is proposed and not there yet. */
export const openProposals = (units: readonly NamedUnit[], proposed: readonly ProposedUnit[]): ProposedUnit[] =>
  proposed.filter((one) => !units.some((known) => known.unitId === one.unitId))

/**
 * What 采用推荐 takes for a target without anybody who answers: all that had the same indicator, or else the one that had
 * the most alike. Null where that would not give it anybody.
 */
export function takenProposals(units: readonly NamedUnit[], proposed: readonly ProposedUnit[]): NamedUnit[] | null {
  if (units.some(({ role }) => role !== 'support')) return null
  const same = proposed.filter(({ precedent }) => precedent === 'indicator')
  const taken = same.some(({ role }) => role !== 'support')
    ? same
    : proposed.filter(({ role }) => role !== 'support').slice(0, 1)
  return taken.length === 0 ? null : withUnits(units, taken.map(namedOf))
}
