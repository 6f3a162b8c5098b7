import { EventEmitter } from 'node:events'
import { rm } from 'node:fs/promises'
import { MessageChannel } from 'node:worker_threads'
import { and, asc, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { Piscina } from 'piscina'
import type { OpenDb } from '../../db/open.ts'
import { documents, importJobs } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { writeTurn } from '../write-turn.ts'
import { endJob, type ImportProgress, type ImportResult } from './import-file.ts'
import type { ImportTask } from './import-worker.ts'
import type { ImportJob } from './schemas.ts'

/** A file that waits in a folder of ours for its import. */
export interface WaitingFile {
  path: string
  fileName: string
  size: number
  /** Whether the import removes it at its end (an upload), or leaves it where it is (the command line). */
  remove: boolean
}

export const FINAL = ['done', 'duplicate', 'failed', 'cancelled'] as const
export const isFinal = (status: ImportJob['status']): boolean => (FINAL as readonly string[]).includes(status)

interface Running {
  job: ImportJob
  abort: AbortController
  end: Promise<ImportJob>
}

/**
 * Imports, one after the other in a worker thread: the server answers while they run, and only one of them ever holds
 * the database's write lock. While a job runs its progress is kept here and told to listeners; its record in the
 * database is written at its beginning and, by the worker, at its end.
 */
export class Imports {
  private readonly running = new Map<number, Running>()
  private readonly events = new EventEmitter()
  private readonly pool: Piscina<ImportTask, ImportResult>

  constructor(
    private readonly db: OpenDb,
    private readonly dataDir: string,
    private readonly now: () => Date,
  ) {
    this.events.setMaxListeners(0)
    this.pool = new Piscina<ImportTask, ImportResult>({
      filename: new URL('./import-worker.ts', import.meta.url).href,
      // The worker is TypeScript as well, whoever started the process.
      execArgv: ['--import', import.meta.resolve('tsx')],
      minThreads: 0,
      maxThreads: 1,
      // Who waits for a page goes first; an import takes what is left of the processors.
      niceIncrement: 10,
      // Collects its garbage early: ten megabytes of text must not take hundreds of memory.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
      idleTimeout: 30_000,
    })
  }

  /** Jobs that a server which ended in the middle left open; to be called once, before any import. */
  failInterrupted(): void {
    this.db
      .update(importJobs)
      .set({
        status: 'failed',
        percent: 100,
        errorCode: 'interrupted',
        message: '导入时服务停止，没有存入任何内容，请重新导入。',
        finishedAt: this.now().toISOString(),
      })
      .where(notInArray(importJobs.status, [...FINAL]))
      .run()
  }

  /** Queues a file and returns its job at once. */
  add(stamp: Stamp, file: WaitingFile): ImportJob {
    const { fileName, size } = file
    const job = toJob(
      this.db
        .insert(importJobs)
        .values({ fileName, size, status: 'queued', createdBy: stamp.id, createdAt: stamp.at })
        .returning()
        .get(),
    )
    const abort = new AbortController()
    this.running.set(job.id, { job, abort, end: this.run(job, stamp, file, abort.signal) })
    return job
  }

  /** A job that never ran, because its upload was refused. */
  addFailed(stamp: Stamp, fileName: string, size: number, errorCode: string, message: string): ImportJob {
    const job = toJob(
      this.db
        .insert(importJobs)
        .values({
          fileName,
          size,
          status: 'failed',
          percent: 100,
          errorCode,
          message,
          createdBy: stamp.id,
          createdAt: stamp.at,
          finishedAt: this.now().toISOString(),
        })
        .returning()
        .get(),
    )
    this.events.emit('job', job)
    return job
  }

  private async run(job: ImportJob, stamp: Stamp, file: WaitingFile, signal: AbortSignal): Promise<ImportJob> {
    const { port1, port2 } = new MessageChannel()
    port1.on('message', (progress: ImportProgress) => {
      if (!isFinal(job.status)) this.tell(job, progress)
    })
    const task = {
      jobId: job.id,
      path: file.path,
      fileName: file.fileName,
      dataDir: this.dataDir,
      databasePath: this.db.$client.name,
      stamp: { ...stamp },
      port: port2,
    }
    try {
      await this.pool.run(task, { transferList: [port2], signal })
    } catch (error) {
      await writeTurn(this.db.$client)
      this.endAborted(job, error)
    } finally {
      port1.close()
      if (file.remove) await rm(file.path, { force: true })
      this.tell(job, this.stored(job.id) ?? job)
      this.running.delete(job.id)
    }
    return job
  }

  /** The worker was stopped or died: its transaction has been rolled back, unless it had ended just before. */
  private endAborted(job: ImportJob, error: unknown): void {
    const stored = this.stored(job.id)
    if (stored !== null && isFinal(stored.status)) return
    const cancelled = error instanceof Error && error.name === 'AbortError'
    endJob(
      this.db,
      { jobId: job.id, now: this.now },
      cancelled
        ? { status: 'cancelled', message: `《${job.fileName}》的导入已取消，没有存入任何内容。` }
        : {
            status: 'failed',
            errorCode: 'internal',
            message: `《${job.fileName}》导入时程序中止（文件可能过大），没有存入任何内容。`,
          },
    )
  }

  private tell(job: ImportJob, change: Partial<ImportJob>): void {
    Object.assign(job, change)
    this.events.emit('job', { ...job })
  }

  /** Stops a job that has not ended; false where it has, or never was. Nothing of it stays stored. */
  async cancel(id: number): Promise<boolean> {
    const running = this.running.get(id)
    if (running === undefined) return false
    running.abort.abort()
    await running.end
    return true
  }

  /** The job at its end. */
  async finished(id: number): Promise<ImportJob | null> {
    return (await this.running.get(id)?.end) ?? this.get(id)
  }

  /** The job as it is now; null where there is none. */
  get(id: number): ImportJob | null {
    const running = this.running.get(id)
    return running ? { ...running.job } : this.stored(id)
  }

  /** Jobs, newest first: some by their numbers, or a page of those before `before`. */
  list(options: { ids?: number[]; before?: number; limit: number }): ImportJob[] {
    const where = and(
      options.ids === undefined ? undefined : inArray(importJobs.id, options.ids),
      options.before === undefined ? undefined : lt(importJobs.id, options.before),
    )
    const rows = this.db.select().from(importJobs).where(where).orderBy(desc(importJobs.id)).limit(options.limit).all()
    return rows.map((row) => this.get(row.id) ?? this.withDocument(row))
  }

  /** Calls `listener` with each change of a job until the returned function is called. */
  listen(listener: (job: ImportJob) => void): () => void {
    this.events.on('job', listener)
    return () => this.events.off('job', listener)
  }

  /** Jobs that have not ended. */
  open(): ImportJob[] {
    return [...this.running.values()].map(({ job }) => ({ ...job }))
  }

  /** Stops what runs and waits until it has stopped. */
  async close(): Promise<void> {
    await Promise.all([...this.running.keys()].map((id) => this.cancel(id)))
    await this.pool.destroy()
  }

  private stored(id: number): ImportJob | null {
    const row = this.db.select().from(importJobs).where(eq(importJobs.id, id)).get()
    return row ? this.withDocument(row) : null
  }

  /** A page goes from the job to what came of it. */
  private withDocument(row: typeof importJobs.$inferSelect): ImportJob {
    if (row.fileId === null) return toJob(row)
    const first = this.db
      .select({ id: documents.id })
      .from(documents)
      .where(eq(documents.fileId, row.fileId))
      .orderBy(asc(documents.start))
      .limit(1)
      .get()
    return { ...toJob(row), documentId: first?.id ?? null }
  }
}

function toJob({ createdBy: _createdBy, ...job }: typeof importJobs.$inferSelect): ImportJob {
  return { ...job, documentId: null }
}
