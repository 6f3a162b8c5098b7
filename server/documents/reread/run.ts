import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { UNIT_ROLES } from '../../../db/domain/target-terms.ts'
import type { Db } from '../../../db/open.ts'
import { files, rereads } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { FoundDuty, FoundTarget } from '../../../extractors/types.ts'
import { appendAudit } from '../../audit/append.ts'
import { filesDir } from '../../paths.ts'
import { bytesOfFile, readDocument } from '../../readers/index.ts'
import { type ReadContext, ReadError } from '../../readers/types.ts'
import { dutyColumns, targetColumns } from '../../core/candidates.ts'
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
} from '../jobs.ts'
import { ScannedPages } from '../scanned.ts'
import { storePlaces } from '../../core/file-places.ts'
import { Staging } from '../staging.ts'
import { titled, wholeFile } from '../store.ts'
import { applyReading } from './apply.ts'
import { compareReadings, type FreshDocument, type FreshTarget } from './compare.ts'
import { digestOf, type FreshReading, isUnchanged, packReading, tellChanges, unpackReading } from './proposal.ts'
import { storedReading } from './stored.ts'
import { mapText } from './text-map.ts'

interface RereadRequest extends JobRequest {
  fileId: number
}

interface ApplyRequest extends RereadRequest {
  /** Of the changes that somebody saw and confirmed. */
  digest: string
}

type Tell = (progress: ImportProgress) => void

/**
 * Reads the stored original of a file again with today's rules and keeps what that would change, for somebody to confirm.
 * Nothing else is touched. Where it would change nothing, nothing is kept and the job says so.
 */
export async function rereadFile(db: Db, request: RereadRequest, extract: Extract, tell: Tell): Promise<ImportResult> {
  const progress: ImportProgress = { ...NO_PROGRESS }
  const step = (change: Partial<ImportProgress>) => tell(Object.assign(progress, change))
  try {
    step({})
    const { reading, scans } = await readAgain(db, request, {
      onPage: (page, of) => step({ scan: { page, of } }),
      onProgress: (done) => step({ percent: Math.floor(done * readUntil(progress)) }),
    })
    const from = readUntil(progress)
    step({ status: 'extracting', percent: from, scan: null })
    const { text, documents } = reading
    for (const found of extract(text)) {
      const targets = [
        ...found.targets.map((target) => freshTarget(scans.mark(targetColumns(target, text)), target)),
        ...found.duties.map((duty) => freshTarget(scans.mark(dutyColumns(duty, text)), duty)),
      ]
      documents.push({ document: titled(found.document, request.fileName), targets })
      step({
        percent: Math.floor(from + (found.document.end / text.length) * (EXTRACTED_AT - from)),
        documentsFound: documents.length,
        candidatesFound: progress.candidatesFound + targets.length,
      })
    }
    if (documents.length === 0) documents.push({ document: wholeFile({ name: request.fileName, text }), targets: [] })
    step({ status: 'storing', percent: EXTRACTED_AT })
    return inTransaction(db, (tx) => keepProposal(tx, request, reading))
  } catch (error) {
    if (!request.isWanted()) throw error
    return endJob(db, request, failure(request, error))
  }
}

/** Puts a reading that was shown and confirmed in the place of the stored one; one transaction. */
export async function applyReread(db: Db, request: ApplyRequest, tell: Tell): Promise<ImportResult> {
  tell({ ...NO_PROGRESS, status: 'storing' })
  const staging = new Staging(db)
  try {
    // What an import gathers in a transaction before its own is gathered within the one below.
    staging.finish()
    return inTransaction(db, (tx) => replaceReading(tx, request, staging))
  } catch (error) {
    if (!request.isWanted()) throw error
    return endJob(db, request, failure(request, error))
  } finally {
    staging.close()
  }
}

const freshTarget = (columns: FreshTarget['columns'], found: FoundTarget | FoundDuty): FreshTarget => ({
  columns,
  units: Object.fromEntries(UNIT_ROLES.map((role) => [role, found[role]])) as FreshTarget['units'],
})

interface ReadAgain {
  reading: FreshReading
  scans: ScannedPages
}

