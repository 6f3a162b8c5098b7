import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import type { APIRequestContext } from 'playwright-core'
import { layer, NS, ofd } from '../server/readers/ofd-files.ts'

const textOf = (name: string) =>
  readFileSync(new URL(`../../seeds/documents/${name}.txt`, import.meta.url), 'utf8').split('\n')

/** Type of an official document in millimetres, letters in a line, lines on a page. */
const [TYPE, LETTERS, LINES] = [5.6, 28, 22]
const RED = '<ofd:FillColor Value="200 0 0"/>'

/** Words at a place in millimetres, spread by their own size. */
const line = (text: string, x: number, y: number, size = TYPE, color = '') =>
  `<ofd:TextObject Boundary="${x} ${y} ${text.length * size} ${size}" Font="1" Size="${size}">${color}<ofd:TextCode X="0" Y="${size * 0.86}" DeltaX="g ${text.length - 1} ${size}">${text}</ofd:TextCode></ofd:TextObject>`

/** A document of the demo with the red head of an office, as an OFD. */
function redHeaded(): Buffer {
  const [issuer = '', subject = '', number = '', ...rest] = textOf('2026-digital-plan').filter(
    (one) => one.trim() !== '',
  )
  const set = rest.flatMap((one) => `\u3000\u3000${one}`.match(new RegExp(`.{1,${LETTERS}}`, 'g')) ?? [])
  const head =
    line('霁川市人民政府文件', 40, 32, 14, RED) +
    `<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.9"><ofd:StrokeColor Value="200 0 0"/><ofd:AbbreviatedData>M 28 58 L 184 58</ofd:AbbreviatedData></ofd:PathObject>` +
    [number, issuer, subject].map((one, i) => line(one, (210 - one.length * TYPE) / 2, [48, 66, 75][i]!)).join('')
  const pages: string[] = []
  for (let from = 0; from < set.length; from += LINES) {
    const own = set.slice(from, from + LINES)
    pages.push(
      layer((from === 0 ? head : '') + own.map((one, i) => line(one, 27, (from === 0 ? 86 : 36) + i * 9)).join('')),
    )
  }
  const fonts = `<ofd:Res ${NS}><ofd:Fonts><ofd:Font ID="1" FontName="仿宋_GB2312"/></ofd:Fonts></ofd:Res>`
  return ofd({
    pages,
    common: '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
    more: [{ name: 'Doc_0/PublicRes.xml', data: Buffer.from(fonts) }],
  })
}

/** The demo's table of tasks as a workbook, with a second sheet. */
async function workbook(): Promise<Buffer> {
  const rows = textOf('2025-water-division')
    .filter((one) => one.includes('\t'))
    .map((one) => one.split('\t'))
  const book = new ExcelJS.Workbook()
  const tasks = book.addWorksheet('任务分工表')
  tasks.addRow(['霁川市幸福河湖建设重点任务分工表'])
  for (const row of rows) tasks.addRow(row)
  tasks.mergeCells(1, 1, 1, rows[0]!.length)
  const figures = book.addWorksheet('主要指标')
  figures.addRow(['指标名称', '计量单位', '2025年', '2027年目标值', '责任单位'])
  figures.addRow(['省级以上示范幸福河湖', '条', 6, 12, '市水利局'])
  figures.addRow(['农村生活污水治理率', '%', 62.5, 75, '市生态环境局'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** The demo's documents in forms that are drawn in a way of their own. */
const FILES = [
  { name: '数字霁川.ofd', bytes: async () => redHeaded() },
  { name: '分工表.xlsx', bytes: workbook },
  {
    name: '智慧水利.jpg',
    bytes: async () => readFileSync(new URL('../server/readers/files/scan.jpg', import.meta.url)),
  },
]
const HEADERS = { 'x-requested-with': 'zhengbiao' }
const [ASK_MS, MOST_ASKED] = [500, 240]

/**
 * Imports an OFD, a spreadsheet and a scan.
 * @returns the reading room with each of them open and one of its findings picked
 */
export async function importOriginals(request: APIRequestContext): Promise<string[]> {
  const pages: string[] = []
  for (const { name, bytes } of FILES) {
    const file = { name, mimeType: 'application/octet-stream', buffer: await bytes() }
    const sent = await request.post('/api/imports', { headers: HEADERS, multipart: { file } })
    const { items } = (await sent.json()) as { items: { id: number }[] }
    const documentId = await documentOf(request, items[0]!.id, name)
    const answer = await request.get(`/api/documents/${documentId}/findings`)
    const { items: findings } = (await answer.json()) as { items: { id: number }[] }
    const picked = findings[Math.floor(findings.length / 3)]
    pages.push(`/documents/${documentId}?original=1${picked ? `&finding=${picked.id}` : ''}`)
  }
  return pages
}

async function documentOf(request: APIRequestContext, job: number, name: string): Promise<number> {
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    const answer = await request.get(`/api/imports/${job}`)
    const { status, documentId, message } = (await answer.json()) as {
      status: string
      documentId: number | null
      message: string | null
    }
    if (documentId !== null) return documentId
    if (status === 'failed' || status === 'cancelled') throw new Error(`${name}: ${message}`)
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
  }
  throw new Error(`${name} was not read in time`)
}
