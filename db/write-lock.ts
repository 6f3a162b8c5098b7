import type Sqlite from 'better-sqlite3'

/** Whether an error says that somebody else holds the lock. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/**
 * Runs a write that may be left out: gives up at once where another connection holds the write lock, instead of
 * standing still until it is free.
 * @returns whether it was done
 */
export function claimWriteLock(client: Sqlite.Database, write: () => void): boolean {
  const timeout = client.pragma('busy_timeout', { simple: true }) as number
  client.pragma('busy_timeout = 0')
  try {
    write()
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  } finally {
    client.pragma(`busy_timeout = ${timeout}`)
  }
}

/** Whether a write could begin now. */
export const isWriteLockFree = (client: Sqlite.Database): boolean =>
  claimWriteLock(client, () => client.exec('BEGIN IMMEDIATE; ROLLBACK'))

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
