import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { makeFolder } from '../folders.ts'
import { checkDatabase } from '../../db/check-database.ts'
import { countRows } from '../../db/migrate.ts'
import { copyDatabase, sqliteVersion } from '../../db/open.ts'
import { verifyAudit } from '../audit/verify.ts'
import { fileHash } from '../file-hash.ts'
import { lockFolder } from '../folder-lock.ts'
import { syncFolderOf, syncTree } from '../fsync.ts'
import { backupLockPath, backupsDir, databasePath, filesDir } from '../paths.ts'
import { VERSION } from '../version.ts'

/** Names inside a backup's folder. */
export const DATABASE_FILE = 'zhengbiao.sqlite'
export const FILES_FOLDER = 'files'
const MANIFEST_FILE = 'manifest.json'

/** What a backup holds, so that a restore can tell that nothing is missing. */
interface Manifest {
  /** Version of the program that wrote it. */
  version: string
  sqlite: string
  /** UTC instant. */
  at: string
  /** SHA-256 of the database file, hex. */
  sha256: string
  /** Rows by table. */
  rows: Record<string, number>
  /** Originals and attachments. */
  files: number
  /** Last record of the audit log, with which a cut-off end is found later. */
  auditHead: { id: number; hash: string } | null
  /** What is wrong with the chain of the audit log, empty where it verifies; absent in backups of older versions. */
  auditFaults?: string[]
}

export interface Backup extends Manifest {
  /** Name of the folder: the instant without colons. */
  name: string
  path: string
}

/** The backup or the restore cannot be relied on; the message says why and what to do. */
export class BackupError extends Error {
  override name = 'BackupError'
}

/**
 * Copies the database (by SQLite's online backup, while others write) and the stored files into a new folder under
 * `backups/`, checks the copy, and keeps the newest `keep`. A folder that carries its final name is whole.
 */
export async function createBackup(dataDir: string, now: Date, keep: number): Promise<Backup> {
  const source = databasePath(dataDir)
  if (!existsSync(source))
    throw new BackupError(`there is no database in ${dataDir}: set DATA_DIR to the folder of the server`)
  const name = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')
  const path = join(backupsDir(dataDir), name)
  if (existsSync(path)) throw new BackupError(`the backup ${name} exists already`)
  const lock = lockFolder(backupLockPath(dataDir), 'another backup is being made: wait for its end')
  const partial = join(backupsDir(dataDir), `${PARTIAL}${name}`)
  try {
    await removeLeftovers(dataDir)
    await mkdir(partial)
    const copy = join(partial, DATABASE_FILE)
    const client = new Sqlite(source, { fileMustExist: true, readonly: true })
    try {
      await copyDatabase(client, copy)
    } finally {
      client.close()
    }
    const checked = await checkCopy(copy)
    // After the database: a file is stored before the row that names it, so every named file is there by now.
    const files = await linkTree(filesDir(dataDir), join(partial, FILES_FOLDER))
    const manifest: Manifest = {
      version: VERSION,
      at: now.toISOString(),
      sha256: await fileHash(copy),
      files,
      ...checked,
    }
    await writeFile(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
    await syncTree(partial)
    await rename(partial, path)
    await syncFolderOf(path)
    // A backup with a broken audit chain removes no older one, which may be the last with a whole chain.
    if (checked.auditFaults.length === 0) await prune(dataDir, name, now, keep)
    return { name, path, ...manifest }
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  } finally {
    lock.release()
  }
}

/** What a backup is called until it is whole. */
const PARTIAL = '.partial-'

/** Removes what killed backups have left; to be called with the lock of the backups. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(backupsDir(dataDir)))
    if (name.startsWith(PARTIAL)) await rm(join(backupsDir(dataDir), name), { recursive: true, force: true })
}

/** Every whole backup, newest first. */
export async function listBackups(dataDir: string): Promise<Backup[]> {
  const folder = backupsDir(dataDir)
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter(
    (name) => existsSync(join(folder, name, MANIFEST_FILE)) && !name.startsWith('.'),
  )
  return Promise.all(
    names
      .sort()
      .reverse()
      .map((name) => readBackup(join(folder, name))),
  )
}

/** Reads the manifest of a backup's folder. */
export async function readBackup(path: string): Promise<Backup> {
  const file = join(path, MANIFEST_FILE)
  if (!existsSync(file)) throw new BackupError(`${path} is not a backup: it has no ${MANIFEST_FILE}`)
  return { name: path.split(/[\\/]/).at(-1)!, path, ...(JSON.parse(await readFile(file, 'utf8')) as Manifest) }
}

/** Makes the copy one single file, then checks pages, foreign keys and the chain of the audit log, and counts rows. */
export async function checkCopy(
  path: string,
): Promise<Pick<Manifest, 'sqlite' | 'rows' | 'auditHead'> & { auditFaults: string[] }> {
  const client = new Sqlite(path, { fileMustExist: true })
  try {
    const { pages, brokenKeys } = checkDatabase(client)
    if (pages !== null)
      throw new BackupError(`the copy of the database is damaged (${pages}): keep the older backups and check the disk`)
    if (brokenKeys > 0) throw new BackupError(`the copy of the database has ${brokenKeys} broken foreign keys`)
    const audit = await verifyAudit(client)
    return {
      sqlite: sqliteVersion(client),
      rows: Object.fromEntries(countRows(client)),
      auditHead: audit.head,
      auditFaults: audit.faults.map(({ id, message }) => (id > 0 ? `record ${id} ${message}` : message)),
    }
  } finally {
    client.close()
  }
}

/** Copies a folder of files that never change: by hard link where the disk can, which costs no space. Returns how many. */
export async function linkTree(from: string, to: string): Promise<number> {
  if (!existsSync(from)) return 0
  makeFolder(to)
  let files = 0
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      files += await linkTree(source, target)
    } else {
      await link(source, target).catch(() => copyFile(source, target))
      files++
    }
  }
  return files
}

/**
 * Removes the oldest beyond `keep`. The one just made counts and stays; those dated after it were made by a clock that
 * went ahead and say nothing about their age: they neither count nor go until their date has come.
 */
async function prune(dataDir: string, made: string, now: Date, keep: number): Promise<void> {
  const older = (await listBackups(dataDir)).filter(({ name, at }) => name !== made && at <= now.toISOString())
  for (const old of older.slice(keep - 1)) await rm(old.path, { recursive: true, force: true })
}
