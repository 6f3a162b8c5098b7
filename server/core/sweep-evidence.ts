import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray, lt } from 'drizzle-orm'
import type { OpenDb } from '../../db/open.ts'
import { attachments, files } from '../../db/schema/index.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { filesDir } from '../paths.ts'
import { inTurn } from '../write-turn.ts'
import { isWaiting } from './evidence.ts'

/** A form may stand open for so long before its uploads count as given up; in milliseconds. */
const GIVEN_UP_AFTER = 24 * 3_600_000

/**
 * Removes uploads whose form was never sent, and stored files that no row names any more. Backups keep theirs: they hold
 * their own link to the bytes.
 * @returns how many rows and files are gone
 */
export async function sweepEvidence(db: OpenDb, dataDir: string, now: Date): Promise<{ rows: number; files: number }> {
  const before = new Date(now.getTime() - GIVEN_UP_AFTER)
  const rows = await inTurn(db, (tx) => {
    const given = tx
      .select()
      .from(attachments)
      .where(and(isWaiting(), lt(attachments.createdAt, before.toISOString())))
      .all()
    for (const { id, name, sha256, targetId } of given) {
      tx.delete(attachments).where(eq(attachments.id, id)).run()
      appendAudit(
        tx,
        systemStamp('清理未提交材料', now),
        'attachment.remove',
        'attachment',
        id,
        { target: targetId, name, sha256 },
        null,
      )
    }
    return given.length
  })
  return { rows, files: await removeUnnamed(db, filesDir(dataDir), before) }
}

/** Files under a hash that stands in no row, and that nobody has stored (again) since `before`. */
async function removeUnnamed(db: OpenDb, folder: string, before: Date): Promise<number> {
  if (!existsSync(folder)) return 0
  let removed = 0
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}(?:\.new)?$/.test(name))
  for (let from = 0; from < names.length; from += 500) {
    const some = names.slice(from, from + 500)
    const named = new Set(
      [attachments, files].flatMap((table) =>
        db
          .select({ sha256: table.sha256 })
          .from(table)
          .where(inArray(table.sha256, some))
          .all()
          .map((row) => row.sha256),
      ),
    )
    for (const name of some.filter((one) => !named.has(one))) {
      if ((await stat(join(folder, name))).mtime >= before) continue
      await rm(join(folder, name), { force: true })
      removed++
    }
  }
  return removed
}
