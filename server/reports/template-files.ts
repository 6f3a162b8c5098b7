import { statSync } from 'node:fs'
import type { OpenDb } from '../../db/open.ts'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { readingLimits } from '../core/reading-limits.ts'
import { Problem } from '../errors.ts'
import { readSetting } from '../settings/store.ts'
import type { FilledRow } from './read-template.ts'
import type { TemplateRow } from './template.ts'
import type { TemplateAnswer, TemplateTask } from './template-worker.ts'

/** Of one person; people stand before the page until their template is read. */
const MOST_WAITING = 5
/** A full template is read within a second. */
const SECONDS = 15

/** Templates out and in, made and read in a process with the limits of an import: the bytes come from anybody. */
const pool = new BoundedPool<TemplateTask, never, TemplateAnswer>(
  new URL('./template-worker.ts', import.meta.url),
  MOST_WAITING,
)

const refused = (code: string, message: string) => new Problem(422, code, '不能导入', message)

/** The xlsx of a template. @throws {Problem} 503 where too many wait */
export async function makeTemplate(db: OpenDb, owner: number, rows: TemplateRow[]): Promise<Buffer> {
  const answer = await pool.run({ task: { do: 'make', rows }, ...limits(db, owner, 0) })
  return Buffer.from((answer as { made: Uint8Array }).made)
}

/**
 * The filled rows of a file.
 * @throws {Problem} 422 where it is no template, or more than one can be; 503 where too many wait
 */
export async function readFilled(db: OpenDb, owner: number, path: string, fileName: string): Promise<FilledRow[]> {
  const answer = await pool
    .run({ task: { do: 'read', path, fileName }, ...limits(db, owner, statSync(path).size) })
    .catch((error: unknown) => {
      if (!(error instanceof BoundedError) || error.reason === 'died') throw error
      throw refused('too-large', `《${fileName}》内容过多，不能读取，请使用本系统导出的模板。`)
    })
  const { read } = answer as { read: { rows: FilledRow[] } | { code: string; message: string } }
  if ('rows' in read) return read.rows
  throw refused(read.code, read.message)
}

const limits = (db: OpenDb, owner: number, bytes: number) => ({
  ...readingLimits(bytes, readSetting(db, 'imports').memoryMegabytes),
  seconds: SECONDS,
  repeatable: true,
  owner,
})
