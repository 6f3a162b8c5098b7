import type * as Xlsx from '@e965/xlsx'
import iconv from 'iconv-lite'
import { hasStream } from './content.ts'

/** Records of the stream of a workbook, [MS-XLS] 2.4 and the format of Excel 5.0 and 95, which has the same frame. */
const BEGIN = 0x0809
const CODE_PAGE = 0x0042
const FIRST_UNICODE_VERSION = 0x0600

/** Encodings by the number of their code page; what is not said is what Windows writes here. */
const ENCODINGS: Readonly<Record<number, string>> = { 950: 'big5', 932: 'shift_jis', 949: 'cp949' }
const USUAL = 'gb18030'

/**
 * What makes text of the strings of a workbook: Excel 5.0 and 95 wrote bytes of a code page, which the library gives as a
 * character each; what is newer needs nothing.
 * @param bytes an OLE container
 */
export function decoderOfOldBook(bytes: Uint8Array, cfb: typeof Xlsx.CFB): (text: string) => string {
  if (hasStream({ bytes, isOle: true }, 'Workbook')) return asIs
  const content = cfb.find(cfb.read(bytes, { type: 'array' }), '/Book')?.content
  if (content === undefined) return asIs
  const stream = Buffer.from(content as Uint8Array)
  if (stream.length < 6 || stream.readUInt16LE(0) !== BEGIN || stream.readUInt16LE(4) >= FIRST_UNICODE_VERSION)
    return asIs
  const encoding = ENCODINGS[codePageOf(stream)] ?? USUAL
  return (text) => (isBytes(text) ? iconv.decode(Buffer.from(text, 'latin1'), encoding) : text)
}

const asIs = (text: string): string => text

const isBytes = (text: string): boolean => /^[\0-\u00FF]*$/.test(text)

function codePageOf(stream: Buffer): number {
  for (let at = 0; at + 6 <= stream.length; at += 4 + stream.readUInt16LE(at + 2))
    if (stream.readUInt16LE(at) === CODE_PAGE) return stream.readUInt16LE(at + 4)
  return 0
}
