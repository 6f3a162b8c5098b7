import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { TITLE } from './title-words.ts'
import { isDateLine, endsLikeTitle } from '../../text/marks.ts'
import { readNumber } from '../document-number.ts'
import { titleAbove, titleBelow } from './title-lines.ts'
import { titleBehindSignature } from './title-behind-signature.ts'
import { withAddressees } from './addressees.ts'

/** 云川市人民政府文件, in red above the number. */
const RED_HEAD = /^[\u4e00-\u9fff]{2,40}(?:文件|令)$/

/** A title above its 发文字号, or below it where the head is red. */
export function headAtNumber(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = readNumber((paragraphs[at] as Paragraph).text)
  if (number === null) return null
  const above = titleAbove(paragraphs, at, after)
  if (above && TITLE.test(above.title) && !RED_HEAD.test(above.title))
    return { ...above, title: wholeTitle(paragraphs, above.title, at), last: withAddressees(paragraphs, at), number }
  const before = paragraphs[at - 1]
  const below = before && isDateLine(before.text) ? null : titleBelow(paragraphs, at)
  if (!below)
    return above && endsLikeTitle(above.title) ? { ...above, last: withAddressees(paragraphs, at), number } : null
  return { first: above?.first ?? at, last: withAddressees(paragraphs, below.last), title: below.title, number }
}

/** 云川市人民政府办公室转发市教育局等部门制订的: where the page has lost the end of a title, that of what it hands down. */
const wholeTitle = (paragraphs: readonly Paragraph[], title: string, number: number): string =>
  (title.endsWith('的') && titleBehindSignature(paragraphs, number + 1)) || title
