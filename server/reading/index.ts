import { performance } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { OpenDb } from '../../db/open.ts'
import { highestTarget } from '../../db/standings.ts'
import type { Viewer } from '../counting/own-lights.ts'
import { changeStamp } from '../../db/change-stamp.ts'
import { Problem } from '../errors.ts'
import {
  answer,
  type Answer,
  answerText,
  type Asked,
  type Page,
  type PageAsked,
  PAGES,
  type Question,
  type Room,
} from './questions.ts'
import type { PageText } from './page-text.ts'
import { LEDGER_PAGE, NOBODY, OFFICE, rehearsal } from './rehearsal.ts'
import { ReaderThread } from './thread.ts'

export { plain, sendJson } from './page-text.ts'

/** From so many targets on the columns take longer to read than a page may keep the others waiting (about 0.1 ms a target). */
const LARGE = 1_000

/** Answers that are kept. */
const MAX_ANSWERS = 200

/** For how many milliseconds a count is good enough for others while there is much to count: of a day that is over little changes. */
const LATELY = { today: 1_000, past: 30_000 }

/** MB of objects that a thread may hold. */
const MEGABYTES: Record<Room, number> = { counts: 512, records: 256 }

interface Kept {
  stamp: string
  /** When it began to be counted, in milliseconds of a clock that nobody sets. */
  begun: number
  answer: Promise<unknown>
}
interface Flight {
  stamp: string
  answer: Promise<unknown>
  next: Promise<unknown> | null
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly reading: Reading
  }
}

/**
 * Reads that leave the main thread, which takes requests and writes: one thread counts over all targets and holds their
 * columns, another reads records and lists. In the process where the database is small. A count is kept for as long as
 * nothing is written, and however many ask the same at once, it is counted once; those who ask after a write wait together
 * for one count that begins after it, or take one that is a second old where there is much to count.
 */
export class Reading {
  private readonly kept = new Map<string, Kept>()
  private readonly flights = new Map<string, Flight>()
  private readonly threads = new Map<Room, ReaderThread>()
  /** When each person changed something last. */
  private readonly wroteAt = new Map<number, number>()

  constructor(private readonly db: OpenDb) {}

  /** @param asked the viewer and what else the question takes; the same values get the same answer */
  async ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<Answer<Q>> {
    return this.shared(JSON.stringify([question, asked]), async () =>
      this.isSmall()
        ? answer(this.db, question, asked)
        : ((await this.thread('counts').ask(question, asked, false)) as Answer<Q>),
    )
  }

  /**
   * The answer of a page as JSON text, for {@link sendJson}.
   * @throws {Problem} where the person may not see it
   */
  async text<P extends Page>(page: P, ...asked: PageAsked<P>): Promise<PageText> {
    const { room, kept } = PAGES[page]
    const read = async () =>
      this.isSmall() ? answerText(this.db, page, asked) : ((await this.thread(room).ask(page, asked, true)) as PageText)
    return kept ? this.shared(keyOfPage(page, asked), read) : read()
  }

  /**
   * The same of a page that many look at: where its thread has other work, an answer that is a second old at most is given
   * again ({@link LATELY}), though something has been written meanwhile. Never to a person who has written since it began:
   * people see their own steps at once.
   * @param isPast whether it is about a day that is over
   */
  async recentText<P extends Page>(
    { personId, isPast = false }: { personId: number; isPast?: boolean },
    page: P,
    ...asked: PageAsked<P>
  ): Promise<PageText> {
    const kept = this.kept.get(keyOfPage(page, asked))
    if (kept !== undefined && this.threads.get(PAGES[page].room)?.isBusy) {
      const oldest = performance.now() - (isPast ? LATELY.past : LATELY.today)
      if (kept.begun > Math.max(oldest, this.wroteAt.get(personId) ?? 0)) return kept.answer as Promise<PageText>
    }
    return this.text(page, ...asked)
  }

  /** Notes that a person has changed something. */
  wrote(personId: number): void {
    this.wroteAt.set(personId, performance.now())
  }

  /**
   * Makes ready what the first to ask would wait for, in the order in which most people ask: the threads with their modules, the
   * columns, the office's overview and ledger, what waits for review, the ledger and the tasks of each of the units on the
   * day. In pieces: nobody waits for it, and whoever asks meanwhile has the next turn.
   */
  async warm(units: readonly number[], today: string): Promise<void> {
    if (this.isSmall()) return
    await Promise.all([this.warmCounts(units, today), this.warmRecords(units, today)])
    await this.keepUp(today)
  }

