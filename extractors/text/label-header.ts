import { isHeaderWord, roleOfHeader } from '../lexicon/table-headers.ts'
import type { ColumnRole } from '../structure/types.ts'
import { integer, wordAt, type TextAt, type Word } from './cell-headers.ts'
import { runningLabel } from './running-labels.ts'

/** The header of a table, a cell a line, whose rows are opened by a label that stands before the words of one of its columns. */
export interface LabelHeader {
  words: Word[]
  columns: ColumnRole[]
  /** The column whose cells the label opens. */
  label: number
  /** The position behind the header. */
  end: number
}

const FEWEST_COLUMNS = 3
const MOST_COLUMNS = 12
/** A header, in characters: 重点任务(2027-2029年). */
const LONGEST_WORD = 18
const LONGEST_CUT_WORD = 12

/** The header that begins here; null where none does, or no label or running number follows it. */
export function labelHeaderAt(textAt: TextAt, at: number): LabelHeader | null {
  if (!opensHeader(textAt, at)) return null
  const words: Word[] = []
  let end = at
  for (; integer(textAt(end)) !== 1 && !runningLabel(textAt(end));) {
    const own = textAt(end)
    if (own === '' || own.length > LONGEST_WORD || /[。;:]/.test(own) || words.length > 2 * MOST_COLUMNS) return null
    const word = wordAt(textAt, end)
    words.push(word)
    end += word.lines
  }
  const joined = withKinds(words)
  // 产业发展 / 1、…: what stands last may be the first cell of a merged column.
  const isLead = runningLabel(textAt(end)) !== null
  for (let most = labelColumn(joined); isLead && most > 0 && isUnknown(joined.at(-1) as Word); most--)
    end -= (joined.pop() as Word).lines
  const label = labelColumn(joined)
  if (label < 0 || joined.length < FEWEST_COLUMNS || joined.length > MOST_COLUMNS) return null
  const columns = joined.map(({ text }) => roleOfHeader(text))
  const behind = columns.slice(label + 1)
  const told = behind.filter((role) => isUnitRole(role) || role === 'deadline').length
  const values = behind.filter((role) => role === 'value').length
  return told === 0 && values < 2 ? null : { words: joined, columns, label, end }
}

/** A header word, or what no list knows and a merged column may be called, above two words that say what their columns hold. */
const opensHeader = (textAt: TextAt, at: number): boolean =>
  isHeaderWord(textAt(at)) ||
  (MERGED.test(textAt(at)) &&
    [1, 2].every((i) => textAt(at + i).length <= LONGEST_WORD && roleOfHeader(textAt(at + i)) !== 'other'))
const MERGED = /^[\u4e00-\u9fff]{2,6}$/

const isUnitRole = (role: ColumnRole): boolean => role === 'lead' || role === 'responsible' || role === 'support'
const isUnknown = ({ text }: Word): boolean =>
  roleOfHeader(text) === 'other' && !isHeaderWord(text) && !/(?:来源|依据|文件|方向)$/.test(text)

/** The column of the tasks that is nearest to what is said of them: 主要任务 | **工作措施** | 完成时限; -1 where there is none. */
function labelColumn(words: readonly Word[]): number {
  const roles = words.map(({ text }) => roleOfHeader(text))
  const first = roles.findIndex((role) => role === 'task' || role === 'indicator')
  if (first < 0) return -1
  let label = first
  for (let i = first + 1; roles[i] === 'task' || roles[i] === 'indicator' || roles[i] === 'other'; i++)
    if (roles[i] !== 'other') label = i
  return label
}

/** 任务 / 分类 / … / 重点任务: a kind of tasks, where the tasks stand in another column. */
function withKinds(words: readonly Word[]): Word[] {
  const at = words.findIndex(({ text }, i) => OF_KIND.test(text) && KIND.test(words[i + 1]?.text ?? ''))
  const [own, below] = words.slice(at, at + 2)
  if (at < 0 || !own || !below || own.text.length + below.text.length > LONGEST_CUT_WORD) return [...words]
  const others = words.slice(at + 2).some(({ text }) => roleOfHeader(text) === 'task')
  return others
    ? [...words.slice(0, at), { text: own.text + below.text, lines: own.lines + below.lines }, ...words.slice(at + 2)]
    : [...words]
}
const OF_KIND = /^(?:任务|工作|项目|措施)$/
const KIND = /^(?:分类|类别|类型|性质|领域)$/
