import { and, asc, count, eq, getTableColumns, inArray, isNull, ne, or } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { documents, targets, targetUnits, units } from '../../db/schema/index.ts'
import { pageByKey, type SortKey, sortKeyOf } from '../keyset.ts'
import { type HeldValue, possibleParts } from './possible-parts.ts'
import type { candidateSchema, reviewQuery } from './schemas.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { foundByRules } from '../core/target-record.ts'
import { openDoubts } from './doubts.ts'
import { SPLIT_UNDONE } from './snapshot.ts'

type Candidate = z.infer<typeof candidateSchema>

/** Orders of 校核; what is equally sure stands in the order of the text. */
const ORDERS: Record<z.infer<typeof reviewQuery>['order'], SortKey> = {
  '-confidence': { columns: [targets.confidence], descending: true, idsRise: true },
  confidence: { columns: [targets.confidence], descending: false },
  document: { columns: [targets.documentId, targets.start], descending: false },
}

/** Candidates for 校核, the surest first unless told otherwise. */
export function listCandidates(
  db: Db,
  query: z.infer<typeof reviewQuery>,
): { items: Candidate[]; nextCursor: string | null; total: number } {
  const filter = and(
    query.id ? eq(targets.id, query.id) : undefined,
    inArray(targets.state, query.state ?? ['extracted']),
    query.kind ? inArray(targets.kind, query.kind) : undefined,
    query.documentId ? eq(targets.documentId, query.documentId) : undefined,
  )
  const key = ORDERS[query.order]
  const { items: rows, nextCursor } = pageByKey(key, targets.id, query, (beyond, order, limit) =>
    db
      .select({ ...getTableColumns(targets), sortKey: sortKeyOf(key) })
      .from(targets)
      .where(and(filter, beyond))
      .orderBy(...order)
      .limit(limit)
      .all(),
  )
  return {
    items: candidatesOf(db, rows),
    nextCursor,
    total: db.select({ n: count() }).from(targets).where(filter).get()?.n ?? 0,
  }
}

/** Targets as 校核 shows them: with document, units, and what each may be split into. */
export function candidatesOf(db: Db, rows: readonly (typeof targets.$inferSelect)[]): Candidate[] {
  if (rows.length === 0) return []
  const named = namedUnits(
    db,
    rows.map((row) => row.id),
  )
  const documentIds = [...new Set(rows.map((row) => row.documentId))]
  const heads = new Map(
    db
      .select({ ...DOCUMENT_REF, issuedOn: documents.issuedOn })
      .from(documents)
      .where(inArray(documents.id, documentIds))
      .all()
      .map((head) => [head.id, head]),
  )
  const held = heldValues(db, documentIds, [...new Set(rows.map((row) => row.clauseStart))])
  return rows.map((row) => {
    const { issuedOn, ...document } = heads.get(row.documentId)!
    const others = (held.get(row.documentId) ?? []).filter((one) => one.id !== row.id && one.evidence === row.evidence)
    return {
      ...row,
      document,
      units: named.get(row.id) ?? [],
      ...foundByRules(row),
      doubts: openDoubts(row),
      parts: possibleParts(row, others, issuedOn),
    }
  })
}

/** Values by document of the targets that stand in some clauses; what was dropped holds its value too: somebody has judged it, unless its 拆分 was taken back. */
function heldValues(
  db: Db,
  documentIds: number[],
  clauseStarts: number[],
): Map<number, (HeldValue & { id: number; evidence: string })[]> {
  const rows = db
    .select({
      id: targets.id,
      documentId: targets.documentId,
      evidence: targets.evidence,
      indicator: targets.indicator,
      value: targets.value,
      unit: targets.unit,
    })
    .from(targets)
    .where(
      and(
        inArray(targets.documentId, documentIds),
        inArray(targets.clauseStart, clauseStarts),
        eq(targets.kind, 'quantity'),
        ne(targets.state, 'merged'),
        or(isNull(targets.droppedReason), ne(targets.droppedReason, SPLIT_UNDONE)),
      ),
    )
    .all()
  const byDocument = new Map<number, typeof rows>()
  for (const row of rows) byDocument.set(row.documentId, [...(byDocument.get(row.documentId) ?? []), row])
  return byDocument
}

/** Units of some targets, with the names by which the registry knows them. */
function namedUnits(db: Db, ids: readonly number[]): Map<number, Candidate['units']> {
  const found = new Map<number, Candidate['units']>()
  if (ids.length === 0) return found
  const rows = db
    .select()
    .from(targetUnits)
    .leftJoin(units, eq(units.id, targetUnits.unitId))
    .where(inArray(targetUnits.targetId, [...ids]))
    .orderBy(asc(targetUnits.targetId), asc(targetUnits.role), asc(targetUnits.position))
    .all()
  for (const { target_units: u, units: unit } of rows) {
    found.set(u.targetId, [
      ...(found.get(u.targetId) ?? []),
      { role: u.role, name: u.name, unitId: u.unitId, unitName: unit?.name ?? null },
    ])
  }
  return found
}
