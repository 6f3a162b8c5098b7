import { aliasedTable, and, asc, eq, sql } from 'drizzle-orm'
import { keptQueries } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { reports, units, users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { anyViewer, seenBy } from './record-rights.ts'
import type { Report } from './target-schemas.ts'
import { evidenceOf } from './evidence.ts'

/** All reports of a target in the order of their data's dates; a draft is seen by its own unit only. */
export function reportsOf(db: Db, viewer: Pick<Actor, 'role' | 'unitId'>, targetId: number): Report[] {
  const rows = reportsSeen(db, viewer.role === 'reporter').all({ targetId, unitId: viewer.unitId })
  const files = evidenceOf(
    db,
    'reportId',
    rows.map(({ report }) => report.id),
  )
  return rows.map(({ report, unitName, reporterName, deciderName }) => ({
    id: report.id,
    value: report.value,
    done: report.done,
    asOf: report.asOf,
    note: report.note,
    problems: report.problems,
    nextSteps: report.nextSteps,
    needs: report.needs,
    source: report.source,
    imported: report.intakeId !== null,
    status: report.status,
    unit: report.unitId === null ? null : { id: report.unitId, name: unitName ?? '' },
    reporter: report.reporterId === null ? null : { id: report.reporterId, displayName: reporterName ?? '' },
    submittedAt: report.submittedAt,
    decidedAt: report.decidedAt,
    decidedBy: report.decidedBy === null ? null : { id: report.decidedBy, displayName: deciderName ?? '' },
    decisionReason: report.decisionReason,
    correctsId: report.correctsId,
    version: report.version,
    attachments: files(report.id),
  }))
}

/** The same as they were known at an instant: one decided later still waited then, one sent in later is not among them. */
export const reportsKnown = (
  db: Db,
  viewer: Pick<Actor, 'role' | 'unitId'>,
  targetId: number,
  until: string,
): Report[] => reportsOf(db, viewer, targetId).flatMap((report) => asKnown(report, until) ?? [])

function asKnown(report: Report, until: string): Report | null {
  const { submittedAt, decidedAt } = report
  if (submittedAt !== null && submittedAt > until) return null
  if (decidedAt === null || decidedAt <= until) return report
  return submittedAt === null
    ? null
    : { ...report, status: 'submitted', decidedAt: null, decidedBy: null, decisionReason: null }
}

const reportsSeen = keptQueries((db, isUnit: boolean) => {
  const decider = aliasedTable(users, 'decider')
  return db
    .select({
      report: reports,
      unitName: units.name,
      reporterName: users.displayName,
      deciderName: decider.displayName,
    })
    .from(reports)
    .leftJoin(units, eq(units.id, reports.unitId))
    .leftJoin(users, eq(users.id, reports.reporterId))
    .leftJoin(decider, eq(decider.id, reports.decidedBy))
    .where(and(eq(reports.targetId, sql.placeholder('targetId')), seenBy('report', anyViewer(isUnit))))
    .orderBy(asc(reports.asOf), asc(reports.id))
})
