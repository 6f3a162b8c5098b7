import type { FastifyInstance } from 'fastify'
import { Piscina } from 'piscina'
import type { OpenDb } from '../../db/open.ts'
import { highestTarget } from '../../db/standings.ts'
import { changeStamp } from '../../db/change-stamp.ts'
import { answer, type Answer, type Asked, type Question } from './questions.ts'
import type { Viewer } from './select.ts'
import type { CountingTask } from './worker.ts'

/** From so many targets on the columns take longer to read than a page may keep the others waiting (about 0.1 ms a target). */
const LARGE = 1_000

/** Answers that are kept. */
const MAX_ANSWERS = 200

interface Kept {
  stamp: string
  answer: Promise<unknown>
}
interface Flight {
  stamp: string
  answer: Promise<unknown>
  next: Promise<unknown> | null
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly counting: Counting
  }
}

/**
 * Counts over all targets: in a worker thread that holds the columns where the database is large, so that nobody waits
 * for somebody else's overview, and in the process where it is small. An answer is kept for as long as nothing is written, and however many ask
 * the same at once, it is counted once; those who ask after a write wait together for one count that begins after it.
 */
export class Counting {
  private readonly kept = new Map<string, Kept>()
  private readonly flights = new Map<string, Flight>()
  private pool: Piscina<CountingTask, unknown> | null = null

  constructor(private readonly db: OpenDb) {}

  /** @param asked the viewer and what else the question takes; the same values get the same answer */
  async ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<Answer<Q>> {
    const key = JSON.stringify([question, asked])
    const stamp = changeStamp(this.db.$client)
    const kept = this.kept.get(key)
    if (kept?.stamp === stamp) return kept.answer as Promise<Answer<Q>>
    const flight = this.flights.get(key)
    if (flight === undefined) return this.start(key, () => this.count(question, asked)) as Promise<Answer<Q>>
    if (flight.stamp === stamp) return flight.answer as Promise<Answer<Q>>
    const startNext = () => this.start(key, () => this.count(question, asked))
    flight.next ??= flight.answer.then(startNext, startNext)
    return flight.next as Promise<Answer<Q>>
  }

  private start(key: string, count: () => Promise<unknown>): Promise<unknown> {
    const stamp = changeStamp(this.db.$client)
    const flight: Flight = { stamp, answer: count(), next: null }
    this.flights.set(key, flight)
    const landed = () => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    }
    flight.answer.then(() => {
      this.keep(key, { stamp, answer: flight.answer })
      landed()
    }, landed)
    return flight.answer
  }

  private keep(key: string, kept: Kept): void {
    if (this.kept.size >= MAX_ANSWERS) this.kept.clear()
    this.kept.set(key, kept)
  }

  private async count<Q extends Question>(question: Q, asked: Asked<Q>): Promise<Answer<Q>> {
    const { $client: client } = this.db
    if (client.memory || !this.isLarge()) return answer(this.db, question, asked)
    return (await this.thread().run({ databasePath: client.name, question, asked })) as Answer<Q>
  }

  private isLarge(): boolean {
    return highestTarget(this.db.$client) >= LARGE
  }

  private thread(): Piscina<CountingTask, unknown> {
    return (this.pool ??= new Piscina<CountingTask, unknown>({
      filename: new URL('./worker.ts', import.meta.url).href,
      // The worker is TypeScript as well, whoever started the process.
      execArgv: ['--import', import.meta.resolve('tsx')],
      minThreads: 1,
      maxThreads: 1,
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 },
    }))
  }

  async close(): Promise<void> {
    await this.pool?.destroy()
    this.pool = null
  }
}

/** The viewer of a count without what differs from request to request, so that people who see the same share it. */
export const viewerOf = ({ role, unitId }: Viewer): Viewer => ({ role, unitId: role === 'reporter' ? unitId : null })

/** Gives the areas `app.counting`. */
export function addCounting(app: FastifyInstance): void {
  const counting = new Counting(app.db)
  app.decorate('counting', counting)
  app.addHook('onClose', () => counting.close())
}
