/** Makes of a source the text of `documents/NAME.txt`, plain or set as a gazette sets it, with a map of offsets. */
import type { Source } from './source.ts'

export interface Rendered {
  text: string
  /** Offset in the source's text → offset in `text`. */
  map: Int32Array
}

const PAGE_LINES = 34
const FIRST_PAGE = 11
/** Signs that may not begin a line. */
const NOT_FIRST = new Set('，。、；：”’）〕》？！％．%')

/** Full-width digits, per cent signs and decimal points, as gazettes are set. */
function fullWidth(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    const decimal = c === '.' && isDigit(text[i - 1]) && isDigit(text[i + 1])
    out += isDigit(c) || c === '%' || decimal ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c
  }
  return out
}

const isDigit = (c: string | undefined) => c !== undefined && c >= '0' && c <= '9'
const isFigure = (c: string | undefined) => c !== undefined && ((c >= '０' && c <= '９') || c === '．')

export function render(source: Source): Rendered {
  const { text, gazette } = source
  const map = new Int32Array(text.length + 1)
  if (!gazette) {
    for (let i = 0; i <= text.length; i++) map[i] = i
    return { text, map }
  }
  const set = fullWidth(text)
  let out = ''
  let page = FIRST_PAGE
  let lines = 0
  const newLine = () => {
    out += '\n'
    if (++lines % PAGE_LINES !== 0) return
    out += `\n— ${fullWidth(String(page++))} —\n\n${fullWidth(`${gazette.head}\u3000${gazette.issue}`)}\n\n`
  }
  let at = 0
  for (const paragraph of set.slice(0, -1).split('\n')) {
    let column = 0
    if (!source.standing.has(at)) {
      out += '\u3000\u3000'
      column = 2
    }
    for (let i = 0; i < paragraph.length; i++) {
      if (column >= gazette.width && mayBreak(paragraph, i)) {
        newLine()
        column = 0
      }
      map[at + i] = out.length
      out += paragraph[i]
      column++
    }
    at += paragraph.length
    map[at] = out.length
    at++
    newLine()
  }
  map[text.length] = out.length
  return { text: out, map }
}

/** A line may end before letter `i`: not inside a number, and no closing sign begins a line. */
function mayBreak(paragraph: string, i: number): boolean {
  if (NOT_FIRST.has(paragraph[i] ?? '')) return false
  return !(isFigure(paragraph[i]) && isFigure(paragraph[i - 1]))
}
