import { and, eq, inArray, isNotNull, max, sql } from 'drizzle-orm'
import type { Db, OpenDb } from '../../db/open.ts'
import { jobRuns, reports, targetParts, targets, targetUnits, units } from '../../db/schema/index.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { ruleOf } from '../../db/domain/lifecycle.ts'
import { type ReminderRules, type ReminderSubject, remindersOf } from '../rules/reminders.ts'
import { readWorkingDays, type WorkingDays } from '../core/working-days.ts'
import { readSetting } from '../settings/store.ts'
import { clientOf } from '../../db/client.ts'
import { spansOn } from '../../db/light-spans.ts'
import { inTurn } from '../write-turn.ts'
import { CatchUp } from './catch-up.ts'
import { linesOfUnits } from '../core/light-spans.ts'
import type { LightResult } from '../../db/domain/lights.ts'
import { lapseProposals, proposeOrders } from './propose-orders.ts'
import { notify } from '../core/notify.ts'

export const JOB = 'reminders'
/** Targets worked on in one transaction, so that requests go on in between. */
const CHUNK = 50
/** Hour in Shanghai from which on the day's reminders go out. */
export const REMIND_FROM_HOUR = 8

interface DailyResult {
  on: string
  targets: number
  /** People, each once for a cause. */
  notified: number
  /** 督办单 that were proposed (待签发). */
  proposed: number
}

/**
 * The working day whose reminders should have gone out by `now`: today from eight o'clock on, before that the day before.
 * Nobody is reminded on a day off; what falls on one is notified on the next working day, because its cause still stands.
 */
export function dueDay(now: Date, days: WorkingDays): string {
  return days.lastOn(shanghaiDate(new Date(now.getTime() - REMIND_FROM_HOUR * 3_600_000)))
}

/** Whether the reminders of the day that is due have gone out. A server that was stopped over it catches up. */
export const isDone = (db: Db, on: string): boolean =>
  db
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.name, JOB), eq(jobRuns.on, on)))
    .get() !== undefined

/**
 * The daily job: notifies people of what is due, overdue, missing or not signed, and proposes the 督办单 that the office's
 * rules ask for; none goes out by itself. May be run again at any time and after any stop: every cause has a key, and leads
 * to one notification and one proposal only. After a stop in the middle the next run does the rest, because the day counts
 * as done only at the end.
 */
export async function runDaily(db: OpenDb, now: Date): Promise<DailyResult> {
  const today = shanghaiDate(now)
  const rules: ReminderRules = {
    dueDays: readSetting(db, 'reminders').daysBefore,
    signDays: readSetting(db, 'reminders').signWithinDays,
    graceDays: readSetting(db, 'lights').reportGraceDays,
  }
  const days = readWorkingDays(db)
  const due = dueDay(now, days)
  const catchUp = CatchUp.after(db, JOB, due, days)
  const result: DailyResult = { on: today, targets: 0, notified: 0, proposed: 0 }
  for (let after = 0; ;) {
    const ids = db
      .select({ id: targets.id })
      .from(targets)
      .where(and(inArray(targets.state, [...ruleOf('urge').from]), sql`${targets.id} > ${after}`))
      .orderBy(targets.id)
      .limit(CHUNK)
      .all()
      .map((t) => t.id)
    const last = ids.at(-1)
    if (last === undefined) break
    await inTurn(db, (tx) => remindChunk(tx, ids, today, now, rules, result, catchUp))
    after = last
    await new Promise((resolve) => setImmediate(resolve))
  }
  await inTurn(db, (tx) => {
    catchUp?.summarise(tx, today, now.toISOString())
    tx.insert(jobRuns).values({ name: JOB, on: due, finishedAt: now.toISOString() }).onConflictDoNothing().run()
    if (result.notified > 0 || result.proposed > 0)
      appendAudit(tx, systemStamp('每日任务', now), 'reminder.run', 'job', JOB, null, { ...result })
  })
  return result
}

