import { bodiesAtEnd } from './bodies-in-run.ts'
import { NEXT_CELL, type Piece, ROW_START } from './cell-places.ts'

/**
 * Tables of tasks whose cells run together in one line: 序号工作任务责任单位完成时限1新建公园3处县林业局2027年11月底前2…. The running
 * number opens a row, its limit and its bodies end it. Where bodies cannot be told from the task in all rows (offices of one
 * bureau, people), rows are number, words and limit alone, below a header that stays one line.
 */

type TaskColumn = 'number' | 'group' | 'task' | 'bodies' | 'people' | 'deadline' | 'note'

const WORDS: readonly (readonly [column: TaskColumn, words: string])[] = [
  ['number', '序 {0,4}号|编 {0,4}号'],
  ['people', '(?:责任|分管|牵头|包联|联系|督办|配合)(?:[省市县区]?领导|负责人)|责任人|负责人|联系人|联系电话'],
  [
    'bodies',
    '(?:牵头|责任|主办|承办|主管|实施|负责|完成|配合|协办|协助|参与|协同)(?:责任)?(?:单位|部门|处室|科室|主体)(?:和部门)?',
  ],
  ['deadline', '(?:计划)?(?:完成|办结|推进)?(?:时限|时间|期限)(?:要求|节点|安排)?|时间节点|进度安排|完成年限'],
  [
    'task',
    '(?:重点|主要|具体|目标|年度|民生|工作|建设)?(?:任务|工作|事项|项目|实事|举措|措施|内容|目标)(?:名称|内容|任务|要求|举措|措施|目标|安排)?',
  ],
  ['group', '类 {0,4}别|领 {0,4}域|分 {0,4}类|板 {0,4}块'],
  ['note', '备 {0,4}注'],
]
const WORD = new RegExp(` {0,4}(?:${WORDS.map(([column, words]) => `(?<${column}>${words})`).join('|')})`, 'y')
const FEWEST_COLUMNS = 3
const MOST_COLUMNS = 9
const FEWEST_ROWS = 3
/** The longest row, in characters. */
const LONGEST_ROW = 600
/** Rows whose bodies are told, of all. */
const MOST_OF_ALL = 0.8

