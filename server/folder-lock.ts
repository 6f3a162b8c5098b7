import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Another process holds the lock; the message is one line for whoever started this one. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
}

/** A lock that is held until it is released or the process ends, however it ends. */
export interface FolderLock {
  release: () => void
}

/**
 * Takes a lock that the operating system keeps: SQLite's exclusive lock on an empty file, which ends with the process, so
 * that nothing left behind by a crash ever blocks anybody. Taken at once or not at all.
 * @param path the lock's own file; it is made, and stays
 * @param message what is told where another process has it
 * @throws {FolderInUse}
 */
export function lockFolder(path: string, message: string): FolderLock {
  mkdirSync(dirname(path), { recursive: true })
  const client = new Sqlite(path, { timeout: 0 })
  try {
    client.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    client.close()
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw new FolderInUse(message)
    throw error
  }
  return { release: () => client.close() }
}
