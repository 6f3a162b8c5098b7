import type { DefaultTreeAdapterTypes as Tree } from 'parse5'
import { isFurniture, isNoteMark } from './html-furniture.ts'
import { ListLabels } from './html-lists.ts'
import { type CellPart, type FilledCell, isFrame, linesOfParts, onOneLine, tableParts } from './table-rows.ts'
import { ReadError } from './types.ts'

/** Elements whose text nobody reads on the page. */
const SILENT = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'select',
  'textarea',
  'button',
  // Words that were struck out.
  'del',
  's',
  'strike',
])

/** Elements that stand on lines of their own. */
const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'caption',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
])

/** Encoding that a page declares in its first kilobytes; undefined where it does not. */
export function htmlEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{3,20})/i.exec(head)?.[1]
}

/**
 * The text of a page as it is read: a block a line, a table row a line with tabs between its cells. A cell that covers
 * several rows or columns is repeated in each row (so that each row names its unit) and followed by empty cells.
 * @throws {ReadError} where it is nested deeper than any page is
 */
export async function htmlToText(html: string, fileName: string): Promise<string> {
  const { parse } = await import('parse5')
  const writer = new LineWriter()
  try {
    const page = parse(html)
    writer.labels = new ListLabels(page)
    write(page, writer)
  } catch (error) {
    if (error instanceof RangeError) throw new ReadError('broken', fileName, '的网页结构嵌套过深，无法读取。')
    throw error
  }
  return writer.toString()
}

/** Collects text: blanks between words become one, a block begins a new line, empty lines are not kept. */
class LineWriter {
  private readonly lines: string[] = []
  private line = ''
  /** What stands before the items of numbered lists. */
  labels: ListLabels | null = null
  /** What stands before the next words. */
  label = ''

  text(text: string): void {
    if (this.label !== '' && text.trim() !== '') {
      this.line += this.label
      this.label = ''
    }
    const joined = text.replace(/\s+/g, ' ')
    this.line += this.line === '' || this.line.endsWith(' ') ? joined.trimStart() : joined
  }

  /** A line as it is, tabs and all. */
  row(row: string): void {
    this.newline()
    this.lines.push(row)
  }

  newline(): void {
    const line = this.line.trim()
    if (line !== '') this.lines.push(line)
    this.line = ''
  }

  toString(): string {
    this.newline()
    return this.lines.length === 0 ? '' : `${this.lines.join('\n')}\n`
  }
}

const isElement = (node: Tree.ChildNode): node is Tree.Element => 'tagName' in node
const attribute = (element: Tree.Element, name: string) => element.attrs.find((attr) => attr.name === name)?.value

function write(node: Tree.ParentNode, writer: LineWriter): void {
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') writer.text((child as Tree.TextNode).value)
    else if (isElement(child)) writeElement(child, writer)
  }
}

function writeElement(element: Tree.Element, writer: LineWriter): void {
  const { tagName } = element
  if (SILENT.has(tagName) || isFurniture(element) || isNoteMark(element)) return
  if (tagName === 'br') return writer.newline()
  if (tagName === 'table') return writeTable(element, writer)
  if (tagName === 'pre') {
    for (const line of textOf(element, '\n').split('\n')) writer.row(line)
    return
  }
  if (BLOCKS.has(tagName)) writer.newline()
  const label = tagName === 'li' ? writer.labels?.of(element) : undefined
  if (label !== undefined) writer.label = label
  write(element, writer)
  if (BLOCKS.has(tagName)) writer.newline()
}

function writeTable(table: Tree.Element, writer: LineWriter): void {
  writer.newline()
  const caption = table.childNodes.find((node) => node.nodeName === 'caption')
  if (caption !== undefined) writer.row(cellText(caption as Tree.Element))
  const rows = cellsOf(table)
  if (isFrame(rows) || placesBlocks(rows)) {
    for (const cell of rows.flat()) {
      writer.newline()
      write(cell, writer)
      writer.newline()
    }
    return
  }
  for (const line of linesOfParts(tableParts(rows.map((cells) => cells.map(filledCell))))) writer.row(line)
}

