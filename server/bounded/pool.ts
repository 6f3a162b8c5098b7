import { Problem } from '../errors.ts'
import { BoundedProcess, type BoundedTask, GaveWay } from './process.ts'
import { isMemoryFree } from './shared-memory.ts'

export { BoundedError, type BoundedTask } from './process.ts'

interface Waiting<Task, Progress, Result> {
  task: BoundedTask<Task, Progress>
  resolve: (result: Result) => void
  reject: (error: unknown) => void
  /** It gave way to others, and is begun again when nobody works. */
  gaveWay: boolean
}

/** A process that has nothing to do ends after this time, in milliseconds. */
const IDLE = 30_000

/**
 * Every pool of this server. What idles in any of them gives way to what works: memory that is kept for a next task must not
 * stand beside a file that takes all it may.
 */
const pools = new Set<{ endIdle: () => void; next: () => void; readonly hasGivenWay: boolean }>()

/**
 * Processes for work that strangers' files decide about: each task has its limits of memory and time and can be ended at any
 * moment, and what it used is given back. One task runs at a time, and beside a large one also a small one, so that nobody
 * waits behind a slow file with a short one; people take turns, so that nobody waits behind two hundred of them. All pools
 * share the memory of one task: what was begun last gives way where there is not enough, and is begun again.
 */
export class BoundedPool<Task, Progress, Result> {
  private readonly idle: BoundedProcess<Task, Progress, Result>[] = []
  private readonly queue: Waiting<Task, Progress, Result>[] = []
  private running: { small: boolean; process: BoundedProcess<Task, Progress, Result> }[] = []
  /** Whose task was begun when, by a count of all: whoever had their turn longest ago comes next. */
  private readonly turns = new Map<number | null, number>()
  private begun = 0
  private closed = false

  /**
   * @param module that calls `serveTasks`
   * @param mostWaiting tasks of one person that may wait before the next one is turned away: where somebody waits for the
   *   answer, a queue without end is none
   */
  constructor(
    private readonly module: URL,
    private readonly mostWaiting = Infinity,
  ) {
    pools.add(this)
  }

  /**
   * The result of a task, once it had its turn.
   * @throws {Problem} 503 where too many of this person wait already
   * @throws {BoundedError} where it took more than it may, was cancelled or its process died
   * @throws {Error} with name and message of what the task threw
   */
  run(task: BoundedTask<Task, Progress>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.queue.filter((one) => one.task.owner === task.owner).length >= this.mostWaiting)
        throw new Problem(503, 'overloaded', '系统繁忙', '正在处理的文件较多，请稍候再试。', { retryAfter: 10 })
      const waiting = { task, resolve, reject, gaveWay: false }
      this.queue.push(waiting)
      task.signal?.addEventListener('abort', () => this.forget(waiting), { once: true })
      this.next()
    })
  }

  /** Takes a task out of the queue; one that runs is ended by its process. */
  private forget(waiting: Waiting<Task, Progress, Result>): void {
    const at = this.queue.indexOf(waiting)
    if (at < 0) return
    this.queue.splice(at, 1)
    waiting.reject(waiting.task.signal?.reason)
    for (const pool of pools) pool.next()
  }

  /** Whether a task of it waits until nobody works. */
  get hasGivenWay(): boolean {
    return this.queue.some(({ gaveWay }) => gaveWay)
  }

  /** Begins what may begin now. */
  next(): void {
    for (let at = this.place(); at >= 0; at = this.place()) void this.start(this.queue.splice(at, 1)[0]!)
  }

  /** Which of the queue may start now; -1 where none. */
  private place(): number {
    if (this.closed || this.running.length > 1) return -1
    // whoever gave way comes first once all is quiet, and until then nobody else begins
    if ([...pools].some(({ hasGivenWay }) => hasGivenWay))
      return isMemoryFree() ? this.queue.findIndex(({ gaveWay }) => gaveWay) : -1
    const smallOnly = this.running.length > 0 && !this.running[0]!.small
    let next = -1
    this.queue.forEach(({ task }, at) => {
      if (smallOnly && !task.small) return
      if (next < 0 || this.turnOf(task.owner) < this.turnOf(this.queue[next]!.task.owner)) next = at
    })
    return next
  }

  private turnOf(owner: number | null): number {
    return this.turns.get(owner) ?? 0
  }

  private async start(waiting: Waiting<Task, Progress, Result>): Promise<void> {
    const { task, resolve, reject } = waiting
    if (task.signal?.aborted) return reject(task.signal.reason)
    this.turns.set(task.owner, ++this.begun)
    const process = this.idle.pop() ?? new BoundedProcess<Task, Progress, Result>(this.module)
    for (const pool of pools) pool.endIdle()
    const entry = { small: task.small, process }
    this.running.push(entry)
    try {
      resolve(await process.run(task))
    } catch (error) {
      waiting.gaveWay = error instanceof GaveWay && !this.closed
      if (waiting.gaveWay) this.queue.push(waiting)
      else reject(error)
    } finally {
      this.running = this.running.filter((one) => one !== entry)
      if (this.closed || !process.isFit) process.end()
      else this.keep(process)
      for (const pool of pools) pool.next()
    }
  }

  private keep(process: BoundedProcess<Task, Progress, Result>): void {
    this.idle.push(process)
    setTimeout(() => {
      const at = this.idle.indexOf(process)
      if (at < 0 || process.isRunning) return
      if (performance.now() - process.endedAt < IDLE - 100) return
      this.idle.splice(at, 1)
      process.end()
    }, IDLE).unref()
  }

  /** Ends the processes that have nothing to do. */
  endIdle(): void {
    for (const process of this.idle.splice(0)) process.end()
  }

  /** Ends everything; what still waits or runs is refused. */
  async close(): Promise<void> {
    this.closed = true
    pools.delete(this)
    for (const { task, reject } of this.queue.splice(0)) reject(task.signal?.reason ?? new Error('closed'))
    this.endIdle()
    for (const { process } of this.running) process.end()
  }
}
