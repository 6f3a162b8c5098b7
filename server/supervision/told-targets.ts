import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { isAmong } from '../../db/among.ts'
import { reportingUnits } from '../../db/domain/reporting.ts'
import { LISTED_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { documents, targets } from '../../db/schema/index.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { subjectUnit, unitsOfTargets } from '../core/target-record.ts'
import { inOwnPart } from '../core/unit-parts.ts'
import type { taskItem } from './list-schemas.ts'
import { waitingFor, type WaitingTarget } from './unit-tasks.ts'

type Item = z.infer<typeof taskItem>

/** What a list says of a target: in place of the whole the unit's own part, and how its units report. */
type Brief = Omit<Item, 'document' | 'light' | 'role' | 'late' | 'dueOn' | 'note' | 'recordId'>

/** What 我的任务 of one unit tells of a target. It changes with the target, its units, parts and reports, and by nothing else. */
export interface ToldTarget extends WaitingTarget {
  brief: Brief
  documentId: number
}

/**
 * What is told of some targets, by their numbers; those that are not known yet are read and become known.
 * @param known what was told before and has not changed since
 */
export function toldTargets(
  db: Db,
  unitId: number,
  today: string,
  ids: readonly number[],
  known: Map<number, ToldTarget>,
): Map<number, ToldTarget> {
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) {
    const briefs = briefsOf(db, unknown, unitId)
    for (const target of waitingFor(db, unitId, today, unknown)) {
      const own = briefs.get(target.id)
      if (own) known.set(target.id, { ...target, ...own })
    }
  }
  return known
}

function briefsOf(db: Db, ids: readonly number[], unitId: number): Map<number, { brief: Brief; documentId: number }> {
  const rows = briefs(db).all({ ids: JSON.stringify(ids) })
  // Only where several units may answer it matters which they are.
  const several = rows.flatMap(({ id, reporting }) => (reporting === 'lead' ? [] : [id]))
  const units = new Map<number, ReturnType<typeof subjectUnit>[]>()
  for (const unit of unitsOfTargets(db, several))
    units.set(unit.targetId, [...(units.get(unit.targetId) ?? []), subjectUnit(unit)])
  return new Map(
    inOwnPart(db, unitId, rows).map(({ reporting, documentId, ...row }) => {
      const isSaid = reporting === 'lead' || reportingUnits(units.get(row.id) ?? [], reporting).length > 1
      return [row.id, { brief: { ...row, reporting: isSaid ? reporting : null }, documentId }]
    }),
  )
}

const briefs = keptQuery((db) =>
  db
    .select({
      ...pickFields(targets, LISTED_FIELDS),
      id: targets.id,
      version: targets.version,
      reporting: targets.reporting,
      assignedAt: targets.assignedAt,
      documentId: targets.documentId,
    })
    .from(targets)
    .where(isAmong(targets.id, sql.placeholder('ids'))),
)

/** The documents that some targets stand in, by their numbers: a head is mended without any target changing. */
export const documentsOf = (db: Db, targets: Iterable<ToldTarget>): Map<number, Item['document']> => {
  const ids = new Set(Array.from(targets, ({ documentId }) => documentId))
  const found = sources(db).all({ ids: JSON.stringify([...ids]) })
  return new Map(found.map((document) => [document.id, document]))
}

const sources = keptQuery((db) =>
  db
    .select(DOCUMENT_REF)
    .from(documents)
    .where(isAmong(documents.id, sql.placeholder('ids'))),
)
