import { EventEmitter } from 'node:events'
import { rm } from 'node:fs/promises'
import { and, asc, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import type { OpenDb } from '../../db/open.ts'
import { documents, importJobs } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import { endJob, type ImportProgress, type ImportResult } from './import-file.ts'
import type { ImportTask } from './import-worker.ts'
import { limitsOf } from './limits.ts'
import type { ImportJob } from './schemas.ts'

/** A file that waits in a folder of ours for its import. */
interface WaitingFile {
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

/** Smaller files may be read beside a large one, in bytes. */
const SMALL = 2 * 1024 * 1024

/**
 * Imports in processes of their own, which have limits of memory and time: the server answers while they run, a small
 * file does not wait for a slow one, and what a file used is given back. While a job runs its progress is kept here and told to listeners; its record in the
 * database is written at its beginning and, by the worker, at its end.
 */
export class Imports {
  private readonly running = new Map<number, Running>()
  private readonly events = new EventEmitter()
  private readonly pool = new BoundedPool<ImportTask, ImportProgress, ImportResult>(
    new URL('./import-worker.ts', import.meta.url),
  )

  constructor(
    private readonly db: OpenDb,
    private readonly dataDir: string,
    private readonly now: () => Date,
  ) {
    this.events.setMaxListeners(0)
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
    const task = {
      jobId: job.id,
      path: file.path,
      fileName: file.fileName,
      dataDir: this.dataDir,
      databasePath: this.db.$client.name,
      stamp: { ...stamp },
    }
    try {
      await this.pool.run({
        task,
        ...limitsOf(file.size, readSetting(this.db, 'imports').memoryMegabytes),
        small: file.size <= SMALL,
        onMessage: (progress) => {
          if (!isFinal(job.status)) this.tell(job, progress)
        },
        signal,
      })
    } catch (error) {
      await writeTurn(this.db.$client)
      this.endAborted(job, error)
    } finally {
      if (file.remove) await rm(file.path, { force: true })
      this.tell(job, this.stored(job.id) ?? job)
      this.running.delete(job.id)
    }
    return job
  }

  /** The process was stopped or died: its transaction has been rolled back, unless it had ended just before. */
  private endAborted(job: ImportJob, error: unknown): void {
    const stored = this.stored(job.id)
    if (stored !== null && isFinal(stored.status)) return
    const cancelled = error instanceof Error && error.name === 'AbortError'
    endJob(
      this.db,
      { jobId: job.id, now: this.now },
      cancelled
        ? { status: 'cancelled', message: `《${job.fileName}》的导入已取消，没有存入任何内容。` }
        : { status: 'failed', ...faultOf(job.fileName, error) },
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
    await this.pool.close()
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

/** What is told of an import that was ended from outside. */
function faultOf(fileName: string, error: unknown): { errorCode: string; message: string } {
  const reason = error instanceof BoundedError ? error.reason : 'died'
  switch (reason) {
    case 'memory':
      return {
        errorCode: 'too-much-memory',
        message: `《${fileName}》读取时占用内存过多，已停止，没有存入任何内容；请检查文件是否异常，或拆分后再导入。`,
      }
    case 'time':
      return {
        errorCode: 'too-slow',
        message: `《${fileName}》读取时间过长，已停止，没有存入任何内容；请检查文件是否异常，或拆分后再导入。`,
      }
    case 'died':
      return {
        errorCode: 'internal',
        message: `《${fileName}》导入时程序中止，没有存入任何内容，请把文件交给管理员查看日志。`,
      }
  }
}

function toJob({ createdBy: _createdBy, ...job }: typeof importJobs.$inferSelect): ImportJob {
  return { ...job, scan: null, documentId: null }
}