const MONTH = '(?:1[0-2]|0?[1-9])月(?:[上中下]旬|[1-3]?\\d日|[底末份])?'
const LIMIT = new RegExp(
  `(?:20\\d\\d年${MONTH}|${MONTH}|20\\d\\d年(?:年?[底末]|[上下]半年|第?[一二三四]季度|内)?|年[底末内]|全年|[上下]半年|第?[一二三四]季度[末底]?|(?:长期|持续)(?:坚持|推进|实施|开展)?)(?:[之以]?前)?(?:完成)?$`,
)
const LONGEST_LIMIT = 20
const ENDS_LIKE_BODY = /[局委厅部办府院会社行区县镇乡组署所站校司处科室股队道位团心]$/
const OPENS_TASK = /^[.、]? ?[\u4e00-\u9fff“《(A-Z]/
/** What begins behind a number that is not the number of the next row. */
const COUNTED = /^[个万亿元吨人户家倍岁年月日级项种次件度亩座条处所米公里平千百十%‰.\d:~以]/

interface TaskHeader {
  from: number
  to: number
  columns: TaskColumn[]
  words: readonly (readonly [from: number, to: number])[]
}

/** The header of a table of tasks at an offset: a number, a task, and what tells who or until when; null for anything else. */
export function taskHeaderAt(text: string, start: number): TaskHeader | null {
  const columns: TaskColumn[] = []
  const words: (readonly [number, number])[] = []
  let at = start
  while (columns.length < MOST_COLUMNS) {
    WORD.lastIndex = at
    const match = WORD.exec(text)
    if (!match) break
    const blanks = match[0].length - match[0].trimStart().length
    columns.push(WORDS.find(([name]) => match.groups?.[name] !== undefined)?.[0] as TaskColumn)
    words.push([at + blanks, at + match[0].length])
    at += match[0].length
  }
  const isHeader =
    columns.length >= FEWEST_COLUMNS &&
    columns[0] === 'number' &&
    columns.includes('task') &&
    columns.some((column) => column === 'bodies' || column === 'deadline')
  return isHeader ? { from: start, to: at, columns, words } : null
}

interface Row {
  from: number
  /** Behind its number. */
  words: number
  to: number
}

interface ReadTasks {
  pieces: Piece[]
  end: number
}

/** The rows below a header, with the header where it is parted; null where they are fewer than a table has. */
export function tasksBelow(text: string, header: TaskHeader): ReadTasks | null {
  const again = text.slice(header.from, header.to)
  const rows = rowsOf(text, header, again)
  if (rows.length < FEWEST_ROWS) return null
  const hasBodies = header.columns.includes('bodies')
  const parted = withoutLeaders(
    text,
    rows.map((row) => cellsOf(text, row, header.columns)),
    header.columns,
  )
  const told = parted.filter(({ bodies }) => bodies.length > 0).length
  const limits = parted.filter(({ limit }) => limit !== null).length
  const whole = !hasBodies || told >= rows.length * MOST_OF_ALL
  // Where neither bodies nor limits are told, nothing is gained.
  if (!whole && limits < rows.length * MOST_OF_ALL) return null
  const pieces: Piece[] = []
  const push = (from: number, to: number, place: number, tabs: number): void => {
    pieces.push({ from, to, place, tabs, doubtful: false })
  }
  if (whole) header.words.forEach(([from, to], i) => push(from, to, i === 0 ? ROW_START : NEXT_CELL, i === 0 ? 0 : 1))
  rows.forEach((row, i) => {
    const { task, bodies, limit } = parted[i] as Cells
    const at = (column: TaskColumn): number => (whole ? header.columns.lastIndexOf(column) : column === 'task' ? 1 : 2)
    push(row.from, row.from + String(i + 1).length, ROW_START, 0)
    push(task.from, task.to, NEXT_CELL, at('task'))
    let column = at('task')
    const place = (from: number, to: number, own: number): void => {
      push(from, to, NEXT_CELL, own - column)
      column = own
    }
    if (whole) {
      const slots = header.columns.flatMap((one, k) => (one === 'bodies' ? [k] : []))
      const last = slots.length - 1
      slots.forEach((slot, k) => {
        const first = bodies[k]
        const end = k === last ? bodies.at(-1) : first
        if (first && end) place(first.from, end.to, slot)
      })
    }
    if (limit) place(limit.from, limit.to, at('deadline'))
  })
  return { pieces, end: (rows.at(-1) as Row).to }
}

interface Range {
  from: number
  to: number
}
interface Cells {
  task: Range
  bodies: Range[]
  limit: Range | null
}

/** Task, bodies and limit of a row: the latter are told from its end, what is left is the task. */
function cellsOf(text: string, { words, to }: Row, columns: readonly TaskColumn[]): Cells {
  let end = to
  const trim = (): void => {
    while (end > words && text[end - 1] === ' ') end--
  }
  trim()
  let limit: Range | null = null
  if (columns.includes('deadline')) {
    const match = LIMIT.exec(text.slice(Math.max(words, end - LONGEST_LIMIT), end))
    if (match) {
      limit = { from: end - match[0].length, to: end }
      end = limit.from
      trim()
    }
  }
  const named = columns.includes('bodies') ? bodiesOf(text.slice(words, end), columns) : []
  const bodies = named.map((cell) => ({ from: words + cell.from, to: words + cell.to }))
  if (bodies[0]) end = bodies[0].from
  trim()
  return { task: { from: words, to: end }, bodies, limit }
}

/** The bodies that end the words, before the people where their column stands behind. */
function bodiesOf(words: string, columns: readonly TaskColumn[]): Range[] {
  const bodies = bodiesAtEnd(words)
  if (bodies.length > 0 || columns.lastIndexOf('people') < columns.lastIndexOf('bodies')) return bodies
  const longest = /[\u4e00-\u9fff 、]{0,12}$/.exec(words.slice(-MOST_OF_PEOPLE))?.[0].length ?? 0
  for (let people = 2; people <= longest; people++) {
    const before = bodiesAtEnd(words.slice(0, -people).trimEnd())
    if (before.length > 0) return before
  }
  return []
}
const MOST_OF_PEOPLE = 12

/** Tasks without the people before the bodies: names that stand there in several rows. */
function withoutLeaders(text: string, rows: readonly Cells[], columns: readonly TaskColumn[]): Cells[] {
  const people = columns.indexOf('people')
  if (people < 0 || people > columns.indexOf('bodies')) return [...rows]
  const endings = ({ task, bodies }: Cells): string[] =>
    bodies.length === 0 ? [] : [3, 2].map((length) => text.slice(Math.max(task.from, task.to - length), task.to))
  const times = new Map<string, number>()
  for (const row of rows) for (const words of endings(row)) times.set(words, (times.get(words) ?? 0) + 1)
  return rows.map((row) => {
    const name = endings(row).find((words) => SURNAME.test(words) && (times.get(words) as number) > 1)
    return name === undefined ? row : { ...row, task: { ...row.task, to: row.task.to - name.length } }
  })
}
/** The commonest family names. */
const SURNAME =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季][\u4e00-\u9fff]{1,2}$/

