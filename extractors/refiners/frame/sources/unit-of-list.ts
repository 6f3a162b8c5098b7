import { areSideBySide, type Source } from '../situation.ts'

/** The magnitude that opens a unit of money: **万亿**元. */
const MAGNITUDE = /^[十百千万亿]+/

/** 「5个和2**个百分点**」, 「20和30**公里**」, 「1.2万亿、8000亿**元**」: a number without a unit, or with the beginning of one, has that of the number it is listed with. */
export const unitOfList: Source = ({ unit }, { view, draft, next }) => {
  if (!next || !areSideBySide(view, draft, next)) return null
  const { words, kind, range } = next.frame.unit
  const opens = unit.words !== words && words.startsWith(unit.words) && kind !== 'counter'
  if ((unit.kind === 'bare' || opens) && kind !== 'bare')
    return { from: 'list', rule: 'unit', unit: { words, kind, range } }
  // The magnitude is its own, the unit that of the last.
  return unit.kind === 'magnitude' && kind === 'money'
    ? { from: 'list', rule: 'unit', unit: { words: unit.words + words.replace(MAGNITUDE, ''), kind, range } }
    : null
}
