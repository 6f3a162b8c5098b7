import { ListCounter } from './numbering.ts'
import { refusePassword } from './odf-password.ts'
import { OdtStyles, OUTLINE } from './odt-styles.ts'
import { TAB_INSIDE } from './tabbed-rows.ts'
import { type CellPart, type FilledCell, linesOfParts, tableParts } from './table-rows.ts'
import { type Reader, ReadError } from './types.ts'
import { walkXml, type XmlVisitor } from './xml.ts'
import { openPackage } from './zip.ts'

type Attributes = Readonly<Record<string, string>>

/**
 * The text of an OpenDocument text (odt, ott): the accepted text with the numbers of its lists written out; notes at the
 * end; comments, hidden words, and heads and feet of pages left out.
 */
export const readOdt: Reader = async (bytes, context) => {
  const { fileName } = context
  const file = await openPackage({ bytes, fileName }, context)
  await refusePassword(file, fileName)
  const styles = new OdtStyles()
  const body = new OdtBody(styles)
  try {
    const shared = await file.part('styles.xml')
    if (shared) {
      walkXml(shared, { open: (name, attributes) => styles.open(name, attributes), close: () => {}, text: () => {} })
    }
    walkXml((await file.part('content.xml')) ?? Buffer.alloc(0), body)
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Word 或 WPS 打开并另存为 docx 后再导入。')
  }
  return { text: body.toString() }
}

/** Elements whose words nobody reads in the text. */
const SILENT = new Set([
  'tracked-changes',
  'annotation',
  'annotation-end',
  'scripts',
  'forms',
  'note-citation',
  'ruby-text',
  'index-title-template',
  'desc',
  'object',
  'object-ole',
  'notes',
])

interface OpenList {
  style: string
  counter: ListCounter
}

interface OpenParagraph {
  text: string
  label: string
  /** What stands in the text boxes that are anchored in it. */
  boxes: CellPart[]
}

interface OpenTable {
  rows: FilledCell[][]
  cell: (Omit<FilledCell, 'parts'> & { parts: CellPart[]; repeated: number }) | null
}

/** Cells that a row may be said to repeat; spreadsheets fill rows with a thousand empty ones. */
const MAX_REPEATED = 200

/** Takes content.xml piece by piece. */
class OdtBody implements XmlVisitor {
  private readonly lines: string[] = []
  private readonly notes: string[] = []
  private inBody = false
  /** Depth inside of an element that is left out; 0 outside. */
  private silent = 0
  private readonly paragraphs: OpenParagraph[] = []
  private readonly tables: OpenTable[] = []
  private readonly lists: OpenList[] = []
  /** Lists that ended, by their id and by their style: a later one may go on counting. */
  private readonly counters = new Map<string, ListCounter>()
  private readonly outline = new ListCounter()
  /** For each open item of a list, whether its number is still to be written. */
  private readonly items: { fresh: boolean; startAt: number | null }[] = []
  /** Whether each open span or paragraph or section is hidden. */
  private readonly hiding: boolean[] = []
  private noteDepth = 0
  /** Text boxes that are open, with the paragraphs that they are anchored in and how many tables were open around them. */
  private readonly openBoxes: { paragraph: OpenParagraph | null; tables: number }[] = []
  /** Frames of pictures and boxes: the title of one is no text. */
  private frames = 0

