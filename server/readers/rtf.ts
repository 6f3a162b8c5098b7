import iconv from 'iconv-lite'
import { type RtfToken, rtfTokens } from './rtf-tokens.ts'
import { TAB_INSIDE } from './tabbed-rows.ts'
import { type CellPart, type EdgeCell, edgeTable, innerRow, onOneLine } from './table-rows.ts'
import { type Reader, ReadError } from './types.ts'

/**
 * The text of an RTF file: the accepted text, the numbers of lists as their program wrote them out; footnotes at the end;
 * pictures, comments, hidden words, and heads and feet of pages left out.
 */
export const readRtf: Reader = async (bytes, { fileName }) => {
  const body = new RtfBody()
  try {
    for (const token of rtfTokens(bytes)) body.take(token)
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    throw new ReadError('broken', fileName, '的结构嵌套过深，无法读取。')
  }
  return { text: body.toString() }
}

class TooDeep extends Error {}

/** Groups inside of each other; real files have some dozens. */
const MAX_DEPTH = 5000
/** Cells of a row, as many as Word allows and more. */
const MAX_CELLS = 200

/** Groups whose words are no text of the document. */
const SILENT = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'nonshppict',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'object',
  'objdata',
  'fldinst',
  'annotation',
  'atnid',
  'atnauthor',
  'xe',
  'tc',
  'sp',
  'pntxtb',
  'pntxta',
  'ftnsep',
  'ftnsepc',
  'ftncn',
  'filetbl',
  'template',
  'listtable',
  'listoverridetable',
  'revtbl',
  // What readers show that know of no tables in tables, and of no text boxes.
  'nonesttables',
  'shprslt',
  'bkmkstart',
  'bkmkend',
])

/** Groups marked as droppable that hold text all the same. */
const KEPT = new Set(['footnote', 'nesttableprops', 'shpinst', 'shptxt', 'ud', 'shppict', 'shpgrp'])

/** Signs that have a word. */
const SIGNS: Readonly<Record<string, string>> = {
  tab: TAB_INSIDE,
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '　',
  enspace: ' ',
  qmspace: ' ',
}

/** Encodings by the number of a character set of a font. */
const CHARSETS: Readonly<Record<number, string>> = {
  128: 'shift_jis',
  129: 'cp949',
  134: 'gb18030',
  136: 'big5',
}

interface Group {
  silent: boolean
  hidden: boolean
  /** How many fallback bytes follow a `\u`. */
  fallback: number
  font: number
  inTable: boolean
  depth: number
  note: boolean
  label: boolean
  /** What is said of a row of a table inside of a cell. */
  innerProperties: boolean
  /** Open text boxes that it stands in. */
  boxes: number
}

/** What is written one below the other: the text, or what stands in a text box. */
interface Flow {
  lines: string[]
  text: string
  label: string
  /** Edges and merges of the row as it was last defined. */
  edges: { right: number; goesOn: boolean; joined: boolean }[]
  nextCell: { goesOn: boolean; joined: boolean }
  /** Cells of the open row. */
  cells: CellPart[][]
  /** What the open cell holds so far. */
  parts: CellPart[]
  /** Paragraphs of the open cell of a table inside of it, and the cells before that. */
  inner: string[]
  innerCells: string[]
  table: EdgeCell[][]
  /** Lines of the text boxes that are anchored in the open paragraph. */
  boxes: string[]
}

const newFlow = (): Flow => ({
  lines: [],
  text: '',
  label: '',
  edges: [],
  nextCell: { goesOn: false, joined: false },
  cells: [],
  parts: [],
  inner: [],
  innerCells: [],
  table: [],
  boxes: [],
})

/** Takes an RTF file token by token. */
class RtfBody {
  private flow = newFlow()
  /** Those around the open text boxes. */
  private readonly outerFlows: Flow[] = []
  private readonly notes: string[] = []
  private group: Group = {
    silent: false,
    hidden: false,
    fallback: 1,
    font: -1,
    inTable: false,
    depth: 1,
    note: false,
    label: false,
    innerProperties: false,
    boxes: 0,
  }
  private readonly outer: Group[] = []
  /** Whether the next word may name the destination of its group, and whether that may be dropped. */
  private atStart = false
  private droppable = false

  private documentEncoding = 'windows-1252'
  private readonly fontEncodings = new Map<number, string>()
  private inFontTable = 0
  private defaultFont = -1

  private bytes: number[] = []
  private skip = 0
  private noteText = ''

