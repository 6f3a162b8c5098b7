import { findQuantities } from '../parsers/quantity.ts'
import type { FoundQuantity } from '../parsers/quantity-types.ts'
import { BLANKS, CharacterSet } from '../parsers/character-set.ts'
import type { TimeBase } from '../parsers/time-core.ts'
import { findTimes } from '../parsers/time.ts'
import { labelOf } from '../structure/labels.ts'
import type { Clause, Sentence } from '../structure/types.ts'
import type { Range } from '../text/reading-text.ts'
import type { Aside, Fragment, SentenceView } from './draft.ts'

const OPENING: Readonly<Record<string, [closing: string, kind: Aside['kind']]>> = {
  '(': [')', 'bracket'],
  '〔': ['〕', 'bracket'],
  '[': [']', 'bracket'],
  '【': ['】', 'bracket'],
  '“': ['”', 'quote'],
  '‘': ['’', 'quote'],
  '《': ['》', 'book'],
  '〈': ['〉', 'book'],
}
const MARKS = new CharacterSet([',', ';', ':', '。', '!', '?', '\t', '\n', '●', '■', '◆', '▲', '★'])
const OPENINGS = new CharacterSet(Object.keys(OPENING))

/** A bracket not closed within so many characters counts as never closed; it keeps the search linear. */
const LONGEST_ASIDE = 400

/**
 * Finds the times and numbers of a sentence and cuts it into fragments.
 * @returns null where it holds neither, which most sentences do
 */
export function viewOf(
  text: string,
  clause: Clause,
  sentence: Sentence,
  index: number,
  base: TimeBase,
  always: boolean,
): SentenceView | null {
  const times = findTimes(text, sentence.start, sentence.end, base)
  const quantities = findQuantities(text, sentence.start, sentence.end)
  if (!always && times.length === 0 && quantities.length === 0) return null
  const asides: Aside[] = []
  const fragments: Fragment[] = []
  let from = behindLabel(text, sentence)
  for (let at = from; at < sentence.end; at++) {
    if (OPENINGS.holds(text, at)) {
      const opening = OPENING[text.charAt(at)] as [string, Aside['kind']]
      const close = closingOf(text, at, opening[0], sentence.end)
      if (close > at && !isQuotedSentence(text, at, close)) {
        asides.push({ start: at, end: close + 1, kind: opening[1] })
        at = close
      }
    } else if (MARKS.holds(text, at) && !(text.charAt(at) === ':' && isInRatio(quantities, at))) {
      fragments.push({ start: from, end: at, mark: text.charAt(at) })
      from = text.charAt(at) === '\t' ? behindLabel(text, { start: at + 1, end: sentence.end }) : at + 1
    }
  }
  if (from < sentence.end) fragments.push({ start: from, end: sentence.end, mark: '' })
  return {
    text,
    clause,
    sentence,
    index,
    fragments,
    times,
    quantities,
    asides,
    drafts: [],
    compared: new Map(),
    earlier: null,
    toldBefore: false,
    opener: null,
  }
}

/** 实现“产值达到90亿元,利润达到8亿元”的目标: parts of a sentence, not a name. */
const isQuotedSentence = (text: string, open: number, close: number): boolean =>
  text[open] === '“' &&
  close - open >= LEAST_QUOTED_SENTENCE &&
  /[,;]/.test(text.slice(open, close)) &&
  /(?:达到|达|超过|不低于|增长|控制在|以上|建成|新增)\d|\d[^,;]{1,4}(?:以上|以内|左右)/.test(text.slice(open, close))
const LEAST_QUOTED_SENTENCE = 16

/** Where the words of a sentence begin: behind the number of the item that it opens. */
function behindLabel(text: string, { start, end }: Sentence): number {
  let at = start
  while (at < end && BULLETS.holds(text, at)) at++
  const label = labelOf(text.slice(at, Math.min(end, at + LONGEST_LABEL)))
  return label ? at + label.text.length : at
}
const LONGEST_LABEL = 12
/** Blanks and the marks of a list. */
const BULLETS = new CharacterSet([...BLANKS, ...'●◆■▲★☆◇□►➢※•◎○▪'])

/** 2.35:1: the mark is part of the number. */
const isInRatio = (quantities: readonly FoundQuantity[], at: number): boolean =>
  quantities.some(({ start, end }) => start < at && at < end)

/** Offset of the closing mark, or of the opening where it is never closed in the sentence. Nested pairs are counted. */
function closingOf(text: string, open: number, closing: string, end: number): number {
  const opening = text.charAt(open)
  let depth = 0
  for (let at = open; at < Math.min(end, open + LONGEST_ASIDE); at++) {
    const mark = text.charAt(at)
    if (mark === opening) depth++
    else if (mark === closing && --depth === 0) return at
  }
  return open
}

/** The aside that holds the offset, null where it stands in the open. */
export const asideAt = (view: SentenceView, at: number): Aside | null =>
  view.asides.find((aside) => at >= aside.start && at < aside.end) ?? null

/** Whether a time or number stands in the open: not in a title, quote or bracket. */
export const isOpen = (view: SentenceView, time: Range): boolean => {
  const aside = asideAt(view, time.start)
  return aside === null || (aside.start >= time.start && aside.end <= time.end)
}

/** Index of the fragment that holds the offset. */
export const fragmentAt = (view: SentenceView, at: number): number => {
  const index = view.fragments.findIndex((fragment) => at < fragment.end || at === fragment.start)
  return index < 0 ? view.fragments.length - 1 : index
}
