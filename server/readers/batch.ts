import yauzl from 'yauzl'
import { ReadError, type ReadLimits, type Source } from './types.ts'
import { nameOf } from './zip.ts'

/** Endings of packed files of documents. */
export const BATCH_ENDINGS = ['.zip'] as const

/** What systems put into a packed folder for themselves. */
const NO_DOCUMENT = /(?:^|\/)(?:__MACOSX\/|\.|~\$|Thumbs\.db$|desktop\.ini$)/i

/** A document of a packed file. */
interface BatchEntry {
  /** Its own name, without folders. */
  name: string
  /** Null where it is larger than a file may be. */
  bytes: Buffer | null
}

/**
 * The documents in a zip, one after the other; folders, and what systems put beside them, are left out.
 * @param most documents that are taken
 * @throws {ReadError} encrypted, broken, empty, too-large where there are more, or unpacks-too-large
 */
export async function* documentsIn(
  { bytes, fileName }: Source,
  limits: Readonly<ReadLimits>,
  most: number,
): AsyncGenerator<BatchEntry> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let unpacked = 0
  let taken = 0
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false, autoClose: false })
    if (zip.entryCount > limits.parts) throw tooMany(fileName, most)
    for await (const entry of zip.eachEntry()) {
      const path = nameOf(entry)
      if (path.endsWith('/') || NO_DOCUMENT.test(path)) continue
      if (entry.isEncrypted()) throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
      if (++taken > most) throw tooMany(fileName, most)
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        size += (chunk as Buffer).length
        unpacked += (chunk as Buffer).length
        if (unpacked > limits.unpacked)
          throw new ReadError('unpacks-too-large', fileName, '解压后过大，请拆分后再导入。')
        if (size <= limits.bytes) chunks.push(chunk as Buffer)
      }
      yield { name: path.slice(path.lastIndexOf('/') + 1), bytes: size > limits.bytes ? null : Buffer.concat(chunks) }
    }
  } catch (error) {
    throw error instanceof ReadError ? error : new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
  }
  if (taken === 0) throw new ReadError('empty', fileName, '里没有文件，请检查后重新选择。')
}

const tooMany = (fileName: string, most: number) =>
  new ReadError('too-large', fileName, `里的文件超过 ${most} 个，请分几个压缩包导入。`)
