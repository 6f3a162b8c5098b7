import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { endingOf } from '../readers/content.ts'
import { FORMS } from '../readers/forms.ts'
import { readingLimits } from '../core/reading-limits.ts'
import { removeUnpacked } from './unpacked-files.ts'
import type { UnpackTask } from './unpack-worker.ts'
import type { Received } from '../core/uploads.ts'

type File = Extract<Received, { path: string }>

/** What became of a file that may be packed: the files in it, or why it cannot be unpacked. */
export type Unpacked = { files: Received[] } | { errorCode: string; message: string }

/** Unpacks zips of documents, in processes with limits of memory and time. */
export class Batches {
  private readonly pool = new BoundedPool<UnpackTask, never, Received[] | null>(
    new URL('./unpack-worker.ts', import.meta.url),
  )

  /**
   * @param folder for what is unpacked
   * @param megabytes what unpacking may use of the memory, asked each time
   */
  constructor(
    private readonly folder: string,
    private readonly megabytes: () => number,
  ) {}

  /**
   * @param owner whose zip it is
   * @returns the documents in a zip, which is left where it is; null where the file is a document itself
   */
  async unpack(file: File, owner: number | null): Promise<Unpacked | null> {
    if (isDocumentByName(file.fileName) || !(await isZip(file.path))) return null
    try {
      const files = await this.pool.run({
        task: { path: file.path, fileName: file.fileName, folder: this.folder },
        owner,
        ...readingLimits(file.size, this.megabytes()),
        repeatable: true,
        small: true, // nobody's upload waits for another one to be unpacked
      })
      return files === null ? null : { files }
    } catch (error) {
      if (existsSync(this.folder)) removeUnpacked(this.folder, file.path)
      return refusal(file.fileName, error)
    }
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}

/** Documents that are packed files themselves are not unpacked to find that out. */
const isDocumentByName = (fileName: string): boolean =>
  FORMS.some(({ endings }) => (endings as readonly string[]).includes(endingOf(fileName)))

async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50
  } finally {
    await file.close()
  }
}

function refusal(fileName: string, error: unknown): { errorCode: string; message: string } {
  if (error instanceof BoundedError && error.reason !== 'died')
    return {
      errorCode: error.reason === 'memory' ? 'too-much-memory' : 'too-slow',
      message: `《${fileName}》解压时占用过多，已停止，请检查文件或拆分后再导入。`,
    }
  if (error instanceof Error && error.name === 'ReadError')
    return { errorCode: (error as Error & { code?: string }).code ?? 'broken', message: error.message }
  console.error(`unpacking ${fileName} failed:`, error)
  return {
    errorCode: 'internal',
    message: `《${fileName}》解压时程序出错，没有存入任何内容，请把文件交给管理员查看日志。`,
  }
}
