/**
 * Parts the values of a table row that run together: `41.248` under 2020年 and 2025年 is 41.2 and 48. Many partings fit
 * the digits; what a column can hold tells the one that was meant.
 */
interface Parting {
  /** As many cells as there are columns. */
  cells: string[]
  /** Whether another parting fits nearly as well. */
  doubtful: boolean
}

/** A column of values: a state (基期, 目标) or a change between two of them. */
export type ValueKind = 'level' | 'change'

const LONGEST_RUN = 48
const LONGEST_CELL = 18
const MOST_COLUMNS = 8
/** Partings looked at; a run that has more is given up. */
const MOST_STEPS = 4000
/** Partings whose scores differ by less are both possible. */
const MARGIN = 0.35
/** A parting that costs more is strange even where it is the only one: a value three times the one beside it. */
const STRANGE = 1.1

const SIGN = '(?:[≥≤<>＜＞≦≧〈〉约]=?|不低于|不少于|不高于|不超过|大于|小于|达到|控制在|累计|力争)?'
const CHANGE = '(?:下降|降低|减少|提高|提升|增长|增加|上升)?(?:至|到)?'
const NUMBER = '(?:0|[1-9]\\d{0,2}(?:,\\d{3})+|[1-9]\\d{0,8})(?:\\.\\d{1,4})?'
const UNIT = '(?:个?百分点|[%‰倍岁万亿]|[万亿]?(?:[元吨人个亩户]|公里|千瓦时|平方米|立方米|标准煤))?'
const CELL = new RegExp(
  `^(?:[-—/]|[[〔(]?${SIGN}${CHANGE}${SIGN}[-+—]?(?<number>${NUMBER})(?::${NUMBER})?(?:[~-]${NUMBER})?${UNIT}(?:以上|以下|以内|左右)?[\\]〕)]?)$`,
)
const BLANK = /^[-—/]$/
const FELL = /下降|降低|减少|^[-—]/

interface Cell {
  text: string
  value: number
  decimals: number
  percent: boolean
  fell: boolean
}

/** Reads a cell; null where the words are no value. */
function cellOf(text: string): Cell | null {
  if (BLANK.test(text)) return { text, value: NaN, decimals: 0, percent: false, fell: false }
  const groups = CELL.exec(text)?.groups
  if (!groups) return null
  const number = groups['number'] as string
  return {
    text,
    value: Number(number.replace(/,/g, '')),
    decimals: number.split('.')[1]?.length ?? 0,
    percent: text.includes('%') || text.includes('百分点'),
    fell: FELL.test(text),
  }
}

/** The parting of a run into one cell a column that fits best; null where none fits. `percent`: whether its unit is %. */
export function partValues(run: string, kinds: readonly ValueKind[], percent: boolean): Parting | null {
  if (run.length > LONGEST_RUN || kinds.length === 0 || kinds.length > MOST_COLUMNS) return null
  let best: { cells: Cell[]; cost: number } | null = null
  let second = Infinity
  let steps = 0
  const cells: Cell[] = []
  const read = (at: number): void => {
    if (cells.length === kinds.length) {
      if (at < run.length) return
      const cost = costOf(cells, kinds, percent)
      if (!best || cost < best.cost) {
        second = best?.cost ?? Infinity
        best = { cells: [...cells], cost }
      } else second = Math.min(second, cost)
      return
    }
    const left = kinds.length - cells.length
    for (let end = at + 1; end <= Math.min(run.length, at + LONGEST_CELL); end++) {
      if (run.length - end < left - 1 || ++steps > MOST_STEPS) return
      const space = run.slice(at, end).trim()
      // Cells that blanks part are no riddle: a cell reaches up to the blank and not past it.
      if (space.includes(' ') || (left === 1 && end < run.length && run.slice(end).trim() !== '')) continue
      const cell = space === '' ? null : cellOf(space)
      if (!cell) continue
      cells.push(cell)
      read(end)
      cells.pop()
    }
  }
  read(0)
  const found = best as { cells: Cell[]; cost: number } | null
  if (!found || steps > MOST_STEPS) return null
  return { cells: found.cells.map(({ text }) => text), doubtful: second - found.cost < MARGIN || found.cost > STRANGE }
}

/** How unlikely cells are: states of one thing lie near each other, are written alike, and differ by the change that stands beside them. */
function costOf(cells: readonly Cell[], kinds: readonly ValueKind[], percent: boolean): number {
  const levels = cells.filter((cell, i) => kinds[i] === 'level' && !Number.isNaN(cell.value))
  let cost = 0
  for (const [i, level] of levels.entries()) {
    if ((percent || level.percent) && level.value > 100) cost += 2
    const next = levels[i + 1]
    if (!next) continue
    cost += level.value > 0 && next.value > 0 ? Math.abs(Math.log(next.value / level.value)) : 2
    cost += 0.1 * Math.abs(level.decimals - next.decimals)
  }
  const first = levels[0]
  const last = levels.at(-1)
  cells.forEach((cell, i) => {
    if (kinds[i] !== 'change' || Number.isNaN(cell.value)) return
    if (first && last && first !== last && agrees(first, last, cell)) cost -= 2
    else if (cell.value > 60) cost += 2
  })
  return cost
}

/** Whether a change is what lies between two states, in points or per cent, over the whole time or (five years) each year. */
function agrees(first: Cell, last: Cell, change: Cell): boolean {
  const points = Math.abs(last.value - first.value)
  const share = first.value > 0 ? (100 * points) / first.value : NaN
  const yearly = first.value > 0 && last.value > 0 ? 100 * Math.abs((last.value / first.value) ** 0.2 - 1) : NaN
  return [points, share, yearly].some(
    (one) => Math.abs(one - change.value) <= Math.max(0.06, 0.02 * change.value) + half(change),
  )
}

/** Half a unit of the last digit that is written. */
const half = ({ decimals }: Cell): number => 0.5 * 10 ** -decimals
