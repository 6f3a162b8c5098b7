import type { Viewer } from '../counting/own-lights.ts'
import { pageById } from '../keyset.ts'
import { and, count, eq, getTableColumns, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { LISTED_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { isAmong } from '../../db/among.ts'
import { clientOf } from '../../db/client.ts'
import { peopleNames, unitNames } from '../../db/names.ts'
import type { Db } from '../../db/open.ts'
import {
  changeRequests,
  documents,
  orderItems,
  orders,
  problems,
  reports,
  targets,
  urges,
} from '../../db/schema/index.ts'
import { previousApproved } from '../../db/approved-reports.ts'
import { areUndecided, isUndecided } from '../../db/undecided-reports.ts'
import { targetWords } from '../../db/domain/target-words.ts'
import type { Reporting } from '../../db/domain/target-terms.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { evidenceOf, type Owner } from '../core/evidence.ts'
import { notFound } from '../errors.ts'
import { containsWord } from '../search.ts'
import { seenBy } from '../core/record-rights.ts'
import { inOwnPart } from '../core/unit-parts.ts'
import { visibleTo } from '../core/visible.ts'
import type { targetBrief } from './brief-schemas.ts'
import type { orderRow, problemRow, reportRow, requestRow, urgeRow } from './list-schemas.ts'

export interface ListQuery {
  targetId?: number
  unitId?: number
  limit: number
  cursor?: string
}

/** Who looks, as far as the lists ask. */

type Table = typeof reports | typeof changeRequests | typeof orders | typeof problems | typeof urges

type Files = ReturnType<ReturnType<typeof evidenceOf>>

interface Found<Row> {
  row: Row
  target: z.infer<typeof targetBrief> & { reporting: Reporting }
  unit: { id: number; name: string } | null
}

/** Columns of what a list says of a target; the rest of a record is long. */
const BRIEF = {
  ...pickFields(targets, LISTED_FIELDS),
  id: targets.id,
  reporting: targets.reporting,
  version: targets.version,
}

/**
 * A page of records about targets that the person may see, newest first.
 * @param own further conditions on the record; `unit` its unit's column, null where it has none
 */
function page<T extends Table>(
  db: Db,
  actor: Viewer,
  table: T,
  query: ListQuery,
  own: SQL | undefined,
  unit: typeof orders.unitId | null,
) {
  const visible = visibleTo(actor)
  const where = and(
    visible,
    own,
    query.targetId === undefined ? undefined : aboutTarget(db, table, query.targetId),
    query.unitId === undefined || unit === null ? undefined : eq(unit, query.unitId),
  )
  const all = db
    .select({ n: count() })
    .from(table as typeof orders)
    .$dynamic()
  const { items: rows, nextCursor } = pageById(
    table.id,
    query,
    (before, order, limit) =>
      db
        .select({
          row: table as typeof orders,
          target: BRIEF,
          document: DOCUMENT_REF,
        })
        .from(table as typeof orders)
        .innerJoin(targets, eq(targets.id, table.targetId))
        .innerJoin(documents, eq(documents.id, targets.documentId))
        .where(and(where, before))
        .orderBy(order)
        .limit(limit)
        .all(),
    ({ row }) => row.id,
  )
  const names = unitNames(clientOf(db))
  const told = inOwnPart(
    db,
    actor.unitId,
    rows.map(({ target }) => target),
  )
  const items = rows.map(({ row, document }, i): Found<T['$inferSelect']> => {
    const unitId = 'unitId' in row ? row.unitId : null
    return {
      row: row as unknown as T['$inferSelect'],
      target: { ...told[i]!, document },
      unit: unitId === null ? null : { id: unitId, name: names(unitId) ?? '' },
    }
  })
  return {
    items,
    nextCursor,
    total:
      (visible === undefined ? all : all.innerJoin(targets, eq(targets.id, table.targetId))).where(where).get()?.n ?? 0,
  }
}

/** Records about a target; a 督办单 is about each of its items. */
const aboutTarget = (db: Db, table: Table, targetId: number): SQL | undefined =>
  table === orders
    ? or(
        eq(orders.targetId, targetId),
        inArray(
          orders.id,
          db.select({ id: orderItems.orderId }).from(orderItems).where(eq(orderItems.targetId, targetId)),
        ),
      )
    : eq(table.targetId, targetId)

/** Tells of a number who it is. */
function people(db: Db) {
  const names = peopleNames(clientOf(db))
  return (id: number | null) => (id === null ? null : { id, displayName: names(id) ?? '' })
}

/**
 * The rows of a page with names instead of numbers and the evidence that belongs to them.
 * @param owner the column of the files, null for records that have none
 */
function listed<Record extends { id: number }, Row>(
  db: Db,
  found: { items: Found<Record>[]; nextCursor: string | null; total: number },
  owner: Owner | null,
  toRow: (
    row: Record,
    about: Pick<Found<Record>, 'target' | 'unit'> & { attachments: Files },
    person: ReturnType<typeof people>,
  ) => Row,
) {
  const person = people(db)
  const files =
    owner === null
      ? () => []
      : evidenceOf(
          db,
          owner,
          found.items.map(({ row }) => row.id),
        )
  return {
    ...found,
    items: found.items.map(({ row, target, unit }) => toRow(row, { target, unit, attachments: files(row.id) }, person)),
  }
}

/** Drafts are seen by their own unit only. */
export function listReports(db: Db, actor: Viewer, query: ListQuery & { status?: string[] }) {
  const status = (query.status ?? ['submitted']) as (typeof reports.$inferSelect)['status'][]
  const own = and(
    inArray(reports.status, status),
    areUndecided(status) ? isUndecided() : undefined,
    seenBy('report', actor),
    actor.role === 'reporter' && actor.unitId !== null ? eq(reports.unitId, actor.unitId) : undefined,
  )
  const found = page(db, actor, reports, query, own, reports.unitId as never)
  const client = clientOf(db)
  return listed(db, found, 'reportId', (row, about, person): z.infer<typeof reportRow> => ({
    ...row,
    ...about,
    imported: row.intakeId !== null,
    reporter: person(row.reporterId),
    decidedBy: person(row.decidedBy),
    warnings: row.warnings ?? [],
    // where each unit reports its own value, the one before is its own
    previous: previousApproved(client, row.targetId, row.asOf, about.target.reporting === 'each' ? row.unitId : null),
  }))
}

export function listRequests(db: Db, actor: Viewer, query: ListQuery & { status?: string[] }) {
  const own = and(
    query.status ? inArray(changeRequests.status, query.status as ['asked']) : undefined,
    seenBy('request', actor),
  )
  return listed(
    db,
    page(db, actor, changeRequests, query, own, changeRequests.unitId as never),
    'requestId',
    (row, about, person): z.infer<typeof requestRow> => ({
      ...row,
      ...about,
      askedBy: person(row.askedBy),
      decidedBy: person(row.decidedBy),
    }),
  )
}

const orderStatus = (o: typeof orders.$inferSelect) =>
  o.closedAt !== null ? 'closed' : o.answeredAt !== null ? 'answered' : 'open'

/** A unit sees the 督办单 that were sent to it; status is told from what has been filled in. */
export function listOrders(
  db: Db,
  actor: Viewer,
  query: ListQuery & { status?: string[]; id?: number; words?: readonly string[] },
) {
  const STATUS = {
    open: and(isNull(orders.answeredAt), isNull(orders.closedAt)),
    answered: and(isNotNull(orders.answeredAt), isNull(orders.closedAt)),
    closed: isNotNull(orders.closedAt),
  }
  const status = query.status && or(...query.status.map((s) => STATUS[s as keyof typeof STATUS]))
  const where = and(
    seenBy('order', actor),
    status,
    query.id === undefined ? undefined : eq(orders.id, query.id),
    ...(query.words ?? []).map((word) => or(containsWord(orders.number, word), containsWord(orders.text, word))),
  )
  const found = page(db, actor, orders, query, where, orders.unitId)
  const further = furtherItems(
    db,
    actor,
    found.items.map(({ row }) => row.id),
  )
  return listed(db, found, 'orderId', (row, about, person): z.infer<typeof orderRow> => ({
    ...row,
    ...about,
    items: [about.target, ...(further.get(row.id) ?? [])].map((item) => ({
      ...{ id: item.id, indicator: item.indicator, deadline: item.deadline },
      words: targetWords(item),
      document: item.document,
    })),
    byRule: row.causeKey !== null,
    status: orderStatus(row),
    issuedBy: person(row.issuedBy),
    answeredBy: person(row.answeredBy),
    closedBy: person(row.closedBy),
  }))
}

/** The targets that a 督办单 holds beside its first, by the number of the 督办单. */
function furtherItems(db: Db, { unitId }: Viewer, orderIds: readonly number[]) {
  const rows = db
    .select({
      orderId: orderItems.orderId,
      id: targets.id,
      ...pickFields(getTableColumns(targets), LISTED_FIELDS),
      document: DOCUMENT_REF,
    })
    .from(orderItems)
    .innerJoin(targets, eq(targets.id, orderItems.targetId))
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(isAmong(orderItems.orderId, orderIds))
    .orderBy(targets.id)
    .all()
  const byOrder = new Map<number, typeof rows>()
  for (const item of inOwnPart(db, unitId, rows))
    byOrder.set(item.orderId, [...(byOrder.get(item.orderId) ?? []), item])
  return byOrder
}

/** One 督办单; 404 where the person may not see its target or it was sent to another unit. */
export function oneOrder(db: Db, actor: Viewer, id: number): z.infer<typeof orderRow> {
  const [order] = listOrders(db, actor, { id, limit: 1 }).items
  if (!order) throw notFound('督办单')
  return order
}

export function listProblems(db: Db, actor: Viewer, query: ListQuery & { status?: string[] }, today: string) {
  const own = and(
    query.status ? inArray(problems.status, query.status as ['open']) : undefined,
    seenBy('problem', actor),
  )
  return listed(
    db,
    page(db, actor, problems, query, own, problems.unitId as never),
    'problemId',
    (row, about, person): z.infer<typeof problemRow> => ({
      ...row,
      ...about,
      foundBy: person(row.foundBy),
      overdue: row.status === 'open' && row.dueOn < today,
    }),
  )
}

export function listUrges(db: Db, actor: Viewer, query: ListQuery) {
  return listed(
    db,
    page(db, actor, urges, query, seenBy('urge', actor), urges.unitId as never),
    null,
    (row, about, person): z.infer<typeof urgeRow> => ({ ...row, ...about, sentBy: person(row.sentBy) }),
  )
}
