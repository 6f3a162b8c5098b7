/** Parts in one another; pages are saved with two. */
const DEEPEST = 4

/** Whether a file begins as a page that was saved with its pictures in one file does: the head of a message of several related parts. */
export const startsAsArchive = (head: string): boolean =>
  /^(?:\u00EF\u00BB\u00BF)?[\w-]{2,40}:/.test(head) &&
  /^MIME-Version:/im.test(head) &&
  /^Content-Type:\s*multipart\/related/im.test(head)

/** A page out of such a file, and the encoding that its part declares. */
interface ArchivedPage {
  bytes: Buffer
  encoding: string | undefined
}

/**
 * The page of an archive (RFC 2557, as browsers save it as mhtml and Word as "single file web page"); null where it has none.
 * @param bytes the whole file
 */
export function pageOfArchive(bytes: Uint8Array): ArchivedPage | null {
  return pageOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), 0)
}

function pageOf(part: string, depth: number): ArchivedPage | null {
  const end = /\r?\n\r?\n/.exec(part)
  if (end === null || depth > DEEPEST) return null
  const head = part.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ')
  const type = valueOf(head, 'Content-Type')
  const body = part.slice(end.index + end[0].length)
  if (/^text\/html/i.test(type)) {
    return { bytes: decoded(body, valueOf(head, 'Content-Transfer-Encoding')), encoding: parameterOf(type, 'charset') }
  }
  const boundary = parameterOf(type, 'boundary')
  if (!/^multipart\//i.test(type) || boundary === undefined) return null
  // The first is what stands before all parts, for programs that know of none.
  for (const inner of body.split(`--${boundary}`).slice(1)) {
    const page = pageOf(inner.replace(/^[^\n]*\n/, ''), depth + 1)
    if (page !== null) return page
  }
  return null
}

const valueOf = (head: string, name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1] ?? ''

const parameterOf = (value: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="?([^";]+)`, 'i').exec(value)?.[1]?.trim()

/** The bytes of a part, which is given with a character for each of its bytes. */
function decoded(body: string, encoding: string): Buffer {
  if (/^base64/i.test(encoding)) return Buffer.from(body, 'base64')
  const plain = /^quoted-printable/i.test(encoding)
    ? body
        .replace(/=[ \t]*\r?\n/g, '')
        .replace(/=([\dA-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : body
  return Buffer.from(plain, 'latin1')
}
