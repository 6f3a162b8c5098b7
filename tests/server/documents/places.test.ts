import { Workbook } from 'exceljs'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { documents, files } from '../../../db/schema/index.ts'
import { ROWS_AT_ONCE, storePlaces } from '../../../server/core/file-places.ts'
import { lineBoxes } from '../../../server/documents/places.ts'
import { readDocument, type ReadFile } from '../../../server/readers/index.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const HEADER = ['序号', '工作任务', '目标要求', '牵头单位']
/** Tasks below a title and a header, more than are drawn at once, the first two of one merged unit; then a sheet of its own. */
async function workbook(): Promise<Buffer> {
  const book = new Workbook()
  const tasks = book.addWorksheet('任务分解表')
  tasks.addRow(['霁川市重点任务'])
  tasks.addRow(HEADER)
  for (let i = 1; i <= ROWS_AT_ONCE + 50; i++)
    tasks.addRow([i, `事项${i}`, `新建\n农村公路${100 + i}公里`, i <= 2 ? '市交通运输局' : '市水利局'])
  tasks.mergeCells('A1:D1')
  tasks.mergeCells('D3:D4')
  book.addWorksheet('说明').addRow(['本表由市政府督查室编制'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('where words stand', () => {
  let office: Office
  let read: ReadFile
  const fileId = 7
  const ask = (person: Parameters<Office['get']>[0], path: string) => office.get(person, `/api/files/${fileId}/${path}`)
  const places = async (words: string) => {
    const start = read.text.indexOf(words)
    return (await ask('supervisor', `places?start=${start}&end=${start + words.length}`)).json() as {
      scans: { page: number; boxes: number[][] }[]
      cells: { sheet: number; page: number; row: number; columns: number[] }[]
    }
  }

  beforeAll(async () => {
    office = await buildOffice()
    read = await readDocument({ bytes: await workbook(), fileName: '分解表.xlsx' })
    const at = office.clock.now.toISOString()
    const file = { sha256: 'b'.repeat(64), name: '分解表.xlsx', format: 'xlsx', size: 1, importedAt: at }
    office.db
      .insert(files)
      .values({ id: fileId, ...file, rawText: read.text })
      .run()
    office.db
      .insert(documents)
      .values({ fileId, title: '分解表', start: 0, end: read.text.length, createdAt: at })
      .run()
    storePlaces(office.db, fileId, read)
  })
  afterAll(() => office.close())

  it('every cell of a sheet knows its words in the text', () => {
    const cells = read.sheets!.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
    const placed = cells.filter((cell) => cell?.place)
    expect(placed.length).toBeGreaterThan(4 * ROWS_AT_ONCE)
    for (const cell of placed) expect(read.text.slice(...cell!.place!)).toBe(cell!.text.replace(/\s+/g, ' '))
  })

  it.each([
    ['农村公路102公里', { sheet: 0, page: 1, row: 4, columns: [2] }],
    ['2\t事项2\t新建 农村公路102公里\t市交通运输局', { sheet: 0, page: 1, row: 4, columns: [0, 1, 2, 3] }],
    ['目标要求', { sheet: 0, page: 1, row: 2, columns: [] }],
    ['农村公路350公里', { sheet: 0, page: 2, row: 252, columns: [2] }],
    ['本表由', { sheet: 1, page: 1, row: 1, columns: [0] }],
  ])('%s', async (words, cell) => expect(await places(words)).toEqual({ scans: [], cells: [cell] }))

  it('sheets are told page by page, from the second on with their header', async () => {
    const { items } = (await ask('leader', 'sheets')).json() as { items: object[] }
    expect(items).toMatchObject([
      { name: '任务分解表', rows: ROWS_AT_ONCE + 52, pages: 2, isCut: false },
      { name: '说明', rows: 1, pages: 1 },
    ])
    const page = async (number: number) =>
      (await ask('leader', `sheets/0/pages/${number}`)).json() as {
        header: { number: number }[]
        rows: { number: number; isHeader: boolean; cells: { text: string; merged: string | null }[] }[]
      }
    const [first, second] = [await page(1), await page(2)]
    expect([first.header.length, first.rows.length, second.rows.length]).toEqual([0, ROWS_AT_ONCE, 52])
    expect(first.rows[1]).toMatchObject({ number: 2, isHeader: true })
    expect(first.rows[3]!.cells[3]).toEqual({ text: '市交通运输局', isNumber: false, merged: 'below' })
    expect(second.header.map(({ number }) => number)).toEqual([2])
    expect((await ask('leader', 'sheets/0/pages/3')).statusCode).toBe(404)
  })

  it('and what stands on scanned pages, anew with every reading', async () => {
    const [first, second] = ['第一页。', '到2027年，覆盖率达到95%。']
    const text = `${first}\n\f\n${second}`
    const start = text.indexOf(second)
    const word = (from: number, to: number, box: [number, number, number, number]) => ({
      start: start + from,
      end: start + to,
      confidence: 0.9,
      box,
    })
    const words = [
      word(0, 4, [10, 100, 50, 120]),
      word(4, 8, [52, 102, 90, 121]),
      word(8, 12, [10, 140, 50, 160]),
      word(12, 17, [52, 140, 90, 160]),
    ]
    const size = { width: 595, height: 842 }
    const scan = { toPage: [0.001, 0, 0, 0.002, 0, 0] as const, words }
    read = { ...read, text }
    storePlaces(office.db, fileId, {
      text,
      pages: [
        { number: 1, start: 0, ...size },
        { number: 2, start, ...size, scan },
      ],
    })
    expect(await places('覆盖率达到95')).toEqual({
      scans: [
        {
          page: 2,
          toPage: [0.001, 0, 0, 0.002, 0, 0],
          boxes: [
            [80.5, 102, 90, 121],
            [10, 140, 67.2, 160],
          ],
        },
      ],
      cells: [],
    })
    expect(await places('第一页')).toEqual({ scans: [], cells: [] })
    expect((await ask('leader', 'sheets')).json()).toEqual({ items: [] })
  })

  it('only to those who may see the file', async () => {
    for (const path of ['places?start=0&end=1', 'sheets', 'sheets/0/pages/1'])
      expect((await ask('reporter', path)).statusCode).toBe(404)
    expect((await ask('leader', 'places?start=5&end=5')).statusCode).toBe(400)
  })
})

test.each([
  [
    'words of a line are one box',
    [
      [0, 0, 10, 10],
      [12, 1, 20, 11],
    ],
    [[0, 0, 20, 11]],
  ],
  [
    'another line is another',
    [
      [50, 0, 60, 10],
      [0, 20, 10, 30],
    ],
    [
      [50, 0, 60, 10],
      [0, 20, 10, 30],
    ],
  ],
  [
    'so is another column',
    [
      [0, 0, 10, 10],
      [80, 0, 90, 10],
    ],
    [
      [0, 0, 10, 10],
      [80, 0, 90, 10],
    ],
  ],
] as [string, [number, number, number, number][], number[][]][])('%s', (_, words, boxes) =>
  expect(lineBoxes(words)).toEqual(boxes),
)
