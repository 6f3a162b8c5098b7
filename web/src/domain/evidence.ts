import { fieldEntry } from '../../../db/domain/target-fields.ts'
import { UNIT_ROLE_TITLES, UNITS_TITLE } from '../../../db/domain/target-terms.ts'

/** A piece of the evidence sentence; `fields` names what was read from it, empty for plain words. */
interface EvidencePiece {
  text: string
  fields: string[]
}

type Reasons = Record<string, { words: string }>

/** Fields that stand beside the number: where their words come more than once, the place nearest to it is meant. */
const BESIDE_VALUE = new Set(['op', 'unit', 'measure', 'per'])

/** Where `words` stand in the sentence: first, or nearest to the words of the value; -1 where they are not in it. */
function placeOf(sentence: string, words: string, value: { start: number; end: number } | null): number {
  const first = words === '' ? -1 : sentence.indexOf(words)
  if (first < 0 || value === null) return first
  const away = (start: number) => Math.max(start - value.end, value.start - (start + words.length), 0)
  let nearest = first
  for (let at = first; at >= 0; at = sentence.indexOf(words, at + 1)) if (away(at) < away(nearest)) nearest = at
  return nearest
}

/**
 * Cuts the sentence at the words that gave each field. Words that are not in the sentence (an inherited deadline) mark
 * nothing; where two fields overlap both are named on the shared piece.
 */
export function evidencePieces(sentence: string, reasons: Reasons): EvidencePiece[] {
  const number = reasons.value?.words ?? ''
  const at = placeOf(sentence, number, null)
  const value = at < 0 ? null : { start: at, end: at + number.length }
  const spans = Object.entries(reasons).flatMap(([field, { words }]) => {
    const start = placeOf(sentence, words, BESIDE_VALUE.has(field) ? value : null)
    return start < 0 ? [] : [{ field, start, end: start + words.length }]
  })
  const cuts = [...new Set([0, sentence.length, ...spans.flatMap((span) => [span.start, span.end])])].sort(
    (a, b) => a - b,
  )
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1]!
    return {
      text: sentence.slice(from, to),
      fields: spans.filter((span) => span.start <= from && span.end >= to).map((span) => span.field),
    }
  })
}

/** Among the reasons stands under this key that the words were recognised from a picture. */
const SCAN = 'scan'

export const isScanned = (reasons: Reasons | null): boolean => reasons !== null && SCAN in reasons

/** The reasons of fields alone. */
export const fieldReasons = <T extends { words: string }>(reasons: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(reasons).filter(([field]) => field !== SCAN))

/** Colour group of a field, and its Chinese word. */
export const FIELDS: Record<string, { word: string; group: 'value' | 'indicator' | 'deadline' | 'unit' | 'baseline' }> =
  {
    indicator: { word: fieldEntry('indicator').title, group: 'indicator' },
    task: { word: '任务', group: 'indicator' },
    clause: { word: '条款', group: 'indicator' },
    op: { word: fieldEntry('op').title, group: 'value' },
    value: { word: fieldEntry('value').title, group: 'value' },
    unit: { word: fieldEntry('unit').title, group: 'value' },
    measure: { word: fieldEntry('measure').title, group: 'value' },
    per: { word: fieldEntry('per').title, group: 'value' },
    deadline: { word: fieldEntry('deadline').title, group: 'deadline' },
    baseline: { word: '基期', group: 'baseline' },
    units: { word: UNITS_TITLE, group: 'unit' },
    property: { word: '指标属性', group: 'indicator' },
    lead: { word: `${UNIT_ROLE_TITLES.lead}单位`, group: 'unit' },
    responsible: { word: `${UNIT_ROLE_TITLES.responsible}单位`, group: 'unit' },
    support: { word: `${UNIT_ROLE_TITLES.support}单位`, group: 'unit' },
  }
