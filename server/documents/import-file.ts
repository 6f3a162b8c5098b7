import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { importJobs } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type DocumentFindings, ExtractionError } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { writeDurably } from '../fsync.ts'
import { filesDir } from '../paths.ts'
import { readDocument, ReadError } from '../readers/index.ts'
import { ScannedPages } from './scanned.ts'
import { Staging } from './staging.ts'
import { fileWithHash, type ReadyFile, storeFile } from './store.ts'

/** How far an import has come. */
export interface ImportProgress {
  status: 'reading' | 'extracting' | 'storing'
  /** 0–100 */
  percent: number
  documentsFound: number
  candidatesFound: number
}

/** How an import ended. */
export type ImportResult =
  | { status: 'done'; fileId: number; documentsFound: number; candidatesFound: number }
  | { status: 'duplicate'; fileId: number; message: string }
  | { status: 'failed'; errorCode: string; message: string }

interface ImportRequest {
  jobId: number
  /** Where the bytes lie; the file is left alone. */
  path: string
  fileName: string
  dataDir: string
  stamp: Stamp
  /** The instant of the end, for the job's record. */
  now: () => Date
  /** Asks for more time before honestly slow work. */
  moreTime: (seconds: number) => void
  /** Whether the server that asked for the import still runs: after its end nothing may be written. */
  isWanted: () => boolean
}

/** The extractors: what a text holds, document by document. */
type Extract = (text: string) => Iterable<DocumentFindings>

/** Share of each step in the percent that people see. */
const READ_UNTIL = 15
const EXTRACTED_AT = 90

/**
 * One import from bytes to records: reads, extracts, stores. The file, its documents, all candidates, the trail and the
 * job's end are one transaction; where anything fails nothing is stored but the job's record of why.
 */
export async function importFile(
  db: Db,
  request: ImportRequest,
  extract: Extract,
  showProgress: (progress: ImportProgress) => void,
): Promise<ImportResult> {
  const { fileName } = request
  const progress: ImportProgress = { status: 'reading', percent: 0, documentsFound: 0, candidatesFound: 0 }
  const step = (change: Partial<ImportProgress>) => showProgress(Object.assign(progress, change))
  let staging: Staging | null = null
  try {
    step({})
    const read = await readBytes(db, request, (done) => step({ percent: Math.floor(done * READ_UNTIL) }))
    if ('known' in read) return endJob(db, request, duplicate(fileName, read.known))

    step({ status: 'extracting', percent: READ_UNTIL })
    const { file, scans } = read
    staging = new Staging(db)
    for (const found of extract(file.text)) {
      staging.add(found, file.text, scans)
      step({
        percent: Math.floor(READ_UNTIL + (found.document.end / file.text.length) * (EXTRACTED_AT - READ_UNTIL)),
        documentsFound: staging.documents,
        candidatesFound: staging.targets,
      })
    }
    staging.finish()
    step({ status: 'storing', percent: EXTRACTED_AT })
    return store(db, request, file, staging)
  } catch (error) {
    staging?.close() // before anything is written: the end of the job must not be rolled back with it
    staging = null
    // The server is gone, and that is why it failed; the next server marks the job as interrupted.
    if (!request.isWanted()) throw error
    return endJob(db, request, failure(fileName, error))
  } finally {
    staging?.close()
  }
}

/** The one transaction of an import. */
function store(db: Db, request: ImportRequest, file: ReadyFile, staging: Staging): ImportResult {
  const removeOriginal = keepOriginal(request, file.sha256)
  try {
    return inTransaction(db, (tx) => {
      const again = fileWithHash(tx, file.sha256)
      if (again !== null) return endJob(tx, request, duplicate(request.fileName, again))
      const { fileId, documents, targets } = storeFile(tx, request.stamp, file, staging)
      // Last of all: writing takes seconds, in which the server may have been killed.
      if (!request.isWanted()) throw new Error('the server that asked for this import has ended')
      return endJob(tx, request, { status: 'done', fileId, documentsFound: documents, candidatesFound: targets })
    })
  } catch (error) {
    removeOriginal()
    throw error
  }
}

type ReadBytes = { known: number } | { file: ReadyFile; scans: ScannedPages }

/** Reads the text; a function of its own, so that the bytes are forgotten after it. */
async function readBytes(
  db: Db,
  { path, fileName, dataDir, moreTime }: ImportRequest,
  onProgress: (done: number) => void,
): Promise<ReadBytes> {
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const known = fileWithHash(db, sha256)
  if (known !== null) return { known }
  // Pages recognised before a restart or a cancel are not read again.
  const keepDir = join(dataDir, 'reading', sha256)
  const { format, text, pages = [] } = await readDocument({ bytes, fileName, onProgress, moreTime, keepDir })
  rmSync(keepDir, { recursive: true, force: true })
  return {
    file: { sha256, name: fileName, format, size: bytes.length, text },
    scans: new ScannedPages(pages, text),
  }
}

const duplicate = (fileName: string, fileId: number): ImportResult => ({
  status: 'duplicate',
  fileId,
  message: `《${fileName}》与已导入的文件内容相同，没有重复导入。`,
})

/** A fault of the file is named; a fault of the program is said in general words, with the number of the job. */
function failure(fileName: string, error: unknown): ImportResult {
  if (error instanceof ReadError) return { status: 'failed', errorCode: error.code, message: error.message }
  if (error instanceof ExtractionError) {
    return {
      status: 'failed',
      errorCode: error.code,
      message: `《${fileName}》无法解析：${error.code === 'too-long' ? '文字过长，请拆分后再导入。' : '内容不是可读的文字。'}`,
    }
  }
  console.error(`import of ${fileName} failed:`, error)
  return {
    status: 'failed',
    errorCode: 'internal',
    message: `《${fileName}》导入时程序出错，没有存入任何内容，请把文件交给管理员查看日志。`,
  }
}

/**
 * Writes how the job ended.
 * @throws {Error} where it has ended already: a server that was started since has marked it as interrupted, and what was
 * stored in the same transaction must not stay
 */
export function endJob(
  db: Db,
  { jobId, now }: Pick<ImportRequest, 'jobId' | 'now'>,
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

/** Keeps the file under the hash of its bytes. Returns how to take it away again where it was not there before. */
function keepOriginal({ path, dataDir }: ImportRequest, sha256: string): () => void {
  const kept = join(filesDir(dataDir), sha256)
  if (existsSync(kept)) return () => {}
  mkdirSync(filesDir(dataDir), { recursive: true })
  writeDurably(kept, readFileSync(path))
  return () => rmSync(kept, { force: true })
}
