import CFB from 'cfb'
import { sprmsOf, SPRM, type Sprm } from './doc-sprms.ts'
import { ReadError } from './types.ts'

/** Where a run of bytes of text has one set of properties. */
interface Run<T> {
  start: number
  end: number
  value: T
}

/** A stretch of text that lies in one piece in the file. */
interface Piece {
  /** Position of its first character in the text. */
  start: number
  length: number
  /** Offset of its first byte. */
  offset: number
  /** Bytes of a character: 1 (Windows-1252) or 2 (UTF-16). */
  width: 1 | 2
}

interface DocCharacter {
  code: number
  hidden: boolean
  /** Offset of its bytes, by which the properties of its paragraph are found. */
  offset: number
}

/** Properties of a paragraph: of its style, then its own. */
export interface ParagraphProperties {
  sprms: Sprm[]
}

/** Indices into the table of positions of the file's head, [MS-DOC] 2.5.6. */
const STYLES = 1
const CHARACTER_RUNS = 12
const PARAGRAPH_RUNS = 13
const PIECES = 33
const ANCHORS = 40
const BOXES = 56
const LISTS = 73
const LIST_OVERRIDES = 74

/** Bytes of what is said of an anchored shape and of a text box, [MS-DOC] 2.9.253 and 2.9.95. */
const ANCHOR_BYTES = 26
const BOX_BYTES = 22

const PAGE = 512

/**
 * The streams of a binary Word document (Word 97 to 2003, and WPS) and what is found in them by position.
 * @throws {ReadError} wrong-type, encrypted or broken; {@link RangeError} where a position lies outside of the file
 */
export class DocFile {
  private readonly main: Buffer
  private readonly table: Buffer
  private readonly data: Buffer
  private readonly pieces: Piece[]
  private readonly characterRuns: Run<boolean>[]
  private readonly paragraphRuns: Run<{ style: number; own: Buffer }>[]
  private readonly styles: Buffer[][]

