/**
 * One character for one character: full-width forms to half-width, the many dashes, spaces, quotes and brackets to one
 * of each, radicals that PDF readers emit to the characters they look like. Because nothing changes length, offsets
 * into the folded text are offsets into the raw text.
 */

const SPACES =
  '\t\u000b\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a' +
  '\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff'

/** Each pair: the characters to replace, and what replaces all of them. */
const FOLDED: readonly (readonly [from: string, to: string])[] = [
  [SPACES.slice(1), ' '],
  ['\r\u0085\u2028\u2029', '\n'],
  ['–―─━‒﹘⸺⸻﹣', '—'],
  ['−‐‑﹣', '-'],
  ['〜∼∽﹏', '~'],
  ['○◯', '〇'],
  ['﹪٪', '%'],
  ['﹐', ','],
  ['﹑､', '、'],
  ['﹒', '.'],
  ['﹔', ';'],
  ['﹕∶', ':'],
  ['﹖', '?'],
  ['﹗', '!'],
  ['｡', '。'],
  ['﹙❨', '('],
  ['﹚❩', ')'],
  ['﹝❲', '〔'],
  ['﹞❳', '〕'],
  ['﹤', '<'],
  ['﹥', '>'],
  ['「〝｢', '“'],
  ['」〞｣', '”'],
  ['『', '‘'],
  ['』', '’'],
  ['«', '《'],
  ['»', '》'],
  ['∕⁄', '/'],
  // Frames of tables drawn with characters.
  ['│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛', '|'],
]

/** Blocks whose characters are other shapes of one common character each (Unicode, compatibility decomposition). */
const COMPATIBLE: readonly (readonly [first: number, last: number])[] = [
  [0x2e80, 0x2fdf],
  [0xf900, 0xfaff],
]

function buildTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (let code = 0; code < 0x10000; code++) table[code] = code
  for (let code = 0; code < 0x20; code++) if (code !== 0x0a && code !== 0x0c && code !== 0x09) table[code] = 0x20
  for (let code = 0xff01; code <= 0xff5e; code++) table[code] = code - 0xfee0
  for (const [first, last] of COMPATIBLE) {
    for (let code = first; code <= last; code++) {
      const plain = String.fromCharCode(code).normalize('NFKC')
      if (plain.length === 1) table[code] = plain.charCodeAt(0)
    }
  }
  for (const [from, to] of FOLDED) {
    for (let i = 0; i < from.length; i++) table[from.charCodeAt(i)] = to.charCodeAt(0)
  }
  return table
}

const TABLE = buildTable()
const DECODER = new TextDecoder('utf-16le', { ignoreBOM: true })

/** The character codes as a string. Linear; a lone surrogate becomes U+FFFD. */
export function decode(codes: Uint16Array): string {
  return DECODER.decode(codes)
}

/** Character codes of a text after folding; as many as the text has. */
export function fold(text: string): Uint16Array {
  const codes = new Uint16Array(text.length)
  for (let i = 0; i < text.length; i++) codes[i] = TABLE[text.charCodeAt(i)] as number
  foldYears(codes)
  foldQuotes(codes)
  return codes
}

const STRAIGHT = 0x22
const OPENING = 0x201c
const CLOSING = 0x201d
const NEWLINE = 0x0a
/** What ends a paragraph where a line ends with it: a quote left open before it opened nothing. */
const PARAGRAPH_ENDS = new Set([...'。:;!?'].map((mark) => mark.charCodeAt(0)))

/** Straight quotes open and close by turns; a paragraph begins anew. */
function foldQuotes(codes: Uint16Array): void {
  let opened = false
  let from = 0
  for (let i = codes.indexOf(STRAIGHT); i >= 0; i = codes.indexOf(STRAIGHT, i + 1)) {
    if (opened && beginsParagraph(codes, from, i)) opened = false
    codes[i] = opened ? CLOSING : OPENING
    opened = !opened
    from = i
  }
}

/** Whether a paragraph ends between two offsets: an empty line, or a line that a mark of the end closes. */
function beginsParagraph(codes: Uint16Array, from: number, to: number): boolean {
  const between = codes.subarray(from, to)
  for (let i = between.indexOf(NEWLINE); i >= 0; i = between.indexOf(NEWLINE, i + 1))
    if (between[i + 1] === NEWLINE || PARAGRAPH_ENDS.has(between[i - 1] as number)) return true
  return false
}

const YEAR = 0x5e74
const ZERO = 0x3007
/** 〇 and what is typed for it: 零, O, o, 0. */
const ZEROS = new Set([ZERO, 0x96f6, 0x4f, 0x6f, 0x30])
const ONE_OR_TWO = new Set(['一', '二'].map((digit) => digit.charCodeAt(0)))
const NUMERALS = new Set([...'一二三四五六七八九'].map((digit) => digit.charCodeAt(0)))

/** 二OO三年, 二零零三年: a zero in a year of Chinese numerals is 〇, whatever stands for it. */
function foldYears(codes: Uint16Array): void {
  for (let i = codes.indexOf(YEAR, 4); i >= 0; i = codes.indexOf(YEAR, i + 1)) {
    const year = codes.subarray(i - 4, i)
    if (!ONE_OR_TWO.has(year[0] as number) || !year.every((code) => ZEROS.has(code) || NUMERALS.has(code))) continue
    year.forEach((code, k) => {
      if (ZEROS.has(code)) year[k] = ZERO
    })
  }
}
