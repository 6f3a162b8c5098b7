import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { makeFolder } from '../folders.ts'
import type { OpenDb } from '../../db/open.ts'
import { BoundedThread } from '../bounded-thread.ts'
import { exportsDir } from '../paths.ts'
import { type LedgerTask, writeLedger } from './ledger.ts'
import type { LedgerFileTask } from './ledger-worker.ts'

/** 100,000 rows take half a minute; a file that takes longer than this is given up with an error. */
const LIMITS = { memoryMb: 256, seconds: 600, threads: 2 }

const thread = new BoundedThread<LedgerFileTask, void>(new URL('./ledger-worker.ts', import.meta.url), LIMITS)

/** A file on its way out; it is removed when it has been sent or given up. */
interface LedgerFile {
  /** Bytes, sent as Content-Length, so that the browser notices a download that breaks off. */
  size: number
  stream: Readable
}

/**
 * Writes the ledger to a file first and sends it then: whoever downloads over a slow line gets the whole of one moment,
 * and holds up nothing meanwhile.
 * @param folder data folder
 */
export async function ledgerFile(db: OpenDb, folder: string, task: LedgerTask): Promise<LedgerFile> {
  makeFolder(exportsDir(folder))
  const path = join(exportsDir(folder), `${randomUUID()}.${task.format}`)
  const { $client: client } = db
  try {
    if (client.memory) await writeLedger(db, task, path)
    else await thread.run({ ...task, databasePath: client.name, path })
    const { size } = await stat(path)
    const stream = createReadStream(path)
    stream.once('close', () => void rm(path, { force: true }))
    return { size, stream }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
