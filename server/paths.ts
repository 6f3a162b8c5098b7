import { join } from 'node:path'

/** What lies where in the data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, 'zhengbiao.sqlite')
/** The columns of all targets between two starts; see server/counting/columns-file.ts. */
export const columnsPath = (dataDir: string): string => join(dataDir, 'columns.bin')
/** Originals and attachments, named by their SHA-256. */
export const filesDir = (dataDir: string): string => join(dataDir, 'files')
export const backupsDir = (dataDir: string): string => join(dataDir, 'backups')
/** Held by the server, the demo and a restore as long as they run: one of them at a time on a folder. */
export const lockPath = (dataDir: string): string => join(dataDir, 'server.lock')
/** Held while a backup is made. */
export const backupLockPath = (dataDir: string): string => join(backupsDir(dataDir), '.lock')
/** Copies that exports are read from; nothing in it outlives the server. */
export const exportsDir = (dataDir: string): string => join(dataDir, 'exports')
/** A restore that has been prepared and is put in place piece by piece; see server/backup/restore.ts. */
export const restoringDir = (dataDir: string): string => join(dataDir, 'restoring')
