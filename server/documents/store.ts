import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, files, targets, targetUnits, unitAliases } from '../../db/schema/index.ts'
import type { Extraction, FieldReason, FoundDocument, FoundDuty, FoundTarget, UnitNames, UnitRole } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { unitKey } from '../people/unit-key.ts'
import type { Format } from '../readers/index.ts'
import { indexLargeFile, LARGE_FILE_BYTES } from './search-index.ts'

/** A file that has been read, with what was found in it. */
export interface ReadyFile {
  sha256: string
  name: string
  format: Format
  /** Bytes. */
  size: number
  text: string
  extraction: Extraction
}

export interface StoredFile {
  fileId: number
  documents: number
  targets: number
}

/** Number of the stored file with these bytes; null where there is none. */
export const fileWithHash = (db: Db, sha256: string): number | null =>
  db.select({ id: files.id }).from(files).where(eq(files.sha256, sha256)).get()?.id ?? null

/**
 * Stores a file with its documents, and every finding as a candidate (state `extracted`). To be called inside the
 * transaction of the import, so that nothing is ever half there.
 * @param onStored called now and then with the share that is done, 0–1
 */
export function storeFile(tx: Db, stamp: Stamp, file: ReadyFile, onStored: (done: number) => void = () => {}): StoredFile {
  const { extraction, text, ...row } = file
  const fileId = tx.insert(files).values({ ...row, rawText: text, importedBy: stamp.id, importedAt: stamp.at }).returning({ id: files.id }).get().id
  const found = extraction.documents.length > 0 ? extraction.documents : [wholeFile(file)]
  const documentIds = found.map((document) => insertDocument(tx, stamp, fileId, document))
  if (file.size > LARGE_FILE_BYTES) indexLargeFile(tx, text, found.map((document, i) => ({ ...document, id: documentIds[i]! })))
  const insert = targetInserter(tx, stamp)
  const count = extraction.targets.length + extraction.duties.length
  let stored = 0
  const store = (record: CandidateRecord) => {
    const index = Math.min(Math.max(record.documentIndex, 0), found.length - 1)
    insert(documentIds[index]!, found[index]!.issuedOn, record)
    if (++stored % 500 === 0) onStored(stored / count)
  }
  for (const target of extraction.targets) store(targetRecord(target, text))
  for (const duty of extraction.duties) store(dutyRecord(duty, text))
  appendAudit(tx, stamp, 'file.import', 'file', fileId, null,
    { name: file.name, sha256: file.sha256, size: file.size, documents: found.length, targets: count })
  return { fileId, documents: found.length, targets: count }
}

/** A text in which no document head was found is one document, called by its file's name. */
const wholeFile = ({ name, text }: ReadyFile): FoundDocument =>
  ({ number: null, title: name.replace(/\.[^.]+$/, ''), issuer: null, issuedOn: null, start: 0, end: text.length })

function insertDocument(tx: Db, stamp: Stamp, fileId: number, document: FoundDocument): number {
  const { number, title, issuer, issuedOn, start, end } = document
  return tx.insert(documents).values({ fileId, number, title, issuer, issuedOn, start, end, createdAt: stamp.at }).returning({ id: documents.id }).get().id
}

type TargetColumns = Omit<typeof targets.$inferInsert, 'id' | 'documentId' | 'startOn' | 'createdAt' | 'updatedAt'>
interface CandidateRecord { documentIndex: number, columns: TargetColumns, units: UnitNames }

/** Line breaks and the blanks around them belong to the page, not to the sentence. */
const oneLine = (text: string) => text.replace(/\s*[\r\n\f]\s*/g, '').trim()

function targetRecord(found: FoundTarget, text: string): CandidateRecord {
  const { kind, start, end, clauseStart, clauseEnd, clausePath, confidence, deadline, deadlineBasis, explanation } = found
  const reason: FieldReason | undefined = explanation.deadline
  const quantity = found.kind === 'quantity' ? found : null
  const [value, valueHigh] = quantity === null ? [null, null] : Array.isArray(quantity.value) ? quantity.value : [quantity.value, null]
  return {
    documentIndex: found.documentIndex,
    units: found,
    columns: {
      kind, start, end, clauseStart, clauseEnd, clausePath, confidence, deadline, deadlineBasis, explanation, value, valueHigh,
      indicator: found.kind === 'quantity' ? found.indicator : found.task,
      op: quantity?.op ?? null,
      unit: quantity?.unit ?? null,
      measure: quantity?.measure ?? null,
      per: quantity?.per ?? null,
      deadlineWords: reason?.words || null,
      deadlineRule: reason?.rule ?? null,
      baselineValue: quantity?.baseline?.value ?? null,
      baselineUnit: quantity?.baseline?.unit ?? null,
      baselinePeriod: quantity?.baseline?.period ?? null,
      evidence: oneLine(text.slice(clauseStart, clauseEnd)),
      extracted: { ...found },
    },
  }
}

/** A responsibility tag is a target of kind `duty`: its clause is what the units answer for. */
function dutyRecord(found: FoundDuty, text: string): CandidateRecord {
  const { start, end, clauseStart, clauseEnd, clausePath, deadline } = found
  return {
    documentIndex: found.documentIndex,
    units: found,
    columns: {
      kind: 'duty', start, end, clauseStart, clauseEnd, clausePath, deadline,
      indicator: found.clause,
      deadlineBasis: deadline === null ? 'none' : 'explicit',
      confidence: DUTY_CONFIDENCE,
      evidence: oneLine(text.slice(clauseStart, clauseEnd)),
      extracted: { ...found },
    },
  }
}

/** A tag names its units in so many words, so there is little to doubt; the extractors give duties no figure of their own. */
const DUTY_CONFIDENCE = 0.95

const ROLES: UnitRole[] = ['lead', 'responsible', 'support']

/** Inserts candidates one by one with statements that are prepared once: a file may hold ten thousands. */
function targetInserter(tx: Db, stamp: Stamp) {
  const columns = [
    'documentId', 'kind', 'indicator', 'op', 'value', 'valueHigh', 'unit', 'measure', 'per', 'deadline', 'deadlineBasis', 'deadlineWords',
    'deadlineRule', 'baselineValue', 'baselineUnit', 'baselinePeriod', 'confidence', 'start', 'end', 'clauseStart', 'clauseEnd', 'clausePath',
    'evidence', 'extracted', 'explanation', 'startOn', 'createdAt', 'updatedAt',
  ] as const
  const empty = Object.fromEntries(columns.map((column) => [column, null]))
  const placeholders = <T extends string>(names: readonly T[]) => Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<T, never>
  const insertTarget = tx.insert(targets).values(placeholders(columns)).prepare()
  const insertUnit = tx.insert(targetUnits).values(placeholders(['targetId', 'role', 'position', 'name', 'unitId'])).prepare()
  const unitIds = new Map(tx.select({ key: unitAliases.key, unitId: unitAliases.unitId }).from(unitAliases).all().map((a) => [a.key, a.unitId]))

  return (documentId: number, startOn: string | null, record: CandidateRecord): void => {
    const dates = { documentId, startOn, createdAt: stamp.at, updatedAt: stamp.at }
    const targetId = Number(insertTarget.run({ ...empty, ...record.columns, ...dates }).lastInsertRowid)
    for (const role of ROLES) {
      record.units[role].forEach((name, position) => {
        insertUnit.run({ targetId, role, position, name, unitId: unitIds.get(unitKey(name)) ?? null })
      })
    }
  }
}
