import type { Db } from './database.ts'

/**
 * Runs one step as one transaction that takes the write lock at its start, so that what it reads is still true when it
 * writes. All or nothing: a throw rolls everything back. Inside another step it becomes a part of that one.
 * `work` must be synchronous, because SQLite's transaction ends when it returns; a promise is refused and rolled back.
 */
export function inTransaction<T>(db: Db, work: (tx: Db) => T): T {
  return db.transaction(
    (tx) => {
      const result = work(tx)
      if (result instanceof Promise) {
        result.catch(() => {}) // its own failure is no longer of interest
        throw new TypeError('a database step must be synchronous: its callback returned a promise')
      }
      return result
    },
    { behavior: 'immediate' },
  )
}
