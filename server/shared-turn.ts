import { setImmediate } from 'node:timers/promises'
import { clientOf } from '../db/client.ts'
import type { Db, OpenDb } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { Problem } from './errors.ts'
import { inTurn, LONGEST_WAIT_OF_PERSON } from './write-turn.ts'

/** So long one transaction may take steps in, in milliseconds: nothing else is answered meanwhile. */
const PIECE_MS = 30

/** Is given what resolves once the commit lies on the disk. */
type Committed = (written: Promise<void>) => void

interface Waiting {
  work: (tx: Db) => unknown
  committed: Committed
  resolve: (result: never) => void
  reject: (error: unknown) => void
}
type Outcome = { result: unknown } | { problem: Problem }

/**
 * Writes of several people that come at the same moment share one transaction. Most of what a step writes are the last pages
 * of the same tables (trail, versions, messages): together they go into the log once, and the lock is taken once. Each
 * stays all or nothing by itself, and nobody is told before the transaction is committed.
 */
export class SharedTurn {
  private waiting: Waiting[] = []
  private running = false

  /** @param writeOut begins to write out what has been committed; resolves once it lies on the disk */
  constructor(
    private readonly db: OpenDb,
    private readonly writeOut: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /**
   * @param work synchronous, in a transaction of its own; may be begun a second time where that of all was rolled back
   * @param committed told when it is committed, before the result is: the disk works while the answer is made, which must
   * not go out before the promise resolves
   * @throws {Problem} what `work` throws; 503 where another process keeps the lock for half a minute
   */
  take<T>(work: (tx: Db) => T, committed: Committed = () => {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, committed, resolve, reject })
      if (!this.running) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.waiting.length > 0) {
      await setImmediate() // requests that have come in together are all here then
      const { waiting } = this
      this.waiting = []
      if (waiting.length === 1) await this.alone(waiting[0]!)
      else await this.together(waiting)
    }
    this.running = false
  }

  private async alone({ work, committed, resolve, reject }: Waiting): Promise<void> {
    try {
      const result = await inTurn(this.db, work, LONGEST_WAIT_OF_PERSON)
      committed(this.begunWriteOut())
      resolve(result as never)
    } catch (error) {
      reject(error)
    }
  }

  private async together(all: readonly Waiting[]): Promise<void> {
    let outcomes: Outcome[]
    try {
      outcomes = await inTurn(this.db, (tx) => takeSome(tx, all), LONGEST_WAIT_OF_PERSON)
    } catch (error) {
      // Nothing of it is stored. The lock may have been out of reach; a fault of one is no reason to refuse the others.
      for (const one of all) {
        if (error instanceof Problem) one.reject(error)
        else await this.alone(one)
      }
      return
    }
    const written = this.begunWriteOut()
    outcomes.forEach((outcome, i) => {
      const { committed, resolve, reject } = all[i]!
      committed(written)
      if ('result' in outcome) resolve(outcome.result as never)
      else reject(outcome.problem)
    })
    this.waiting.unshift(...all.slice(outcomes.length))
  }

  private begunWriteOut(): Promise<void> {
    const written = this.writeOut()
    written.catch(() => {}) // told to whoever waits for it, perhaps nobody
    return written
  }
}

/** Takes the first of them, as many as there is time for; a refusal takes back what it had written by then. */
function takeSome(tx: Db, all: readonly Waiting[]): Outcome[] {
  const end = performance.now() + PIECE_MS
  const outcomes: Outcome[] = []
  do {
    try {
      outcomes.push({ result: inTransaction(tx, all[outcomes.length]!.work) })
    } catch (error) {
      // A full disk may have rolled everything back: then none of them counts.
      if (!clientOf(tx).inTransaction) throw new Error('the transaction was rolled back', { cause: error })
      if (!(error instanceof Problem)) throw error
      outcomes.push({ problem: error })
    }
  } while (outcomes.length < all.length && performance.now() < end)
  return outcomes
}
