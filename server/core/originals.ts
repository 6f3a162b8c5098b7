import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { makeFolder } from '../folders.ts'
import type { Db } from '../../db/open.ts'
import { attachments, files } from '../../db/schema/index.ts'
import { writeDurably } from '../fsync.ts'
import { filesDir } from '../paths.ts'

/** Keeps an original under the hash of its bytes. Returns how to take it away again where it was not there before. */
export function keepOriginal(dataDir: string, sha256: string, bytes: () => Uint8Array): () => void {
  const kept = join(filesDir(dataDir), sha256)
  if (existsSync(kept)) return () => {}
  makeFolder(filesDir(dataDir))
  writeDurably(kept, bytes())
  return () => rmSync(kept, { force: true })
}

/** Removes an original that no file stands for any more; it stays where evidence of a report is the same file. */
export function removeOriginal(db: Db, dataDir: string, sha256: string): void {
  const one = { one: sql`1` }
  const used =
    db.select(one).from(attachments).where(eq(attachments.sha256, sha256)).limit(1).get() ??
    db.select(one).from(files).where(eq(files.sha256, sha256)).limit(1).get()
  if (used === undefined) rmSync(join(filesDir(dataDir), sha256), { force: true })
}
