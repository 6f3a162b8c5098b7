import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { sessions } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { backupsDir, databasePath, filesDir, pidPath } from '../paths.ts'
import {
  type Backup,
  BackupError,
  checkCopy,
  DATABASE_FILE,
  FILES_FOLDER,
  linkTree,
  readBackup,
  sha256,
} from './create.ts'

export interface Restored {
  backup: Backup
  /** Where the data went that was there before; null for an empty folder. */
  movedTo: string | null
}

/**
 * Puts a backup in the place of the present data, which is moved aside and kept. The backup is checked first: its
 * checksum, its pages, its rows against the manifest. Refused while a server runs on the folder.
 */
export async function restoreBackup(dataDir: string, backupPath: string, now: Date): Promise<Restored> {
  const running = runningServer(dataDir)
  if (running !== null) throw new BackupError(`a server runs on ${dataDir} (process ${running}): stop it first`)
  const backup = await readBackup(backupPath)
  const source = join(backup.path, DATABASE_FILE)
  if ((await sha256(source)) !== backup.sha256)
    throw new BackupError(`${source} is not the file that was written (checksum): take another backup`)

  await mkdir(dataDir, { recursive: true })
  const fresh = `${databasePath(dataDir)}.restoring`
  await copyFile(source, fresh)
  const { rows } = await checkCopy(fresh)
  const different = Object.keys(backup.rows).find((table) => rows[table] !== backup.rows[table])
  if (different)
    throw new BackupError(
      `${source}: ${different} has ${rows[different]} rows, not ${backup.rows[different]}: take another backup`,
    )

  const movedTo = await moveAside(dataDir, now)
  await rename(fresh, databasePath(dataDir))
  await linkTree(join(backup.path, FILES_FOLDER), filesDir(dataDir))
  const database = openDatabase(databasePath(dataDir), { backupDir: backupsDir(dataDir) }) // an older backup is migrated now
  inTransaction(database, (tx) => {
    tx.delete(sessions).run() // who signed out since must not be signed in again
    appendAudit(tx, systemStamp('命令行恢复', now), 'backup.restore', 'backup', backup.name, null, {
      at: backup.at,
      version: backup.version,
    })
  })
  database.$client.close()
  return { backup, movedTo }
}

async function moveAside(dataDir: string, now: Date): Promise<string | null> {
  const present = ['', '-wal', '-shm']
    .map((suffix) => `${databasePath(dataDir)}${suffix}`)
    .concat(filesDir(dataDir))
    .filter((path) => existsSync(path))
  if (present.length === 0) return null
  const movedTo = join(dataDir, `before-restore-${now.toISOString().replaceAll(/[:.]/g, '')}`)
  await mkdir(movedTo)
  for (const path of present) await rename(path, join(movedTo, path.split(/[\\/]/).at(-1)!))
  return movedTo
}

/** Number of the server's process on this folder, null where none runs (a number left behind by a crash counts as none). */
export function runningServer(dataDir: string): number | null {
  if (!existsSync(pidPath(dataDir))) return null
  const pid = Number(readFileSync(pidPath(dataDir), 'utf8'))
  try {
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null
  }
}