function remindChunk(
  tx: Db,
  ids: number[],
  today: string,
  now: Date,
  rules: ReminderRules,
  result: DailyResult,
  catchUp: CatchUp | null,
): void {
  const at = now.toISOString()
  const byRule = readSetting(tx, 'orders')
  const lights = spansOn(clientOf(tx), ids, today)
  const lines = linesOfUnits(tx, ids, today)
  lapseProposals(tx, ids, lights, at)
  for (const { subject: known, supervisorId, contactLeaderId } of loadSubjects(tx, ids)) {
    const light = lights.get(known.id)?.light
    const own = lines.get(known.id) ?? new Map<number, LightResult>()
    const doneUnits = [...own].flatMap(([unitId, line]) => (line.light === 'done' ? [unitId] : []))
    const subject = { ...known, doneUnits }
    result.targets++
    for (const reminder of remindersOf({ ...subject, done: light === 'done' }, today, rules)) {
      result.notified += notify(tx, {
        kind: reminder.kind,
        causeKey: reminder.causeKey,
        targetId: subject.id,
        text: reminder.text,
        at,
        folded: catchUp?.folds(reminder.kind),
        to: {
          unitIds: reminder.unitIds,
          userIds: [supervisorId, reminder.kind === 'overdue' ? contactLeaderId : null],
          office: supervisorId === null,
        },
      })
    }
    result.proposed += proposeOrders(tx, subject, light, own, byRule.colors, at)
  }
}

/** What the rules of reminders ask of some targets. */
function loadSubjects(
  db: Db,
  ids: number[],
): { subject: ReminderSubject; supervisorId: number | null; contactLeaderId: number | null }[] {
  const rows = db.select().from(targets).where(inArray(targets.id, ids)).all()
  const named = db
    .select({
      targetId: targetUnits.targetId,
      role: targetUnits.role,
      unitId: units.id,
      name: units.name,
      kind: units.kind,
      groupId: targetUnits.groupId,
      dueOn: targetParts.dueOn,
      signedAt: targetUnits.signedAt,
    })
    .from(targetUnits)
    .innerJoin(units, eq(units.id, targetUnits.unitId))
    .leftJoin(
      targetParts,
      and(
        eq(targetParts.targetId, targetUnits.targetId),
        eq(targetParts.kind, 'unit'),
        eq(targetParts.unitId, targetUnits.unitId),
        isNotNull(targetUnits.groupId),
      ),
    )
    .where(inArray(targetUnits.targetId, ids))
    .all()
  const newest = db
    .select({ targetId: reports.targetId, unitId: reports.unitId, asOf: max(reports.asOf) })
    .from(reports)
    .where(
      and(
        inArray(reports.targetId, ids),
        eq(reports.source, 'unit'),
        inArray(reports.status, ['submitted', 'approved']),
      ),
    )
    .groupBy(reports.targetId, reports.unitId)
    .all()
  return rows.map((t) => ({
    supervisorId: t.supervisorId,
    contactLeaderId: t.contactLeaderId,
    subject: {
      id: t.id,
      indicator: t.indicator,
      state: t.state,
      deadline: t.deadline,
      done: false,
      reportFrequency: t.reportFrequency,
      startOn: t.startOn,
      lastAsOf: newest.flatMap(({ targetId, unitId, asOf }) =>
        targetId === t.id && asOf !== null ? [{ unitId, asOf }] : [],
      ),
      reporting: t.reporting,
      doneUnits: [],
      assignedOn: t.assignedAt === null ? null : shanghaiDate(new Date(t.assignedAt)),
      units: named
        .filter((u) => u.targetId === t.id && u.kind === 'unit')
        .map(({ unitId, name, role, groupId, dueOn, signedAt }) => ({
          ...{ unitId, name, role, groupId, dueOn },
          signed: signedAt !== null,
        })),
    },
  }))
}
