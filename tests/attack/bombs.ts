import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { pdf, wordParagraph, wordParts, wordTable, zip } from '../server/readers/files.ts'

/** Small files that are built to fill the memory or the time of whoever reads them; each is at most some hundred KB. */

const MEGABYTE = 1024 * 1024
const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)

/** A PDF of one page with a stream of its own; `pack` times packed. */
function pdfWithStream(stream: Buffer, filters: string, extra = ''): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> /Contents 4 0 R >>',
  ]
  let head = '%PDF-1.4\n'
  objects.forEach((object, i) => {
    head += `${i + 1} 0 obj\n${object}\nendobj\n`
  })
  head += '5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n'
  head += `4 0 obj\n<< /Length ${stream.length} /Filter [${filters}] ${extra} >>\nstream\n`
  return Buffer.concat([
    Buffer.from(head, 'latin1'),
    stream,
    Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 6 >>\n%%EOF\n', 'latin1'),
  ])
}

/** The words over and over, so that they unpack to `megabytes`, packed twice. */
const packedTwice = (megabytes: number, words: string) => deflateSync(packed(megabytes, words), { level: 9 })

/** The same packed once. One megabyte is packed and stands there so often: packing gigabytes takes longer than the attack. */
function packed(megabytes: number, words: string): Buffer {
  const piece = Buffer.from(words.repeat(Math.floor(MEGABYTE / words.length)))
  const packedPiece = deflateRawSync(piece, { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  // The checksum (Adler-32, RFC 1950) of all from that of a piece.
  const PRIME = 65_521
  const checksum = (bytes: Buffer) =>
    bytes.reduce(([a, b], byte) => [(a! + byte) % PRIME, (b! + a! + byte) % PRIME], [1, 0])
  const [one, two] = checksum(piece) as [number, number]
  let [a, b] = [1, 0]
  for (let i = 0; i < megabytes; i++) {
    b = (b + two + (piece.length % PRIME) * (a + PRIME - 1)) % PRIME
    a = (a + one + PRIME - 1) % PRIME
  }
  const end = Buffer.from([0x03, 0x00, b >> 8, b & 255, a >> 8, a & 255])
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...Array.from({ length: megabytes }, () => packedPiece), end])
}

/** What zlib (RFC 1950) frames with two bytes and a checksum, as a zip holds it. */
const withoutFrame = (bytes: Buffer) => bytes.subarray(2, -4)

const ofd = (pages: string, parts: { name: string; data: Uint8Array }[]) =>
  zip([
    {
      name: 'OFD.xml',
      data: xml(
        '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
      ),
    },
    {
      name: 'Doc_0/Document.xml',
      data: xml(`<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages>${pages}</ofd:Pages></ofd:Document>`),
    },
    ...parts,
  ])

const ofdPage = (content: string) =>
  xml(
    `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>${content}</ofd:Layer></ofd:Content></ofd:Page>`,
  )

const ofdText = (text: string, delta = '') =>
  `<ofd:TextObject Boundary="10 10 100 10" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="${delta}">${text}</ofd:TextCode></ofd:TextObject>`

