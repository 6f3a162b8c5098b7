import { DocFile, type ParagraphProperties } from './doc-file.ts'
import { DocLists } from './doc-lists.ts'
import { SPRM } from './doc-sprms.ts'
import { TAB_INSIDE } from './tabbed-rows.ts'
import { type CellPart, type EdgeCell, edgeTable, innerRow, onOneLine } from './table-rows.ts'
import { type Reader, ReadError } from './types.ts'

/**
 * The text of a binary Word document (doc and wps): the accepted text with the automatic numbers written out; text boxes
 * behind the paragraph they are anchored in, footnotes at the end; hidden words, comments, and heads and feet of pages left out.
 */
export const readDoc: Reader = async (bytes, { fileName }) => {
  try {
    const file = new DocFile(bytes, fileName)
    const lists = new DocLists(file)
    const { body, footnotes } = file.lengths
    const boxes = new Map<number, string[]>()
    for (const { anchor, from, to } of file.textBoxes())
      boxes.set(anchor, [...(boxes.get(anchor) ?? []), partText(file, lists, from, to)])
    return { text: partText(file, lists, 0, body, boxes) + partText(file, lists, body, body + footnotes) }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Word 或 WPS 打开并另存为 docx 后再导入。')
  }
}

/** Characters with a meaning of their own, [MS-DOC] 2.8. */
const CELL_MARK = 0x07
const LINE_BREAK = 0x0b
const PAGE_BREAK = 0x0c
const PARAGRAPH_MARK = 0x0d
const COLUMN_BREAK = 0x0e
const FIELD_BEGIN = 0x13
const FIELD_SEPARATOR = 0x14
const FIELD_END = 0x15
const HYPHEN = 0x1e

/** Most cells of a row; Word allows 63. */
const MAX_CELLS = 200

/** @param boxes texts of boxes, by the place in the text that they are anchored at */
function partText(
  file: DocFile,
  lists: DocLists,
  from: number,
  to: number,
  boxes: ReadonlyMap<number, readonly string[]> = new Map(),
): string {
  const body = new DocBody(lists)
  let text = ''
  let place = from
  /** For each open field whether its result has begun: its instruction is not read. */
  const fields: boolean[] = []
  for (const { code, hidden, offset } of file.characters(from, to)) {
    body.anchor(boxes.get(place++) ?? [])
    switch (code) {
      case FIELD_BEGIN:
        fields.push(false)
        continue
      case FIELD_SEPARATOR:
        if (fields.length > 0) fields[fields.length - 1] = true
        continue
      case FIELD_END:
        fields.pop()
        continue
      case PARAGRAPH_MARK:
      case CELL_MARK:
      case PAGE_BREAK: {
        // The mark of a paragraph that was deleted joins it with the next.
        if (hidden && code === PARAGRAPH_MARK) continue
        body.paragraph(text, code === CELL_MARK, file.paragraphAt(offset))
        text = ''
        continue
      }
    }
    if (hidden || fields.includes(false)) continue
    text += characterText(code)
  }
  body.paragraph(text, false, { sprms: [] })
  return body.toString()
}

function characterText(code: number): string {
  if (code === LINE_BREAK) return '\n'
  if (code === HYPHEN) return '-'
  if (code === 0x09) return TAB_INSIDE
  if (code === 0xa0 || code === COLUMN_BREAK) return ' '
  return code < 0x20 ? '' : String.fromCharCode(code)
}

interface ParagraphLayout {
  inTable: boolean
  depth: number
  rowEnd: boolean
  innerCellEnd: boolean
  innerRowEnd: boolean
  list: number
  level: number
  /** Right edges and merges of the cells of the row that ends here. */
  cells: { right: number; goesOn: boolean; joined: boolean }[]
}

/** Takes paragraphs in their order and writes lines. */
class DocBody {
  private readonly lines: string[] = []
  private cell: CellPart[] = []
  private row: CellPart[][] = []
  /** Paragraphs of the open cell of a table inside of a cell, and the cells before that. */
  private inner: string[] = []
  private innerCells: string[] = []
  private table: EdgeCell[][] = []
  /** Text boxes that the paragraph, or the table, holds. */
  private boxes: string[] = []

  constructor(private readonly lists: DocLists) {}

