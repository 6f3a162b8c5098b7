import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { isNull } from 'drizzle-orm'
import { makeFolder } from '../folders.ts'
import { takeAlone } from '../../db/write-lock.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { apiTokens, calendarFeeds, sessions, setupLinks, signInLinks } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { lockDataDir } from '../data-lock.ts'
import { syncFolderOf, syncPath, syncTree } from '../fsync.ts'
import { columnsPath, databasePath, filesDir, restoringDir } from '../paths.ts'
import { type Backup, BackupError, checkCopy, DATABASE_FILE, FILES_FOLDER, linkTree, readBackup } from './create.ts'
import { fileHash } from '../file-hash.ts'

interface Restored {
  backup: Backup
  /** Where the data went that was there before; null for an empty folder. */
  movedTo: string | null
}

/** Written into the prepared folder: where the present data go. */
interface Plan {
  movedTo: string
}
const PLAN_FILE = 'plan.json'

/**
 * Puts a backup in the place of the present data, which is moved aside and kept. The backup is checked first: its
 * checksum, its pages, its rows against the manifest. Refused while a server runs on the folder or any other program has
 * its database open.
 *
 * Everything is prepared in a folder beside the data (`restoring.partial`), which one rename turns into `restoring`: from
 * then on the restore counts, and {@link finishRestore} moves its parts into place, here or, where this process is
 * killed, at the next start. Killed before that rename, nothing has happened.
 */
export async function restoreBackup(dataDir: string, backupPath: string, now: Date): Promise<Restored> {
  const lock = lockDataDir(dataDir)
  try {
    await finishRestore(dataDir)
    const backup = await readBackup(backupPath)
    closePresent(dataDir)
    await prepare(dataDir, backup, now)
    const { movedTo } = (await finishRestore(dataDir))!
    return { backup, movedTo }
  } finally {
    lock.release()
  }
}

/** Copies, checks, migrates and marks the backup in a folder of its own, all of it on the disk before the folder gets its name. */
async function prepare(dataDir: string, backup: Backup, now: Date): Promise<void> {
  const source = join(backup.path, DATABASE_FILE)
  if ((await fileHash(source)) !== backup.sha256)
    throw new BackupError(`${source} is not the file that was written (checksum): take another backup`)
  const partial = partialDir(dataDir)
  makeFolder(partial)
  try {
    const fresh = join(partial, DATABASE_FILE)
    await copyFile(source, fresh)
    const { rows } = await checkCopy(fresh)
    const different = Object.keys(backup.rows).find((table) => rows[table] !== backup.rows[table])
    if (different)
      throw new BackupError(
        `${source}: ${different} has ${rows[different]} rows, not ${backup.rows[different]}: take another backup`,
      )
    await mkdir(join(partial, FILES_FOLDER))
    await linkTree(join(backup.path, FILES_FOLDER), join(partial, FILES_FOLDER))
    // An older backup is migrated now; it is its own copy, so none is made before.
    const database = openDatabase(fresh, { backupDir: null })
    inTransaction(database, (tx) => {
      endAccess(tx, now)
      appendAudit(tx, systemStamp('命令行恢复', now), 'backup.restore', 'backup', backup.name, null, {
        at: backup.at,
        version: backup.version,
      })
    })
    database.$client.close() // writes its -wal back and removes it
    const plan: Plan = { movedTo: `before-restore-${now.toISOString().replaceAll(/[:.]/g, '')}` }
    await writeFile(join(partial, PLAN_FILE), JSON.stringify(plan))
    await syncTree(partial)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
  await rename(partial, restoringDir(dataDir))
  await syncPath(dataDir)
}

/**
 * Ends every way in that the backup holds beside passwords: what was signed out, used or revoked since it was made would
 * open the door again, and the backup cannot know which. People sign in anew; calendar addresses, links and tokens are
 * made anew.
 */
function endAccess(tx: Db, now: Date): void {
  for (const table of [sessions, signInLinks, setupLinks, calendarFeeds]) tx.delete(table).run()
  tx.update(apiTokens).set({ revokedAt: now.toISOString() }).where(isNull(apiTokens.revokedAt)).run()
}

const partialDir = (dataDir: string) => `${restoringDir(dataDir)}.partial`

/**
 * Moves a prepared restore into place, part by part; a part that is there already is passed over, so that it can be
 * broken off and begun again at any point. What was only half prepared is removed. To be called with the folder locked,
 * before its database is opened.
 * @returns null where there was nothing to finish
 */
export async function finishRestore(dataDir: string): Promise<Pick<Restored, 'movedTo'> | null> {
  await rm(partialDir(dataDir), { recursive: true, force: true })
  const prepared = restoringDir(dataDir)
  if (!existsSync(prepared)) return null
  const plan = existsSync(join(prepared, PLAN_FILE))
    ? (JSON.parse(await readFile(join(prepared, PLAN_FILE), 'utf8')) as Plan)
    : null
  if (plan !== null) {
    const movedTo = join(dataDir, plan.movedTo)
    makeFolder(movedTo)
    const database = databasePath(dataDir)
    await rm(columnsPath(dataDir), { force: true }) // of the data that give way
    await replace(join(prepared, DATABASE_FILE), [database, `${database}-wal`, `${database}-shm`], movedTo)
    await replace(join(prepared, FILES_FOLDER), [filesDir(dataDir)], movedTo)
    await rm(join(prepared, PLAN_FILE)) // all is in place: what is left is an empty folder
  }
  await rm(prepared, { recursive: true })
  await syncPath(dataDir)
  if (plan === null) return null
  const movedTo = join(dataDir, plan.movedTo)
  if ((await readdir(movedTo)).length > 0) return { movedTo }
  await rmdir(movedTo)
  return { movedTo: null }
}

/** Puts a prepared part where the first of `present` is, after all of them have been moved aside. */
async function replace(part: string, present: string[], movedTo: string): Promise<void> {
  if (!existsSync(part)) return // done before it was broken off
  for (const path of present) if (existsSync(path)) await rename(path, join(movedTo, basename(path)))
  await syncPath(movedTo)
  await syncFolderOf(present[0]!)
  await rename(part, present[0]!)
  await syncFolderOf(present[0]!)
}

/**
 * Writes the present database's -wal back into it, so that what is moved aside is one whole file; refuses where any other
 * program (an import or a backup from the command line) has it open. A database that cannot be opened is moved as it is.
 */
function closePresent(dataDir: string): void {
  if (!existsSync(databasePath(dataDir))) return
  let client: Sqlite.Database | null = null
  let alone = true
  try {
    client = new Sqlite(databasePath(dataDir), { timeout: 0 })
    alone = takeAlone(client)
  } catch {
    // moved as it is
  } finally {
    client?.close()
  }
  if (!alone)
    throw new BackupError(
      `another program has the database in ${dataDir} open (an import or a backup): wait for its end`,
    )
}

/** For programs that open the database without the lock (commands beside the server). */
export function refuseWhileRestoring(dataDir: string): void {
  if (existsSync(restoringDir(dataDir)))
    throw new BackupError('a restore was broken off: start the server, or run the restore again, which finishes it')
}
