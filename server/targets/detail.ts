import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  attachments,
  auditLog,
  changeRequests,
  orders,
  problems,
  reports,
  targetParts,
  users,
} from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { mayRead } from '../reports/evidence-rows.ts'
import { reportsOf } from '../reports/queries.ts'
import { lastReview } from '../review/snapshot.ts'
import { shanghaiDate } from '../rules/dates.ts'
import { expectedLine } from '../rules/expected.ts'
import { allowedSteps, STEP_NAMES, ruleOf, type Step } from '../rules/lifecycle.ts'
import type { LightTarget } from '../rules/lights.ts'
import { usableBaseline } from '../rules/progress.ts'
import { readableLines } from '../supervision/record-rights.ts'
import { loadTarget, type LoadedTarget, subjectOf } from '../supervision/target-record.ts'
import { clientOf } from './light-cache.ts'
import { lightInputs } from './light-inputs.ts'
import { targetRow } from './list.ts'
import type { TargetDetail } from './schemas.ts'
import { notFound } from '../errors.ts'

/**
 * Everything about one target as it stood on `asOf`; 404 where the person may not know of it. Its light is said by the
 * rule itself, so that nobody waits for the lights of all targets.
 * @param past before today
 */
export function targetDetail(db: Db, actor: Actor, id: number, asOf: string, past: boolean): TargetDetail {
  const loaded = loadTarget(db, id, actor)
  const { target } = loaded
  const row = targetRow(db, id, asOf, past)
  const input = lightInputs(clientOf(db), [id])[0]
  if (!row || !input) throw notFound('目标')
  const {
    evidence,
    start,
    end,
    clauseStart,
    clauseEnd,
    deadlineBasis,
    deadlineWords,
    deadlineRule,
    baselineValue,
    baselineUnit,
    baselinePeriod,
    startOn,
    reportFrequency,
    manualLightReason,
    extracted,
    explanation,
  } = target
  return {
    ...row,
    evidence,
    start,
    end,
    clauseStart,
    clauseEnd,
    deadlineBasis,
    deadlineWords,
    deadlineRule,
    baselineValue,
    baselineUnit,
    baselinePeriod,
    startOn,
    reportFrequency,
    manualLightReason,
    extracted,
    explanation,
    supervisor: personOf(db, target.supervisorId),
    contactLeader: personOf(db, target.contactLeaderId),
    parts: db
      .select()
      .from(targetParts)
      .where(eq(targetParts.targetId, id))
      .orderBy(asc(targetParts.kind), asc(targetParts.position))
      .all()
      .map(({ targetId: _targetId, ...part }) => part),
    reports: reportsOf(db, actor, id),
    expectedLine: lineInUnits(input.target),
    steps: storyOf(db, id, actor),
    allowed: allowedNow(db, loaded, actor),
  }
}

const personOf = (db: Db, id: number | null) =>
  id === null
    ? null
    : (db.select({ id: users.id, displayName: users.displayName }).from(users).where(eq(users.id, id)).get() ?? null)

/**
 * The expected line in the target's own unit: baseline, yearly breakdown, target. Its beginning is left out where nobody
 * wrote down the baseline; a growth or the like begins at zero.
 */
function lineInUnits(target: LightTarget): TargetDetail['expectedLine'] {
  const { value, startOn, deadline } = target
  if (value === null) return []
  const isLevel = target.measure === null || target.measure === 'level'
  const first = isLevel ? usableBaseline(target) : 0
  return expectedLine(target).flatMap(({ on }) => {
    const year = target.years.find(({ dueOn }) => dueOn === on)
    const at = on === deadline ? value : on === startOn ? first : (year?.value ?? null)
    return at === null || !Number.isFinite(at) ? [] : [{ on, value: at }]
  })
}

/** What happened to the target, oldest first, in the words of the life cycle; without what the person may not see. */
function storyOf(db: Db, id: number, actor: Actor): TargetDetail['steps'] {
  const lines = db
    .select({ at: auditLog.at, who: auditLog.userName, action: auditLog.action, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.entity, 'target'), eq(auditLog.entityId, String(id))))
    .orderBy(asc(auditLog.id))
    .all()
  const rows = readableLines(db, lines, actor)
  const files = new Map(
    db
      .select()
      .from(attachments)
      .where(eq(attachments.targetId, id))
      .all()
      .filter((file) => mayRead(db, file, actor))
      .map((file) => [file.id, file]),
  )
  return rows.map(({ at, who, action, after }) => {
    const step = action.replace(/^target\./, '')
    const title = (STEP_NAMES as string[]).includes(step) ? ruleOf(step as Step).title : (OTHER_ACTIONS[step] ?? step)
    const words = ['reason', 'text', 'answer', 'note']
      .map((field) => (after as Record<string, unknown> | null)?.[field])
      .find((text) => typeof text === 'string' && text !== '')
    const given = (after as { attachments?: { id: number }[] } | null)?.attachments ?? []
    return {
      at,
      who,
      action,
      title,
      text: (words as string | undefined) ?? '',
      attachments: given.flatMap((file) => files.get(file.id) ?? []),
    }
  })
}

/** Entries of the trail that are no step of the life cycle. */
const OTHER_ACTIONS: Record<string, string> = {
  add: '手工增加',
  create: '手工增加',
  'take-in': '并入重复事项',
  'split-off': '由拆分产生',
  unsplit: '撤销拆分',
}

/** Names of the steps that the person may take now. */
export function allowedNow(db: Db, loaded: LoadedTarget, actor: Actor): string[] {
  const { id } = loaded.target
  const today = shanghaiDate(new Date(actor.at))
  return allowedSteps(subjectOf(db, loaded, today), actor, {
    today,
    reports: db
      .select({ unitId: reports.unitId, reporterId: reports.reporterId, status: reports.status })
      .from(reports)
      .where(eq(reports.targetId, id))
      .all(),
    requests: db.select().from(changeRequests).where(eq(changeRequests.targetId, id)).all(),
    orders: db
      .select()
      .from(orders)
      .where(eq(orders.targetId, id))
      .all()
      .map(({ unitId, answeredAt, closedAt }) => ({
        unitId,
        answered: answeredAt !== null,
        closed: closedAt !== null,
      })),
    problems: db
      .select({ unitId: problems.unitId, status: problems.status })
      .from(problems)
      .where(eq(problems.targetId, id))
      .all(),
    undoTo: lastReview(db, id)?.before.state ?? null,
  })
}
