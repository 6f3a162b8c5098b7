import { eq, sql } from 'drizzle-orm'
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
      const brief = briefs.get(target.id)
      if (brief) known.set(target.id, { ...target, brief })
    }
  }
  return known
}

function briefsOf(db: Db, ids: readonly number[], unitId: number): Map<number, Brief> {
  const rows = briefs(db).all({ ids: JSON.stringify(ids) })
  // Only where several units may answer it matters which they are.
  const several = rows.flatMap(({ id, reporting }) => (reporting === 'lead' ? [] : [id]))
  const units = new Map<number, ReturnType<typeof subjectUnit>[]>()
  for (const unit of unitsOfTargets(db, several))
    units.set(unit.targetId, [...(units.get(unit.targetId) ?? []), subjectUnit(unit)])
  return new Map(
    inOwnPart(db, unitId, rows).map(({ reporting, ...row }) => {
      const isSaid = reporting === 'lead' || reportingUnits(units.get(row.id) ?? [], reporting).length > 1
      return [row.id, { ...row, reporting: isSaid ? reporting : null }]
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
    })
    .from(targets)
    .where(isAmong(targets.id, sql.placeholder('ids'))),
)

/** The documents that some targets stand in, by the number of the target: a head is mended without any target changing. */
export const documentsOf = (db: Db, ids: readonly number[]): Map<number, Item['document']> =>
  new Map(
    sources(db)
      .all({ ids: JSON.stringify(ids) })
      .map(({ targetId, document }) => [targetId, document]),
  )

const sources = keptQuery((db) =>
  db
    .select({ targetId: targets.id, document: DOCUMENT_REF })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(isAmong(targets.id, sql.placeholder('ids'))),
)
