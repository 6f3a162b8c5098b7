import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { Problem } from '../errors.ts'
import { Turns } from './turns.ts'

/** What a thread is asked; answered by a {@link ThreadAnswer} of the same number. */
export interface ThreadTask {
  number: number
  databasePath: string
  question: string
  asked: unknown[]
  /** Whether the answer is wanted as the JSON text of a page. */
  asText: boolean
}

/** A refusal travels with its words, any other fault with its stack; `ms` is how long the thread took. */
export type ThreadAnswer = { number: number; ms: number } & (
  { result: unknown } | { problem: Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'extra'> } | { fault: string }
)

/** The thread ended before it answered; asking again starts another. */
class ThreadLost extends Error {}

interface Waiting extends Omit<ThreadTask, 'databasePath'> {
  /** Whether nobody waits for the answer. */
  idle: boolean
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** Tasks that a thread has at once: the one it works on, and the next, so that it never waits for the main thread. */
const AT_ONCE = 2

/**
 * A thread that reads the database with a connection of its own. It starts with the first question and lives until it is
 * closed; should it die, the questions it had are asked once more of another. What waits has its
 * turn by how long its kind of question took lately.
 */
export class ReaderThread {
  private worker: Worker | null = null
  /** Not given to the thread yet. */
  private readonly queue = new Turns<Waiting>()
  /** What the thread has, by number. */
  private readonly given = new Map<number, Waiting>()
  private last = 0
  private closed = false

  /** @param megabytes of objects that it may hold; arrays of numbers are beside them */
  constructor(
    private readonly databasePath: string,
    private readonly megabytes: number,
  ) {}

  /** Whether it has work, so that whoever asks now waits. */
  get isBusy(): boolean {
    return this.given.size > 0 || this.queue.size > 0
  }

  /**
   * @param idle whether nobody waits for the answer: it is made when there is nothing else to do
   * @throws {Problem} the refusal that the question ended in
   */
  async ask(question: string, asked: unknown[], asText: boolean, idle = false): Promise<unknown> {
    try {
      return await this.send(question, asked, asText, idle)
    } catch (error) {
      if (!(error instanceof ThreadLost) || this.closed) throw error
      return this.send(question, asked, asText, idle)
    }
  }

  private send(question: string, asked: unknown[], asText: boolean, idle: boolean): Promise<unknown> {
    if (this.closed) return Promise.reject(new ThreadLost('the server is closing'))
    return new Promise((resolve, reject) => {
      const waiting = { number: ++this.last, question, asked, asText, idle, resolve, reject }
      this.queue.add(question, waiting, performance.now(), idle)
      this.give()
    })
  }

  /** Gives the thread what is due first, as far as it has room. */
  private give(): void {
    while (this.queue.size > 0 && this.given.size < AT_ONCE) {
      if (this.given.size > 0 && this.queue.isIdle) return // whoever asks meanwhile waits for one such piece, not for two
      const next = this.queue.next()!
      const { number, question, asked, asText } = next
      this.given.set(number, next)
      const worker = this.running()
      worker.ref()
      worker.postMessage({ number, databasePath: this.databasePath, question, asked, asText } satisfies ThreadTask)
    }
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker
    const worker = new Worker(new URL('./start.js', import.meta.url), {
      // not the flags of the process: the loader of TypeScript would be registered twice
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: this.megabytes },
    })
    worker.on('message', (answer: ThreadAnswer) => this.land(answer))
    worker.once('error', (error) => this.lose(worker, error))
    worker.once('exit', (code) => this.lose(worker, new Error(`a reader thread ended with ${code}`)))
    return (this.worker = worker)
  }

  private land(answer: ThreadAnswer): void {
    const waiting = this.given.get(answer.number)
    if (waiting === undefined) return
    this.given.delete(answer.number)
    const { question, idle, resolve, reject } = waiting
    if (!idle) this.queue.took(question, answer.ms) // a first look says nothing of those that follow
    this.give()
    if (this.given.size === 0) this.worker?.unref() // a thread that nobody waits for must not keep the process running
    if ('result' in answer) resolve(answer.result)
    else if ('fault' in answer) reject(new Error(answer.fault))
    else {
      const { status, code, title, detail, extra } = answer.problem
      reject(new Problem(status, code, title, detail, extra))
    }
  }

  private lose(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return
    this.worker = null
    const lost = [...this.given.values()]
    this.given.clear()
    if (this.closed) lost.push(...this.queue.all())
    for (const { reject } of lost) reject(new ThreadLost('a reader thread was lost', { cause }))
    this.give()
  }

  async close(): Promise<void> {
    this.closed = true
    const { worker } = this
    if (worker === null) return
    this.lose(worker, new Error('the server is closing'))
    await worker.terminate()
  }
}
