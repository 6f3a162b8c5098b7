/** What runs of reading have in common, whether of a new file or of a stored one: progress, and how they end. */
import { and, eq, isNull } from 'drizzle-orm'
import type { JobPurpose } from '../../db/domain/document-heads.ts'
import type { Db } from '../../db/open.ts'
import { importJobs } from '../../db/schema/index.ts'
import { type DocumentFindings, ExtractionError } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { isDiskFault } from '../disk.ts'
import { ReadError } from '../readers/types.ts'

/** What a step of an import tells: the fields of the job that changed. */
export interface ImportProgress {
  status: 'reading' | 'extracting' | 'storing'
  /** 0–100 */
  percent: number
  /** The page that is being recognised from its picture, of so many; null while none is. */
  scan: { page: number; of: number } | null
  documentsFound: number
  candidatesFound: number
}

/** How an import ended. */
export type ImportResult =
  | { status: 'done'; fileId: number; documentsFound: number; candidatesFound: number; message?: string }
  | { status: 'duplicate'; fileId: number; message: string }
  | { status: 'failed'; errorCode: string; message: string }

/** What each run is called. */
export const PURPOSE_WORDS: Record<JobPurpose, string> = { import: '导入', reread: '重新读取', apply: '更新' }

/** What every run is told. */
export interface JobRequest {
  jobId: number
  purpose: JobPurpose
  fileName: string
  dataDir: string
  stamp: Stamp
  /** The instant of the end, for the job's record. */
  now: () => Date
  /** Asks for more time before honestly slow work. */
  moreTime: (seconds: number) => void
  /** Whether the server that asked for the run still runs: after its end nothing may be written. */
  isWanted: () => boolean
}

/** The extractors: what a text holds, document by document. */
export type Extract = (text: string) => Iterable<DocumentFindings>

/** How far a run is that has only begun. */
export const NO_PROGRESS: Readonly<ImportProgress> = {
  status: 'reading',
  percent: 0,
  scan: null,
  documentsFound: 0,
  candidatesFound: 0,
}

/** Share of each step in the percent that people see; recognising pages takes nearly all of the time. */
const READ_UNTIL = 15
const RECOGNISED_AT = 85
export const readUntil = ({ scan }: ImportProgress): number => (scan === null ? READ_UNTIL : RECOGNISED_AT)
export const EXTRACTED_AT = 90

/** A mistake of the file is told as it is; one of the program in general words, with the job's number to ask for. */
export function failure({ fileName, purpose }: Pick<JobRequest, 'fileName' | 'purpose'>, error: unknown): ImportResult {
  if (error instanceof ReadError) return { status: 'failed', errorCode: error.code, message: error.message }
  if (error instanceof ExtractionError) {
    return {
      status: 'failed',
      errorCode: error.code,
      message: `《${fileName}》无法解析：${error.code === 'too-long' ? '文字过长，请拆分后再导入。' : '内容不是可读的文字。'}`,
    }
  }
  if (isDiskFault(error)) {
    return {
      status: 'failed',
      errorCode: 'disk-full',
      message: `《${fileName}》没有保存：服务器的磁盘已满或不能写入，${nothingDone(purpose)}，请联系管理员清理磁盘后重试。`,
    }
  }
  console.error(`${purpose} of ${fileName} failed:`, error)
  return {
    status: 'failed',
    errorCode: 'internal',
    message: `《${fileName}》${PURPOSE_WORDS[purpose]}时程序出错，${nothingDone(purpose)}，请把文件交给管理员查看日志。`,
  }
}

/**
 * Writes how a job ended in the transaction that stores what it made, last of all: writing takes seconds, in which the server
 * may have been killed.
 * @throws {Error} where the server that asked for the run has ended, or the job has: nothing of the transaction may stay
 */
export function endWanted(tx: Db, request: JobRequest, result: ImportResult): ImportResult {
  if (!request.isWanted()) throw new Error(`the server that asked for import ${request.jobId} has ended`)
  return endJob(tx, request, result)
}

/** What a job that did not come to its end has left: a file is stored whole or not, and changed whole or not. */
export const nothingDone = (purpose: JobPurpose): string =>
  purpose === 'import' ? '没有存入任何内容' : '没有改动任何内容'

/**
 * Writes how the job ended.
 * @throws {Error} where it has ended already: a server that was started since has told it as interrupted, and what was
 *   stored in the same transaction must not stay
 */
export function endJob(
  db: Db,
  { jobId, now }: Pick<JobRequest, 'jobId' | 'now'>,
  result: ImportResult | { status: 'cancelled'; message: string },
): ImportResult {
  const { changes } = db
    .update(importJobs)
    .set({ percent: 100, errorCode: null, message: null, ...result, finishedAt: now().toISOString() })
    .where(and(eq(importJobs.id, jobId), isNull(importJobs.finishedAt)))
    .run()
  if (changes === 0) throw new Error(`import ${jobId} has ended already`)
  return result as ImportResult
}
