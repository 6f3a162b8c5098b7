import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { HEAD_FIELDS, type HeadField, type HeadStep } from '../../db/domain/document-heads.ts'
import { kindOfTitle, SOURCE_FIELDS } from '../../db/domain/source-kinds.ts'
import { addDays, shanghaiDateOf } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { documents, files, formerHeads, targets } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { readNumber } from '../../extractors/structure/document-number.ts'
import { decode, fold } from '../../extractors/text/fold.ts'
import type { FoundDocument } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { checkSourceKind } from '../core/source-kinds.ts'
import { writeVersion } from '../core/versions.ts'
import { conflict, invalid, notFound, wrongState } from '../errors.ts'
import type { headBody, headHistoryAnswer } from './schemas.ts'
import { indexDocuments, LARGE_FILE_BYTES, unindexDocuments } from '../core/search-index.ts'

type Document = typeof documents.$inferSelect
type Head = Pick<Document, HeadField | 'kind' | 'leader' | 'headDoubts' | 'headSetAt'>
/** What the head of a document says, and what the office says of it as a source. */
const KEPT_FIELDS = [...HEAD_FIELDS, ...SOURCE_FIELDS] as const

/** The columns of a head as the rules read it. */
export const headOf = ({ number, title, issuer, issuedOn, doubts }: FoundDocument): Head => ({
  number,
  title,
  issuer,
  issuedOn,
  kind: kindOfTitle(title),
  leader: null,
  headDoubts: Object.keys(doubts).length > 0 ? doubts : null,
  headSetAt: null,
})

/** Keeps the head that a document has before it gets another; whoever holds the old version must read it again. */
export function keepHead(tx: Db, stamp: Stamp, documentId: number, step: HeadStep): void {
  tx.insert(formerHeads)
    .values({
      documentId,
      ...headIn(documentOf(tx, documentId)),
      step,
      replacedAt: stamp.at,
      replacedBy: stamp.id,
      replacedByName: stamp.displayName,
    })
    .run()
  tx.update(documents)
    .set({ version: sql`${documents.version} + 1` })
    .where(eq(documents.id, documentId))
    .run()
}

/**
 * The office says what the head of a document is. All four fields count as looked at then: nothing is doubtful any more,
 * and no later reading changes it.
 * @throws {Problem} 404, 409 where somebody else has changed it since, 400 naming the fields that cannot be right
 */
export function setHead(db: Db, stamp: Stamp, id: number, { version, ...body }: z.infer<typeof headBody>): void {
  const { kind, leader, ...typed } = body
  const head = { ...typed, number: body.number === null ? null : numberAsWritten(body.number) }
  const tomorrow = addDays(shanghaiDateOf(stamp.at), 1)
  if (head.issuedOn !== null && (head.issuedOn < FIRST_DAY || head.issuedOn > tomorrow))
    throw invalid([{ path: 'issuedOn', message: '发文日期应在 1949 年 10 月之后，不晚于今天' }])
  inTransaction(db, (tx) => {
    const before = currentHead(tx, id, version)
    if (kind !== undefined && kind !== before.kind) checkSourceKind(tx, kind)
    keepHead(tx, stamp, id, 'edit')
    const source = { kind: kind ?? before.kind, leader: leader === undefined ? before.leader : leader }
    putHead(tx, stamp, before, { ...head, ...source, headDoubts: null, headSetAt: stamp.at }, 'edit')
  })
}

const FIRST_DAY = '1949-10-01'

/** A 发文字号 in half-width digits and its own brackets, as the rules write it; what is none stays as it was typed. */
const numberAsWritten = (typed: string): string => readNumber(decode(fold(typed)).replace(/\s/g, '')) ?? typed

/**
 * Takes back the last change of a head, if a person made it: fields, doubts, and whether it is set, as they were before.
 * @throws {Problem} 404, or 409 where there is nothing to take back or somebody else has changed it since
 */
export function undoHead(db: Db, stamp: Stamp, id: number, version: number): void {
  inTransaction(db, (tx) => {
    const before = currentHead(tx, id, version)
    const last = formerOf(tx, id).at(-1)
    if (last?.step !== 'edit') throw wrongState('没有可以撤销的修改。')
    keepHead(tx, stamp, id, 'undo')
    putHead(tx, stamp, before, headIn(last), 'undo')
  })
}

/** The head in a row of either table. */
const headIn = ({ number, title, issuer, issuedOn, kind, leader, headDoubts, headSetAt }: Head): Head => ({
  ...{ number, title, issuer, issuedOn },
  ...{ kind, leader },
  ...{ headDoubts, headSetAt },
})

function documentOf(tx: Db, id: number): Document {
  const document = tx.select().from(documents).where(eq(documents.id, id)).get()
  if (!document) throw notFound('文件')
  return document
}

function currentHead(tx: Db, id: number, version: number): Document {
  const document = documentOf(tx, id)
  if (document.version !== version) {
    const { number, title, issuer, issuedOn } = document
    throw conflict({ id, number, title, issuer, issuedOn, version: document.version })
  }
  return document
}

/** Writes a head: the record, the index, the day from which on candidates are expected to move, the trail. */
function putHead(tx: Db, stamp: Stamp, before: Document, head: Head, step: HeadStep): void {
  const { size, rawText } = tx.select().from(files).where(eq(files.id, before.fileId)).get()!
  const large = size > LARGE_FILE_BYTES
  if (large) unindexDocuments(tx, rawText, [before])
  tx.update(documents).set(head).where(eq(documents.id, before.id)).run()
  if (large) indexDocuments(tx, rawText, [{ ...before, ...head }])
  if (head.issuedOn !== before.issuedOn) moveStart(tx, stamp, before, head.issuedOn)
  appendAudit(tx, stamp, `document.${step}`, 'document', before.id, told(before), told(head))
}

/** Candidates begin on the day of issue; what was confirmed keeps the day that was confirmed with it. */
function moveStart(tx: Db, stamp: Stamp, { id, issuedOn }: Document, next: string | null): void {
  const moved = tx
    .update(targets)
    .set({ startOn: next, version: sql`${targets.version} + 1`, updatedAt: stamp.at })
    .where(
      and(
        eq(targets.documentId, id),
        eq(targets.state, 'extracted'),
        issuedOn === null ? isNull(targets.startOn) : eq(targets.startOn, issuedOn),
      ),
    )
    .returning({ id: targets.id })
    .all()
  writeVersion(
    tx,
    moved.map((target) => target.id),
    'document-date',
    stamp,
  )
}

const told = (head: Head) => ({
  ...Object.fromEntries(KEPT_FIELDS.map((field) => [field, head[field]])),
  doubts: head.headDoubts,
})

const formerOf = (db: Db, documentId: number) =>
  db.select().from(formerHeads).where(eq(formerHeads.documentId, documentId)).orderBy(asc(formerHeads.id)).all()

/** Every change of a head, the newest first. A head that was confirmed as it stood is a change of no field. */
export function headHistory(db: Db, id: number): z.infer<typeof headHistoryAnswer>['items'] {
  const former = formerOf(db, id)
  const heads: Head[] = [...former, documentOf(db, id)]
  return former
    .map((head, i) => ({
      at: head.replacedAt,
      who: head.replacedByName,
      step: head.step,
      fields: KEPT_FIELDS.map((field) => ({ field, before: head[field], after: heads[i + 1]![field] })).filter(
        ({ before, after }) => before !== after,
      ),
      undoable: i === former.length - 1 && head.step === 'edit',
    }))
    .reverse()
}
