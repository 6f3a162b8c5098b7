import iconv from 'iconv-lite'
import yauzl from 'yauzl'
import {
  DEFAULT_LIMITS,
  type ReadContext,
  ReadError,
  type ReadLimits,
  SECONDS_PER_MEGABYTE,
  type Source,
} from './types.ts'

const MEGABYTE = 1024 * 1024

/** Names are decoded here: they are only looked up, so none is refused for being written like a path. */
const OPEN = { lazyEntries: true, decodeStrings: false } as const

const broken = (fileName: string) => new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
const tooLarge = (fileName: string) =>
  new ReadError('unpacks-too-large', fileName, '解压后过大，可能是恶意构造的文件，不予导入。')

/** Names of everything in a zip, without unpacking anything. */
export async function zipNames(source: Source): Promise<string[]> {
  const names: string[] = []
  await eachEntry(source, (_zip, entry) => {
    names.push(nameOf(entry))
  })
  return names
}

/**
 * Refuses a zip that is under a password or would unpack to more than it should (a zip bomb). The sizes it declares are
 * checked first; then every part is unpacked into nothing, because declared sizes may lie.
 * @throws {ReadError}
 */
export async function checkUnpackedSize(source: Source, limits: Readonly<ReadLimits> = DEFAULT_LIMITS): Promise<void> {
  await checkDirectory(source, limits)
  await eachEntry(source, async (zip, entry) => {
    for await (const chunk of await zip.openReadStreamPromise(entry)) void chunk
  })
}

/** What the directory of a zip says, against the limits. */
async function checkDirectory(source: Source, limits: Readonly<ReadLimits>): Promise<void> {
  const { fileName } = source
  let total = 0
  let entries = 0
  await eachEntry(source, (_zip, entry) => {
    if (entry.isEncrypted()) throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
    total += entry.uncompressedSize
    const markup = isMarkup(entry) && entry.uncompressedSize > limits.markup
    if (++entries > limits.parts || total > limits.unpacked || markup) throw tooLarge(fileName)
  })
}

const isMarkup = (entry: yauzl.Entry) => /\.(?:xml|rels)$/i.test(nameOf(entry))

/** A packed file of which parts are taken out one by one. */
export interface Package {
  /** As they are written in the file. */
  names: readonly string[]
  has(path: string): boolean
  /**
   * The bytes of a part; null where there is none. Upper and lower case are one, and a leading slash does not count.
   * @throws {ReadError} broken, or unpacks-too-large where this or all parts together go over the limits
   */
  part(path: string): Promise<Buffer | null>
}

/**
 * Opens a packed document. Nothing is unpacked but what is asked for, and all of it is counted; where it becomes larger
 * than the file, more time is asked for.
 * @throws {ReadError} broken, encrypted or unpacks-too-large by its directory
 */
export async function openPackage(source: Source, context: ReadContext): Promise<Package> {
  const { fileName } = source
  const { limits, moreTime } = context
  await checkDirectory(source, limits)
  const entries = new Map<string, yauzl.Entry>()
  const names: string[] = []
  const zip = await yauzl.fromBufferPromise(bufferOf(source), { ...OPEN, autoClose: false })
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry)
    names.push(name)
    if (!entries.has(keyOf(name))) entries.set(keyOf(name), entry)
  }
  let unpacked = 0
  let timed = source.bytes.length
  /** For what has been unpacked since, a megabyte at a time; up to the size that a file may have anyway. */
  const askForTime = () => {
    const size = Math.min(unpacked, limits.bytes)
    if (size - timed < MEGABYTE) return
    moreTime(((size - timed) / MEGABYTE) * SECONDS_PER_MEGABYTE)
    timed = size
  }
  return {
    names,
    has: (path) => entries.has(keyOf(path)),
    async part(path) {
      const entry = entries.get(keyOf(path))
      if (entry === undefined) return null
      const chunks: Buffer[] = []
      let size = 0
      try {
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          size += (chunk as Buffer).length
          unpacked += (chunk as Buffer).length
          if (size > limits.markup || unpacked > limits.unpacked) throw tooLarge(fileName)
          chunks.push(chunk as Buffer)
        }
      } catch (error) {
        throw error instanceof ReadError ? error : broken(fileName)
      }
      askForTime()
      return Buffer.concat(chunks)
    },
  }
}

const keyOf = (path: string): string => path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

const bufferOf = ({ bytes }: Source): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

async function eachEntry(
  source: Source,
  visit: (zip: yauzl.ZipFile, entry: yauzl.Entry) => void | Promise<void>,
): Promise<void> {
  try {
    const zip = await yauzl.fromBufferPromise(bufferOf(source), OPEN)
    for await (const entry of zip.eachEntry()) await visit(zip, entry)
  } catch (error) {
    throw error instanceof ReadError ? error : broken(source.fileName)
  }
}

/** Says that names are in UTF-8. */
const UTF8_FLAG = 0x800
/** Field of Info-ZIP that gives the name in UTF-8 beside one in the system's encoding. */
const UNICODE_PATH = 0x7075

/** The path of an entry. Chinese Windows writes names in GBK and does not say so. */
export function nameOf(entry: yauzl.Entry): string {
  // With `decodeStrings: false` names are bytes.
  const raw = entry.fileName as unknown as Buffer
  const extra = entry.extraFields.find(({ id }) => id === UNICODE_PATH)
  const name =
    extra && extra.data.length > 5 ? extra.data.subarray(5).toString('utf8') : decoded(raw, entry.generalPurposeBitFlag)
  return name.replaceAll('\\', '/')
}

function decoded(raw: Buffer, flags: number): string {
  if (flags & UTF8_FLAG) return raw.toString('utf8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    return iconv.decode(raw, 'gb18030')
  }
}
