/** A process of its own: reading, extraction and storing of one file, with a database connection of its own. */
import { openDatabase } from '../../db/open.ts'
import { extractEach } from '../../extractors/extract.ts'
import type { Stamp } from '../actor.ts'
import { serveTasks } from '../bounded/serve.ts'
import { importFile, type ImportProgress, type ImportResult } from './import-file.ts'

export interface ImportTask {
  jobId: number
  path: string
  fileName: string
  dataDir: string
  databasePath: string
  stamp: Stamp
}

/** At most so often progress is sent, in milliseconds. */
const PROGRESS_EVERY = 100

serveTasks<ImportTask, ImportProgress, ImportResult>(
  async ({ databasePath, ...task }, { showProgress, moreTime, isWanted }) => {
    const db = openDatabase(databasePath)
    let shownAt = 0
    let status: ImportProgress['status'] | null = null
    const showSometimes = (progress: ImportProgress) => {
      if (progress.status === status && Date.now() - shownAt < PROGRESS_EVERY) return
      shownAt = Date.now()
      status = progress.status
      showProgress(progress)
    }
    try {
      return await importFile(db, { ...task, now: () => new Date(), moreTime, isWanted }, extractEach, showSometimes)
    } finally {
      db.$client.close()
    }
  },
)
