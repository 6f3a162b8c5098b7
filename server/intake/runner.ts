import type { OpenDb } from '../../db/open.ts'
import { BoundedThread, OverLimit } from '../bounded-thread.ts'
import { Problem } from '../errors.ts'
import { ReadError } from '../readers/index.ts'
import { writeTurn } from '../write-turn.ts'
import type { ThreadAnswer, ThreadTask } from './intake-worker.ts'
import { type IntakeAnswer, type IntakeTask, runIntakeTask } from './tasks.ts'

/** A ledger of 20,000 rows is read, compared and written within half a minute and 300 MB. */
const LIMITS = { memoryMb: 512, seconds: 180, threads: 1 }

/** Does what is asked of lists: in a thread, so that nobody waits; in the process where the database is in memory. */
export class IntakeRunner {
  private readonly thread = new BoundedThread<ThreadTask, ThreadAnswer>(
    new URL('./intake-worker.ts', import.meta.url),
    LIMITS,
  )
  private readonly running = new Map<number, Int32Array>()

  constructor(private readonly db: OpenDb) {}

  /** @throws {Problem} where the list or the moment does not allow it */
  async run(task: IntakeTask): Promise<IntakeAnswer> {
    if (task.do === 'confirm') this.running.set(task.id, task.progress)
    try {
      return await (this.db.$client.memory ? this.here(task) : this.inThread(task))
    } finally {
      if (task.do === 'confirm') this.running.delete(task.id)
    }
  }

  /** Rows written so far, of so many; null where nothing is being written of the list. */
  progressOf(id: number): { done: number; of: number } | null {
    const progress = this.running.get(id)
    return progress === undefined ? null : { done: progress[0]!, of: progress[1]! }
  }

  close(): Promise<void> {
    return this.thread.close()
  }

  private async here(task: IntakeTask): Promise<IntakeAnswer> {
    try {
      return await runIntakeTask(this.db, task)
    } catch (error) {
      if (error instanceof ReadError) throw new Problem(422, error.code, '文件不能读取', error.message)
      throw error
    }
  }

  private async inThread(task: IntakeTask): Promise<IntakeAnswer> {
    await writeTurn(this.db.$client)
    const told = await this.thread
      .run({ ...task, databasePath: this.db.$client.name })
      .catch((error: unknown): never => {
        if (!(error instanceof OverLimit)) throw error
        throw new Problem(422, 'too-large', '内容过多', '内容过多，不能一次读取，请拆分后再导入。')
      })
    if ('answer' in told) return told.answer
    const { status, code, title, detail, extra } = told.refusal
    throw new Problem(status, code, title, detail, extra)
  }
}
