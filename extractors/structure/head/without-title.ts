import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isAddressees } from './addressees.ts'
import { isMetadata, readMetadata } from '../metadata.ts'
import { isPageLine } from '../../text/marks.ts'
import { readNumber } from '../document-number.ts'
import { titleBehindSignature } from './title-behind-signature.ts'

/**
 * 云府办发〔2024〕7号 / 各县…: / 现将《某某方案》印发给你们 / signature / 云江市某某方案: a notice without a title of its own, the
 * first of its text. Its title is what the page's table gives, else that of what it hands down.
 */
export function headWithoutTitle(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = readNumber((paragraphs[at] as Paragraph).text)
  const addressees = number === null ? at : at + 1
  if (after >= 0 || !paragraphs[addressees] || !isAddressees((paragraphs[addressees] as Paragraph).text)) return null
  for (let i = 0; i < at; i++)
    if (!isMetadata(paragraphs[i] as Paragraph) && !isPageLine((paragraphs[i] as Paragraph).text)) return null
  const put = HANDS_DOWN.exec(paragraphs[addressees + 1]?.text.slice(0, LONGEST_OPENING) ?? '')
  const title =
    readMetadata(paragraphs, 0, at).title ?? titleBehindSignature(paragraphs, addressees + 1) ?? put?.[1] ?? put?.[2]
  if (title) return { first: at, last: addressees, title, number }
  // Addressees, with or without a number above, are a head though nothing names the document.
  const opening = paragraphs[addressees + 1]?.text.slice(0, LONGEST_NAMELESS)
  return opening ? { first: at, last: addressees, title: opening, number, guess: 'missing' } : null
}

/** First words by which a document without a title is known, in characters. */
const LONGEST_NAMELESS = 40

const LONGEST_OPENING = 240

/** 《…》已经…同意,现印发给你们; 现将《…》印发给你们. Of several things handed down none names the notice. */
const HANDS_DOWN =
  /^《([^《》]{4,80})》[已业经]|(?:现将|现印发)《([^《》]{4,80})》(?![中《、和及与]|[^,。;]{0,4}(?:提出|确定|明确|部署|安排))/
