import chardet from 'chardet'
import iconv from 'iconv-lite'
import { ReadError, type Source } from './types.ts'

/** So many bytes are enough to tell an encoding. */
const SAMPLE = 256 * 1024

/** Encodings in which Chinese text is found, by the names chardet gives them. */
const CHINESE = new Set(['GB18030', 'Big5', 'UTF-16LE', 'UTF-16BE', 'UTF-32LE', 'UTF-32BE'])

/** Marks at the start that tell the encoding, longest first: UTF-32LE begins as UTF-16LE does. */
const MARKS: [number[], string][] = [
  [[0xff, 0xfe, 0, 0], 'UTF-32LE'],
  [[0, 0, 0xfe, 0xff], 'UTF-32BE'],
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16LE'],
  [[0xfe, 0xff], 'UTF-16BE'],
]

/**
 * The text of bytes in UTF-8, UTF-16, GB18030 (GBK, GB2312) or Big5. A mark at the start is believed and dropped, then
 * `declared` where it fits, then whatever chardet finds likely for Chinese text. Nothing else is changed.
 * @throws {ReadError} where the bytes are no text in any of them
 */
export function decodeText({ bytes, fileName }: Source, declared?: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const encoding = encodingOf(buffer, declared)
  const text = encoding === 'UTF-8' ? decodeUtf8(buffer) : encoding === null ? null : iconv.decode(buffer, encoding)
  if (text === null || !readable(text)) {
    throw new ReadError('broken', fileName, '的文字编码无法识别，请另存为 UTF-8 编码后再导入。')
  }
  return text
}

/** Whether bytes may be text: a known mark, or no control bytes that text never holds. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (markOf(bytes) !== null) return true
  const sample = bytes.subarray(0, SAMPLE)
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0)
  if (controls <= sample.length / 1000) return true
  const utf16 = utf16WithoutMark(sample)
  return utf16 !== null && readable(iconv.decode(Buffer.from(sample), utf16))
}

function encodingOf(buffer: Buffer, declared: string | undefined): string | null {
  const mark = markOf(buffer)
  if (mark !== null) return mark
  if (isUtf8(buffer)) return 'UTF-8'
  if (declared !== undefined && iconv.encodingExists(declared)) return /^gb/i.test(declared) ? 'GB18030' : declared
  return utf16WithoutMark(buffer) ?? chineseEncoding(buffer)
}

function markOf(bytes: Uint8Array): string | null {
  return MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1] ?? null
}

/** Half of the bytes of ASCII in UTF-16 are zero, all on one side; in Chinese text line breaks and digits are. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const zeros = [0, 0]
  const length = Math.min(bytes.length, SAMPLE)
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]!++
  const [even, odd] = zeros as [number, number]
  if (even + odd < length / 200) return null
  return odd > even * 4 ? 'UTF-16LE' : even > odd * 4 ? 'UTF-16BE' : null
}

/** GB18030 wherever it decodes cleanly and nothing else Chinese is more likely: it is what offices here write. */
function chineseEncoding(buffer: Buffer): string | null {
  const sample = buffer.subarray(0, SAMPLE)
  const found = chardet.analyse(sample).filter(({ name }) => CHINESE.has(name))
  const best = found[0]
  const gb = found.find(({ name }) => name === 'GB18030')
  if (gb !== undefined && (best === undefined || gb.confidence >= best.confidence)) return 'GB18030'
  return best?.name ?? 'GB18030'
}

/** The first 256 KB decide first, so that a large file in another encoding is not decoded for nothing. */
function isUtf8(buffer: Buffer): boolean {
  const sample = buffer.subarray(0, SAMPLE)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    // As a stream, so that a character cut at the end of the sample is no error.
    decoder.decode(sample, { stream: sample.length < buffer.length })
    return true
  } catch {
    return false
  }
}

function decodeUtf8(buffer: Buffer): string {
  // Not fatal: one broken byte in ten megabytes must not keep a document out; readable() refuses real rubbish.
  return new TextDecoder('utf-8').decode(buffer)
}

/** Not more than one character in two hundred is a replacement or a control character. */
function readable(text: string): boolean {
  const length = Math.min(text.length, SAMPLE)
  let bad = 0
  for (let i = 0; i < length; i++) if (text[i] === '\uFFFD' || isControl(text.charCodeAt(i))) bad++
  return bad <= length / 200
}

/** C0 controls but tab, line ends and escape (which some terminals leave in text). */
const isControl = (code: number): boolean => code < 0x09 || (code > 0x0d && code < 0x20 && code !== 0x1b)
