import { Readable } from 'node:stream'
import yazl from 'yazl'
import { neutralise } from '../csv.ts'
import type { Cell } from '../core/workbook.ts'
import { addStream, bytesOf } from './zip-parts.ts'

/**
 * One sheet of any length as xlsx, written while its rows are fetched: 100,000 rows are never in memory at once. (The
 * streaming writer of exceljs does not work with the archiver that is free of known faults.) Texts are inline strings,
 * so that nothing has to be remembered to the end; the head is bold and stays in view. ECMA-376 part 1, SpreadsheetML.
 */
interface StreamedSheet {
  name: string
  /** A line above the head. */
  note: string
  columns: { title: string; width: number }[]
  /** Rows in pages of any size. */
  pages: AsyncIterable<Cell[][]>
}

/** Longest text of a cell, in characters (Excel's own limit). */
const MAX_TEXT = 32_767

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

// eslint-disable-next-line no-control-regex -- characters that XML 1.0 cannot hold
const ILLEGAL = /[\u0000-\u0008\v\f\u000E-\u001F\uFFFE\uFFFF]/g
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Places of the styles in styles.xml. */
const STYLE = { plain: 0, head: 1, body: 2 } as const
const WRAPPED = '<alignment vertical="center" wrapText="1"/>'
const escape = (text: string): string => text.replace(ILLEGAL, '').replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c)

export function streamXlsx(sheet: StreamedSheet): Readable {
  const zip = new yazl.ZipFile()
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(XML + xml), name)
  add(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  )
  add(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escape(sheet.name)}" sheetId="1" r:id="rId1"/></sheets>` +
      // The head stands again on each printed page.
      `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${escape(sheet.name)}'!$2:$2</definedName></definedNames></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  )
  add(
    'xl/styles.xml',
    `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>' +
      `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1">${WRAPPED}</xf>` +
      `<xf xfId="0" applyAlignment="1">${WRAPPED}</xf></cellXfs></styleSheet>`,
  )
  addStream(zip, 'xl/worksheets/sheet1.xml', () => Readable.from(sheetXml(sheet)))
  zip.end()
  return bytesOf(zip)
}

async function* sheetXml({ columns, note, pages }: StreamedSheet): AsyncGenerator<string> {
  yield (
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`).join('')}</cols><sheetData>` +
    rowXml(1, [note], STYLE.plain) +
    rowXml(
      2,
      columns.map((c) => c.title),
      STYLE.head,
    )
  )
  let n = 3
  for await (const rows of pages) yield rows.map((row) => rowXml(n++, row, STYLE.body)).join('')
  // A4 lying across, as wide as the paper, numbered below.
  yield (
    '</sheetData><printOptions horizontalCentered="1" gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
    '<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>'
  )
}

const rowXml = (n: number, cells: Cell[], style: number): string =>
  `<row r="${n}">${cells.map((cell, i) => cellXml(`${columnName(i)}${n}`, cell, style)).join('')}</row>`

function cellXml(at: string, cell: Cell, style: number): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${at}" s="${style}"><v>${cell}</v></c>` : ''
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(neutralise(cell).slice(0, MAX_TEXT))}</t></is></c>`
}

/** A, B … Z, AA … */
function columnName(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : columnName(Math.floor(i / 26) - 1) + columnName(i % 26)
}
