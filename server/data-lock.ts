import { type FolderLock, lockFolder } from './folder-lock.ts'
import { lockPath } from './paths.ts'

/**
 * Locks the data folder for a server, the demo or a restore, before any of them touches it.
 * @throws {FolderInUse} where another one has it
 */
export const lockDataDir = (dataDir: string): FolderLock =>
  lockFolder(
    lockPath(dataDir),
    `a server or a restore already runs on ${dataDir}: stop it first, or set another DATA_DIR`,
  )