  take(token: RtfToken): void {
    switch (token.kind) {
      case 'byte':
        this.atStart = false
        if (this.skip > 0) this.skip--
        else if (!this.group.silent && !this.group.hidden) this.bytes.push(token.byte)
        return
      case 'open':
        this.flush()
        this.skip = 0
        if (this.outer.length >= MAX_DEPTH) throw new TooDeep()
        this.outer.push(this.group)
        this.group = { ...this.group }
        this.atStart = true
        this.droppable = false
        return
      case 'close':
        this.flush()
        this.skip = 0
        this.closeGroup()
        return
      case 'symbol':
        if (token.name === '*') {
          this.droppable = true
          return
        }
        if (this.passOver()) return
        this.flush()
        if (token.name === '~') this.write(' ')
        else if (token.name === '_') this.write('-')
        return
      case 'word':
        this.word(token.name, token.value)
    }
  }

  toString(): string {
    this.flush()
    while (this.outerFlows.length > 0) this.endBox()
    this.endParagraph()
    this.endTable()
    return [...this.flow.lines, ...this.notes].map((line) => `${line}\n`).join('')
  }

  private closeGroup(): void {
    if (this.inFontTable > this.outer.length) this.inFontTable = 0
    const { note, boxes } = this.group
    if (boxes > (this.outer.at(-1)?.boxes ?? 0)) this.endBox()
    this.group = this.outer.pop() ?? this.group
    if (note && !this.group.note) this.endNote()
    this.atStart = false
    this.droppable = false
  }

  /** Whether a fallback for a Unicode character is passed over. */
  private passOver(): boolean {
    if (this.skip === 0) return false
    this.skip--
    return true
  }

  private word(name: string, value: number | null): void {
    const { atStart, droppable } = this
    this.atStart = false
    this.droppable = false
    if (name === 'u') {
      this.flush()
      const code = value ?? 0
      this.write(String.fromCharCode(code < 0 ? code + 65536 : code))
      this.skip = this.group.fallback
      return
    }
    if (this.passOver()) return
    if (atStart && this.openDestination(name, droppable)) return
    if (this.inFontTable > 0 && name === 'fcharset') {
      const encoding = CHARSETS[value ?? 0]
      if (encoding !== undefined) this.fontEncodings.set(this.group.font, encoding)
      return
    }
    if (name === 'f') {
      this.flush()
      this.group.font = value ?? this.defaultFont
      return
    }
    const on = value !== 0
    switch (name) {
      case 'ansicpg':
        this.documentEncoding = value === 936 ? 'gb18030' : iconv.encodingExists(`cp${value}`) ? `cp${value}` : 'cp1252'
        return
      case 'deff':
        this.defaultFont = value ?? -1
        return
      case 'uc':
        this.group.fallback = Math.min(8, value ?? 1)
        return
      case 'plain':
        this.flush()
        this.group.hidden = false
        this.group.font = this.defaultFont
        return
      case 'v':
      case 'deleted':
        this.flush()
        this.group.hidden = on
        return
    }
    if (!this.group.silent) this.layoutWord(name, value)
  }

  /** Whether a group at whose start this word stands has words of its own kind. */
  private openDestination(name: string, droppable: boolean): boolean {
    if (name === 'fonttbl') this.inFontTable = this.outer.length
    if (name === 'ud') this.group.silent = false
    if (name === 'upr') this.group.silent = true
    if (name === 'footnote') this.group.note = true
    if (name === 'nesttableprops') this.group.innerProperties = true
    if (name === 'shptxt' && !this.group.silent && !this.group.note) this.openBox()
    if (name === 'listtext' || name === 'pntext') {
      this.group.label = true
      this.group.hidden = false
      return true
    }
    if (SILENT.has(name) || (droppable && !KEPT.has(name))) this.group.silent = true
    return SILENT.has(name) || name === 'footnote'
  }

  private layoutWord(name: string, value: number | null): void {
    if (this.group.innerProperties && name !== 'nestrow') return
    const sign = SIGNS[name]
    if (sign !== undefined) {
      this.flush()
      this.write(sign)
      return
    }
    switch (name) {
      case 'par':
      case 'sect':
      case 'page':
        this.flush()
        this.endParagraph()
        return
      case 'pard':
        this.group.inTable = false
        this.group.depth = 1
        return
      case 'intbl':
        this.group.inTable = true
        return
      case 'itap':
        this.group.depth = value ?? 1
        return
      case 'trowd':
        this.flow.edges = []
        this.flow.nextCell = { goesOn: false, joined: false }
        return
      case 'clvmrg':
        this.flow.nextCell.goesOn = true
        return
      case 'clmrg':
        this.flow.nextCell.joined = true
        return
      case 'cellx':
        if (this.flow.edges.length < MAX_CELLS) this.flow.edges.push({ right: value ?? 0, ...this.flow.nextCell })
        this.flow.nextCell = { goesOn: false, joined: false }
        return
      case 'nestcell':
        this.flush()
        this.flow.innerCells.push(onOneLine([...this.flow.inner, this.takeText(), ...this.takeBoxes()].join(' ')))
        this.flow.inner = []
        return
      case 'nestrow':
        this.flow.parts.push(...innerRow(this.flow.innerCells))
        this.flow.innerCells = []
        return
      case 'cell':
        this.flush()
        this.endCell()
        return
      case 'row':
        this.endRow()
    }
  }