const isCell = (node: Tree.ChildNode): node is Tree.Element => node.nodeName === 'td' || node.nodeName === 'th'

/** So many paragraphs stand in no cell of a table of facts. */
const MANY_BLOCKS = 12

/** Whether a table has no rows but places parts of the page beside one another: in one of its cells stands a text, or a frame. */
const placesBlocks = (rows: readonly (readonly Tree.Element[])[]): boolean =>
  rows.some((cells) => cells.some((cell) => paragraphsIn(cell) >= MANY_BLOCKS || tablesIn(cell).some(framesText)))

/** Longer words in a frame are a text. */
const LONGEST_WORDS = 80

/** Whether a table frames a text: one that frames a few words in a cell is a way of writing them. */
function framesText(table: Tree.Element): boolean {
  const rows = cellsOf(table)
  return isFrame(rows) && (rows.length > 1 || paragraphsIn(table) > 1 || cellText(table).length > LONGEST_WORDS)
}

const cellsOf = (table: Tree.Element): Tree.Element[][] => rowsOf(table).map((row) => row.childNodes.filter(isCell))

/** How many paragraphs and lines stand in an element, counted no further than needed. */
function paragraphsIn(node: Tree.ParentNode): number {
  let count = 0
  for (const child of node.childNodes) {
    if (count >= MANY_BLOCKS) break
    if (!isElement(child)) continue
    const isParagraph = child.tagName === 'br' || (BLOCKS.has(child.tagName) && child.childNodes.some(isWords))
    count += (isParagraph ? 1 : 0) + paragraphsIn(child)
  }
  return count
}

const isWords = (node: Tree.ChildNode): boolean =>
  (node.nodeName === '#text' && (node as Tree.TextNode).value.trim() !== '') ||
  (isElement(node) && !BLOCKS.has(node.tagName) && node.childNodes.some(isWords))

function filledCell(cell: Tree.Element): FilledCell {
  const parts: CellPart[] = [{ text: cellText(cell), isRow: false }]
  for (const table of tablesIn(cell)) parts.push(...tableParts(cellsOf(table).map((cells) => cells.map(filledCell))))
  return { parts, columns: span(cell, 'colspan'), rows: span(cell, 'rowspan') }
}

/** The tables in an element, not those in these. */
const tablesIn = (node: Tree.ParentNode): Tree.Element[] =>
  node.childNodes
    .filter(isElement)
    .flatMap((child) => (child.tagName === 'table' ? [child] : SILENT.has(child.tagName) ? [] : tablesIn(child)))

function rowsOf(table: Tree.Element): Tree.Element[] {
  return table.childNodes
    .filter(isElement)
    .flatMap((child) =>
      child.tagName === 'tr' ? [child] : ['tbody', 'thead', 'tfoot'].includes(child.tagName) ? rowsOf(child) : [],
    )
}

const span = (cell: Tree.Element, name: string) => Math.max(1, Number.parseInt(attribute(cell, name) ?? '1', 10) || 1)

const cellText = (cell: Tree.Element) => onOneLine(textOf(cell, ' '))

function textOf(node: Tree.ParentNode, lineBreak: string): string {
  return node.childNodes
    .map((child) => {
      if (child.nodeName === '#text') return (child as Tree.TextNode).value
      if (!isElement(child) || SILENT.has(child.tagName) || isFurniture(child) || isNoteMark(child)) return ''
      // Its rows stand on lines of their own.
      if (child.tagName === 'table') return ' '
      if (child.tagName === 'br') return lineBreak
      const inner = textOf(child, lineBreak)
      return BLOCKS.has(child.tagName) || child.tagName === 'td' || child.tagName === 'th'
        ? `${lineBreak}${inner}${lineBreak}`
        : inner
    })
    .join('')
}
