import type { ColumnRole } from '../structure/types.ts'
import { isUnitName, splitNames } from '../structure/unit-names.ts'
import { isBodyLike, OFFICES, TIME_LIKE, VALUE_LIKE } from './cell-alignment.ts'
import { isDateLine, isNumberLine } from './marks.ts'

/** What a line of a table is told by its words: a cell of some column, a title over rows, what ends the table. */

/** Whether words can stand in a column; text columns take anything but a bare time. */
export function fits(role: ColumnRole, text: string): boolean {
  if (role === 'deadline') return TIME_LIKE.test(text) && text.length <= 24
  if (isUnitRole(role)) return isBodyLike(text)
  if (role === 'value' || role === 'baseline') return VALUE_LIKE.test(text) || /\d/.test(text)
  return true
}

export const isUnitRole = (role: ColumnRole): boolean => role === 'lead' || role === 'responsible' || role === 'support'

export const endsTable = (text: string): boolean =>
  text.length > 400 ||
  isDateLine(text) ||
  isNumberLine(text) ||
  /^注[:：]|^附件|^[一二三四五六七八九十]{1,3}、/.test(text)

/** Whether a line of units is complete, so that the line below it is another name. */
export function endsName(text: string): boolean {
  const last = splitNames(text).at(-1)
  return last !== undefined && !/[、,;]$/.test(text) && (isUnitName(last.name) || OFFICES.test(text))
}

/** Whether a line of units begins with a name. */
export function beginsName(text: string): boolean {
  const [first] = splitNames(text)
  return first !== undefined && (isUnitName(first.name) || OFFICES.test(text))
}
