import yauzl from 'yauzl'
import yazl from 'yazl'
import { COLUMNS } from '../../server/reports/template.ts'

/** A template with one thing changed in it, as a reporter with a text editor and a zip program makes it. */
export interface ChangedWorkbook {
  name: string
  /** What becomes of the XML of the sheet. */
  change: (sheet: string) => string
  /** Parts that are put in beside it, by their names. */
  added?: Record<string, string>
  /** Whether the rows are to be read all the same: honest files hold such things too. */
  honest: boolean
}

const VALUE = columnName(COLUMNS.findIndex(({ key }) => key === 'value'))
const rowAt = (n: number | string) => `<row r="${n}"><c r="${VALUE}${n}"><v>58</v></c></row>`
const addRow = (n: number | string) => (sheet: string) => sheet.replace('</sheetData>', `${rowAt(n)}</sheetData>`)
const addAfterData = (xml: string) => (sheet: string) => sheet.replace('</sheetData>', `</sheetData>${xml}`)

export const CHANGED_WORKBOOKS: ChangedWorkbook[] = [
  { name: 'a row numbered 100000000', change: addRow(100_000_000), honest: false },
  { name: 'a row numbered with an entity', change: addRow('&#49;00000000'), honest: false },
  { name: 'a row number without end', change: addRow('9'.repeat(400)), honest: false },
  {
    name: 'a row whose number stands behind a bracket in a text',
    change: (sheet) => sheet.replace('</sheetData>', '<row spans=">" r="100000000"/></sheetData>'),
    honest: false,
  },
  { name: 'the last row a sheet can have', change: addRow(1_048_576), honest: true },
  {
    name: 'a sheet in a folder of another name',
    change: (sheet) => sheet,
    added: { 'x/xl/worksheets/sheet2.xml': `<worksheet><sheetData>${rowAt(100_000_000)}</sheetData></worksheet>` },
    honest: false,
  },
  {
    name: 'a cell beyond the last column',
    change: (sheet) => sheet.replace('</sheetData>', '<row r="9"><c r="ZZZZZ9"><v>1</v></c></row></sheetData>'),
    honest: false,
  },
  {
    name: 'a merged cell over the whole sheet',
    change: addAfterData('<mergeCells count="1"><mergeCell ref="A10:XFD20000"/></mergeCells>'),
    honest: true,
  },
  {
    name: 'a validation over the whole sheet',
    change: (sheet) =>
      sheet
        .replace(/<dataValidations[\s\S]*<\/dataValidations>/, '')
        .replace(
          '</sheetData>',
          '</sheetData><dataValidations count="1"><dataValidation type="whole" sqref="A1:XFD1048576"><formula1>1</formula1></dataValidation></dataValidations>',
        ),
    honest: true,
  },
  {
    name: 'a format over every column',
    change: (sheet) => sheet.replace(/<cols>[\s\S]*<\/cols>/, '<cols><col min="1" max="2000000000" width="9"/></cols>'),
    honest: true,
  },
  {
    name: 'a million rows with nothing in them',
    change: (sheet) =>
      sheet.replace(
        '</sheetData>',
        `${Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 9}"/>`).join('')}</sheetData>`,
      ),
    honest: false,
  },
  {
    name: 'twelve thousand rows of 200 cells',
    change: (sheet) => {
      const cells = (n: number) =>
        Array.from({ length: 200 }, (_, i) => `<c r="${columnName(i)}${n}" t="inlineStr"><is><t>x</t></is></c>`).join(
          '',
        )
      const rows = Array.from({ length: 12_000 }, (_, i) => `<row r="${i + 9}">${cells(i + 9)}</row>`).join('')
      return sheet.replace('</sheetData>', `${rows}</sheetData>`)
    },
    honest: false,
  },
]

function columnName(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : columnName(Math.floor(i / 26) - 1) + columnName(i % 26)
}

/** The same zip with its sheet changed, and with further parts. */
export async function withSheet(
  xlsx: Buffer,
  change: (sheet: string) => string,
  added: Record<string, string> = {},
): Promise<Buffer> {
  const zip = await yauzl.fromBufferPromise(xlsx, { lazyEntries: true })
  const out = new yazl.ZipFile()
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const isSheet = entry.fileName === 'xl/worksheets/sheet1.xml'
    out.addBuffer(isSheet ? Buffer.from(change(bytes.toString('utf8'))) : bytes, entry.fileName)
  }
  for (const [name, text] of Object.entries(added)) out.addBuffer(Buffer.from(text), name)
  out.end()
  const chunks: Buffer[] = []
  for await (const chunk of out.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
