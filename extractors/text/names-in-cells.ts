import { isPlaceName } from '../lexicon/places.ts'
import { endsLikeUnit, isUnitName } from '../structure/unit-names.ts'
import type { Line } from './line.ts'
import { everyMatch } from './every-match.ts'

const JOINT = '、'
const TAB = '\t'
const LONGEST_NAME = 16

/** Whether words are the name of a body and nothing else. */
export const isNameAlone = (words: string): boolean =>
  words.length <= LONGEST_NAME && /^[\u4e00-\u9fff]{2,}$/.test(words) && endsLikeUnit(words)

/**
 * Only a blank may part two bodies (`水利站 农技所`) in cells of tables, behind the label of a tag and in a bracket of nothing
 * but names: a 、 takes its place, in the codes and in the lines.
 */
export function joinNames(lines: readonly Line[], codes: Uint16Array): void {
  for (const line of lines) {
    if (!line.text.includes(' ')) continue
    if (line.cell || line.text.includes(TAB)) joinInCells(line, codes)
    else if (line.text.length <= LONGEST_LINE) joinInTags(line, codes)
  }
}

/** Longer lines are whole paragraphs whose tags have marks between their names. Characters. */
const LONGEST_LINE = 400
/** The label of units and the blanks behind it. */
const LABEL = /(?:单位|部门|处室|科室|股室|主体)[】\]]?: */g
/** One of these closes the names behind a label. */
const CLOSES = /[。;()]/
/** 责任单位 市水务局: a label that only a blank parts from its names. */
const LABEL_ALONE = /(?:单位|部门|处室|科室|股室|主体)$/
const BRACKET = /\(([^()。;:]{4,60})\)/g
/** 石桥镇, 云江区: places answer, too. */
const isListed = (words: string): boolean => isNameAlone(words) || (words.length <= LONGEST_PLACE && isPlaceName(words))
/** A place in a list that blanks part, in characters. */
const LONGEST_PLACE = 6

function joinInTags(line: Line, codes: Uint16Array): void {
  for (const label of everyMatch(LABEL, line.text)) {
    const from = label.index + label[0].length
    const value = line.text.slice(from).split(CLOSES, 1)[0] as string
    joinRow(line, codes, from, value)
  }
  for (const { 1: words, index } of everyMatch(BRACKET, line.text)) {
    const names = (words as string).trim().split(/ +|[、,]/)
    if (names.length > 1 && names.every(isNameAlone) && !LABEL_ALONE.test(names[0] as string))
      joinRow(line, codes, index + 1, words as string)
  }
}

/** Puts 、 into the blanks between two names of a row, up to the next label. */
function joinRow(line: Line, codes: Uint16Array, from: number, row: string): void {
  for (const gap of row.matchAll(/ +/g)) {
    const before = row
      .slice(0, gap.index)
      .split(/[、, ]/)
      .at(-1) as string
    const behind = row.slice(gap.index + gap[0].length).split(/[、, ]/, 1)[0] as string
    if (behind.includes(':')) return
    if (!isListed(before) || !isListed(behind)) continue
    const at = from + gap.index
    codes[line.start + at] = JOINT.charCodeAt(0)
    line.text = `${line.text.slice(0, at)}${JOINT}${line.text.slice(at + 1)}`
  }
}

function joinInCells(line: Line, codes: Uint16Array): void {
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

/** As long as the words: one 、 in each gap. */
function joined(cell: string): string {
  const words = cell.trim().split(/ +/)
  const areNames = words.length > 1 && words.every(isNameAlone) && words.some(isUnitName)
  return areNames ? cell.replace(/(?<=[\u4e00-\u9fff]) (?= {0,8}[\u4e00-\u9fff])/g, JOINT) : cell
}