/** The rows by their running numbers: each number follows what ends a row. The header may stand between them once more. */
function rowsOf(text: string, header: TaskHeader, again: string): Row[] {
  const rows: Row[] = []
  let at = header.to
  for (let number = 1; at < text.length; number++) {
    while (text[at] === ' ') at++
    if (text.startsWith(again, at)) at += again.length
    while (text[at] === ' ') at++
    const digits = String(number)
    if (!text.startsWith(digits, at) || !OPENS_TASK.test(text.slice(at + digits.length, at + digits.length + 3))) break
    const mark = /^(?:[.、] ?| )?/.exec(text.slice(at + digits.length, at + digits.length + 2))?.[0].length ?? 0
    const words = at + digits.length + mark
    const next = nextRow(text, words, number + 1, header.columns, again)
    const to = next ?? lastEnd(text, words, header.columns)
    if (to <= words) break
    rows.push({ from: at, words, to })
    at = to
    if (next === null) break
  }
  return rows
}

/** Where the row ends before the given number or the header once more; null where none follows. */
function nextRow(
  text: string,
  from: number,
  number: number,
  columns: readonly TaskColumn[],
  again: string,
): number | null {
  const digits = String(number)
  const limit = Math.min(text.length, from + LONGEST_ROW)
  for (let at = text.indexOf(digits, from); at >= 0 && at < limit; at = text.indexOf(digits, at + 1)) {
    if (/\d/.test(text[at - 1] as string)) continue
    const before = text.slice(Math.max(from, at - LONGEST_LIMIT - again.length), at).trimEnd()
    const behind = text.slice(at + digits.length, at + digits.length + 4)
    if (!OPENS_TASK.test(behind)) continue
    if (before.endsWith(again)) return text.lastIndexOf(again, at)
    if (endsRow(before, columns) && (columns.includes('deadline') || !COUNTED.test(behind))) return at
  }
  return null
}

/** Whether words end as the last column of a row does. */
function endsRow(words: string, columns: readonly TaskColumn[]): boolean {
  const last = columns.at(-1)
  if (last === 'deadline') return LIMIT.test(words.slice(-LONGEST_LIMIT))
  if (last === 'bodies') return ENDS_LIKE_BODY.test(words)
  return /[\u4e00-\u9fff。)\d]$/.test(words)
}

/** Where the last row ends: behind its limit, or with its line. */
function lastEnd(text: string, from: number, columns: readonly TaskColumn[]): number {
  const rest = text.slice(from, from + LONGEST_ROW)
  const note = rest.search(/ {0,4}(?:备?注[:：]|附件[:：\d])/)
  const end = note >= 0 ? from + note : from + rest.length
  if (columns.at(-1) !== 'deadline') return end
  const words = rest.slice(0, end - from)
  for (let to = words.length; to > 0; to--)
    if (LIMIT.test(words.slice(Math.max(0, to - LONGEST_LIMIT), to))) return from + to
  return end
}
