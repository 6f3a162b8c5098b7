import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { keptQueries, keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { attachments, reports } from '../../db/schema/index.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { amountField, dateField } from '../schema.ts'
import { reasonField } from '../core/fields.ts'
import { defineStep, type StepRun } from '../core/step-engine.ts'
import { office, notifyOfStep } from '../core/step-notice.ts'
import type { ReportPart } from '../../db/domain/report-parts.ts'
import { doubts, refuseUnconfirmed, reportMistakes, unexplained } from './rules.ts'
import { confirmField, valueFields } from './schemas.ts'

type Report = typeof reports.$inferSelect

/** A report of the target, 404 where it is another's. */
function reportOf(db: Db, targetId: number, id: number): Report {
  const report = reportById(db).get({ id })
  if (!report || report.targetId !== targetId) throw notFound('填报')
  return report
}

const reportById = keptQuery((db) =>
  db
    .select()
    .from(reports)
    .where(eq(reports.id, sql.placeholder('id'))),
)

const about = (db: Db, targetId: number, id: number) => {
  const { unitId, reporterId, status } = reportOf(db, targetId, id)
  return { report: { unitId, reporterId, status } }
}

const inTrail = (r: Pick<Report, 'value' | 'done' | 'asOf' | ReportPart>) => ({
  value: r.value,
  done: r.done,
  asOf: r.asOf,
  note: r.note,
  problems: r.problems,
  nextSteps: r.nextSteps,
  needs: r.needs,
})

/** 填报: makes or changes a draft of the own unit. What has been submitted is never changed: a correction is a new report. */
export const draft = defineStep({
  step: 'draft',
  onlyReports: 'waiting',
  body: valueFields.extend({
    /** The draft to change; a new one where left out. */
    reportId: z.int().optional(),
    /** Version of the draft, against two colleagues at once. */
    reportVersion: z.int().optional(),
    /** The report of the own unit that this one corrects, or replaces after 退回; its evidence is copied. */
    correctsId: z.int().nullable().default(null),
  }),
  apply: (run) => {
    const { tx, target, actor, body, today } = run
    const { reportId, reportVersion, correctsId, ...fields } = body
    if (fields.asOf > today) throw invalid([{ path: 'asOf', message: `数据截止日期${fields.asOf}晚于今天` }])
    if (reportId !== undefined) {
      const stored = reportOf(tx, target.id, reportId)
      if (stored.unitId !== actor.unitId) throw notFound('填报')
      if (stored.status !== 'draft')
        throw invalid([{ path: 'reportId', message: '已提交的填报不能修改，请新建一条更正填报' }])
      if (reportVersion !== undefined && reportVersion !== stored.version) throw conflict(stored)
      tx.update(reports)
        .set({ ...fields, reporterId: actor.id, version: stored.version + 1 })
        .where(eq(reports.id, stored.id))
        .run()
      return {
        before: { report: stored.id, ...inTrail(stored) },
        after: { report: stored.id, ...inTrail(fields) },
        record: { id: stored.id },
      }
    }
    if (correctsId !== null && reportOf(tx, target.id, correctsId).unitId !== actor.unitId) throw notFound('填报')
    const { id: targetId } = target
    const by = { unitId: actor.unitId, reporterId: actor.id, at: actor.at }
    const done = fields.done === null ? null : Number(fields.done)
    const id = Number(insertDraft(tx).run({ ...fields, ...by, done, correctsId, targetId }).lastInsertRowid)
    if (correctsId !== null) copyEvidence(tx, correctsId, id)
    return { after: { report: id, correctsId, ...inTrail(fields) }, record: { id } }
  },
})

const insertDraft = keptQuery((db) =>
  db.insert(reports).values({
    targetId: sql.placeholder('targetId'),
    unitId: sql.placeholder('unitId'),
    reporterId: sql.placeholder('reporterId'),
    value: sql.placeholder('value'),
    // drizzle would make "no" of what is not said
    done: sql`${sql.placeholder('done')}`,
    asOf: sql.placeholder('asOf'),
    note: sql.placeholder('note'),
    problems: sql.placeholder('problems'),
    nextSteps: sql.placeholder('nextSteps'),
    needs: sql.placeholder('needs'),
    source: 'unit',
    status: 'draft',
    correctsId: sql.placeholder('correctsId'),
    createdAt: sql.placeholder('at'),
  }),
)

/** The files are the same bytes under the same hash; only their listing is repeated. */
function copyEvidence(tx: Db, fromId: number, toId: number): void {
  for (const { id: _id, ...file } of tx.select().from(attachments).where(eq(attachments.reportId, fromId)).all()) {
    tx.insert(attachments)
      .values({ ...file, reportId: toId })
      .run()
  }
}

/** Submits a draft: mistakes are refused, doubts have to be confirmed and are kept for the reviewer. */
function submitReport(run: StepRun<unknown>, report: Report, confirm: readonly string[], unit?: string | null) {
  const { tx, target, actor, today } = run
  const mistakes = [...reportMistakes(target, report, today), ...unexplained(tx, target.id, report, today)]
  if (mistakes.length > 0) throw invalid(mistakes)
  const warnings = doubts(tx, target, { ...report, unit }, report.correctsId)
  refuseUnconfirmed(warnings, confirm)
  const submitted = { id: report.id, at: actor.at, warnings, version: report.version + 1 }
  if (report.reporterId === actor.id) markSubmitted(tx, 'own').run(submitted)
  else markSubmitted(tx, 'of another').run({ ...submitted, by: actor.id })
  notifyOfStep(run, 'submitted', `${report.id}`, `有填报待审核（数据截止${report.asOf}）`, office(run))
  return {
    changed: true,
    after: { report: report.id, ...inTrail(report), warnings: warnings.map((w) => w.code) },
    record: { id: report.id },
  }
}

const ID = sql.placeholder('id')
/** Whose draft it is: where the reporter stays, the index of reporters is left alone. */
const markSubmitted = keptQueries((db, draft: 'own' | 'of another') =>
  db
    .update(reports)
    .set({
      status: 'submitted',
      submittedAt: sql.placeholder('at'),
      ...(draft === 'own' ? {} : { reporterId: sql.placeholder('by') }),
      warnings: sql.placeholder('warnings'),
      version: sql.placeholder('version'),
    } as never)
    .where(eq(reports.id, ID)),
)
const markDecided = keptQuery((db) =>
  db
    .update(reports)
    .set({
      status: sql.placeholder('status'),
      decidedAt: sql.placeholder('at'),
      decidedBy: sql.placeholder('by'),
      decisionReason: sql.placeholder('reason'),
      version: sql.placeholder('version'),
    } as never)
    .where(eq(reports.id, ID)),
)

export const submit = defineStep({
  step: 'submit',
  onlyReports: 'waiting',
  body: z.object({ reportId: z.int(), confirm: confirmField }),
  context: ({ tx, target, body }) => about(tx, target.id, body.reportId),
  apply: (run) => submitReport(run, reportOf(run.tx, run.target.id, run.body.reportId), run.body.confirm),
})

/** 删除草稿: it leaves the lists; what it said stays in the trail. */
const discard = defineStep({
  step: 'discard',
  onlyReports: 'waiting',
  body: z.object({ reportId: z.int() }),
  context: ({ tx, target, body }) => about(tx, target.id, body.reportId),
  apply: ({ tx, target, actor, body }) => {
    const report = reportOf(tx, target.id, body.reportId)
    tx.update(reports)
      .set({ status: 'withdrawn', decidedAt: actor.at, decidedBy: actor.id, version: report.version + 1 })
      .where(eq(reports.id, report.id))
      .run()
    return {
      before: { report: report.id, ...inTrail(report) },
      after: { report: report.id, status: 'withdrawn' },
      record: { id: report.id },
    }
  },
})

const withdraw = defineStep({
  step: 'withdraw',
  onlyReports: 'counting',
  body: z.object({ reportId: z.int() }),
  context: ({ tx, target, body }) => about(tx, target.id, body.reportId),
  apply: ({ tx, actor, body }) => {
    tx.update(reports)
      .set({ status: 'withdrawn', decidedAt: actor.at, decidedBy: actor.id })
      .where(eq(reports.id, body.reportId))
      .run()
    return { changed: true, after: { report: body.reportId, status: 'withdrawn' }, record: { id: body.reportId } }
  },
})

function decideReport(run: StepRun<{ reportId: number; reason?: string }>, status: 'approved' | 'returned') {
  const { tx, target, actor, body } = run
  const report = reportOf(tx, target.id, body.reportId)
  const decision = { status, at: actor.at, by: actor.id, reason: body.reason ?? null }
  markDecided(tx).run({ id: report.id, ...decision, version: report.version + 1 })
  const words = status === 'approved' ? '的填报已审核通过' : `的填报被退回：${body.reason}`
  notifyOfStep(run as StepRun<unknown>, status, report.id, words, {
    unitIds: [report.unitId],
    userIds: [report.reporterId],
  })
  return {
    changed: true,
    before: { report: report.id, status: report.status },
    record: { id: report.id },
    after: { report: report.id, status, ...inTrail(report), reason: body.reason ?? null, unitId: report.unitId },
  }
}

const approve = defineStep({
  step: 'approve',
  onlyReports: 'counting',
  body: z.object({ reportId: z.int(), reason: z.string().trim().max(1000).optional() }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.reportId),
  apply: (run) => decideReport(run, 'approved'),
})

const returnReport = defineStep({
  step: 'return',
  onlyReports: 'counting',
  body: z.object({ reportId: z.int(), reason: reasonField }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.reportId),
  apply: (run) => decideReport(run, 'returned'),
})

/**
 * 录入统计数据: the statistics office's value beside the unit's. It decides no light; the difference is shown.
 * A second value of the same day replaces the first as 更正, which stays on record.
 */
const recordStatistics = defineStep({
  step: 'record-statistics',
  onlyReports: 'counting',
  body: z.object({ value: amountField, asOf: dateField, note: z.string().trim().max(4000).nullable().default(null) }),
  apply: ({ tx, target, actor, body, today }) => {
    if (target.kind !== 'quantity') throw invalid([{ path: 'value', message: '只有量化指标可以录入统计数据' }])
    if (body.asOf > today) throw invalid([{ path: 'asOf', message: `数据截止日期${body.asOf}晚于今天` }])
    const old = tx
      .select()
      .from(reports)
      .where(
        and(
          eq(reports.targetId, target.id),
          eq(reports.source, 'statistics'),
          eq(reports.asOf, body.asOf),
          eq(reports.status, 'approved'),
        ),
      )
      .get()
    if (old)
      tx.update(reports)
        .set({ status: 'withdrawn', decidedAt: actor.at, decidedBy: actor.id, version: old.version + 1 })
        .where(eq(reports.id, old.id))
        .run()
    const id = Number(
      tx
        .insert(reports)
        .values({
          ...body,
          targetId: target.id,
          reporterId: actor.id,
          source: 'statistics',
          status: 'approved',
          submittedAt: actor.at,
          correctsId: old?.id ?? null,
          createdAt: actor.at,
        })
        .run().lastInsertRowid,
    )
    return {
      changed: true,
      before: old ? { value: old.value, asOf: old.asOf } : {},
      after: { report: id, source: 'statistics', ...body },
      record: { id },
    }
  },
})

export const REPORT_STEPS = [draft, submit, discard, withdraw, approve, returnReport, recordStatistics]
