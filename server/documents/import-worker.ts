/** Runs in a worker thread: reading, extraction and storing of one file, with a database connection of its own. */
import type { MessagePort } from 'node:worker_threads'
import { openDatabase } from '../../db/open.ts'
import { extractEach } from '../../extractors/extract.ts'
import type { Stamp } from '../actor.ts'
import { importFile, type ImportProgress, type ImportResult } from './import-file.ts'

export interface ImportTask {
  jobId: number
  path: string
  fileName: string
  dataDir: string
  databasePath: string
  stamp: Stamp
  /** Takes {@link ImportProgress} messages. */
  port: MessagePort
}

/** At most so often progress is sent, in milliseconds. */
const TELL_EVERY = 100

export default async function importTask({ databasePath, port, ...task }: ImportTask): Promise<ImportResult> {
  const db = openDatabase(databasePath)
  let told = 0
  let status: ImportProgress['status'] | null = null
  const tell = (progress: ImportProgress) => {
    if (progress.status === status && Date.now() - told < TELL_EVERY) return
    told = Date.now()
    status = progress.status
    port.postMessage(progress)
  }
  try {
    return await importFile(db, { ...task, now: () => new Date() }, extractEach, tell)
  } finally {
    db.$client.close()
    port.close()
  }
}
