import { EventEmitter } from 'node:events'
import { rm } from 'node:fs/promises'
import { and, asc, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { JOB_PURPOSES, type JobPurpose } from '../../db/domain/document-heads.ts'
import type { OpenDb } from '../../db/open.ts'
import { documents, importJobs } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { readingLimits } from '../core/reading-limits.ts'
import { wrongState } from '../errors.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import { endJob, type ImportProgress, type ImportResult, nothingDone, PURPOSE_WORDS } from './jobs.ts'
import type { ImportTask } from './import-worker.ts'
import type { ImportJob } from './schemas.ts'

/** A file that waits in a folder of ours for its import. */
interface WaitingFile {
  path: string
  fileName: string
  size: number
  /** Whether the import removes it at its end (an upload), or leaves it where it is (the command line). */
  remove: boolean
}

/** A file in the database, whose original is kept. */
interface StoredFile {
  id: number
  fileName: string
  size: number
}

/** What one run does. */
type Work =
  | { purpose: 'import'; path: string }
  | { purpose: 'reread'; fileId: number }
  | { purpose: 'apply'; fileId: number; digest: string }

const FINAL = ['done', 'duplicate', 'failed', 'cancelled'] as const
const isFinal = (status: ImportJob['status']): boolean => (FINAL as readonly string[]).includes(status)

interface Running {
  job: ImportJob
  abort: AbortController
  end: Promise<ImportJob>
}

/**
 * Imports in processes of their own, which have limits of memory and time: the server answers while they run, a small file
 * does not wait for a slow one, and what a file used is given back. While a job runs its progress is kept here and sent to
 * listeners; its record in the database is written at its beginning and, by the worker, at its end.
 */
export class Imports {
  private readonly running = new Map<number, Running>()
  private readonly events = new EventEmitter()
  /** The server ends: what runs is not cancelled by anybody. */
  private isClosing = false
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
    for (const purpose of JOB_PURPOSES)
      this.db
        .update(importJobs)
        .set({ percent: 100, ...interrupted(purpose), finishedAt: this.now().toISOString() })
        .where(and(eq(importJobs.purpose, purpose), notInArray(importJobs.status, [...FINAL])))
        .run()
  }

  /** Queues a file and returns its job at once. */
  add(stamp: Stamp, { path, remove, ...file }: WaitingFile): ImportJob {
    return this.start(stamp, file, { purpose: 'import', path }, remove ? path : null)
  }

  /**
   * Queues work on a stored file and returns its job at once; that of the same purpose, where one is under way.
   * @param work reading it again, or putting a reading in place
   * @throws {Problem} 409 while a job of another purpose has the file
   */
  addStored(stamp: Stamp, file: StoredFile, work: { purpose: 'reread' } | { purpose: 'apply'; digest: string }) {
    const { id: fileId, fileName, size } = file
    const open = [...this.running.values()].find(({ job }) => job.fileId === fileId && !isFinal(job.status))
    if (open && open.job.purpose !== work.purpose) throw wrongState('这份文件正在处理，请稍候再试。')
    if (open) return { ...open.job }
    return this.start(stamp, { fileName, size, fileId }, { ...work, fileId }, null)
  }

  private start(
    stamp: Stamp,
    file: { fileName: string; size: number; fileId?: number },
    work: Work,
    remove: string | null,
  ): ImportJob {
    const job = toJob(
      this.db
        .insert(importJobs)
        .values({ ...file, purpose: work.purpose, status: 'queued', createdBy: stamp.id, createdAt: stamp.at })
        .returning()
        .get(),
    )
    const abort = new AbortController()
    this.running.set(job.id, { job, abort, end: this.run(job, stamp, work, remove, abort.signal) })
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

  private async run(
    job: ImportJob,
    stamp: Stamp,
    work: Work,
    remove: string | null,
    signal: AbortSignal,
  ): Promise<ImportJob> {
    const task = {
      ...work,
      jobId: job.id,
      fileName: job.fileName,
      dataDir: this.dataDir,
      databasePath: this.db.$client.name,
      stamp: { ...stamp },
    }
    try {
      await this.pool.run({
        task,
        owner: stamp.id,
        ...readingLimits(job.size, readSetting(this.db, 'imports').memoryMegabytes),
        repeatable: work.purpose !== 'apply', // what is read is stored with the job's end, which comes once
        onProgress: (progress) => {
          if (!isFinal(job.status)) this.showProgress(job, progress)
        },
        signal,
      })
    } catch (error) {
      await writeTurn(this.db.$client)
      this.endAborted(job, error)
    } finally {
      if (remove !== null) await rm(remove, { force: true })
      this.showProgress(job, this.stored(job.id) ?? job)
      this.running.delete(job.id)
    }
    return job
  }

  /** The process was stopped or died: its transaction has been rolled back, unless it had ended just before. */
  private endAborted(job: ImportJob, error: unknown): void {
    const stored = this.stored(job.id)
    if (stored !== null && isFinal(stored.status)) return
    endJob(this.db, { jobId: job.id, now: this.now }, this.endOf(job, error))
  }

  private endOf(job: ImportJob, error: unknown): Parameters<typeof endJob>[2] {
    if (!(error instanceof Error) || error.name !== 'AbortError') return { status: 'failed', ...faultOf(job, error) }
    if (this.isClosing) return interrupted(job.purpose)
    return {
      status: 'cancelled',
      message: `《${job.fileName}》的${PURPOSE_WORDS[job.purpose]}已取消，${nothingDone(job.purpose)}。`,
    }
  }

  private showProgress(job: ImportJob, change: Partial<ImportJob>): void {
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
    this.isClosing = true
    await Promise.all([...this.running.keys()].map((id) => this.cancel(id)))
    await this.pool.close()
  }

  private stored(id: number): ImportJob | null {
    const row = this.db.select().from(importJobs).where(eq(importJobs.id, id)).get()
    return row ? this.withDocument(row) : null
  }

  /** The job with the document that it made, so that the page can lead there. */
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

/** How a run that the end of the server cut off is reported. Recognised pages are kept beside the database. */
function interrupted(purpose: JobPurpose): { status: 'failed'; errorCode: string; message: string } {
  const again = purpose === 'import' ? '请重新导入' : '请重新操作'
  const pages = purpose === 'apply' ? '' : '；扫描件已识别的页会保留，接着往下识别'
  return {
    status: 'failed',
    errorCode: 'interrupted',
    message: `${PURPOSE_WORDS[purpose]}时服务停止，${nothingDone(purpose)}，${again}${pages}。`,
  }
}

/** How a run that was ended from outside is reported. */
function faultOf({ fileName, purpose }: ImportJob, error: unknown): { errorCode: string; message: string } {
  const nothing = nothingDone(purpose)
  const reason = error instanceof BoundedError ? error.reason : 'died'
  switch (reason) {
    case 'memory':
      return {
        errorCode: 'too-much-memory',
        message: `《${fileName}》读取时占用内存过多，已停止，${nothing}；请检查文件是否异常，或拆分后再导入。`,
      }
    case 'time':
      return {
        errorCode: 'too-slow',
        message: `《${fileName}》读取时间过长，已停止，${nothing}；请检查文件是否异常，或拆分后再导入。`,
      }
    case 'died':
      return {
        errorCode: 'internal',
        message: `《${fileName}》${PURPOSE_WORDS[purpose]}时程序中止，${nothing}，请把文件交给管理员查看日志。`,
      }
  }
}

function toJob({ createdBy: _createdBy, ...job }: typeof importJobs.$inferSelect): ImportJob {
  return { ...job, scan: null, documentId: null }
}
