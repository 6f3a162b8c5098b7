import { decode } from './fold.ts'
import type { Line } from './line.ts'

const NEWLINE = 0x0a
const SPACE = 0x20
const TAB = 0x09
const ASTERISK = 0x2a
const JOINT = '、'.charCodeAt(0)
const OPENS = 1
const CLOSES = 2
/** Kind of a bracket by its code, 0 for all other characters. */
const BRACKETS = new Uint8Array(0x10000)
for (const bracket of '(〔[【《〈') BRACKETS[bracket.charCodeAt(0)] = OPENS
for (const bracket of ')〕]】》〉') BRACKETS[bracket.charCodeAt(0)] = CLOSES
/** The longest responsibility tag, in characters, and the words of which it holds one. */
const LONGEST_TAG = 600
const DUTY_LABEL = /(?:单位|部门|主体)[^:]{0,6}:/
const DUTY_VERB = /牵头|负责|配合|参加|参与|落实|分工/
const BODY_LIST = /[局委厅府办部][、,]/
const ONE_BODY = /^[(〔[【][\u4e00-\u9fff]{0,8}[局委厅府]/
const namesUnits = (tag: string): boolean =>
  DUTY_LABEL.test(tag.slice(0, 24)) ||
  DUTY_VERB.test(tag) ||
  (BODY_LIST.test(tag) && /[局委厅府办部]$/.test(tag.slice(0, -1))) ||
  (tag.length <= 12 && ONE_BODY.test(tag))
const LAST_LATIN = 0x24f

const isLatin = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0xc0 && code <= LAST_LATIN)
const isLetter = (code: number): boolean => isLatin(code) && code > 0x39

/** Collects the reading text and its map to raw offsets. */
export class ReadingWriter {
  private readonly out: Uint16Array
  private readonly offsets: Int32Array
  private depth = 0
  private openedAt = 0
  private lastOpened = -1
  length = 0

  /** `extra`: how many characters more than the raw text has may be written, for the tabs of tables and for line breaks. */
  constructor(
    private readonly raw: string,
    private readonly codes: Uint16Array,
    extra: number,
  ) {
    this.out = new Uint16Array(raw.length + extra + 1)
    this.offsets = new Int32Array(raw.length + extra + 2)
  }

  /** Characters since a bracket opened that is still open in this paragraph, 0 where none is. */
  get openFor(): number {
    return this.depth > 0 ? this.length - this.openedAt + 1 : 0
  }

  /** Whether what was written ends with a bracket that names units. */
  get endsWithTag(): boolean {
    const last = this.out[this.length - 1] as number
    if (BRACKETS[last] !== CLOSES || this.depth > 0) return false
    const opener = this.lastOpened
    if (opener < 0 || this.length - opener > LONGEST_TAG) return false
    return namesUnits(decode(this.out.subarray(opener, this.length)))
  }

  /** The last characters written, at most so many. */
  tail(characters: number): string {
    return decode(this.out.subarray(Math.max(0, this.length - characters), this.length))
  }

  /** Ends a paragraph; the newline stands for the raw one behind the line. */
  endParagraph(rawEnd: number): void {
    this.push(NEWLINE, rawEnd)
    this.depth = 0
  }

  /** Writes a line behind what is there: spaces only between Latin words, Markdown's bold marks left out. */
  writeLine(line: Line): void {
    const { codes } = this
    let gap = -1
    const previous = this.length > 0 ? (this.out[this.length - 1] as number) : NEWLINE
    if (isLetter(previous) && isLetter(codes[line.start] as number)) this.push(SPACE, line.start - 1)
    for (let i = line.start; i < line.end; i++) {
      const code = codes[i] as number
      if (code === SPACE) {
        if (gap < 0) gap = i
        continue
      }
      if (code === ASTERISK && codes[i + 1] === ASTERISK) {
        i++
        continue
      }
      if (gap >= 0) {
        if (isLatin(code) && this.length > 0 && isLatin(this.out[this.length - 1] as number)) this.push(SPACE, gap)
        gap = -1
      }
      this.push(code, i)
      const bracket = BRACKETS[code]
      if (bracket === OPENS) {
        if (this.depth === 0) {
          this.openedAt = this.length
          this.lastOpened = this.length - 1
        }
        this.depth++
      } else if (bracket === CLOSES && this.depth > 0) this.depth--
    }
  }

  /** Opens the next cell of a row, past `count` - 1 empty ones. */
  writeTabs(count: number, rawOffset: number): void {
    for (let i = 0; i < count; i++) this.push(TAB, rawOffset)
  }

  /** Parts two names that only a line break holds apart. */
  writeJoint(rawOffset: number): void {
    this.push(JOINT, rawOffset)
  }

  finish(): { out: Uint16Array; offsets: Int32Array } {
    this.offsets[this.length] = this.raw.length
    return { out: this.out.subarray(0, this.length), offsets: this.offsets.slice(0, this.length + 1) }
  }

  private push(code: number, rawOffset: number): void {
    this.out[this.length] = code
    this.offsets[this.length] = rawOffset
    this.length++
  }
}