  constructor(bytes: Uint8Array, fileName: string) {
    const container = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { type: 'buffer' })
    const stream = (name: string): Buffer => {
      const content = CFB.find(container, name)?.content
      return content === undefined ? Buffer.alloc(0) : Buffer.from(content as Uint8Array)
    }
    this.main = stream('WordDocument')
    if (this.main.length < 0x200 || this.main.readUInt16LE(0) !== 0xa5ec)
      throw new ReadError('wrong-type', fileName, '是 Word 95 或更早的文件，请用 Word 或 WPS 另存为 docx 后再导入。')
    const flags = this.main.readUInt16LE(0x0a)
    if (flags & 0x0100) throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
    this.table = stream(flags & 0x0200 ? '1Table' : '0Table')
    this.data = stream('Data')
    this.pieces = this.readPieces()
    this.characterRuns = this.readRuns(CHARACTER_RUNS, 1, (page, at) => {
      const length = page[at] ?? 0
      return isHidden(page.subarray(at + 1, at + 1 + length))
    })
    this.paragraphRuns = this.readRuns(PARAGRAPH_RUNS, 13, (page, at) => {
      const half = page[at] ?? 0
      const start = half === 0 ? at + 2 : at + 1
      const list = page.subarray(start, start + (half === 0 ? (page[at + 1] ?? 0) * 2 : half * 2 - 1))
      return list.length < 2
        ? { style: 0, own: Buffer.alloc(0) }
        : { style: list.readUInt16LE(0), own: list.subarray(2) }
    })
    this.styles = this.readStyles()
  }

  /** Characters of the body and the footnotes, of all parts before the text boxes, and of these. */
  get lengths(): { body: number; footnotes: number; before: number; boxes: number } {
    const at = (offset: number) => Math.max(0, this.main.readInt32LE(offset))
    const [body, footnotes] = [at(0x4c), at(0x50)]
    return { body, footnotes, before: body + footnotes + at(0x54) + at(0x58) + at(0x5c) + at(0x60), boxes: at(0x64) }
  }

  /**
   * The text boxes in the order in which they are stored: where in the text their words lie, and at which character of the
   * body they are anchored, the last one where nothing tells.
   */
  textBoxes(): { anchor: number; from: number; to: number }[] {
    const { body, before, boxes } = this.lengths
    if (boxes === 0) return []
    const end = Math.max(0, body - 1)
    const anchors = new Map(this.positions(ANCHORS, ANCHOR_BYTES).map(({ from, data }) => [data.readInt32LE(0), from]))
    const found = this.positions(BOXES, BOX_BYTES).map(({ from, to, data }) => ({
      anchor: Math.min(end, anchors.get(data.readInt32LE(14)) ?? end),
      from: before + from,
      to: before + Math.min(to, boxes),
    }))
    return found.length > 0 ? found : [{ anchor: end, from: before, to: before + boxes }]
  }

  /** A table of positions, with so many bytes about what stands at each. */
  private positions(index: number, size: number): { from: number; to: number; data: Buffer }[] {
    const part = this.part(index)
    const count = Math.max(0, Math.floor((part.length - 4) / (4 + size)))
    return Array.from({ length: count }, (_, i) => ({
      from: part.readUInt32LE(i * 4),
      to: part.readUInt32LE(i * 4 + 4),
      data: part.subarray((count + 1) * 4 + i * size),
    }))
  }

  /** Bytes of the table stream that hold the lists, with what follows them, and those of their overrides. */
  get lists(): { lists: Buffer; levels: Buffer; overrides: Buffer } {
    const [at, length] = this.position(LISTS)
    return {
      lists: this.table.subarray(at, at + length),
      levels: this.table.subarray(at + length),
      overrides: this.part(LIST_OVERRIDES),
    }
  }

  /** The characters from one position of the text to another. */
  *characters(from: number, to: number): Generator<DocCharacter> {
    let run: Run<boolean> | undefined
    for (const { start, length, offset, width } of this.pieces) {
      const last = Math.min(length, to - start)
      for (let i = Math.max(0, from - start); i < last; i++) {
        const at = offset + i * width
        if (at + width > this.main.length) return
        if (run === undefined || at < run.start || at >= run.end) run = runAt(this.characterRuns, at)
        const code = width === 2 ? this.main.readUInt16LE(at) : windows1252(this.main[at]!)
        yield { code, hidden: run?.value ?? false, offset: at }
      }
    }
  }

  /** The properties of the paragraph whose mark stands at an offset. */
  paragraphAt(offset: number): ParagraphProperties {
    const run = runAt(this.paragraphRuns, offset)?.value
    if (run === undefined) return { sprms: [] }
    const lists = [...(this.styles[run.style] ?? []), run.own]
    return { sprms: lists.flatMap((list) => [...sprmsOf(list)].flatMap((sprm) => this.unfold(sprm))) }
  }

  /** Properties too large for their place lie in a stream of their own. */
  private unfold(sprm: Sprm): Sprm[] {
    if (sprm.code !== SPRM.huge && sprm.code !== SPRM.hugeOld) return [sprm]
    const at = sprm.operand.readUInt32LE(0)
    if (at + 2 > this.data.length) return []
    return [...sprmsOf(this.data.subarray(at + 2, at + 2 + this.data.readUInt16LE(at)))]
  }

  private position(index: number): [at: number, length: number] {
    const at = 0x9a + index * 8
    return at + 8 > this.main.length ? [0, 0] : [this.main.readUInt32LE(at), this.main.readUInt32LE(at + 4)]
  }

  private part(index: number): Buffer {
    const [at, length] = this.position(index)
    return this.table.subarray(at, at + length)
  }

  private readPieces(): Piece[] {
    const part = this.part(PIECES)
    let at = 0
    while (part[at] === 1) at += 3 + part.readUInt16LE(at + 1)
    if (part[at] !== 2) throw new RangeError('no table of pieces')
    const table = part.subarray(at + 5, at + 5 + part.readUInt32LE(at + 1))
    const count = Math.floor((table.length - 4) / 12)
    return Array.from({ length: count }, (_, i) => {
      const start = table.readUInt32LE(i * 4)
      const place = table.readUInt32LE((count + 1) * 4 + i * 8 + 2)
      const width = place & 0x40000000 ? 1 : 2
      return {
        start,
        length: table.readUInt32LE(i * 4 + 4) - start,
        offset: width === 1 ? (place & 0x3fffffff) / 2 : place & 0x3fffffff,
        width,
      }
    })
  }

  /** Reads the pages of properties; `entry` bytes lie on a page for each run, the first of which says where its value is. */
  private readRuns<T>(index: number, entry: number, valueAt: (page: Buffer, at: number) => T): Run<T>[] {
    const part = this.part(index)
    const count = Math.max(0, Math.floor((part.length - 4) / 8))
    const runs: Run<T>[] = []
    for (let i = 0; i < count; i++) {
      const number = part.readUInt32LE((count + 1) * 4 + i * 4) & 0x3fffff
      const page = this.main.subarray(number * PAGE, (number + 1) * PAGE)
      if (page.length < PAGE) continue
      const runsOfPage = page[PAGE - 1]!
      for (let k = 0; k < runsOfPage; k++) {
        const at = (page[(runsOfPage + 1) * 4 + k * entry] ?? 0) * 2
        if (at === 0 && entry === 1) continue
        runs.push({
          start: page.readUInt32LE(k * 4),
          end: page.readUInt32LE(k * 4 + 4),
          value: valueAt(page, at),
        })
      }
    }
    return runs.sort((a, b) => a.start - b.start)
  }

  /** For each style the property lists of those it is based on, then its own, [MS-DOC] 2.9.271. */
  private readStyles(): Buffer[][] {
    const part = this.part(STYLES)
    if (part.length < 6) return []
    let at = 2 + part.readUInt16LE(0)
    const count = part.readUInt16LE(2)
    const baseBytes = part.readUInt16LE(4)
    const styles: ({ base: number; own: Buffer } | null)[] = []
    for (let i = 0; i < count && at + 2 <= part.length; i++) {
      const length = part.readUInt16LE(at)
      const style = part.subarray(at + 2, at + 2 + length)
      styles.push(style.length > baseBytes + 2 ? paragraphStyle(style, baseBytes) : null)
      at += 2 + length
    }
    return styles.map((_, index) => {
      const lists: Buffer[] = []
      let style = styles[index]
      for (let depth = 0; style && depth < 12; depth++) {
        lists.unshift(style.own)
        style = styles[style.base]
      }
      return lists
    })
  }
}

