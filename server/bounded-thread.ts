import { Piscina } from 'piscina'
import { Problem } from './errors.ts'

interface ThreadLimits {
  /** Heap of the thread, in MB; what needs more ends the thread and not the server. */
  memoryMb: number
  /** Longest time of one task, in seconds, from its turn on. */
  seconds: number
  /** Tasks at once; unless told, one. */
  threads?: number
}

/** Tasks that may wait for their turn before the next one is turned away. */
const MAX_WAITING = 20

/** A thread with nothing to do ends after so long and gives its memory back, in milliseconds. */
const IDLE_MS = 10_000

/** A task went over its memory or its time. Its thread is gone, with everything it held. */
export class OverLimit extends Error {
  override name = 'OverLimit'
}

/**
 * Long work on our own records (an export), in threads with a bound on heap and time. What others have sent is read in
 * processes (server/bounded), which are bounded in all of their memory.
 */
export class BoundedThread<Task, Answer> {
  private pool: Piscina<Task, Answer> | null = null
  private running = 0
  private readonly waiting: (() => void)[] = []
  private readonly threads: number

  /** @param file the worker's module, whose default export does one task */
  constructor(
    private readonly file: URL,
    private readonly limits: ThreadLimits,
  ) {
    this.threads = limits.threads ?? 1
  }

  /**
   * Does one task when its turn has come.
   * @throws {OverLimit} where it needed more memory or time than it has
   * @throws {Problem} 503 where too many wait already
   */
  async run(task: Task): Promise<Answer> {
    await this.turn()
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), this.limits.seconds * 1000)
    try {
      return await this.threadPool().run(task, { signal: abort.signal })
    } catch (error) {
      if (abort.signal.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw new OverLimit((error as Error).message)
      throw error
    } finally {
      clearTimeout(timer)
      this.running--
      this.waiting.shift()?.()
    }
  }

  async close(): Promise<void> {
    await this.pool?.destroy()
    this.pool = null
  }

  private async turn(): Promise<void> {
    if (this.running >= this.threads) {
      if (this.waiting.length >= MAX_WAITING)
        throw new Problem(503, 'overloaded', '系统繁忙', '正在处理的文件较多，请稍候再试。', { retryAfter: 10 })
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
    this.running++
  }

  private threadPool(): Piscina<Task, Answer> {
    return (this.pool ??= new Piscina<Task, Answer>({
      filename: this.file.href,
      // The worker is TypeScript as well, whoever started the process.
      execArgv: ['--import', import.meta.resolve('tsx')],
      minThreads: 0,
      maxThreads: this.threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: this.limits.memoryMb },
    }))
  }
}
