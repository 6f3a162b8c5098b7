import { cardLine, isNameLabel, isValueLabel, roleOfLabel } from '../lexicon/card-labels.ts'
import { readTableValue } from '../parsers/table-value.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Table, TableCell, TableColumn, TableRow } from './types.ts'

/**
 * Cards as a table: paragraphs that are a label and what it holds, again and again (指标:茶园面积 / 目标值:5万亩 / 责任单位:…). Each
 * card is a row, each label heads a column.
 */

const FEWEST_CARDS = 2
/** The share of cards whose value is nothing but a value. */
const MOST_OF_ALL = 0.7

/** What a label holds, and where the label begins. */
interface Field extends TableCell {
  label: string
  lineStart: number
}

/** The table of the cards that begin here, null where these hold no values, and the index behind their last paragraph; null where no cards begin. */
export function cardsAt(
  paragraphs: readonly Paragraph[],
  from: number,
  to: number,
): { table: Table | null; next: number } | null {
  const first = fieldOf(paragraphs[from] as Paragraph)
  if (!first || !isNameLabel(first.label)) return null
  const cards: Field[][] = []
  let next = from
  for (; next < to; next++) {
    const field = fieldOf(paragraphs[next] as Paragraph)
    if (!field && isTitle(paragraphs, next, to, first.label)) continue
    if (!field) break
    const open = cards.at(-1)
    if (field.label === first.label) cards.push([field])
    // A label that comes again before the next name is of another card.
    else if (open?.some(({ label }) => label === field.label)) break
    else open?.push(field)
  }
  if (cards.length < FEWEST_CARDS) return null
  // What was read in vain is not read again.
  if (!holdValues(cards)) return { table: null, next }
  const labels = [...new Set(cards.flat().map(({ label }) => label))]
  const columns = labels.map((header): TableColumn => ({ header, role: roleOfLabel(header) }))
  const table: Table = {
    start: (paragraphs[from] as Paragraph).start,
    end: (paragraphs[next - 1] as Paragraph).end,
    caption: null,
    unit: null,
    columns,
    rows: [],
  }
  table.rows = cards.map((fields): TableRow => {
    const start = (fields[0] as Field).lineStart
    const end = (fields.at(-1) as Field).end
    const cells = labels.map((label, column): TableCell => {
      const field = fields.find((own) => own.label === label)
      return field
        ? { start: field.start, end: field.end, column, text: field.text }
        : { start, end: start, column, text: '' }
    })
    return { start, end, table, cells, groups: [] }
  })
  return { table, next }
}

const LONGEST_TITLE = 40

/** 二、增收: a line over the next card. */
function isTitle(paragraphs: readonly Paragraph[], at: number, to: number, label: string): boolean {
  const { text } = paragraphs[at] as Paragraph
  const next = at + 1 < to ? fieldOf(paragraphs[at + 1] as Paragraph) : null
  return next?.label === label && text.length <= LONGEST_TITLE && !/[。;:\t]/.test(text)
}

function fieldOf({ start, end, text }: Paragraph): Field | null {
  const line = text.includes('\t') ? null : cardLine(text)
  if (!line) return null
  let from = line.from
  let to = text.length
  while (from < to && text[from] === ' ') from++
  while (to > from && /[ 。;]/.test(text[to - 1] as string)) to--
  return {
    lineStart: start,
    label: line.label,
    start: start + from,
    end: end - text.length + to,
    column: 0,
    text: text.slice(from, to),
  }
}

/** Whether most cards hold a value under a label of values, and no number stands among other words. */
function holdValues(cards: readonly Field[][]): boolean {
  const valued = cards.filter((fields) => fields.some(({ label, text }) => isValueLabel(label) && readTableValue(text)))
  return (
    valued.length >= cards.length * MOST_OF_ALL &&
    cards.flat().every(({ label, text }) => {
      const role = roleOfLabel(label)
      return role !== 'task' || !/\d/.test(text)
    })
  )
}
