/** A process of its own: reading, extraction and storing of one file, with a database connection of its own. */
import { openDatabase } from '../../db/open.ts'
import { extractEach } from '../../extractors/extract.ts'
import type { Stamp } from '../actor.ts'
import { serveTasks } from '../bounded/serve.ts'
import { importFile } from './import-file.ts'
import type { ImportProgress, ImportResult } from './jobs.ts'
import { applyReread, rereadFile } from './reread/run.ts'

/** What to do: read a new file, read a stored one again, or put a reading that was confirmed in place. */
export type ImportTask = {
  jobId: number
  fileName: string
  dataDir: string
  databasePath: string
  stamp: Stamp
} & (
  | { purpose: 'import'; path: string }
  | { purpose: 'reread'; fileId: number }
  | { purpose: 'apply'; fileId: number; digest: string }
)

/** At most so often progress is sent, in milliseconds. */
const PROGRESS_EVERY = 100

serveTasks<ImportTask, ImportProgress, ImportResult>(
  async ({ databasePath, ...task }, { showProgress, moreTime, isWanted }) => {
    const db = openDatabase(databasePath)
    let shownAt = -Infinity
    let status: ImportProgress['status'] | null = null
    const showSometimes = (progress: ImportProgress) => {
      if (progress.status === status && performance.now() - shownAt < PROGRESS_EVERY) return
      shownAt = performance.now()
      status = progress.status
      showProgress(progress)
    }
    try {
      const told = { now: () => new Date(), moreTime, isWanted }
      if (task.purpose === 'import') return await importFile(db, { ...task, ...told }, extractEach, showSometimes)
      if (task.purpose === 'reread') return await rereadFile(db, { ...task, ...told }, extractEach, showSometimes)
      return await applyReread(db, { ...task, ...told }, showSometimes)
    } finally {
      db.$client.close()
    }
  },
)
