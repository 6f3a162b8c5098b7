import { readTableValue } from '../parsers/table-value.ts'
import type { TableValue } from '../parsers/table-value.ts'
import type { Measure } from '../types.ts'
import { cellQuantity, comparatorOfCell, REDUCED, unitFrom, withoutReduction } from './cell-draft.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, newDraft } from './draft.ts'
import { filled, frameFrom } from './frame/frame.ts'
import { splitUnit } from './table-names.ts'

/** The last column of a plan's indicator table: where the page lost its lines, it still parts the rows. */
const NATURE = ['约束性', '预期性', '指导性']
const HEADER = /^.*?(?:属性|指标类型|类型|指标性质)/s
/** Number of a row; 5岁以下 and 3A级 are words of its name. */
const LABEL = /^[\s|]*(?:\(?\d{1,2}\)?(?:[.、]|(?![岁年级类个种项天小分月AG\d.~—-])))?[\s|]*/
/** No value of a table is longer, its sign and unit included. */
const LONGEST_VALUE = 16

/** Reads rows of an indicator table that came out as one run of text: `1死亡人数下降15%约束性2灾害死亡率<1预期性`. */
export const squashedRows: Refiner = {
  name: 'squashed-rows',
  reads: ['quantity'],
  writes: ['baseline', 'comparator', 'deadline', 'deadlineBasis', 'frame', 'measure', 'quantity', 'unit'],
  run: (view) => {
    if (view.clause.row) return
    const words = view.text.slice(view.sentence.start, view.sentence.end)
    if (!NATURE.some((word) => words.includes(word))) return
    let from = 0
    for (;;) {
      const end = nextNature(words, from)
      if (end < 0) return
      readRow(view, words, from, end)
      from = end + 3
    }
  },
}

function nextNature(words: string, from: number): number {
  const found = NATURE.map((word) => words.indexOf(word, from)).filter((at) => at >= 0)
  return found.length > 0 ? Math.min(...found) : -1
}

function readRow(view: SentenceView, words: string, from: number, end: number): void {
  const start = from === 0 && end - from > 120 ? end - 120 : from
  let row = words.slice(start, end)
  const header = HEADER.exec(row)
  let offset = view.sentence.start + start
  if (header) {
    offset += header[0].length
    row = row.slice(header[0].length)
  }
  const values: { value: TableValue; at: number }[] = []
  let behind = ''
  while (values.length < 3) {
    const parted = withoutTrailing(row)
    const value = valueAtEnd(parted)
    // Values that nothing parts run together: only the last is sure.
    if (!value || (values.length > 0 && parted.length === row.length && !opensValue(behind))) break
    behind = value.text
    row = parted.slice(0, parted.length - value.text.length)
    values.unshift({ value: value.value, at: offset + row.length })
  }
  const label = LABEL.exec(row)?.[0].length ?? 0
  const name = withoutTrailing(row).slice(label)
  if (values.length === 0 || !/[\u4e00-\u9fff]{3}/.test(name)) return
  for (const draft of view.drafts)
    if (draft.quantity.start >= offset && draft.quantity.end <= view.sentence.start + end)
      drop(draft, 'squashed-rows/read-as-row')
  const { words: indicator, unit } = splitUnit(name.replace(/\|/g, ''))
  const target = values[values.length > 1 ? 1 : 0] as { value: TableValue; at: number }
  const base = values.length > 1 ? values[0] : undefined
  view.drafts.push(
    draftOf(target, base?.value, indicator, unit, { start: offset + label, end: offset + label + name.length }),
  )
}

/** ≤14.5, 提高1岁: a sign or word opens the value, so what stands before it is another. */
const opensValue = (text: string): boolean => /^[^\d.+-]/.test(text)

/** The text without the spaces and strokes that part cells at its end. */
function withoutTrailing(row: string): string {
  let end = row.length
  while (end > 0 && (row[end - 1] === '|' || row[end - 1] === ' ')) end--
  return row.slice(0, end)
}

/** The longest value that ends the row; digits of a name (PM2.5) stand before words and end none. */
function valueAtEnd(row: string): { text: string; value: TableValue } | null {
  for (let length = Math.min(LONGEST_VALUE, row.length); length > 0; length--) {
    const text = row.slice(-length)
    const value = readTableValue(text)
    if (value) return { text, value }
  }
  return null
}

function draftOf(
  found: { value: TableValue; at: number },
  base: TableValue | undefined,
  name: string,
  unit: string,
  named: { start: number; end: number },
): Draft {
  const { value, at } = found
  const range = { start: at + value.valueStart, end: at + value.valueEnd }
  const frame = withoutReduction(frameFrom({ from: 'row', rule: 'row', slots: { thing: name }, range: named }))
  const ofUnit =
    value.unit !== ''
      ? unitFrom('own', value.unit, range)
      : unit !== ''
        ? unitFrom('row', unit, named)
        : unitFrom('assumed', '', null, 'none-stated')
  const measure: Measure = value.measure ?? (REDUCED.test(name) ? 'reduction' : 'level')
  return {
    ...newDraft(cellQuantity(value, range, range.end)),
    left: named,
    measure,
    baseline: base && !Array.isArray(base.value) ? { value: base.value, unit: base.unit || unit, period: null } : null,
    frame: filled(filled(frame, ofUnit), comparatorOfCell(value, range)),
    doubts: [{ field: 'value', cue: 'squashed-row' }],
    reasons: {
      value: { range, rule: 'table-value' },
      measure: { range, rule: 'table-value' },
    },
  }
}
