import { join } from 'node:path'

/** What lies where in the data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, 'zhengbiao.sqlite')
/** Originals and attachments, named by their SHA-256. */
export const filesDir = (dataDir: string): string => join(dataDir, 'files')
export const backupsDir = (dataDir: string): string => join(dataDir, 'backups')
/** Number of the running server's process, so that a restore does not pull the database away under it. */
export const pidPath = (dataDir: string): string => join(dataDir, 'server.pid')
