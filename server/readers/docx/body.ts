import { TAB_INSIDE } from '../tabbed-rows.ts'
import type { XmlVisitor } from '../xml.ts'
import type { Numbering } from './numbering.ts'
import { type InList, isOn, numberOf, type Styles } from './styles.ts'
import { type CellPart, linesOfParts } from '../table-rows.ts'
import { type Cell, newCell, type Row, tableParts } from './tables.ts'

/** What is left out with everything in it: what was before a change, field codes, spare forms. */
const LEFT_OUT = new Set([
  'pPrChange',
  'rPrChange',
  'sectPr',
  'tblPrChange',
  'trPrChange',
  'tcPrChange',
  'tblGridChange',
  'tblPrExChange',
  'numberingChange',
  'instrText',
  'delText',
  'delInstrText',
  'Fallback',
  'rt',
])

interface Paragraph extends InList {
  style: string | null
  text: string
  /** Its end was deleted or is hidden: it runs into the next one. */
  runsOn: boolean
  /** What its list puts before it, where the file says so. */
  label: string
  /** Whether the words of the open run are hidden. */
  hidden: boolean
  /** Lines of text boxes anchored in it. */
  boxes: string[]
}

/** Where paragraphs go: the body, a cell, a text box, a note. */
interface Flow {
  parts: CellPart[]
  /** Text of paragraphs that run into the next. */
  pending: string
}

const newFlow = (parts: CellPart[] = []): Flow => ({ parts, pending: '' })
const words = (text: string): CellPart => ({ text, isRow: false })

/**
 * Goes through the markup of a Word document (ECMA-376 part 1, chapter 17) and keeps what Word shows of it when all
 * changes are accepted: lists with their numbers, results of fields, text boxes, tables with merged cells, notes.
 */
export class Body implements XmlVisitor {
  /** Lines of the notes by kind and number: `footnote 2`. */
  readonly notes = new Map<string, string[]>()
  /** Notes in the order in which the text points to them. */
  readonly references: string[] = []
  private readonly flow = newFlow()
  private readonly flows: Flow[] = [this.flow]
  private readonly names: string[] = []
  private readonly paragraphs: Paragraph[] = []
  private readonly tables: { rows: Row[]; cell: Cell | null; deleted: boolean }[] = []
  /** Whether each open field still gives its code; its result is what is shown. */
  private readonly fields: boolean[] = []
  /** Whether each open control shows only its prompt. */
  private readonly prompts: boolean[] = []
  private readonly noteIds: (string | null)[] = []
  private skipped = 0

  constructor(
    private readonly styles: Styles,
    private readonly numbering: Numbering,
  ) {}

