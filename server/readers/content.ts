import { looksLikeText } from './text.ts'
import type { Source } from './types.ts'
import { zipNames } from './zip.ts'

/** Ending of a name in lower case with its dot; empty where there is none. */
export const endingOf = (fileName: string): string => /\.[^./\\]{1,12}$/.exec(fileName)?.[0].toLowerCase() ?? ''

/** Bytes of a file that tell what it is. */
const HEAD_BYTES = 4096

/** The first bytes of a file, a character each. */
export const headOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1')

/** What a file shows of itself without being read: the forms tell themselves by it. */
export interface Content {
  bytes: Uint8Array
  /** Its first bytes, a character each. */
  head: string
  /** Of the name; only to choose between forms of plain text. */
  ending: string
  /** Names of the parts of a zip; null where it is none. */
  parts: ReadonlySet<string> | null
  /** Whether it is an OLE container: Office before 2007, WPS, or any Office file under a password. */
  isOle: boolean
  /** Whether it may be text in one of the known encodings. */
  readonly isText: boolean
}

/**
 * Looks at a file.
 * @throws {ReadError} broken: a zip whose directory cannot be read
 */
export async function contentOf(source: Source): Promise<Content> {
  const { bytes, fileName } = source
  const head = headOf(bytes)
  const isZip = head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')
  const isOle = head.startsWith('\u00D0\u00CF\u0011\u00E0')
  let text: boolean | null = null
  return {
    bytes,
    head,
    ending: endingOf(fileName),
    parts: isZip ? new Set(await zipNames(source)) : null,
    isOle,
    get isText() {
      return (text ??= !isZip && !isOle && !head.startsWith('{\\rtf') && looksLikeText(bytes))
    },
  }
}

/** Whether an OLE container has a stream of this name: it stands in the directory as UTF-16, ended by a zero. */
export function hasStream({ bytes, isOle }: Pick<Content, 'bytes' | 'isOle'>, name: string): boolean {
  if (!isOle) return false
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from(`${name}\0`, 'utf16le'))
}
