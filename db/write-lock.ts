import type Sqlite from 'better-sqlite3'

/** Whether an error says that somebody else holds the lock. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/** Waiting times of connections, in milliseconds, as they were opened with: nobody else changes them. */
const timeouts = new WeakMap<Sqlite.Database, number>()

function timeoutOf(client: Sqlite.Database): number {
  let timeout = timeouts.get(client)
  if (timeout === undefined) timeouts.set(client, (timeout = client.pragma('busy_timeout', { simple: true }) as number))
  return timeout
}

/**
 * Runs a write that may be left out: gives up at once where another connection holds the write lock, instead of
 * standing still until it is free.
 * @returns whether it was done
 */
export function claimWriteLock(client: Sqlite.Database, write: () => void): boolean {
  const timeout = timeoutOf(client)
  client.exec('PRAGMA busy_timeout = 0')
  try {
    write()
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  } finally {
    client.exec(`PRAGMA busy_timeout = ${timeout}`)
  }
}

/**
 * Whether a write could begin now. Asked before every write of a request, so all of it is one call: SQLite compiles a
 * PRAGMA each time, and a call for each took as long as a statement of the step itself.
 */
export function isWriteLockFree(client: Sqlite.Database): boolean {
  const restore = `PRAGMA busy_timeout = ${timeoutOf(client)}`
  try {
    client.exec(`PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK; ${restore}`)
    return true
  } catch (error) {
    client.exec(restore)
    if (isBusy(error)) return false
    throw error
  }
}

/**
 * Takes a database for this connection alone, which writes its -wal back; what is left after closing is one whole file.
 * @returns false where any other connection has it open
 */
export function takeAlone(client: Sqlite.Database): boolean {
  try {
    client.pragma('locking_mode = EXCLUSIVE')
    client.exec('BEGIN EXCLUSIVE; COMMIT')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