/** Each as bytes, made when it is asked for. */
export const BOMBS: Readonly<Record<string, () => { fileName: string; bytes: Buffer }>> = {
  'a pdf whose page unpacks to 2 GB': () => ({
    fileName: '页面.pdf',
    bytes: pdfWithStream(packedTwice(2000, ' '), '/FlateDecode /FlateDecode'),
  }),
  'a pdf whose page writes letters without end': () => ({
    fileName: '文字.pdf',
    bytes: pdfWithStream(packedTwice(200, 'BT /F 9 Tf 9 9 Td (aaaa) Tj ET '), '/FlateDecode /FlateDecode'),
  }),
  'a pdf whose picture is 40000 pixels wide': () => ({
    fileName: '图片.pdf',
    bytes: pdfWithStream(
      packedTwice(400, '\0'),
      '/FlateDecode /FlateDecode',
      '/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /BitsPerComponent 8 /ColorSpace /DeviceRGB',
    ),
  }),
  'a pdf of 10,000 pages': () => ({
    fileName: '万页.pdf',
    bytes: pdf(Array.from({ length: 10_000 }, () => 'BT /F 12 Tf 72 700 Td (a) Tj ET')),
  }),
  'a docx of 300,000 paragraphs': () => ({
    fileName: '段落.docx',
    bytes: zip(wordParts('<w:p><w:r><w:t>a</w:t></w:r></w:p>'.repeat(300_000))),
  }),
  'a docx nested without end': () => ({
    fileName: '嵌套.docx',
    bytes: zip(wordParts('<w:tbl><w:tr><w:tc>'.repeat(100_000))),
  }),
  'a docx whose markup unpacks to 500 MB': () => ({
    fileName: '大段.docx',
    bytes: zip(
      wordParts('').map((part) =>
        part.name === 'word/document.xml'
          ? { ...part, data: Buffer.alloc(500 * MEGABYTE, ' '), packed: withoutFrame(packed(500, ' ')) }
          : part,
      ),
    ),
  }),
  'a docx with a cell over 20,000 rows': () => ({
    fileName: '合并.docx',
    bytes: zip(
      wordParts(
        `<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>${wordParagraph('长'.repeat(100_000))}</w:tc><w:tc>${wordParagraph('b')}</w:tc></w:tr>${`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>${wordParagraph('b')}</w:tc></w:tr>`.repeat(20_000)}</w:tbl>`,
      ),
    ),
  }),
  'a docx with a row of 2,000 cells, 200 times': () => ({
    fileName: '宽表.docx',
    bytes: zip(wordParts(wordTable(Array.from({ length: 200 }, () => Array.from({ length: 2000 }, () => 'a'))))),
  }),
  'a docx of a billion laughs': () => ({
    fileName: '实体.docx',
    bytes: zip(
      wordParts(wordParagraph('&j;正文')).map((part) =>
        part.name === 'word/document.xml'
          ? {
              ...part,
              data: Buffer.concat([
                Buffer.from(
                  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${[...'bcdefghij'].map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}<!ENTITY f SYSTEM "file:///etc/hostname">]>`,
                ),
                Buffer.from(part.data).subarray(Buffer.from(part.data).indexOf('<w:document')),
              ]),
            }
          : part,
      ),
    ),
  }),
  'an ofd of 10,000 pages': () => ({
    fileName: '万页.ofd',
    bytes: ofd('<ofd:Page ID="1" BaseLoc="Page.xml"/>'.repeat(10_000), [
      { name: 'Doc_0/Page.xml', data: ofdPage(ofdText('甲')) },
    ]),
  }),
  'an ofd whose distances repeat a thousand million times': () => ({
    fileName: '间距.ofd',
    bytes: ofd('<ofd:Page ID="1" BaseLoc="Page.xml"/>', [
      { name: 'Doc_0/Page.xml', data: ofdPage(ofdText('甲乙', 'g 1000000000 5')) },
    ]),
  }),
  'an ofd with 100,000 objects on a page': () => ({
    fileName: '对象.ofd',
    bytes: ofd('<ofd:Page ID="1" BaseLoc="Page.xml"/>', [
      { name: 'Doc_0/Page.xml', data: ofdPage(ofdText('甲').repeat(100_000)) },
    ]),
  }),
  'an html of elements within each other': () => page('嵌套.html', '<div>'.repeat(35_000)),
  'an html of formatting that is never closed': () => page('格式.html', '<b><i><p>'.repeat(19_000)),
  'an html of tables within tables': () => page('表中表.html', '<table><tr><td>'.repeat(11_000)),
  'an html with cells over all rows and columns': () =>
    page('合并.html', `<table>${'<tr><td rowspan=65534 colspan=1000>长'.repeat(4_000)}</table>`),
  'an html of links within links': () => page('链接.html', '<a href=x>'.repeat(17_000)),
  // What follows is read in no time: the rules that make targets of it once took minutes.
  'a table of 40 KB': () => ({
    fileName: '宽表.txt',
    bytes: Buffer.from(`指标\t${'2025年\t'.repeat(4_000)}\n粮食\t${'100\t'.repeat(4_000)}\n`),
  }),
  'a text of 800,000 characters without a line break': () => ({
    fileName: '一行.txt',
    bytes: Buffer.from('到2025年，加快推进各项工作落实，建成10个。'.repeat(33_334)),
  }),
  'a number of 1,600,000 digits': () => ({ fileName: '数字.txt', bytes: Buffer.from('1'.repeat(1_600_000)) }),
}

/** A page of html that says one thing over and over. */
function page(fileName: string, body: string): { fileName: string; bytes: Buffer } {
  return { fileName, bytes: Buffer.from(`<!doctype html><meta charset="utf-8"><title>通知</title><body>${body}正文`) }
}
