import { endsLikeUnit, isUnitName } from '../structure/unit-names.ts'
import type { Line } from './line.ts'

const JOINT = '、'
const TAB = '\t'
const LONGEST_NAME = 16

/** Whether words are the name of a body and nothing else. */
export const isNameAlone = (words: string): boolean =>
  words.length <= LONGEST_NAME && /^[\u4e00-\u9fff]{2,}$/.test(words) && endsLikeUnit(words)

/** In cells of tables only a blank may part two bodies (`水利站 农技所`): a 、 takes its place, in the codes and in the lines. */
export function joinNamesInCells(lines: readonly Line[], codes: Uint16Array): void {
  for (const line of lines) {
    if (!line.text.includes(' ') || !(line.cell || line.text.includes(TAB))) continue
    let at = 0
    let text = ''
    for (const cell of line.text.split(TAB)) {
      const own = joined(cell)
      if (own !== cell)
        for (let i = 0; i < cell.length; i++)
          if (own[i] !== cell[i]) codes[line.start + at + i] = (own[i] as string).charCodeAt(0)
      text += (at > 0 ? TAB : '') + own
      at += cell.length + 1
    }
    line.text = text
  }
}

/** As long as the words: one 、 in each gap. */
function joined(cell: string): string {
  const words = cell.trim().split(/ +/)
  const areNames = words.length > 1 && words.every(isNameAlone) && words.some(isUnitName)
  return areNames ? cell.replace(/(?<=[\u4e00-\u9fff]) (?= {0,8}[\u4e00-\u9fff])/g, JOINT) : cell
}