const PARAGRAPH_STYLE = 1

function paragraphStyle(style: Buffer, baseBytes: number): { base: number; own: Buffer } | null {
  const kind = style.readUInt16LE(2)
  if ((kind & 0xf) !== PARAGRAPH_STYLE) return null
  const at = baseBytes + 2 + style.readUInt16LE(baseBytes) * 2 + 2
  const length = at + 2 <= style.length ? style.readUInt16LE(at) : 0
  return { base: kind >> 4, own: style.subarray(at + 4, at + 2 + length) }
}

/** Whether characters with these properties are hidden or were deleted under tracked changes. */
function isHidden(list: Buffer): boolean {
  let hidden = false
  let deleted = false
  for (const { code, operand } of sprmsOf(list)) {
    if (code === SPRM.hidden) hidden = operand[0] === 1
    if (code === SPRM.deleted) deleted = operand[0] === 1
  }
  return hidden || deleted
}

function runAt<T>(runs: readonly Run<T>[], offset: number): Run<T> | undefined {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[middle]!.start <= offset) low = middle + 1
    else high = middle
  }
  const run = runs[low - 1]
  return run !== undefined && offset < run.end ? run : undefined
}

/** Signs of Windows-1252 that Latin-1 has not. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const windows1252 = (byte: number): number => (byte >= 0x80 && byte < 0xa0 ? WINDOWS.charCodeAt(byte - 0x80) : byte)
