import { MISSING_TITLES } from '../../../../db/domain/missing.ts'
import { andOthers } from '../../../../db/domain/sentences.ts'
import { LISTED_FIELDS, pickFields, TARGET_FIELDS } from '../../../../db/domain/target-fields.ts'
import { type UnitRole, UNIT_ROLES } from '../../../../db/domain/target-terms.ts'
import { targetWords } from '../../../../db/domain/target-words.ts'
import type { TargetDetail, TargetRow } from '../../api/types.ts'
import type { OrderRow, TargetBrief } from '../../api/office-calls.ts'
import { briefWords } from '../../domain/briefs.ts'

/** A unit that a step may be addressed to. */
interface UnitChoice {
  id: number
  name: string
}

export interface NamedUnit {
  role: UnitRole
  name: string
  unitId: number | null
}

/** The target a step is about, as the page has it. */
export interface StepItem {
  id: number
  version: number
  indicator: string
  /** Target and date in words, shown above the form. */
  words: string
  /** The record beside the target: `{ reportId: 7 }`. */
  record?: Record<string, number>
  units?: UnitChoice[]
  /** Its units as they stand, for 交办 and 改派. */
  named?: NamedUnit[]
  /** What the page shows of the target: held against the stored record where somebody else was faster. */
  seen?: Record<string, unknown>
  deadline?: string | null
  /** What fields of the form begin with, by their keys. */
  prefill?: Record<string, string>
}

export const dated = (words: string, deadline: string | null) =>
  `${words}，${deadline ? `期限 ${deadline}` : MISSING_TITLES.deadline}`

export function itemOfBrief(
  target: TargetBrief,
  record?: Record<string, number>,
  unit?: { id: number; name: string } | null,
): StepItem {
  return {
    id: target.id,
    version: target.version,
    indicator: target.indicator,
    words: dated(briefWords(target), target.deadline),
    record,
    deadline: target.deadline,
    units: unit ? [unit] : undefined,
    seen: pickFields(target, LISTED_FIELDS),
  }
}

/** A 督办单 as what a step is about: all its items, where it holds several. */
export function itemOfOrder({ id, target, unit, items }: OrderRow): StepItem {
  const item = itemOfBrief(target, { orderId: id }, unit)
  return items.length === 1
    ? item
    : { ...item, indicator: orderName({ target, items }), words: items.map(({ indicator }) => indicator).join('；') }
}

/** What a 督办单 is about in few words: `森林覆盖率等3项`. */
export const orderName = ({ target, items }: Pick<OrderRow, 'target' | 'items'>) =>
  andOthers(target.indicator, items.length)

export function itemOfTarget(target: TargetDetail | TargetRow, record?: Record<string, number>): StepItem {
  const all = UNIT_ROLES.flatMap((role) => target[role].map((unit) => ({ role, ...unit })))
  // Members of a group come with it: the forms name the group.
  const named = all
    .filter(({ groupId }) => groupId === undefined)
    .map(({ role, name, unitId }) => ({ role, name, unitId }))
  const { indicator, deadline } = target
  const known = all.flatMap(({ unitId, name }) => (unitId === null ? [] : [{ id: unitId, name }]))
  return {
    id: target.id,
    version: target.version,
    indicator,
    words: dated(targetWords(target), deadline),
    record,
    deadline,
    units: known.filter((one, index) => known.findIndex((other) => other.id === one.id) === index),
    named,
    seen: { ...shown(target), units: named },
  }
}

/** Every field of the record that the page has. */
const shown = (target: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(target).filter(([field]) => (TARGET_FIELDS as string[]).includes(field)))
