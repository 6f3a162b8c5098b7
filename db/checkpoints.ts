import { Worker } from 'node:worker_threads'
import type Sqlite from 'better-sqlite3'

/** How the log is written back; times in milliseconds, pages of 4 KB. */
interface CheckpointOptions {
  everyMs?: number
  /** From so many pages on the log has to begin anew. */
  mostPages?: number
}

const EVERY_MS = 1_000
const MOST_PAGES = 8_000
/** So long readers are waited for before the log begins anew; writers wait with them, so it is tried again instead. */
const PATIENCE_MS = 60
/** Beyond so many pages the connection that writes helps: the thread is behind, or gone. */
const PAGES_OF_WRITER = 40_000
/** What SQLite does unless told otherwise. */
const PAGES_OF_LONE_WRITER = 1_000

/**
 * Writes the log of a database back into it in a thread of its own. A connection that writes would do it by itself right
 * after a commit, and keep everybody waiting for the disk; where readers never rest it would try after every commit.
 * @returns ends it; to be awaited before the connection is closed
 */
export function startCheckpoints(
  client: Sqlite.Database,
  { everyMs = EVERY_MS, mostPages = MOST_PAGES }: CheckpointOptions = {},
): () => Promise<void> {
  client.pragma(`wal_autocheckpoint = ${PAGES_OF_WRITER}`)
  const worker = new Worker(new URL('./checkpoints-worker.js', import.meta.url), {
    execArgv: [], // not the flags of the process: it needs no reader of TypeScript
    workerData: { path: client.name, everyMs, mostPages, patienceMs: PATIENCE_MS },
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 },
  })
  let running = true
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve())).then(() => {
    running = false
    if (client.open) client.pragma(`wal_autocheckpoint = ${PAGES_OF_LONE_WRITER}`)
  })
  worker.on('error', () => {}) // the log is written back by whoever writes, as without it
  worker.unref()
  return async () => {
    if (!running) return
    worker.postMessage('stop')
    await ended
  }
}
