import { deflateRawSync, crc32 } from 'node:zlib'

/** Files of every kind, made by the tests themselves. */

interface ZipEntry {
  name: string
  data: Uint8Array
  /** The data packed (raw deflate), where they are so large and so much the same that it is quicker to put them together. */
  packed?: Buffer
  /** What the entry says it unpacks to, where that is a lie. */
  declaredSize?: number
  encrypted?: boolean
}

/** A zip as bytes: local headers, data, central directory. */
export function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string)
    const packed = entry.packed ?? deflateRawSync(entry.data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(entry.encrypted ? 1 : 0, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(entry.data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(entry.declaredSize ?? entry.data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed])
    const trailer = Buffer.alloc(14)
    trailer.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, trailer, name]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/** The parts of a Word document with the given body XML. */
export function wordParts(body: string): ZipEntry[] {
  const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)
  return [
    {
      name: '[Content_Types].xml',
      data: xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
    },
    {
      name: '_rels/.rels',
      data: xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
    },
    { name: 'word/document.xml', data: xml(`<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`) },
  ]
}

export const wordParagraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
export const wordTable = (rows: string[][]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`

/** A PDF of one page for each text drawing program, such as `BT /F 12 Tf 72 700 Td (text) Tj ET`. */
export function pdf(pages: string[], trailer = '', extraObjects: string[] = []): Buffer {
  const first = 4 + extraObjects.length
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${first + i * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...extraObjects,
    ...pages.flatMap((program, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${first + i * 2 + 1} 0 R >>`,
      `<< /Length ${program.length} >>\nstream\n${program}\nendstream`,
    ]),
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const offset = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const xref = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A PDF that opens only with a password: its check value fits no empty one. */
export function encryptedPdf(): Buffer {
  const bytes = (byte: string) => `<${byte.repeat(32)}>`
  return pdf(['BT /F 12 Tf 72 700 Td (secret) Tj ET'], '/Encrypt 4 0 R /ID [<00> <00>]', [
    `<< /Filter /Standard /V 1 /R 2 /P -4 /O ${bytes('1f')} /U ${bytes('a7')} >>`,
  ])
}

/** A PDF of one page that is a jpeg picture, with some words in letters at its foot. */
export function pictureAsPdf(
  jpeg: Uint8Array,
  { width, height, words }: { width: number; height: number; words: string },
): Buffer {
  const content = `q 612 0 0 792 0 0 cm /P Do Q BT /F 9 Tf 290 20 Td (${words}) Tj ET`
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
    ),
    Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`),
    Buffer.concat([
      Buffer.from(
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      ),
      jpeg,
      Buffer.from('\nendstream'),
    ]),
  ]
  const parts = [Buffer.from('%PDF-1.4\n')]
  const places: number[] = []
  const size = () => parts.reduce((sum, part) => sum + part.length, 0)
  objects.forEach((object, i) => {
    places.push(size())
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'))
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${size()}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

/** A tif of pages in grey, a byte for each pixel, not packed. */
export function tif(pages: { width: number; height: number; grey: Uint8Array }[]): Buffer {
  const TAGS = 9
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])]
  let at = 8
  pages.forEach(({ width, height, grey }, i) => {
    const directory = Buffer.alloc(2 + TAGS * 12 + 4)
    const pixels = at + directory.length
    directory.writeUInt16LE(TAGS, 0)
    // width, height, bits, no packing, black is 0, where the pixels are, a sample each, rows of the strip, its bytes
    const values = [width, height, 8, 1, 1, pixels, 1, height, grey.length]
    const tags = [256, 257, 258, 259, 262, 273, 277, 278, 279]
    tags.forEach((tag, k) => {
      const place = 2 + k * 12
      directory.writeUInt16LE(tag, place)
      directory.writeUInt16LE(4, place + 2)
      directory.writeUInt32LE(1, place + 4)
      directory.writeUInt32LE(values[k]!, place + 8)
    })
    at = pixels + grey.length
    directory.writeUInt32LE(i === pages.length - 1 ? 0 : at, 2 + TAGS * 12)
    parts.push(directory, Buffer.from(grey))
  })
  return Buffer.concat(parts)
}