  /** Lets the threads play what a busy morning asks, so that they are quick before it comes. In pieces, as {@link warm}. */
  async rehearse(units: readonly number[], today: string): Promise<void> {
    if (this.isSmall()) return
    for (const { page, asked } of rehearsal(units, highestTarget(this.db.$client), today))
      await this.idlePage(page, ...(asked as PageAsked<typeof page>)).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error // a target that is gone is no fault of a rehearsal
      })
  }

  private async warmCounts(units: readonly number[], today: string): Promise<void> {
    const ledger = (viewer: Viewer) => this.idlePage('ledger', viewer, {}, today, 'deadline', undefined, LEDGER_PAGE)
    await this.idlePage('overview', OFFICE, today, null)
    await ledger(OFFICE)
    for (const unitId of units) await ledger({ role: 'reporter', unitId })
    await this.idlePage('facets', OFFICE, {}, today)
    while (await this.idle('counts', 'readyProgress', today));
  }

  private async warmRecords(units: readonly number[], today: string): Promise<void> {
    await this.idlePage('reports', OFFICE, { limit: 1 })
    let next: number | null = 1
    while (next !== null) next = await this.idle('records', 'readyTasks', units, today, next)
    for (const unitId of units) await this.idlePage('tasks', { id: NOBODY, role: 'reporter', unitId }, today)
  }

  /** Makes sums of the days ready for columns that were read anew, and lets columns that are that many be kept for the next start. */
  async keepUp(today: string): Promise<void> {
    if (!this.threads.has('counts')) return
    await this.readySums(today)
    await this.idle('counts', 'keepColumns')
  }

  private async readySums(today: string): Promise<void> {
    while (await this.idle('counts', 'readySums', today));
  }

  /** Asks what nobody waits for: it is answered when there is nothing else to do. */
  private idle<Q extends Question>(room: Room, question: Q, ...asked: Asked<Q>): Promise<Answer<Q>> {
    return this.thread(room).ask(question, asked, false, true) as Promise<Answer<Q>>
  }

  private async idlePage<P extends Page>(page: P, ...asked: PageAsked<P>): Promise<void> {
    await this.thread(PAGES[page].room).ask(page, asked, true, true)
  }

  private async shared<T>(key: string, read: () => Promise<T>): Promise<T> {
    const stamp = changeStamp(this.db.$client)
    const kept = this.kept.get(key)
    if (kept?.stamp === stamp) return kept.answer as Promise<T>
    const flight = this.flights.get(key)
    if (flight === undefined) return this.start(key, read) as Promise<T>
    if (flight.stamp === stamp) return flight.answer as Promise<T>
    const startNext = () => this.start(key, read)
    flight.next ??= flight.answer.then(startNext, startNext)
    return flight.next as Promise<T>
  }

  private start(key: string, count: () => Promise<unknown>): Promise<unknown> {
    const [stamp, begun] = [changeStamp(this.db.$client), performance.now()]
    const flight: Flight = { stamp, answer: count(), next: null }
    this.flights.set(key, flight)
    const landed = () => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    }
    flight.answer.then(() => {
      this.keep(key, { stamp, begun, answer: flight.answer })
      landed()
    }, landed)
    return flight.answer
  }

  private keep(key: string, kept: Kept): void {
    this.kept.delete(key)
    this.kept.set(key, kept) // last: the first is the one that was counted longest ago
    if (this.kept.size > MAX_ANSWERS) for (const oldest of this.kept.keys()) return void this.kept.delete(oldest)
  }

  private isSmall(): boolean {
    const { $client: client } = this.db
    return client.memory || highestTarget(client) < LARGE
  }

  private thread(room: Room): ReaderThread {
    let thread = this.threads.get(room)
    if (thread === undefined) this.threads.set(room, (thread = new ReaderThread(this.db.$client.name, MEGABYTES[room])))
    return thread
  }

  async close(): Promise<void> {
    await Promise.all([...this.threads.values()].map((thread) => thread.close()))
  }
}

const keyOfPage = (page: Page, asked: unknown[]): string => JSON.stringify(['text', page, asked])

/** The viewer of a count without what differs from request to request, so that people who see the same share it. */
export const viewerOf = ({ role, unitId }: Viewer): Viewer => ({ role, unitId: role === 'reporter' ? unitId : null })

/** Gives the areas `app.reading`. */
export function addReading(app: FastifyInstance): void {
  const reading = new Reading(app.db)
  app.decorate('reading', reading)
  // before the answer leaves, so that whoever gets it asks after it
  app.addHook('onSend', async ({ method, actorOrNull }) => {
    if (actorOrNull && method !== 'GET' && method !== 'HEAD') reading.wrote(actorOrNull.id)
  })
  app.addHook('onClose', () => reading.close())
}
