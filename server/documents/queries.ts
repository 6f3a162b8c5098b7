import { and, asc, count, desc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { HeadDoubts } from '../../db/domain/document-heads.ts'
import { isHiddenFromUnits } from '../../db/domain/lifecycle.ts'
import { LISTED_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { targetsOn } from '../../db/targets-on.ts'
import type { DocumentCounts } from '../counting/document-counts.ts'
import { documents, files, targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { notFound } from '../errors.ts'
import { type FormId, formOf, TYPED_FORM } from '../readers/forms.ts'
import { pageByKey, type SortKey, sortKeyOf } from '../keyset.ts'
import { containsWord, isIndexable, matchExpression, searchWords } from '../search.ts'
import { visibleTo } from '../core/visible.ts'
import { foundByRules } from '../core/target-record.ts'
import { SCAN } from './scanned.ts'
import { listSheets } from './sheets.ts'
import { isUndoable } from './undo-import.ts'
import type { DocumentDetail, DocumentQuery, Finding } from './schemas.ts'

type Viewer = Pick<Actor, 'role' | 'unitId'>

/** A document before its targets are counted, see {@link DocumentCounts}. */
type Uncounted<T> = Omit<T, Exclude<keyof DocumentCounts, 'id'>>

const ROW = {
  id: documents.id,
  fileId: documents.fileId,
  fileName: files.name,
  format: sql<FormId>`${files.format}`,
  number: documents.number,
  title: documents.title,
  issuer: documents.issuer,
  issuedOn: documents.issuedOn,
  kind: documents.kind,
  leader: documents.leader,
  headDoubts: documents.headDoubts,
  headSetAt: documents.headSetAt,
  version: documents.version,
}

/** What a row tells of how sure its head is. */
const withHead = <T extends { headDoubts: HeadDoubts | null; headSetAt: string | null }>({
  headDoubts,
  headSetAt,
  ...row
}: T) => ({ ...row, headDoubts: headDoubts ?? {}, headIsSet: headSetAt !== null })

/** A reporter knows the documents in which its unit has a target. */
export function visibleDocuments(viewer: Viewer): SQL | undefined {
  const mine = visibleTo(viewer)
  return mine && sql`exists (select 1 from ${targets} where ${targets.documentId} = ${documents.id} and ${mine})`
}

const byColumn = (column: SortKey['columns'][number], descending = false): SortKey => ({
  columns: [column],
  descending,
})
const SORTS: Record<DocumentQuery['sort'], SortKey> = {
  issuedOn: byColumn(documents.issuedOn),
  '-issuedOn': byColumn(documents.issuedOn, true),
  title: byColumn(documents.title),
  '-title': byColumn(documents.title, true),
  id: { columns: [], descending: false },
  '-id': { columns: [], descending: true },
}

/** One page of documents, without their counts. */
export function listDocuments(db: Db, viewer: Viewer, query: DocumentQuery) {
  const key = SORTS[query.sort]
  const where = and(
    visibleDocuments(viewer),
    query.issuer ? eq(documents.issuer, query.issuer) : undefined,
    query.year ? sql`substr(${documents.issuedOn}, 1, 4) = ${query.year}` : undefined,
    query.kind?.length ? inArray(documents.kind, query.kind) : undefined,
    query.typed ? eq(files.format, TYPED_FORM) : undefined,
    query.doubtful ? isNotNull(documents.headDoubts) : undefined,
    ...searchWords(query.q).map(documentHasWord),
  )
  const page = pageByKey(key, documents.id, query, (after, order, limit) =>
    db
      .select({ ...ROW, sortKey: sortKeyOf(key) })
      .from(documents)
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(where, after))
      .orderBy(...order)
      .limit(limit)
      .all(),
  )
  const total = db
    .select({ n: count() })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(where)
    .get()!.n
  return { ...page, items: page.items.map(withHead), total, years: yearsOf(db, viewer) }
}

/** The years of issue of all documents that the person may see, the newest first. */
function yearsOf(db: Db, viewer: Viewer): string[] {
  const year = sql<string>`substr(${documents.issuedOn}, 1, 4)`
  return db
    .selectDistinct({ year })
    .from(documents)
    .where(and(isNotNull(documents.issuedOn), visibleDocuments(viewer)))
    .orderBy(desc(year))
    .all()
    .map((row) => row.year)
}

/** Documents that hold the word in title, number or text; words too short for the index are looked for outside the text. */
export function documentHasWord(word: string): SQL {
  if (isIndexable(word))
    return sql`${documents.id} in (select rowid from documents_fts where documents_fts match ${matchExpression([word])})`
  return or(...[documents.title, documents.number, documents.issuer].map((column) => containsWord(column, word)))!
}

/** A document with all documents of its file, without its counts; 404 where the person may not know it. */
export function getDocument(db: Db, viewer: Viewer, id: number): Uncounted<DocumentDetail> {
  const found = db
    .select({ ...ROW, start: documents.start, end: documents.end, archivedAt: documents.archivedAt })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(and(eq(documents.id, id), visibleDocuments(viewer)))
    .get()
  if (!found) throw notFound('文件')
  const { start, end, archivedAt, ...row } = found
  const siblings = db
    .select({ id: documents.id, title: documents.title, number: documents.number })
    .from(documents)
    .where(and(eq(documents.fileId, row.fileId), visibleDocuments(viewer)))
    .orderBy(asc(documents.start))
    .all()
  return {
    ...withHead(row),
    start,
    end,
    archivedAt,
    drawing: drawingOf(db, row),
    undoable: isUndoable(db, row.fileId),
    siblings,
  }
}

/** A spreadsheet of which no cells are kept is shown as its text. */
function drawingOf(db: Db, { fileId, format }: { fileId: number; format: FormId }): DocumentDetail['drawing'] {
  const { drawing } = formOf(format)
  return drawing === 'table' && listSheets(db, fileId).length === 0 ? null : drawing
}

/** The document's part of the raw text, exactly as it was read; readers part pages by a form feed. */
export function documentText(
  db: Db,
  viewer: Viewer,
  id: number,
): { start: number; end: number; text: string; firstPage: number | null } {
  const found = db
    .select({ start: documents.start, end: documents.end, rawText: files.rawText, format: ROW.format })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(and(eq(documents.id, id), visibleDocuments(viewer)))
    .get()
  if (!found) throw notFound('文件')
  const { start, end, rawText, format } = found
  return {
    start,
    end,
    text: rawText.slice(start, end),
    firstPage: formOf(format).paged ? rawText.slice(0, start).split('\f').length : null,
  }
}

/**
 * Every target of a document where it stands, in the order of the text, as it was known at the end of `asOf`: dropped ones
 * too; merged ones and those that nobody knew of yet are left out.
 */
export function documentFindings(db: Db, viewer: Viewer, id: number, asOf: string): Finding[] {
  if (
    !db
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.id, id), visibleDocuments(viewer)))
      .get()
  )
    throw notFound('文件')
  const places = db
    .select({
      id: targets.id,
      start: targets.start,
      end: targets.end,
      clauseStart: targets.clauseStart,
      clauseEnd: targets.clauseEnd,
      confidence: targets.confidence,
      extracted: targets.extracted,
    })
    .from(targets)
    .where(and(eq(targets.documentId, id), visibleTo(viewer)))
    .orderBy(asc(targets.start), asc(targets.id))
    .all()
  const ids = places.map((place) => place.id)
  const known = new Map(
    targetsOn(clientOf(db), ids, asOf, viewer.role === 'reporter' ? viewer.unitId : null).map((target) => [
      target.id,
      target,
    ]),
  )
  return places.flatMap(({ extracted, ...place }) => {
    const then = known.get(place.id)
    if (then === undefined || then.state === 'merged') return []
    if (viewer.role === 'reporter' && isHiddenFromUnits(then.state)) return []
    return [
      {
        ...place,
        ...pickFields(then, LISTED_FIELDS),
        scanned: SCAN in (foundByRules({ extracted }).explanation ?? {}),
        light: then.light,
      },
    ]
  })
}

/** Where the original lies and what it is called; 404 where the person may not know any of its documents. */
export function originalOf(db: Db, viewer: Viewer, fileId: number) {
  const file = db
    .select({ sha256: files.sha256, name: files.name, format: ROW.format })
    .from(files)
    .where(
      and(
        eq(files.id, fileId),
        sql`exists ${db
          .select({ one: sql`1` })
          .from(documents)
          .where(and(eq(documents.fileId, files.id), visibleDocuments(viewer)))}`,
      ),
    )
    .get()
  if (!file) throw notFound('文件')
  return file
}