  constructor(private readonly styles: OdtStyles) {}

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'body') this.inBody = true
    if (!this.inBody) return this.styles.open(name, attributes)
    if (this.silent > 0 || SILENT.has(name) || (name === 'title' && this.frames > 0)) {
      this.silent++
      return
    }
    switch (name) {
      case 'p':
      case 'h':
        this.hiding.push(this.styles.isHidden(attributes['style-name']))
        this.paragraphs.push({ text: '', label: this.label(name, attributes), boxes: [] })
        break
      case 'span':
        this.hiding.push(this.styles.isHidden(attributes['style-name']))
        break
      case 'section':
        this.hiding.push(attributes.display === 'none')
        break
      case 's':
        this.write(' '.repeat(Math.min(100, Number(attributes.c) || 1)))
        break
      case 'tab':
        this.write(TAB_INSIDE)
        break
      case 'line-break':
        this.write('\n')
        break
      case 'frame':
        this.frames++
        break
      case 'text-box':
        this.openBoxes.push({ paragraph: this.paragraphs.at(-1) ?? null, tables: this.tables.length })
        break
      case 'note':
        this.noteDepth++
        break
      case 'list':
        this.openList(attributes)
        break
      case 'list-item':
        this.items.push({ fresh: true, startAt: Number(attributes['start-value']) || null })
        break
      case 'list-header':
        this.items.push({ fresh: false, startAt: null })
        break
      case 'table':
        this.tables.push({ rows: [], cell: null })
        break
      case 'table-row':
        this.table?.rows.push([])
        break
      case 'table-cell':
        if (this.table) this.table.cell = openCell(attributes)
    }
  }

  readonly close = (name: string): void => {
    if (name === 'body') this.inBody = false
    if (!this.inBody) return
    if (this.silent > 0) {
      this.silent--
      return
    }
    switch (name) {
      case 'p':
      case 'h':
        this.closeParagraph()
        this.hiding.pop()
        break
      case 'span':
      case 'section':
        this.hiding.pop()
        break
      case 'frame':
        this.frames--
        break
      case 'text-box':
        this.openBoxes.pop()
        break
      case 'note':
        this.noteDepth--
        break
      case 'list':
        this.lists.pop()
        break
      case 'list-item':
      case 'list-header':
        this.items.pop()
        break
      case 'table-cell':
        this.closeCell()
        break
      case 'table':
        this.closeTable()
    }
  }

  readonly text = (text: string): void => {
    if (this.inBody && this.silent === 0) this.write(text.replace(/[\t\r\n]/g, ' '))
  }

  toString(): string {
    return [...this.lines, ...this.notes].map((line) => `${line}\n`).join('')
  }

  private get table(): OpenTable | undefined {
    return this.tables.at(-1)
  }

  private write(text: string): void {
    const paragraph = this.paragraphs.at(-1)
    if (paragraph !== undefined && !this.hiding.includes(true)) paragraph.text += text
  }

  private openList(attributes: Attributes): void {
    const outer = this.lists.at(-1)
    const style = attributes['style-name'] ?? outer?.style ?? ''
    const continued = attributes['continue-list']
    const counter =
      (outer?.style === style ? outer.counter : undefined) ??
      (continued === undefined ? undefined : this.counters.get(continued)) ??
      (attributes['continue-numbering'] === 'true' ? this.counters.get(style) : undefined) ??
      new ListCounter()
    const id = attributes.id
    if (id !== undefined) this.counters.set(id, counter)
    this.counters.set(style, counter)
    this.lists.push({ style, counter })
  }

  /** The number of the paragraph that opens, counted once for each item of a list. */
  private label(name: string, attributes: Attributes): string {
    const item = this.items.at(-1)
    const list = this.lists.at(-1)
    if (item !== undefined && list !== undefined) {
      if (!item.fresh) return ''
      item.fresh = false
      const level = this.lists.length - 1
      if (item.startAt === null) list.counter.next(level, this.styles.startOf(list.style))
      else list.counter.set(level, item.startAt)
      return this.styles.label(list.style, level, list.counter)
    }
    if (name !== 'h' || attributes['is-list-header'] === 'true') return ''
    const level = Math.max(1, Number(attributes['outline-level']) || 1) - 1
    this.outline.next(level, this.styles.startOf(OUTLINE))
    return this.styles.label(OUTLINE, level, this.outline)
  }

  private closeParagraph(): void {
    const { text, label, boxes } = this.paragraphs.pop()!
    const own = text.trim() === '' ? [] : [{ text: `${label}${label === '' ? text : text.trimStart()}`, isRow: false }]
    this.put([...own, ...boxes])
  }

  /** Puts what has been read into the open cell, behind the paragraph that a text box is anchored in, or into the text. */
  private put(parts: readonly CellPart[]): void {
    const box = this.openBoxes.at(-1)
    const isInBox = box?.paragraph && this.tables.length === box.tables
    const cell = this.table?.cell
    if (isInBox) box.paragraph!.boxes.push(...parts)
    else if (cell) cell.parts.push(...parts)
    else (this.noteDepth > 0 ? this.notes : this.lines).push(...linesOfParts(parts))
  }

  private closeCell(): void {
    const { table } = this
    if (!table?.cell) return
    const { repeated, ...cell } = table.cell
    for (let i = 0; i < repeated; i++) table.rows.at(-1)?.push(cell)
    table.cell = null
  }

  private closeTable(): void {
    this.put(tableParts(this.tables.pop()!.rows))
  }
}

function openCell(attributes: Attributes) {
  const number = (name: string) => Math.max(1, Number(attributes[name]) || 1)
  return {
    parts: [],
    columns: number('number-columns-spanned'),
    rows: number('number-rows-spanned'),
    repeated: Math.min(MAX_REPEATED, number('number-columns-repeated')),
  }
}
