import ExcelJS from 'exceljs'
import { multipart } from '../reports/multipart.ts'
import type { Person, TestApp } from '../helper.ts'

export type Rows = ExcelJS.CellValue[][]

/** A workbook of one sheet with these rows, merged areas and formats of cells. */
export async function sheet(
  rows: Rows,
  {
    name = 'Sheet1',
    merges = [],
    formats = {},
  }: { name?: string; merges?: string[]; formats?: Record<string, string> } = {},
): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet(name)
  page.addRows(rows)
  for (const area of merges) page.mergeCells(area)
  for (const [cell, format] of Object.entries(formats)) page.getCell(cell).numFmt = format
  return Buffer.from(await book.xlsx.writeBuffer())
}

interface Shown {
  id: number
  version: number
  status: string
  layout: { columns: string[]; headerRow: number; headerRows: number }
  counts: Record<string, number>
  outcome: Record<string, number> | null
}
interface Row {
  row: number
  verdict: string
  title: string
  facts: { title: string; text: string }[]
  faults: string[]
  hints: string[]
}

/** The calls of one kind of list by one person; each throws where the answer is not the one that is expected. */
export function lists(test: TestApp, kind: 'units' | 'people' | 'ledger', person: Person) {
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
    const response = await test.injectAs(person, {
      method,
      url: `/api/intakes/${kind}${path}`,
      ...(payload && { payload }),
    })
    return { status: response.statusCode, body: response.json() }
  }
  const good = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
    const { status, body } = await call(method, path, payload)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  return {
    call,
    async choose(name: string, bytes: Buffer): Promise<Shown> {
      const response = await test.injectAs(person, {
        method: 'POST',
        url: `/api/intakes/${kind}`,
        ...multipart([{ name, bytes }]),
      })
      if (response.statusCode !== 201) throw new Error(`${name}: ${response.statusCode} ${response.body}`)
      return response.json()
    },
    paste: (text: string): Promise<Shown> => good('POST', '/text', { text }),
    layOut: (of: Shown, layout: object): Promise<Shown> =>
      good('PUT', `/${of.id}/layout`, { version: of.version, ...layout }),
    rows: async (of: Shown, query = ''): Promise<Row[]> =>
      (await good('GET', `/${of.id}/rows?limit=500${query}`)).items,
    confirm: (
      of: Shown,
      said: object = {},
    ): Promise<{ intake: Shown; secrets: { username: string; unit: string; secret: string }[] }> =>
      good('POST', `/${of.id}/confirm`, { version: of.version, ...said }),
    undo: (of: Shown): Promise<Shown> => good('POST', `/${of.id}/undo`),
  }
}

/** What a row says of a thing. */
export const fact = (row: Row | undefined, title: string): string | undefined =>
  row?.facts.find((one) => one.title === title)?.text
