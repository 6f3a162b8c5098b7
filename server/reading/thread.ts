import { Worker } from 'node:worker_threads'
import { Problem } from '../errors.ts'

/** What a thread is asked; answered by a {@link ThreadAnswer} of the same number. */
export interface ThreadTask {
  number: number
  databasePath: string
  question: string
  asked: unknown[]
  /** Whether the answer is wanted as the JSON text of a page. */
  asText: boolean
}

/** A refusal travels with its words, any other fault with its stack. */
export type ThreadAnswer = { number: number } & (
  { result: unknown } | { problem: Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'extra'> } | { fault: string }
)

/** The thread ended before it answered; asking again starts another. */
class ThreadLost extends Error {}

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/**
 * A thread that reads the database with a connection of its own. It starts with the first question and lives until it is
 * closed; should it die, the questions it had are asked once more of another.
 */
export class ReaderThread {
  private worker: Worker | null = null
  private readonly waiting = new Map<number, Waiting>()
  private last = 0
  private closed = false

  /** @param megabytes of objects that it may hold; arrays of numbers are beside them */
  constructor(
    private readonly databasePath: string,
    private readonly megabytes: number,
  ) {}

  /** @throws {Problem} the refusal that the question ended in */
  async ask(question: string, asked: unknown[], asText: boolean): Promise<unknown> {
    try {
      return await this.send(question, asked, asText)
    } catch (error) {
      if (!(error instanceof ThreadLost) || this.closed) throw error
      return this.send(question, asked, asText)
    }
  }

  private send(question: string, asked: unknown[], asText: boolean): Promise<unknown> {
    if (this.closed) return Promise.reject(new ThreadLost('the server is closing'))
    const number = ++this.last
    const { databasePath } = this
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject })
      const worker = this.running()
      worker.ref()
      worker.postMessage({ number, databasePath, question, asked, asText } satisfies ThreadTask)
    })
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
    const waiting = this.waiting.get(answer.number)
    this.waiting.delete(answer.number)
    if (this.waiting.size === 0) this.worker?.unref() // a thread that nobody waits for must not keep the process running
    if ('result' in answer) waiting?.resolve(answer.result)
    else if ('fault' in answer) waiting?.reject(new Error(answer.fault))
    else {
      const { status, code, title, detail, extra } = answer.problem
      waiting?.reject(new Problem(status, code, title, detail, extra))
    }
  }

  private lose(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return
    this.worker = null
    const lost = [...this.waiting.values()]
    this.waiting.clear()
    for (const { reject } of lost) reject(new ThreadLost('a reader thread was lost', { cause }))
  }

  async close(): Promise<void> {
    this.closed = true
    const { worker } = this
    if (worker === null) return
    this.lose(worker, new Error('the server is closing'))
    await worker.terminate()
  }
}
