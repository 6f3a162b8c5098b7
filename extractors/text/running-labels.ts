import { chineseValue } from '../parsers/number.ts'
import { labelOf } from '../structure/labels.ts'

/** A label that counts: `(3)` `3、` `③` `(三)` `三、`. */
interface RunningLabel {
  /** How far out its form stands among the others, 0 outermost. */
  rank: number
  number: number
  /** Whether its words stand on the next line. */
  alone: boolean
}

/** Ranks of `一、` and of whatever stands below it. */
const OUTERMOST = 4

/** The label that a line begins with, where it counts; null for any other line. */
export function runningLabel(text: string): RunningLabel | null {
  const label = labelOf(text)
  if (!label || label.rank < OUTERMOST) return null
  const number = numberOf(label.text)
  return number === null ? null : { rank: label.rank, number, alone: label.text.length === text.length }
}

/** Characters that are a label by themselves, by the first of each run: `①` `⑴` `⒈` `㈠`. */
const RUNS = [0x2460, 0x2474, 0x2488, 0x3220]
const LONGEST_RUN = 20

function numberOf(label: string): number | null {
  const code = label.charCodeAt(0)
  for (const first of RUNS) if (code >= first && code < first + LONGEST_RUN) return code - first + 1
  const digits = /\d{1,3}/.exec(label)
  if (digits) return Number(digits[0])
  const numeral = /[一二三四五六七八九十百]{1,4}/.exec(label)
  return numeral ? chineseValue(numeral[0]) : null
}
