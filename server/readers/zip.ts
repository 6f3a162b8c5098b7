import yauzl from 'yauzl'
import { DEFAULT_LIMITS, ReadError, type ReadLimits, type Source } from './types.ts'

const broken = (fileName: string) => new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')

/** Names of everything in a zip, without unpacking anything. */
export async function zipNames(source: Source): Promise<string[]> {
  const names: string[] = []
  await eachEntry(source, (_zip, entry) => {
    names.push(entry.fileName)
  })
  return names
}

/**
 * Refuses a zip that is under a password or would unpack to more than it should (a zip bomb). The sizes it declares are
 * checked first; then every part is unpacked into nothing, because declared sizes may lie.
 * @throws {ReadError}
 */
export async function checkUnpackedSize(source: Source, limits: Readonly<ReadLimits> = DEFAULT_LIMITS): Promise<void> {
  const { fileName } = source
  const tooLarge = () => new ReadError('unpacks-too-large', fileName, '解压后过大，可能是恶意构造的文件，不予导入。')
  let total = 0
  let entries = 0
  await eachEntry(source, (_zip, entry) => {
    if (entry.isEncrypted()) throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
    total += entry.uncompressedSize
    if (++entries > limits.parts || total > limits.unpacked || (isXml(entry) && entry.uncompressedSize > limits.markup))
      throw tooLarge()
  })
  await eachEntry(source, (zip, entry) => unpackIntoNothing(zip, entry))
}

const isXml = (entry: yauzl.Entry) => /\.(?:xml|rels)$/i.test(entry.fileName)

/** yauzl ends the stream with an error as soon as it gives more bytes than were declared. */
async function unpackIntoNothing(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<void> {
  const stream = await zip.openReadStreamPromise(entry)
  for await (const chunk of stream) void chunk
}

async function eachEntry(
  source: Source,
  visit: (zip: yauzl.ZipFile, entry: yauzl.Entry) => void | Promise<void>,
): Promise<void> {
  const buffer = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length)
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { lazyEntries: true })
    for await (const entry of zip.eachEntry()) await visit(zip, entry)
  } catch (error) {
    throw error instanceof ReadError ? error : broken(source.fileName)
  }
}
