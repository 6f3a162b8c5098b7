import { cardLine, isNameLabel, isValueLabel, labelOfCard } from '../lexicon/card-labels.ts'
import type { Line } from './line.ts'

/**
 * Cards: the lines of an item are its labels with what they hold (指标:… / 目标值:… / 责任单位:…), and the same labels come again
 * for the next. Where a label and what it holds have a line each, a colon takes the place of the line break.
 */

const COLON = ':'
const FEWEST_CARDS = 2
/** Pairs of a label and what it holds in one card. */
const MOST_PAIRS = 8

/** What every name of a card holds, with blanks between its characters or none. */
const MAY_NAME = /指 ?标|任 ?务|项 ?目/
const NAMED_WITHIN = 24

/** The lines with those of cards put together and marked as beginning paragraphs. Linear. */
export function joinCards(lines: readonly Line[], codes: Uint16Array): Line[] {
  if (!lines.some(({ text }) => MAY_NAME.test(text.slice(0, NAMED_WITHIN)) && isNameLabel(labelOf(text))))
    return [...lines]
  const joined: Line[] = []
  for (let i = 0; i < lines.length;) {
    const pairs = pairsAt(lines, i)
    for (let k = 0; k < pairs; k++, i += 2) joined.push(pairOf(lines[i] as Line, lines[i + 1] as Line, codes))
    if (pairs === 0) joined.push(lines[i++] as Line)
  }
  markCards(joined)
  return joined
}

const labelOf = (text: string): string => {
  const bare = text.includes(' ') ? text.slice(0, 24).replaceAll(' ', '') : text
  return cardLine(bare)?.label ?? labelOfCard(bare) ?? ''
}

/** How many pairs of a label and what it holds begin here: those of two cards or more, 0 where they are fewer. */
function pairsAt(lines: readonly Line[], at: number): number {
  const label = (i: number): string => (lines[i] && !lines[i]?.cell ? (labelOfCard(lines[i]?.text ?? '') ?? '') : '')
  const first = label(at)
  if (!isNameLabel(first)) return 0
  let period = 1
  while (period <= MOST_PAIRS && label(at + 2 * period) !== first) {
    if (label(at + 2 * period) === '') return 0
    period++
  }
  if (period < 2 || period > MOST_PAIRS) return 0
  const labels = Array.from({ length: period }, (_, i) => label(at + 2 * i))
  if (!labels.some(isValueLabel)) return 0
  let pairs = 0
  while (label(at + 2 * pairs) === labels[pairs % period] && isHeld(lines[at + 2 * pairs + 1])) pairs++
  return pairs >= FEWEST_CARDS * period ? pairs - (pairs % period) : 0
}

const isHeld = (line: Line | undefined): boolean => line !== undefined && !line.cell && labelOfCard(line.text) === null

function pairOf(label: Line, held: Line, codes: Uint16Array): Line {
  codes[label.end] = COLON.charCodeAt(0)
  codes.fill(0x20, label.end + 1, held.start)
  const text = `${label.text}${COLON}${' '.repeat(held.start - label.end - 1)}${held.text}`
  return { ...label, end: held.end, width: label.width + held.width + 1, text, opens: true }
}

/** Every line of cards begins a paragraph, as do the lines behind them and the titles between them. */
function markCards(lines: readonly Line[]): void {
  for (let i = 0; i < lines.length; i++) {
    const first = cardLine(lines[i]?.text.replaceAll(' ', '') ?? '')?.label ?? ''
    if (!isNameLabel(first)) continue
    const labels: string[] = []
    let end = i
    for (; end < lines.length; end++) {
      const own = cardLine((lines[end] as Line).text.replaceAll(' ', ''))
      if (own) labels.push(own.label)
      else if (labelOf(lines[end + 1]?.text ?? '') !== first) break
    }
    const isCards = labels.filter((label) => label === first).length >= FEWEST_CARDS && labels.some(isValueLabel)
    if (isCards) for (let k = i; k <= Math.min(end, lines.length - 1); k++) (lines[k] as Line).opens = true
    i = Math.max(i, end - 1)
  }
}
