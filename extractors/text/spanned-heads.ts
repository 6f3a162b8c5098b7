import type { ColumnRole } from '../structure/types.ts'
import { isHeadPart, isPlaceHeader, roleOfHeader } from '../lexicon/table-headers.ts'

/**
 * Heads over several columns where empty cells were not kept: 序号 / 任务 / 年度目标 / 责任单位 / 2027年 / 2028年 are the columns
 * 序号, 任务, 年度目标2027年, 年度目标2028年 and 责任单位.
 */

interface SpannedColumn {
  /** Indices of its words. */
  head: number
  part: number | null
}

const FEWEST_PARTS = 2
/** What a head over several columns is called, where its role does not say that it is one of values. */
const SPANS = /目标|任务|计划|规划|年度|进度|安排|规模|数量|指标值/
const HAS_TIME = /\d/

/**
 * The columns that heads and the parts behind them make, each by its head and its part.
 * @param words heads, and behind them the parts of some, in the order of the text
 * @param width how many columns the rows have
 * @returns null where nothing tells which heads the parts belong to
 */
export function spannedHeads(words: readonly string[], width: number): SpannedColumn[] | null {
  const spanned = words.length - width
  if (spanned < 1) return null
  let first = words.length
  while (first > 0 && isHeadPart(words[first - 1] as string)) first--
  for (let from = Math.max(first, spanned + 1); from <= words.length - FEWEST_PARTS * spanned; from++) {
    const each = (words.length - from) / spanned
    const parts = words.slice(from)
    if (!Number.isInteger(each) || !areAlike(parts)) continue
    const heads = spanning(words.slice(0, from), {
      repeated: spanned > 1 && isRepeated(parts, each),
      timed: parts.some((words) => TIME.test(words)),
    })
    if (heads.length !== spanned) continue
    let part = from
    return words
      .slice(0, from)
      .flatMap((_, head): SpannedColumn[] =>
        heads.includes(head) ? Array.from({ length: each }, () => ({ head, part: part++ })) : [{ head, part: null }],
      )
  }
  return null
}

/**
 * The heads that can be over several columns: those of values, else those of further tasks or, over times, of limits. Where the
 * same parts stand below each of them, whatever is neither number, name, unit nor body.
 */
function spanning(heads: readonly string[], { repeated, timed }: { repeated: boolean; timed: boolean }): number[] {
  const roles = heads.map(roleOfHeader)
  const named = roles.findIndex((role) => role === 'task' || role === 'indicator')
  const of = (wanted: readonly ColumnRole[], timeless: boolean): number[] =>
    heads.flatMap((words, i) =>
      i !== named && wanted.includes(roles[i] as ColumnRole) && !(timeless && HAS_TIME.test(words)) ? [i] : [],
    )
  if (repeated)
    return of(['value', 'baseline', 'task', 'other'], false).filter((i) => !isPlaceHeader(heads[i] as string))
  const values = of(['value'], true)
  return values.length > 0
    ? values
    : of(timed ? ['deadline', 'task', 'other'] : ['task', 'other'], true).filter((i) => SPANS.test(heads[i] as string))
}

/** 面积 / 产量 / 面积 / 产量: the same parts below each head. */
const isRepeated = (parts: readonly string[], each: number): boolean =>
  parts.every((words, i) => i < each || words === parts[i - each])

/** Whether words are parts of one kind: times and what is said beside times, or none what a column of its own would be called. */
const areAlike = (parts: readonly string[]): boolean =>
  (parts.some((words) => TIME.test(words)) && parts.every((words) => TIME.test(words) || BESIDE_TIMES.test(words))) ||
  parts.every((words) => roleOfHeader(words) === 'other')
const TIME = /\d|季度|半年|年[底末初]/
const BESIDE_TIMES = /^(?:年均|累计|增长|增速|现状|基期|目标|规划|合计|小计|全年)/