  private openBox(): void {
    this.outerFlows.push(this.flow)
    this.flow = newFlow()
    this.group.boxes++
    this.group.inTable = false
    this.group.depth = 1
  }

  /** What stands in a text box goes behind the paragraph that it is anchored in. */
  private endBox(): void {
    this.group.inTable = false
    this.endParagraph()
    this.endTable()
    const { lines } = this.flow
    this.flow = this.outerFlows.pop()!
    this.flow.boxes.push(...lines)
  }

  private takeBoxes(): string[] {
    return this.flow.boxes.splice(0)
  }

  /** The open paragraph and its text boxes, as parts of a cell. */
  private takeParts(): CellPart[] {
    return [this.takeText(), ...this.takeBoxes()].map((text) => ({ text, isRow: false }))
  }

  private endCell(): void {
    this.flow.parts.push(...this.takeParts())
    if (this.flow.cells.length < MAX_CELLS) this.flow.cells.push(this.flow.parts)
    this.flow.parts = []
  }

  private endRow(): void {
    const { cells } = this.flow
    const row: EdgeCell[] = []
    cells.forEach((parts, i) => {
      const edge = this.flow.edges[i] ?? {
        right: (this.flow.edges.at(-1)?.right ?? 0) + 1000 * (i + 1),
        goesOn: false,
        joined: false,
      }
      const before = row.at(-1)
      if (edge.joined && before !== undefined) before.right = edge.right
      else row.push({ parts, right: edge.right, goesOn: edge.goesOn })
    })
    if (row.length > 0) this.flow.table.push(row)
    this.flow.cells = []
  }

  private endParagraph(): void {
    if (this.group.note) {
      this.noteText += '\n'
      return
    }
    if (this.group.inTable) {
      if (this.group.depth > 1) this.flow.inner.push(this.takeText(), ...this.takeBoxes())
      else this.flow.parts.push(...this.takeParts())
      return
    }
    const lines = [...this.takeText().split('\n'), ...this.takeBoxes()]
    this.endTable()
    for (const line of lines) if (line.trim() !== '') this.flow.lines.push(line.trimEnd())
  }

  private endNote(): void {
    for (const line of this.noteText.split('\n')) if (line.trim() !== '') this.notes.push(line.trim())
    this.noteText = ''
  }

  private endTable(): void {
    if (this.flow.table.length === 0) return
    this.flow.lines.push(...edgeTable(this.flow.table))
    this.flow.table = []
  }

  private takeText(): string {
    const label = this.flow.label.trim()
    const text = label === '' || isBullet(label) ? this.flow.text : `${label}${this.flow.text.trimStart()}`
    this.flow.text = ''
    this.flow.label = ''
    return text
  }

  private write(text: string): void {
    const { silent, hidden, note, label } = this.group
    if (silent || hidden) return
    if (label) this.flow.label += text
    else if (note) this.noteText += text
    else this.flow.text += text
  }

  /** Decodes the bytes gathered so far: a character of two bytes may be written half plain and half in hexadecimal. */
  private flush(): void {
    if (this.bytes.length === 0) return
    const buffer = Buffer.from(this.bytes)
    this.bytes = []
    this.write(this.decode(buffer).replace(/[\t\n\r]/g, ' '))
  }

  private decode(buffer: Buffer): string {
    if (buffer.every((byte) => byte < 0x80)) return buffer.toString('latin1')
    const own = this.fontEncodings.get(this.group.font)
    // A font without a Chinese character set still writes Chinese bytes in what programs here save.
    for (const encoding of [own, this.documentEncoding, 'gb18030']) {
      if (encoding === undefined || encoding === 'windows-1252' || encoding === 'cp1252') continue
      const text = iconv.decode(buffer, encoding)
      if (!text.includes('\uFFFD')) return text
    }
    return iconv.decode(buffer, own ?? this.documentEncoding)
  }
}

/** Signs of bullets, which say nothing; those of the fonts of signs lie in the private area. */
const isBullet = (label: string): boolean => /^[·•●○■□◆◇➢✓\-–—*\uE000-\uF8FF]$/.test(label)
