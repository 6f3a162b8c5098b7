import { randomFillSync } from 'node:crypto'
import { createCanvas } from '@napi-rs/canvas'
import { largeText } from '../bench/large-text.ts'
import { pdf, pictureAsPdf, wordParagraph, wordParts, zip } from '../server/readers/files.ts'
import { layer, ofd, words } from '../server/readers/ofd-files.ts'
import type { AttackFile } from './watch-import.ts'

/** Files as large as they may be, of every way of reading, that mean no harm: made when they are asked for. */

const MEGABYTE = 1024 * 1024
/** A little less than the largest file that is taken, in bytes. */
const LARGEST = 49 * MEGABYTE
/** A little less than the largest part of markup that is unpacked, in bytes. */
const LARGEST_MARKUP = 58 * MEGABYTE

/** As much as gives so many bytes of UTF-8. */
const lines = (bytes: number): string[] => largeText(bytes).split('\n')
const textOf = (bytes: number): string => Buffer.from(largeText(bytes)).subarray(0, bytes).toString('utf8')
/** What no packer makes smaller: pictures that a document carries. */
const noise = (bytes: number): Buffer => randomFillSync(Buffer.alloc(bytes))

/** Paragraphs that make so much markup, each with its own. */
function paragraphs(bytes: number, wrap: (line: string) => string): string {
  const parts: string[] = []
  let size = 0
  for (const line of lines(bytes)) {
    const part = wrap(line)
    size += Buffer.byteLength(part)
    if (size > bytes) break
    parts.push(part)
  }
  return parts.join('')
}

/** A page of print as a scanner at so many dots an inch sees it. */
export function scannedPage(dots: number): Buffer {
  const [width, height] = [Math.round(8.27 * dots), Math.round(11.69 * dots)]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#111'
  const size = (dots * 16) / 72
  context.font = `${size}px "Noto Serif CJK SC", "Noto Sans CJK SC", serif`
  const text = largeText(20_000).replace(/\s+/g, '')
  const inLine = Math.floor((width * 0.8) / size)
  const inPage = Math.floor((height * 0.85) / (size * 1.75))
  for (let i = 0; i < inPage; i++)
    context.fillText(text.slice(i * inLine, (i + 1) * inLine), width * 0.1, height * 0.08 + i * size * 1.75)
  return canvas.toBuffer('image/jpeg', 80)
}

export const sheetXml = (bytes: number): string => {
  const rows: string[] = []
  let size = 0
  for (let n = 1; size < bytes; n++) {
    const row = `<row r="${n}"><c r="A${n}" t="inlineStr"><is><t>指标${n}</t></is></c><c r="B${n}"><v>${n}</v></c><c r="C${n}" t="inlineStr"><is><t>到2030年达到${n}个</t></is></c></row>`
    size += row.length + 10
    rows.push(row)
  }
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)

export function xlsx(sheet: string): Buffer {
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packaged = 'http://schemas.openxmlformats.org/package/2006'
  return zip([
    {
      name: '[Content_Types].xml',
      data: xml(
        `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
      ),
    },
    {
      name: '_rels/.rels',
      data: xml(
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/workbook.xml',
      data: xml(
        `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="指标" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: xml(
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
    },
    { name: 'xl/worksheets/sheet1.xml', data: xml(sheet) },
  ])
}

/** An OpenDocument text of these paragraphs. */
function odt(body: string): Buffer {
  const office = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'
  const text = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'
  return zip([
    { name: 'mimetype', data: Buffer.from('application/vnd.oasis.opendocument.text') },
    {
      name: 'content.xml',
      data: xml(
        `<office:document-content xmlns:office="${office}" xmlns:text="${text}"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
      ),
    },
  ])
}

const rtf = (bytes: number): Buffer => {
  // A character is six to seven signs of it.
  const text = textOf(bytes / 2).slice(0, Math.floor(bytes / 8))
  const coded = text.replace(
    /[^\n\x20-\x7E]|[\\{}]/g,
    (sign) => `\\u${((sign.charCodeAt(0) + 32768) % 65536) - 32768}?`,
  )
  return Buffer.from(`{\\rtf1\\ansi\\uc1 ${coded.replaceAll('\n', '\\par\n')}}`, 'latin1').subarray(0, bytes)
}

export const LARGE_FILES: Readonly<Record<string, () => AttackFile>> = {
  'a text of 49 MB': () => ({ fileName: '大.txt', bytes: Buffer.from(textOf(LARGEST)) }),
  'a text of 10 MB': () => ({ fileName: '中.txt', bytes: Buffer.from(textOf(10 * MEGABYTE)) }),
  'an html of 49 MB': () => ({
    fileName: '大.html',
    bytes: Buffer.from(
      `<!doctype html><meta charset="utf-8"><body>${paragraphs(LARGEST - 1000, (line) => `<p>${line}</p>`)}`,
    ),
  }),
  'a csv of 49 MB': () => ({
    fileName: '大.csv',
    bytes: Buffer.from(
      Array.from({ length: 900_000 }, (_, n) => `指标${n},到2030年达到${n}个,万元,市第${n % 40}局`).join('\n'),
    ).subarray(0, LARGEST),
  }),
  'a docx of 58 MB of markup, 49 MB with its pictures': () => ({
    fileName: '大.docx',
    bytes: zip([
      ...wordParts(paragraphs(LARGEST_MARKUP, wordParagraph)),
      { name: 'word/media/image1.png', data: noise(LARGEST - 8 * MEGABYTE) },
    ]),
  }),
  'an odt of 58 MB of markup': () => ({
    fileName: '大.odt',
    bytes: odt(paragraphs(LARGEST_MARKUP, (line) => `<text:p>${line}</text:p>`)),
  }),
  'an rtf of 49 MB': () => ({ fileName: '大.rtf', bytes: rtf(LARGEST) }),
  'an xlsx of 58 MB of markup': () => ({ fileName: '大.xlsx', bytes: xlsx(sheetXml(LARGEST_MARKUP)) }),
  'an ofd of 4,000 pages': () => ({
    fileName: '大.ofd',
    bytes: ofd({
      pages: Array.from({ length: 4_000 }, (_, n) =>
        layer(
          Array.from({ length: 30 }, (_, i) =>
            words(`到2030年，第${n}项指标达到${i}个，由第${i}局负责。`, 20, 20 + i * 8),
          ).join(''),
        ),
      ),
    }),
  }),
  'a pdf of 4,900 pages of text, 40 MB': () => ({
    fileName: '大.pdf',
    bytes: pdf(
      Array.from({ length: 4_900 }, (_, n) => {
        const line = (i: number) =>
          `BT /F 12 Tf 72 ${770 - i * 16} Td (${n}.${i} ${'by 2030 reach 100 km of roads '.repeat(5)}) Tj ET`
        return Array.from({ length: 44 }, (_, i) => line(i)).join('\n')
      }),
    ),
  }),
}

/** Pages that have to be recognised: what they take depends on their size, and each asks for time of its own. */
export const SCANS: Readonly<Record<string, () => AttackFile>> = {
  'a scan, A4 at 300 dots an inch (8.7 million pixels)': () => ({ fileName: '扫描.jpg', bytes: scannedPage(300) }),
  'a scan, A4 at 600 dots an inch (35 million pixels)': () => ({ fileName: '细扫描.jpg', bytes: scannedPage(600) }),
  'a pdf that is a scan at 300 dots an inch': () => ({
    fileName: '扫描.pdf',
    bytes: pictureAsPdf(scannedPage(300), { width: 2481, height: 3507, words: '' }),
  }),
}
