import { setTimeout as sleep } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import type { Db, OpenDb } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { claimWriteLock, isWriteLockFree } from '../db/write-lock.ts'
import { Problem } from './errors.ts'

/** How often the lock is asked for, and how long at most, in milliseconds. */
const ASK_EVERY = 10
export const LONGEST_WAIT_OF_PERSON = 30_000
/** Nobody stands waiting for a job of the night: it outlasts any import. */
const LONGEST_WAIT_OF_JOB = 10 * 60_000

/**
 * Waits until no other connection (an import in its worker or from the command line) holds the write lock, and lets
 * other requests go on meanwhile: a statement of SQLite that waits by itself stops the whole process. To be awaited
 * right before a write on the main thread.
 * @throws {Problem} 503 after half a minute
 */
export async function writeTurn(client: Sqlite.Database): Promise<void> {
  if (client.inTransaction) return
  for (const end = performance.now() + LONGEST_WAIT_OF_PERSON; !isWriteLockFree(client); await sleep(ASK_EVERY)) {
    if (performance.now() >= end)
      throw new Problem(503, 'overloaded', '系统繁忙', '正在保存一份大文件，请稍候再试。', { retryAfter: 5 })
  }
}

/**
 * One transaction of a job (reminders, nightly work): waits for its turn as {@link writeTurn} does, and begins without
 * ever standing still inside SQLite, also where another process takes the lock in the last moment.
 * @param longest milliseconds that it may wait
 * @throws {Problem} 503 after that
 */
export async function inTurn<T>(db: OpenDb, work: (tx: Db) => T, longest = LONGEST_WAIT_OF_JOB): Promise<T> {
  let result: { value: T } | null = null
  for (const end = performance.now() + longest; result === null;) {
    if (
      !claimWriteLock(db.$client, () => {
        result = { value: inTransaction(db, work) }
      })
    ) {
      if (performance.now() >= end)
        throw new Problem(503, 'overloaded', '系统繁忙', '数据库一直被占用，稍后会自动重试。')
      await sleep(ASK_EVERY)
    }
  }
  return (result as { value: T }).value
}
