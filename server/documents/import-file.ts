import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { keepOriginal } from '../core/originals.ts'
import { bytesOfFile, readDocument } from '../readers/index.ts'
import type { ReadContext } from '../readers/types.ts'
import {
  endJob,
  endWanted,
  type Extract,
  EXTRACTED_AT,
  failure,
  type ImportProgress,
  type ImportResult,
  type JobRequest,
  NO_PROGRESS,
  readUntil,
} from './jobs.ts'
import { ScannedPages } from './scanned.ts'
import { Staging } from './staging.ts'
import { fileWithHash, type ReadyFile, storeFile, titled } from './store.ts'

interface ImportRequest extends JobRequest {
  /** Where the bytes lie; the file is left alone. */
  path: string
}

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
  const progress: ImportProgress = { ...NO_PROGRESS }
  const step = (change: Partial<ImportProgress>) => showProgress(Object.assign(progress, change))
  let staging: Staging | null = null
  try {
    step({})
    const read = await readBytes(db, request, {
      onPage: (page, of) => step({ scan: { page, of } }),
      onProgress: (done) => step({ percent: Math.floor(done * readUntil(progress)) }),
    })
    if ('known' in read) return endJob(db, request, duplicate(fileName, read.known))

    const from = readUntil(progress)
    step({ status: 'extracting', percent: from, scan: null })
    const { file, scans, notes } = read
    staging = new Staging(db)
    for (const found of extract(file.text)) {
      staging.add({ ...found, document: titled(found.document, file.name) }, file.text, scans)
      step({
        percent: Math.floor(from + (found.document.end / file.text.length) * (EXTRACTED_AT - from)),
        documentsFound: staging.documents,
        candidatesFound: staging.targets,
      })
    }
    staging.finish()
    step({ status: 'storing', percent: EXTRACTED_AT })
    return store(db, request, file, notes, staging)
  } catch (error) {
    staging?.close() // before anything is written: the end of the job must not be rolled back with it
    staging = null
    // The server is gone, and that is why it failed; the next server marks the job as interrupted.
    if (!request.isWanted()) throw error
    return endJob(db, request, failure(request, error))
  } finally {
    staging?.close()
  }
}

/** The one transaction of an import. */
function store(
  db: Db,
  request: ImportRequest,
  file: ReadyFile,
  notes: readonly string[],
  staging: Staging,
): ImportResult {
  const removeOriginal = keepOriginal(request.dataDir, file.sha256, () => readFileSync(request.path))
  try {
    return inTransaction(db, (tx) => {
      const again = fileWithHash(tx, file.sha256)
      if (again !== null) return endJob(tx, request, duplicate(request.fileName, again))
      const { fileId, documents, targets } = storeFile(tx, request.stamp, file, staging)
      const counts = { documentsFound: documents, candidatesFound: targets }
      // What could not be read of it is told with its end.
      const told = notes.length > 0 ? { message: notes.join('') } : {}
      return endWanted(tx, request, { status: 'done', fileId, ...counts, ...told })
    })
  } catch (error) {
    removeOriginal()
    throw error
  }
}

type ReadBytes = { known: number } | { file: ReadyFile; scans: ScannedPages; notes: readonly string[] }

/** Reads the text; a function of its own, so that the bytes are forgotten after it. */
async function readBytes(
  db: Db,
  { path, fileName, dataDir, moreTime }: ImportRequest,
  { onProgress, onPage }: Pick<ReadContext, 'onProgress' | 'onPage'>,
): Promise<ReadBytes> {
  const bytes = bytesOfFile(path, fileName)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const known = fileWithHash(db, sha256)
  if (known !== null) return { known }
  // Pages recognised before a restart or a cancel are not read again.
  const keepDir = join(dataDir, 'reading', sha256)
  const context = { onProgress, onPage, moreTime, keepDir }
  const { format, text, pages, sheets, notes = [] } = await readDocument({ bytes, fileName, ...context })
  rmSync(keepDir, { recursive: true, force: true })
  return {
    file: { sha256, name: fileName, format, size: bytes.length, text, pages, sheets },
    scans: new ScannedPages(pages ?? [], text),
    notes,
  }
}

const duplicate = (fileName: string, fileId: number): ImportResult => ({
  status: 'duplicate',
  fileId,
  message: `《${fileName}》与已导入的文件内容相同，没有重复导入。`,
})
