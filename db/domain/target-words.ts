import { type FigureEnds, upperEnd } from './figure-ends.ts'
import { LIGHT_TITLES } from './lights.ts'
import { formatNumber, plainNumber } from './numbers.ts'
import { aboutMargin } from './progress.ts'
import { type Measure, MEASURE_TITLES, type Operator, OPERATOR_TITLES, PER_TITLES } from './target-terms.ts'

/** What a target in words needs to know of it. A bulletin of long ago may lack kind, measure and per. */
export interface Worded extends FigureEnds {
  kind?: string
  op: string | null
  unit: string | null
  measure?: string | null
  per?: string | null
}

/**
 * `text` for files and sentences, set closely: `每年增幅不低于7.5%`. `page` for the interface: digits in groups and a gap
 * before words of measure: `每年增幅不低于 7.5%`, `不低于 1,200 公里`.
 */
type Setting = 'text' | 'page'

const isOperator = (op: string | null): op is Operator => op !== null && op in OPERATOR_TITLES

/** A change is named with the comparison; a level is the value itself, and a multiple is one of the baseline's. */
const changeWord = (measure: string | null | undefined) =>
  measure === 'growth' || measure === 'reduction' ? MEASURE_TITLES[measure] : ''

/** How the target is compared, in words: `增幅不低于`, `不高于`, `约`; the two ends of a range say it themselves. */
export function comparisonWords(op: string | null, measure: Measure | string | null = null): string {
  const compared = op === 'range' || !isOperator(op) ? '' : OPERATOR_TITLES[op]
  return `${changeWord(measure)}${compared}${measure === 'multiple' ? '基期的' : ''}`
}

/** A value with its unit of measure. Percent signs stand close to their number everywhere. */
function withUnit(figure: string, unit: string | null, setting: Setting): string {
  if (unit === null || unit === '') return figure
  return setting === 'text' || /^[%‰℃°]/.test(unit) ? figure + unit : `${figure} ${unit}`
}

const numberOf = (value: number, setting: Setting) => (setting === 'page' ? formatNumber(value) : plainNumber(value))

/** The number or range of the target with its unit of measure; null for a target without a number. */
export function figureWords(target: Worded, setting: Setting = 'page'): string | null {
  if (target.value === null) return null
  const low = numberOf(target.value, setting)
  const high = upperEnd(target)
  return withUnit(high === null ? low : `${low}—${numberOf(high, setting)}`, target.unit, setting)
}

/**
 * The whole target: `每年增幅不低于7.5%`, `不高于0起`. A promised value is never written without its comparison and unit;
 * what has no number is to be completed (milestone) or carried out (duty), and is empty where the kind is not known.
 */
export function targetWords(target: Worded, setting: Setting = 'page'): string {
  const figure = figureWords(target, setting)
  if (figure === null) return target.kind === 'milestone' ? '按期完成' : target.kind === 'duty' ? '落实到位' : ''
  const words = `${target.per === 'year' ? PER_TITLES.year : ''}${comparisonWords(target.op, target.measure)}`
  return setting === 'page' ? `${words} ${figure}`.trim() : words + figure
}

/**
 * The whole target in pieces that no line may break: the comparison, and the figure with its unit of measure.
 * `['每年增幅不低于', '7.5%']`; one that says nothing is `['—']`.
 */
export function targetPieces(target: Worded): string[] {
  const words = targetWords(target, 'text')
  const figure = figureWords(target, 'text')
  if (words === '') return ['—']
  return figure === null || figure === words ? [words] : [words.slice(0, words.length - figure.length), figure]
}

/** What stands in the place of a value where nothing was reported. */
export const NOT_REPORTED = '未填报'

/** A report without a number: whether the unit says it is done; where it says neither, its words stand elsewhere. */
const doneWords = (done: boolean | null) => (done === null ? '已报进展' : done ? LIGHT_TITLES.done : '未完成')

/** What was reported: the value with the unit of its target, or whether it is done. */
export const reportedWords = (
  value: number | null,
  unit: string | null,
  done: boolean | null = null,
  setting: Setting = 'page',
): string => (value === null ? doneWords(done) : withUnit(numberOf(value, setting), unit, setting))

/** A report in a sentence: `2026-06-30 为 58.5%`, `2026-06-30 已报进展`. */
export const reportSentence = (reported: { value: number | null; asOf: string }, unit: string | null): string =>
  `${reported.asOf} ${reported.value === null ? '' : '为 '}${reportedWords(reported.value, unit)}`

/** What is still missing to the target, in its unit, or null where it is reached or cannot be said. */
export function gapWords(
  target: { op: Operator | null; value: number | null; unit: string | null },
  reported: number | null,
): string | null {
  if (target.value === null || reported === null || target.op === null) return null
  if (target.op === '~') {
    const margin = aboutMargin(target.value)
    if (Math.abs(target.value - reported) <= margin) return null
    return `偏离超过 ${formatNumber((margin / Math.abs(target.value)) * 100 || 0)}%`
  }
  const missing = target.op === '<=' ? reported - target.value : target.value - reported
  if (missing <= 0) return null
  return withUnit(
    `${target.op === '<=' ? '高出' : '差'} ${formatNumber(missing)}`,
    target.unit === '%' ? '个百分点' : target.unit,
    'page',
  )
}
