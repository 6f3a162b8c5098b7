/**
 * Runs in a thread of its own: writes the log of a database (-wal) back into it, as checkpoints.ts says. Plain JavaScript,
 * because it needs nothing else and a reader of TypeScript would take more memory than the thread.
 */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const { path, everyMs, mostPages, patienceMs } = workerData
const client = new Sqlite(path, { fileMustExist: true, timeout: patienceMs })

/** @param {'PASSIVE' | 'RESTART'} mode @returns {number} pages of the log */
const checkpoint = (mode) => client.pragma(`wal_checkpoint(${mode})`)[0].log

const timer = setInterval(() => {
  try {
    // What stands in nobody's way is done each time; that the log begins anew, for which readers are waited for, seldom.
    if (checkpoint('PASSIVE') > mostPages) checkpoint('RESTART')
  } catch {
    // somebody has the lock, or the disk takes nothing more: the next time tries again, and nothing is lost meanwhile
  }
}, everyMs)

parentPort.once('message', () => {
  clearInterval(timer)
  client.close()
  parentPort.close()
})
