import { everyMatch } from './every-match.ts'
import type { Line } from './line.ts'

/** What a form of rectification asks of each item, on one line: 牵头部门:… 整改时限:… 整改目标:… 整改措施:…. */
const LABEL =
  /(?:^|(?<=[ 。;,、]))(?<label>(?:牵头|责任|配合|主办|协办|督办)(?:部门|单位|人|领导)|(?:整改|完成|办结|工作)(?:时限|时间|期限)|(?:整改|工作|年度|任务)目标|(?:整改|工作|具体|主要)措施):/g
const GOAL = /目标$/
const LIMIT = /[限间]$/
const FEWEST_LABELS = 3
/** Three labels and what they hold take as many characters. */
const SHORTEST_FORM = 24

/** The lines with those that hold the labels of a form parted at them, where a goal and its limit are among them. Linear. */
export function partLabelledLines(
  lines: readonly Line[],
  partOf: (line: Line, from: number, to: number) => Line,
): readonly Line[] {
  return lines.flatMap((line) => {
    const from = formOf(line)
    return from.length === 0
      ? [line]
      : from.map((start, i) => ({
          ...partOf(line, start, from[i + 1] ?? line.text.length),
          opens: true,
        }))
  })
}

/** Where the labels of a form begin in a line; none where it is no form. */
function formOf({ text, cell }: Line): number[] {
  if (cell || text.length < SHORTEST_FORM || !text.includes('目标:')) return []
  const labels = everyMatch(LABEL, text)
  const words = labels.map(({ groups }) => groups?.['label'] as string)
  const isForm = labels.length >= FEWEST_LABELS && labels[0]?.index === 0 && words.some((word) => LIMIT.test(word))
  return isForm && words.some((word) => GOAL.test(word)) ? labels.map(({ index }) => index) : []
}
