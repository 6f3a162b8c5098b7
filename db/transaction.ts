import type Sqlite from 'better-sqlite3'
import { clientOf } from './client.ts'
import type { Db } from './database.ts'

/**
 * Runs one step as one transaction that takes the write lock at its start, so that what it reads is still true when it
 * writes. All or nothing: a throw rolls everything back. Inside another step it becomes a part of that one.
 * `work` must be synchronous, because SQLite's transaction ends when it returns; a promise is refused and rolled back.
 */
export function inTransaction<T>(db: Db, work: (tx: Db) => T): T {
  return runnerOf(clientOf(db))(() => {
    const result = work(db)
    if (result instanceof Promise) {
      result.catch(() => {}) // its own failure is no longer of interest
      throw new TypeError('a database step must be synchronous: its callback returned a promise')
    }
    return result
  }) as T
}

/**
 * What begins and ends transactions of a connection, made once. Drizzle's own makes another database for each, with a query
 * builder for every table; statements inside a transaction are the connection's own anyway.
 */
const runners = new WeakMap<Sqlite.Database, (work: () => unknown) => unknown>()

function runnerOf(client: Sqlite.Database): (work: () => unknown) => unknown {
  let runner = runners.get(client)
  if (runner === undefined)
    runners.set(client, (runner = client.transaction((work: () => unknown) => work()).immediate))
  return runner
}