async function readAgain(
  db: Db,
  { fileId, fileName, dataDir, moreTime }: RereadRequest,
  { onProgress, onPage }: Pick<ReadContext, 'onProgress' | 'onPage'>,
): Promise<ReadAgain> {
  const { sha256 } = db.select({ sha256: files.sha256 }).from(files).where(eq(files.id, fileId)).get()!
  const path = join(filesDir(dataDir), sha256)
  if (!existsSync(path))
    throw new ReadError('broken', fileName, '的原件不在系统的文件夹里，不能重新读取，请管理员从备份中恢复。')
  // Pages recognised before a restart or a cancel are not read again.
  const keepDir = join(dataDir, 'reading', sha256)
  const bytes = bytesOfFile(path, fileName)
  const { format, text, pages, sheets } = await readDocument({ bytes, fileName, onProgress, onPage, moreTime, keepDir })
  rmSync(keepDir, { recursive: true, force: true })
  const documents: FreshDocument[] = []
  return { reading: { format, text, pages, sheets, documents }, scans: new ScannedPages(pages ?? [], text) }
}

/** What is stored of a file, held against a reading of it. */
function differencesOf(db: Db, fileId: number, reading: FreshReading) {
  const { rawText } = db.select({ rawText: files.rawText }).from(files).where(eq(files.id, fileId)).get()!
  const map = mapText(rawText, reading.text)
  return {
    map,
    differences: compareReadings(storedReading(db, fileId), reading.documents, map),
    textChanged: rawText !== reading.text,
  }
}

/** The size of a reading, for the job's record. */
const countsOf = ({ documents }: FreshReading) => ({
  documentsFound: documents.length,
  candidatesFound: documents.reduce((n, { targets }) => n + targets.length, 0),
})

function keepProposal(tx: Db, request: RereadRequest, reading: FreshReading): ImportResult {
  const { fileId, fileName, stamp } = request
  const { differences, textChanged } = differencesOf(tx, fileId, reading)
  const changes = tellChanges(differences, textChanged)
  const done = { status: 'done', fileId, ...countsOf(reading) } as const
  tx.delete(rereads).where(eq(rereads.fileId, fileId)).run()
  if (isUnchanged(changes)) {
    // The text is the same: where its words stand on the original may be kept as it is read today.
    storePlaces(tx, fileId, reading)
    return endWanted(tx, request, { ...done, message: `《${fileName}》重新读取的结果与现有内容相同，不需要更新。` })
  }
  tx.insert(rereads)
    .values({
      fileId,
      found: packReading(reading),
      changes,
      digest: digestOf(differences),
      createdBy: stamp.id,
      createdAt: stamp.at,
    })
    .run()
  return endWanted(tx, request, done)
}

function replaceReading(tx: Db, request: ApplyRequest, staging: Staging): ImportResult {
  const { fileId, fileName, stamp, digest } = request
  const kept = tx.select().from(rereads).where(eq(rereads.fileId, fileId)).get()
  if (!kept) return endWanted(tx, request, gone(fileName))
  const reading = unpackReading(kept.found)
  const { map, differences, textChanged } = differencesOf(tx, fileId, reading)
  const changes = tellChanges(differences, textChanged)
  if (digestOf(differences) !== digest) {
    tx.update(rereads)
      .set({ changes, digest: digestOf(differences) })
      .where(eq(rereads.id, kept.id))
      .run()
    return endWanted(tx, request, overtaken(fileName))
  }
  applyReading(tx, stamp, { fileId, reading, differences, map, staging })
  tx.delete(rereads).where(eq(rereads.id, kept.id)).run()
  appendAudit(tx, stamp, 'file.reread', 'file', fileId, null, {
    name: fileName,
    textChanged,
    documents: { added: changes.documents.added.length, removed: changes.documents.removed.length },
    heads: changes.documents.heads.filter(({ isSet }) => !isSet).length,
    changed: changes.changed.count,
    added: changes.added.count,
    removed: changes.removed.count,
    kept: changes.kept,
    lost: changes.lost.count,
  })
  return endWanted(tx, request, {
    status: 'done',
    fileId,
    ...countsOf(reading),
    message: `《${fileName}》已按新的读取结果更新：新增 ${changes.added.count} 项、修改 ${changes.changed.count} 项、移除 ${changes.removed.count} 项，已校核的 ${changes.kept} 项保持不变。`,
  })
}

const gone = (fileName: string): ImportResult => ({
  status: 'failed',
  errorCode: 'no-reread',
  message: `《${fileName}》的重新读取结果已不在，没有改动任何内容，请再次读取。`,
})

const overtaken = (fileName: string): ImportResult => ({
  status: 'failed',
  errorCode: 'overtaken',
  message: `《${fileName}》在您查看之后又有目标经过校核或文件信息被修改，没有改动任何内容，请核对新的变化后再确认。`,
})
