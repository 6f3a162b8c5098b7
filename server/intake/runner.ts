import { statSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import type { OpenDb } from '../../db/open.ts'
import { intakes } from '../../db/schema/index.ts'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { readingLimits } from '../core/reading-limits.ts'
import { Problem } from '../errors.ts'
import { ReadError } from '../readers/types.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import type { ProcessAnswer, ProcessTask } from './intake-worker.ts'
import type { IntakeAnswer, IntakeMeans, IntakeProgress, IntakeTask } from './tasks.ts'

/** Lists of one person that may wait for their turn: people stand before the page until theirs is read. */
const MOST_WAITING = 5

/**
 * Does what is asked of lists: in a process with the limits of an import, so that nobody waits and no list takes more than a
 * document may; in this one where the database is in memory.
 */
export class IntakeRunner {
  private readonly pool = new BoundedPool<ProcessTask, IntakeProgress, ProcessAnswer>(
    new URL('./intake-worker.ts', import.meta.url),
    MOST_WAITING,
  )
  private readonly progress = new Map<number, IntakeProgress>()

  constructor(private readonly db: OpenDb) {}

  /** @throws {Problem} where the list or the moment does not allow it */
  async run(task: IntakeTask): Promise<IntakeAnswer> {
    const onProgress = (progress: IntakeProgress) => {
      if (task.do === 'confirm') this.progress.set(task.id, progress)
    }
    try {
      return await (this.db.$client.memory ? this.here(task, onProgress) : this.inProcess(task, onProgress))
    } finally {
      if (task.do === 'confirm') this.progress.delete(task.id)
    }
  }

  /** Rows written so far, of so many; null where nothing is being written of the list. */
  progressOf(id: number): IntakeProgress | null {
    return this.progress.get(id) ?? null
  }

  close(): Promise<void> {
    return this.pool.close()
  }

  private async here(task: IntakeTask, showProgress: IntakeMeans['showProgress']): Promise<IntakeAnswer> {
    // Readers and rules of extraction: a server whose lists are read in their own process never loads them.
    const { runIntakeTask } = await import('./tasks.ts')
    try {
      return await runIntakeTask(this.db, task, { showProgress, moreTime: () => {}, isWanted: () => true })
    } catch (error) {
      if (error instanceof ReadError) throw new Problem(422, error.code, '文件不能读取', error.message)
      throw error
    }
  }

  private async inProcess(task: IntakeTask, onProgress: (progress: IntakeProgress) => void): Promise<IntakeAnswer> {
    await writeTurn(this.db.$client)
    const limits = readingLimits(this.bytesOf(task), readSetting(this.db, 'imports').memoryMegabytes)
    const told = await this.pool
      .run({
        task: { ...task, databasePath: this.db.$client.name },
        ...limits,
        repeatable: task.do === 'open',
        owner: task.stamp.id,
        onProgress,
      })
      .catch((error: unknown): never => {
        if (!(error instanceof BoundedError) || error.reason === 'died') throw error
        throw new Problem(422, 'too-large', '内容过多', '内容过多，不能一次读取，请拆分后再导入。')
      })
    if ('answer' in told) return told.answer
    const { status, code, title, detail, extra } = told.refusal
    throw new Problem(status, code, title, detail, extra)
  }

  /** Of the list that the task reads; 0 where it reads none. */
  private bytesOf(task: IntakeTask): number {
    if (task.do === 'open') return task.fileName === null ? Buffer.byteLength(task.text) : statSync(task.path).size
    const size = sql<number | null>`length(${intakes.bytes})`
    return this.db.select({ size }).from(intakes).where(eq(intakes.id, task.id)).get()?.size ?? 0
  }
}
