import { Piscina } from 'piscina'
import type { FileTask } from './files-worker.ts'

/** Bulletins as files, built in a thread of its own that ends when nobody asks. */
export class BulletinFiles {
  private pool: Piscina<FileTask, Uint8Array> | null = null

  /** The bytes of the file. */
  async build(task: FileTask): Promise<Buffer> {
    this.pool ??= new Piscina<FileTask, Uint8Array>({
      filename: new URL('./files-worker.ts', import.meta.url).href,
      // The worker is TypeScript as well, whoever started the process.
      execArgv: ['--import', import.meta.resolve('tsx')],
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
    })
    return Buffer.from(await this.pool.run(task))
  }

  async close(): Promise<void> {
    await this.pool?.destroy()
    this.pool = null
  }
}