  paragraph(text: string, endsCell: boolean, properties: ParagraphProperties): void {
    const layout = layoutOf(properties)
    if (layout.inTable && layout.rowEnd && layout.depth <= 1) return this.endRow(layout)
    if (layout.innerRowEnd) {
      this.cell.push(...innerRow(this.innerCells))
      this.innerCells = []
      return
    }
    const label = layout.list > 0 && text.trim() !== '' ? this.lists.next(layout.list, layout.level) : ''
    const full = label === '' ? text : `${label}${text.trimStart()}`
    if (layout.inTable && layout.depth > 1) return this.innerParagraph(full, layout.innerCellEnd)
    if (layout.inTable || endsCell) {
      this.cell.push({ text: full, isRow: false })
      if (endsCell) this.endCell()
      return
    }
    this.endTable()
    for (const line of full.split('\n')) if (line.trim() !== '') this.lines.push(line.trimEnd())
    this.endBoxes()
  }

  private innerParagraph(text: string, endsCell: boolean): void {
    this.inner.push(text)
    if (!endsCell) return
    this.innerCells.push(onOneLine(this.inner.join(' ')))
    this.inner = []
  }

  anchor(boxes: readonly string[]): void {
    this.boxes.push(...boxes)
  }

  private endBoxes(): void {
    this.lines.push(...this.boxes.flatMap((box) => box.split('\n').filter((line) => line !== '')))
    this.boxes = []
  }

  toString(): string {
    this.endTable()
    this.endBoxes()
    return this.lines.map((line) => `${line}\n`).join('')
  }

  private endCell(): void {
    if (this.row.length < MAX_CELLS) this.row.push(this.cell)
    this.cell = []
  }

  private endRow({ cells }: ParagraphLayout): void {
    const row: EdgeCell[] = []
    let joinable = false
    this.row.forEach((parts, i) => {
      const { right, goesOn, joined } = cells[i] ?? { right: (i + 1) * 10_000, goesOn: false, joined: false }
      const before = row.at(-1)
      if (joined && joinable && isEmpty(parts) && before !== undefined) before.right = right
      else row.push({ parts, right, goesOn })
      joinable = joined
    })
    if (row.length > 0) this.table.push(row)
    this.row = []
    this.cell = []
  }

  private endTable(): void {
    if (this.row.length > 0) this.endRow({ cells: [] } as unknown as ParagraphLayout)
    if (this.table.length > 0) this.lines.push(...edgeTable(this.table))
    this.table = []
  }
}

const isEmpty = (parts: readonly CellPart[]): boolean => parts.every(({ text }) => text.trim() === '')

function layoutOf({ sprms }: ParagraphProperties): ParagraphLayout {
  const layout: ParagraphLayout = {
    inTable: false,
    depth: 1,
    rowEnd: false,
    innerCellEnd: false,
    innerRowEnd: false,
    list: 0,
    level: 0,
    cells: [],
  }
  for (const { code, operand } of sprms) {
    switch (code) {
      case SPRM.inTable:
        layout.inTable = operand[0] === 1
        break
      case SPRM.rowEnd:
        layout.rowEnd = operand[0] === 1
        break
      case SPRM.innerCellEnd:
        layout.innerCellEnd = operand[0] === 1
        break
      case SPRM.innerRowEnd:
        layout.innerRowEnd = operand[0] === 1
        break
      case SPRM.tableDepth:
        layout.depth = operand.readUInt32LE(0)
        break
      case SPRM.list:
        layout.list = operand.readInt16LE(0)
        break
      case SPRM.listLevel:
        layout.level = Math.min(8, operand[0]!)
        break
      case SPRM.tableDefinition:
        layout.cells = cellsOf(operand)
        break
      case SPRM.verticalMerge: {
        const cell = layout.cells[operand[0]!]
        if (cell) cell.goesOn = operand[1] === 1
      }
    }
  }
  return layout
}

/** Bits of a cell's description, [MS-DOC] 2.9.317. */
const ANY_HORIZONTAL = 0x3
const VERTICAL = 0x20
const VERTICAL_FIRST = 0x40

function cellsOf(operand: Buffer): ParagraphLayout['cells'] {
  const count = operand[0] ?? 0
  return Array.from({ length: count }, (_, i) => {
    const right = 1 + (i + 1) * 2
    const flagsAt = 1 + (count + 1) * 2 + i * 20
    const flags = flagsAt + 2 <= operand.length ? operand.readUInt16LE(flagsAt) : 0
    return {
      right: right + 2 <= operand.length ? operand.readInt16LE(right) : (i + 1) * 10_000,
      goesOn: (flags & VERTICAL) !== 0 && (flags & VERTICAL_FIRST) === 0,
      joined: (flags & ANY_HORIZONTAL) !== 0,
    }
  })
}
