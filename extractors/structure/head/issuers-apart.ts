import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isOrganLine, isSigner } from '../../text/marks.ts'
import { type ReadingText, rawSpan } from '../../text/reading-text.ts'

/** The issuers of a signature that blanks part in the raw text: 国家发展改革委 工业和信息化部. Null where a blank parts letters only. */
export function namesApart(reading: ReadingText, line: Paragraph): string | null {
  const { start, end } = rawSpan(reading, line)
  const names = reading.raw.slice(start, end).trim().split(/\s+/)
  if (names.length < 2 || names.some((name) => /^办公[厅室]$/.test(name))) return null
  return names.every(isOrganLine) || areOfOnePlace(names) ? names.join(' ') : null
}

/** 云川省财政厅 云川省湿地基金: beside a body of the same place stands another, whatever its name ends with. */
const areOfOnePlace = ([first = '', ...others]: readonly string[]): boolean =>
  isOrganLine(first) &&
  PLACE.test(first) &&
  others.every((name) => name.length > 4 && name.length <= LONGEST_BODY && name.startsWith(first.slice(0, 3)))
const PLACE = /^[\u4e00-\u9fff]{2}[省市县区州旗盟]/
const LONGEST_BODY = 20

/**
 * The issuers of a title that blanks part in the raw text: 区委办公室 区政府办公室关于…. Null where they are one, or not those
 * that are named.
 */
export function namesInTitle(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  named: string | null,
): string | null {
  for (const line of paragraphs.slice(head.first, head.last + 1)) {
    const { start, end } = rawSpan(reading, line)
    const before = reading.raw.slice(start, end).split(/关于|印发|转发|批转/)[0] as string
    const names = before.trim().split(/\s+/)
    if (names.length > 1 && (named === null || names.join('') === named) && names.every(isSigner))
      return names.join(' ')
  }
  return null
}

/** Issuers that stand side by side, with a space between: each begins with the place, or with 中共 and the place. */
export function splitIssuers(issuers: string): string {
  if (issuers.startsWith('中共中央')) return issuers.replace(/(?<=[央厅])(?=国务院)/, ' ')
  const place = issuers.replace(/^中共/, '').slice(0, 2)
  if (place.length < 2) return issuers
  let split = issuers
  for (let at = issuers.indexOf(place, 4); at > 0; at = split.indexOf(place, at + 4)) {
    const before = split.slice(at - 2, at) === '中共' ? at - 2 : at
    if (!/[室厅府局委会部院]/.test(split[before - 1] as string)) continue
    split = `${split.slice(0, before)} ${split.slice(before)}`
    at = split.indexOf(place, before)
  }
  return split
}
