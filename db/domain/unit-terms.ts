import { idsOf } from './vocabulary.ts'

/** A unit of its own, or a group of units (各县市区政府, 各成员单位): what is given to a group is given to its members. */
export const UNIT_KIND_TITLES = { unit: '单位', group: '单位组' } as const
export type UnitKind = keyof typeof UNIT_KIND_TITLES
export const UNIT_KINDS = idsOf(UNIT_KIND_TITLES)
