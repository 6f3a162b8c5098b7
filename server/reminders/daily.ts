import { and, eq, inArray, sql } from 'drizzle-orm'
import { newestReportDates } from '../../db/newest-reports.ts'
import type { Db, OpenDb } from '../../db/open.ts'
import { jobRuns, orders, targets, targetUnits, units } from '../../db/schema/index.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { dateWords, shanghaiDate } from '../../db/domain/dates.ts'
import { answeringUnits, ruleOf } from '../../db/domain/lifecycle.ts'
import { orderColorOf } from '../../db/domain/lights.ts'
import type { OrderColor } from '../../db/domain/supervision-terms.ts'
import { type ReminderRules, type ReminderSubject, remindersOf, short } from '../rules/reminders.ts'
import { readWorkingDays, type WorkingDays } from '../core/working-days.ts'
import { readSetting } from '../settings/store.ts'
import { nextNumber } from '../core/numbers.ts'
import { clientOf } from '../../db/client.ts'
import { spansOn } from '../../db/light-spans.ts'
import { inTurn } from '../write-turn.ts'
import { CatchUp } from './catch-up.ts'
import { notify } from '../core/notify.ts'

export const JOB = 'reminders'
/** Targets worked on in one transaction, so that requests go on in between. */
const CHUNK = 50
/** Hour in Shanghai from which on the day's reminders go out. */
export const REMIND_FROM_HOUR = 8

interface DailyResult {
  on: string
  targets: number
  told: number
  orders: number
}

/**
 * The working day whose reminders should have gone out by `now`: today from eight o'clock on, before that the day before.
 * Nobody is reminded on a day off; what falls on one is told on the next working day, because its cause still stands.
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
 * The daily job: tells people what is due, overdue, missing or not signed, and issues the 督办单 that the office's rules
 * ask for. May be run again at any time and after any stop: every cause has a key, and is told and ordered once.
 * After a stop in the middle the next run does the rest, because the day counts as done only at the end.
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
  const result: DailyResult = { on: today, targets: 0, told: 0, orders: 0 }
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
    if (result.told > 0 || result.orders > 0)
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
  for (const { subject, supervisorId, contactLeaderId } of loadSubjects(tx, ids)) {
    const light = lights.get(subject.id)?.light
    result.targets++
    for (const reminder of remindersOf({ ...subject, done: light === 'done' }, today, rules)) {
      result.told += notify(tx, {
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
    const color = light === undefined ? null : orderColorOf(light)
    if (color !== null && byRule.colors.includes(color))
      result.orders += orderByRule(tx, subject, color, today, now, byRule.answerDays, catchUp)
  }
}

const WHY: Record<OrderColor, string> = { red: '已逾期未完成', yellow: '进度滞后或未按时填报', blue: '即将到期' }

/** One 督办单 to each answering unit, once for one colour and deadline. */
function orderByRule(
  tx: Db,
  subject: ReminderSubject,
  color: OrderColor,
  today: string,
  now: Date,
  answerDays: number,
  catchUp: CatchUp | null,
): number {
  const at = now.toISOString()
  const stamp = systemStamp('督办单规则', now)
  let made = 0
  for (const unit of answeringUnits(subject.units)) {
    const causeKey = `${color}:${subject.id}:${unit.unitId}:${subject.deadline ?? ''}`
    if (tx.select({ id: orders.id }).from(orders).where(eq(orders.causeKey, causeKey)).get()) continue
    const number = nextNumber(tx, 'order', today)
    const dueOn = readWorkingDays(tx).after(today, answerDays)
    const text = `“${short(subject.indicator)}”${subject.deadline === null ? '' : `应于${dateWords(subject.deadline)}完成，`}${WHY[color]}，请说明原因和推进措施。`
    const id = Number(
      tx
        .insert(orders)
        .values({
          number,
          color,
          targetId: subject.id,
          unitId: unit.unitId,
          text,
          dueOn,
          causeKey,
          issuedBy: null,
          issuedAt: at,
        })
        .run().lastInsertRowid,
    )
    appendAudit(tx, stamp, 'target.issue-order', 'target', subject.id, null, {
      orders: [{ id, number, unitId: unit.unitId }],
      color,
      text,
      dueOn,
      byRule: true,
    })
    notify(tx, {
      kind: 'order',
      causeKey: `order:${subject.id}:${id}`,
      targetId: subject.id,
      text: `“${short(subject.indicator)}”收到督办单${number}，请于${dueOn}前回复`,
      to: { unitIds: [unit.unitId] },
      at,
      folded: catchUp?.folds('order'),
    })
    made++
  }
  return made
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
      signedAt: targetUnits.signedAt,
    })
    .from(targetUnits)
    .innerJoin(units, eq(units.id, targetUnits.unitId))
    .where(inArray(targetUnits.targetId, ids))
    .all()
  const newest = newestReportDates(db, ids)
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
      lastAsOf: newest.get(t.id) ?? null,
      assignedOn: t.assignedAt === null ? null : shanghaiDate(new Date(t.assignedAt)),
      units: named
        .filter((u) => u.targetId === t.id && u.kind === 'unit')
        .map((u) => ({ unitId: u.unitId, name: u.name, role: u.role, signed: u.signedAt !== null })),
    },
  }))
}
