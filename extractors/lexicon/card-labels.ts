import { isHeaderWord, roleOfHeader } from './table-headers.ts'
import type { ColumnRole } from '../structure/types.ts'

/** Labels of the lines of a card: 指标:…, 目标值:…, 责任单位:…, a line each, again for each item. */

/** A label in characters, and what its line holds in all. */
const LONGEST_LABEL = 12
const LONGEST_LINE = 200
/** The number of an item before its label: 1.指标名称. */
const NUMBER = /^\(?\d{1,2}[).、]/

/** What is measured, by itself: other labels of tasks head longer words. */
const NAMES = /^(?:(?:考核|绩效|具体|主要|预期|项目|任务|监测)?指标(?:名称|内容)?|任务名称|项目名称|工作任务)$/

/** A label without the number of its item, null where the words are none. */
export function labelOfCard(words: string): string | null {
  if (words.length > LONGEST_LABEL) return null
  const label = words.replace(NUMBER, '')
  return isHeaderWord(label) ? label : null
}

export const roleOfLabel = (label: string): ColumnRole => (NAMES.test(label) ? 'indicator' : roleOfHeader(label))

export const isNameLabel = (label: string): boolean => NAMES.test(label)
export const isValueLabel = (label: string): boolean => roleOfLabel(label) === 'value'

/** The label of a line `标签:…` and where what it holds begins; null for any other line. */
export function cardLine(text: string): { label: string; from: number } | null {
  if (text.length > LONGEST_LINE) return null
  const colon = text.slice(0, LONGEST_LABEL + 1).indexOf(':')
  const label = colon < 2 ? null : labelOfCard(text.slice(0, colon))
  return label === null ? null : { label, from: colon + 1 }
}