  get lines(): readonly string[] {
    return linesOfParts(this.flow.pending === '' ? this.flow.parts : [...this.flow.parts, words(this.flow.pending)])
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.skipped > 0 || this.leavesOut(name, attributes)) {
      this.skipped++
      return
    }
    const parent = this.names.at(-1)
    const grandparent = this.names.at(-2)
    this.names.push(name)
    const { val } = attributes
    const paragraph = this.paragraphs.at(-1)
    const table = this.tables.at(-1)
    switch (name) {
      case 'p':
        this.paragraphs.push({
          style: null,
          numId: null,
          level: null,
          text: '',
          runsOn: false,
          label: '',
          hidden: false,
          boxes: [],
        })
        break
      case 'pStyle':
        if (paragraph && parent === 'pPr') paragraph.style = val ?? null
        break
      case 'numId':
        if (paragraph && parent === 'numPr') paragraph.numId = val ?? null
        break
      case 't':
        // Word 2003 writes out what it counted.
        if (paragraph && parent === 'listPr') paragraph.label = val?.trim() ?? ''
        break
      case 'ilvl':
        if (paragraph && parent === 'numPr') paragraph.level = numberOf(val)
        break
      case 'r':
        if (paragraph) paragraph.hidden = false
        break
      case 'rStyle':
        if (grandparent === 'r' && paragraph) paragraph.hidden = this.styles.isHidden(val ?? null)
        break
      case 'vanish':
        if (grandparent === 'r' && paragraph) paragraph.hidden = isOn(val)
        else if (grandparent === 'pPr' && paragraph && isOn(val)) paragraph.runsOn = true
        break
      case 'del':
      case 'moveFrom':
        // An empty one, for a container of deleted text has been left out: it marks the end of a paragraph, or a row.
        if (parent === 'rPr' && grandparent === 'pPr' && paragraph) paragraph.runsOn = true
        else if (parent === 'trPr' && table) table.deleted = true
        break
      case 'hidden':
        if (parent === 'trPr' && table) table.deleted = true
        break
      case 'fldChar':
        if (attributes.fldCharType === 'begin') this.fields.push(true)
        else {
          this.fields.pop()
          if (attributes.fldCharType === 'separate') this.fields.push(false)
        }
        break
      case 'footnoteReference':
      case 'endnoteReference':
        this.references.push(`${name.replace('Reference', '')} ${attributes.id ?? ''}`)
        break
      case 'footnote':
      case 'endnote':
        // Kinds are those of the lines between text and notes.
        this.noteIds.push(
          attributes.type === undefined || attributes.type === 'normal'
            ? // Word 2003 writes them where they are pointed to, without a number.
              `${name} ${attributes.id ?? this.notes.size}`
            : null,
        )
        this.flows.push(newFlow())
        break
      case 'sdt':
        this.prompts.push(false)
        break
      case 'showingPlcHdr':
        this.prompts[this.prompts.length - 1] = isOn(val)
        break
      case 'txbxContent':
        this.flows.push(newFlow())
        break
      case 'tbl':
        // A table ends the paragraph before it, whatever became of its end.
        this.endPending()
        this.tables.push({ rows: [], cell: null, deleted: false })
        break
      case 'tr':
        table?.rows.push({ before: 0, cells: [] })
        if (table) table.deleted = false
        break
      case 'tc':
        this.openCell()
        break
      default:
        if (!this.openInCell(name, attributes, parent)) this.openInRun(name, attributes, parent)
    }
  }

  private leavesOut(name: string, attributes: Readonly<Record<string, string>>): boolean {
    const parent = this.names.at(-1)
    if (LEFT_OUT.has(name)) return true
    // Word 2003 names changes by their kind.
    if (name === 'annotation') return /^Word\.(?:Deletion|Comment)$/.test(attributes.type ?? '')
    if (name === 'del' || name === 'moveFrom') return parent !== 'rPr' && parent !== 'trPr'
    if (name === 'sdtContent') return this.prompts.at(-1) === true
    if (name === 'tc') return this.tables.at(-1)?.deleted === true
    return false
  }

  private openCell(): void {
    const table = this.tables.at(-1)
    const row = table?.rows.at(-1)
    if (!table || !row) return
    const cell = newCell()
    table.cell = cell
    row.cells.push(cell)
    this.flows.push(newFlow(cell.parts))
  }

  private openInCell(name: string, { val }: Readonly<Record<string, string>>, parent: string | undefined): boolean {
    const table = this.tables.at(-1)
    if (!table) return false
    if (name === 'gridBefore' && parent === 'trPr') table.rows.at(-1)!.before = numberOf(val) ?? 0
    else if (parent !== 'tcPr' || !table.cell) return false
    else if (name === 'gridSpan') table.cell.span = Math.max(1, numberOf(val) ?? 1)
    else if (name === 'vMerge' || name === 'vmerge') table.cell.merge = val === 'restart' ? 'first' : 'goes on'
    else return false
    return true
  }

  private openInRun(name: string, { type, char }: Readonly<Record<string, string>>, parent: string | undefined): void {
    if (parent !== 'r') return
    if (name === 'tab' || name === 'ptab') this.write(TAB_INSIDE)
    else if (name === 'cr' || (name === 'br' && type !== 'page' && type !== 'column')) this.write('\n')
    else if (name === 'noBreakHyphen') this.write('-')
    else if (name === 'sym' && char !== undefined) this.write(symbol(char))
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped--
      return
    }
    this.names.pop()
    switch (name) {
      case 'p':
        this.closeParagraph()
        break
      case 'tc':
        this.closeCell()
        break
      case 'tbl':
        this.closeTable()
        break
      case 'sdt':
        this.prompts.pop()
        break
      case 'txbxContent':
        this.paragraphs.at(-1)?.boxes.push(...this.closeFlow())
        break
      case 'footnote':
      case 'endnote': {
        const lines = this.closeFlow()
        const id = this.noteIds.pop()
        if (id) this.notes.set(id, lines)
        break
      }
    }
  }

  private closeFlow(): string[] {
    if (this.flows.length < 2) return []
    this.endPending()
    return linesOfParts(this.flows.pop()!.parts)
  }

  private endPending(): void {
    const flow = this.flows.at(-1)!
    if (flow.pending !== '') flow.parts.push(words(flow.pending))
    flow.pending = ''
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    // The code of a field that is never closed hides its paragraph, not the rest of the document.
    if (this.paragraphs.length === 0) this.fields.fill(false)
    const flow = this.flows.at(-1)!
    if (paragraph === undefined) return
    if (paragraph.runsOn) flow.pending += paragraph.text
    else {
      const label = this.numbering.next(paragraph.style, paragraph) || paragraph.label
      const text = flow.pending + paragraph.text
      flow.pending = ''
      if (text.trim() !== '') flow.parts.push(words(`${label}${text}`))
    }
    flow.parts.push(...paragraph.boxes.map(words))
  }

  private closeCell(): void {
    const table = this.tables.at(-1)
    if (!table?.cell) return
    this.closeFlow()
    table.cell = null
  }

  private closeTable(): void {
    const table = this.tables.pop()
    if (table === undefined) return
    const { parts } = this.flows.at(-1)!
    for (const part of tableParts(table.rows)) parts.push(part)
    // The cell around it is open again.
    const outer = this.tables.at(-1)
    const around = outer?.rows.at(-1)?.cells.at(-1)
    if (outer && around?.parts === parts) outer.cell = around
  }

  text(text: string): void {
    if (this.skipped === 0 && this.names.at(-1) === 't') this.write(text)
  }

  private write(text: string): void {
    const paragraph = this.paragraphs.at(-1)
    if (
      paragraph === undefined ||
      paragraph.hidden ||
      this.fields.includes(true) ||
      this.styles.isHidden(paragraph.style)
    )
      return
    paragraph.text += text.replace(/\t/g, ' ')
  }
}

/** A sign that is given by its number; those of symbol fonts have no meaning outside them. */
function symbol(char: string): string {
  const code = Number.parseInt(char, 16)
  return Number.isFinite(code) && code > 0x20 && (code < 0xe000 || code > 0xf8ff) && code <= 0xffff
    ? String.fromCharCode(code)
    : ''
}
