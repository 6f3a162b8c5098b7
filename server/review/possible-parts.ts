import { comparatorAfter, comparatorBefore } from '../../extractors/parsers/comparator.ts'
import { findQuantities } from '../../extractors/parsers/quantity.ts'
import type { FoundQuantity } from '../../extractors/parsers/quantity-types.ts'
import { findTimes } from '../../extractors/parsers/time.ts'
import { stripClosing, stripOpening } from '../../extractors/refiners/words.ts'
import { decode, fold } from '../../extractors/text/fold.ts'
import { ENDS, endsOf } from '../../db/domain/figure-ends.ts'
import { type FieldValues, pickFields } from '../../db/domain/target-fields.ts'
import type { targets } from '../../db/schema/index.ts'

type Row = typeof targets.$inferSelect

/** What one part of a 拆分 may say; a person mends it before anything is stored. */
export const PART_FIELDS = ['indicator', 'op', ...ENDS, 'unit', 'deadline'] as const
type PossiblePart = Pick<FieldValues, (typeof PART_FIELDS)[number]>

/** A target of the same sentence that is a record of its own already. */
export type HeldValue = Pick<Row, 'indicator' | 'value' | 'unit'>

/** Fewer characters are no task of their own: 完成立项 is, 力争 is not. */
const SHORTEST_TASK = 4
const MOST = 20

/**
 * What a candidate may be split into: its own target first, then every other number of its sentence that no other
 * candidate holds, each with the words before it. A milestone or duty is cut at its commas or full stops. Empty where
 * there is nothing to split. It proposes only; reading the sentence rightly is the work of the extractors.
 * @param held the other targets that stand in the same sentence
 */
export function possibleParts(row: Row, held: readonly HeldValue[], issuedOn: string | null): PossiblePart[] {
  const parts = row.kind === 'quantity' ? partsByNumber(row, held, issuedOn) : partsByTask(row)
  return parts.length > 1 ? parts.slice(0, MOST) : []
}

function partsByNumber(row: Row, held: readonly HeldValue[], issuedOn: string | null): PossiblePart[] {
  const text = decode(fold(row.evidence))
  const times = findTimes(text, 0, text.length, { issuedOn, year: null })
  const free = findQuantities(text, 0, text.length).filter(
    (quantity) =>
      quantity.unit !== '' &&
      !times.some((time) => quantity.start < time.end && time.start < quantity.end) &&
      !isBaseline(text, quantity, row),
  )
  let own = false
  const others = free.flatMap((quantity, i) => {
    const ends = endsOf(quantity.value)
    const low = ends.value
    if (low === row.value && quantity.unit === row.unit) {
      own = true
      return []
    }
    const from = Math.max(
      free[i - 1]?.end ?? 0,
      ...times.filter((time) => time.end <= quantity.start).map((time) => time.end),
    )
    const before = comparatorBefore(text, quantity.start, from)
    const after = comparatorAfter(text, quantity.end)
    const op = Array.isArray(quantity.value)
      ? ('range' as const)
      : ((before?.comparator.strict ? before : (after ?? before))?.comparator.op ?? '>=')
    const indicator = nameBefore(row.evidence, text, from, before?.start ?? quantity.start) || row.indicator
    // The same number, or the same thing with its number mended by hand.
    if (held.some((one) => one.unit === quantity.unit && (one.value === low || one.indicator === indicator))) return []
    const time = times.filter((one) => one.role !== 'since' && one.role !== 'state' && one.end <= quantity.start).at(-1)
    return [{ indicator, op, ...ends, unit: quantity.unit, deadline: time?.last ?? row.deadline }]
  })
  // Where its own number is not found in the sentence, the numbers that are may be the same one read differently.
  return own ? [ownPart(row), ...others] : []
}

/** 较2020年的50%, 由50%提高到: a number that tells where it starts. */
function isBaseline(text: string, quantity: FoundQuantity, row: Row): boolean {
  const [low] = Array.isArray(quantity.value) ? quantity.value : [quantity.value]
  return (
    (row.baselineValue !== null && low === row.baselineValue) ||
    /[由从比较][^,;。]{0,16}$/.test(text.slice(0, quantity.start))
  )
}

/** The words between the last mark and the number, without those that only open or close a promise. */
function nameBefore(raw: string, text: string, from: number, to: number): string {
  const mark = Math.max(...[...',;。:、'].map((sign) => text.lastIndexOf(sign, to - 1)))
  const start = Math.max(from, mark + 1)
  return stripClosing(
    stripOpening(
      raw
        .slice(start, Math.max(start, to))
        .replace(/^(?:以[上下内]|左右)/, '')
        .replace(/^[，,、；;和与及]+/, ''),
    ),
  )
}

function partsByTask(row: Row): PossiblePart[] {
  const pieces = row.indicator
    .split(row.kind === 'milestone' ? /[,，;；。]/ : /[;；。]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= SHORTEST_TASK)
  return pieces.map((indicator) => ({ ...ownPart(row), indicator }))
}

const ownPart = (row: Row): PossiblePart => pickFields(row, PART_FIELDS)
