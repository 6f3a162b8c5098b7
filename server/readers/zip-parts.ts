import yauzl from 'yauzl'
import { ReadError, type ReadLimits, type Source } from './types.ts'

/**
 * Unpacks the parts of a zip that are wanted, each into memory; parts that are not there are missing in the answer.
 * Counts what comes out, because the sizes that a zip declares may lie.
 * @throws {ReadError} encrypted, broken, unpacks-too-large
 */
export async function zipParts(
  { bytes, fileName }: Source,
  limits: Readonly<ReadLimits>,
  isWanted: (name: string) => boolean,
): Promise<Map<string, Buffer>> {
  const tooLarge = () => new ReadError('unpacks-too-large', fileName, '解压后过大，可能是恶意构造的文件，不予导入。')
  const parts = new Map<string, Buffer>()
  let entries = 0
  let total = 0
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
    })
    for await (const entry of zip.eachEntry()) {
      if (++entries > limits.parts) throw tooLarge()
      if (!isWanted(entry.fileName)) continue
      if (entry.isEncrypted()) throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        chunks.push(chunk as Buffer)
        size += (chunk as Buffer).length
        total += (chunk as Buffer).length
        if (size > limits.markup || total > limits.unpacked) throw tooLarge()
      }
      parts.set(entry.fileName, Buffer.concat(chunks))
    }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
  }
  return parts
}
