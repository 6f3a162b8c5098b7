import { fieldEntry } from './target-fields.ts'
import { UNITS_TITLE } from './target-terms.ts'
import { idsOf } from './vocabulary.ts'

/** A field of what was read that a reviewer should look at; `kind` where it is doubtful whether it is a target at all. */
export const DOUBT_TITLES = {
  kind: '是否目标',
  indicator: fieldEntry('indicator').title,
  value: fieldEntry('value').title,
  unit: fieldEntry('unit').title,
  op: fieldEntry('op').title,
  measure: fieldEntry('measure').title,
  deadline: fieldEntry('deadline').title,
  units: UNITS_TITLE,
} as const
export type DoubtField = keyof typeof DOUBT_TITLES
export const DOUBT_FIELDS = idsOf(DOUBT_TITLES)
