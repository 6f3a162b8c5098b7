import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents, files } from '../../db/schema/index.ts'
import { storePlaces } from '../../server/core/file-places.ts'
import { filesDir } from '../../server/paths.ts'
import { readDocument, type ReadFile } from '../../server/readers/index.ts'
import type { Office } from '../server/supervision/office.ts'

/** A document whose original lies where an import would have put it. */
export interface StoredOriginal {
  documentId: number
  fileId: number
  text: string
  /** A target on these words (their first place in the text); the offsets are the file's. */
  target: (words: string, fields?: Parameters<Office['addTarget']>[0]) => number
}

/**
 * Stores bytes as one document.
 * @param given what was read out of them; what our own reader reads unless told
 */
export async function storeOriginal(
  office: Office,
  name: string,
  bytes: Uint8Array,
  given?: ReadFile,
): Promise<StoredOriginal> {
  const { format, ...read } = given ?? (await readDocument({ bytes, fileName: name }))
  const { text } = read
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  mkdirSync(filesDir(office.dataDir), { recursive: true })
  writeFileSync(join(filesDir(office.dataDir), sha256), bytes)
  const at = office.clock.now.toISOString()
  const fileId = office.db
    .insert(files)
    .values({ sha256, name, format, size: bytes.length, rawText: text, importedAt: at })
    .returning()
    .get().id
  storePlaces(office.db, fileId, read)
  const documentId = office.db
    .insert(documents)
    .values({ fileId, title: name, start: 0, end: text.length, createdAt: at })
    .returning()
    .get().id
  return {
    documentId,
    fileId,
    text,
    target(words, fields = {}) {
      const start = text.indexOf(words)
      if (start < 0) throw new Error(`${name} does not say ${words}`)
      return office.addTarget({
        documentId,
        start,
        end: start + words.length,
        clauseStart: start,
        clauseEnd: start + words.length,
        indicator: words,
        ...fields,
      })
    },
  }
}

/** A PDF whose Chinese font is not embedded, as many offices' printers make them: the reader has to know the characters' names. */
export function foreignFontPdf(lines: string[]): Buffer {
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')
  const program = lines.map((line, i) => `BT /F 16 Tf 72 ${760 - i * 30} Td <${hex(line)}> Tj ET`).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 7 0 R >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 6 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Length ${program.length} >>\nstream\n${program}\nendstream`,
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const place = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(
    `${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  )
}
