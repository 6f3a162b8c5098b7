import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../../../db/open.ts'
import { targetUnits, users } from '../../../db/schema/index.ts'
import { invalid } from '../../errors.ts'
import { likelyRollUp, needsNumbers } from '../../../db/domain/breakdown.ts'
import { answeringUnits } from '../../../db/domain/answering-units.ts'
import { ROLE_TITLES } from '../../../db/domain/roles.ts'
import {
  ASSIGNED_FIELDS,
  checkTargetFields,
  fieldEntry,
  type FieldValues,
  REASSIGNED_FIELDS,
  type TargetField,
} from '../../../db/domain/target-fields.ts'
import { readSetting } from '../../settings/store.ts'
import { changeShape } from '../../core/field-schemas.ts'
import { reasonField } from '../../core/fields.ts'
import { subjectUnit } from '../../core/target-record.ts'
import { defineStep, type StepRun } from '../../core/step-engine.ts'
import {
  asSubjectUnits,
  namedUnits,
  plainUnits,
  refuseUnresolved,
  resolveUnits,
  type ResolvedUnit,
  unitsField,
  withMembers,
  writeUnits,
} from '../../core/target-units.ts'
import { hasMembers, writeMemberParts } from '../../core/unit-parts.ts'
import { allUnits, office, notifyOfStep } from '../../core/step-notice.ts'
import { partsOf } from './break-down.ts'

/** The units, those read from the document's own tag where left out; 督查责任人 is who assigns where left out. */
const assignBody = z.object({ units: unitsField.optional(), ...changeShape(ASSIGNED_FIELDS) })

/** Who has the target afterwards: the units that are named, and for a group its members, each for a part of its own. */
const nextUnits = (
  { tx, units, actor }: Pick<StepRun<unknown>, 'tx' | 'units' | 'actor'>,
  given: z.infer<typeof unitsField> | undefined,
) => withMembers(tx, resolveUnits(tx, given ?? plainUnits(namedUnits(units)), actor))

/**
 * Members of a group report each its own value; how these make the whole must fit what is promised. Where nobody has said how
 * by the time the target comes to a group, it is as most likely: what a record begins with holds each member to the whole.
 */
function reportingOf<S extends Pick<FieldValues, 'reporting' | 'rollUp'>>(
  { tx, target, body }: Pick<StepRun<{ rollUp?: FieldValues['rollUp'] | undefined }>, 'tx' | 'target' | 'body'>,
  said: S,
  next: readonly ResolvedUnit[],
): S {
  const wasSaid = body.rollUp !== undefined || target.reporting === 'each' || partsOf(tx, target.id, 'unit').length > 0
  const rollUp = hasMembers(next) && !wasSaid ? likelyRollUp(target) : said.rollUp
  if (target.value === null && needsNumbers(rollUp))
    throw invalid([{ path: 'rollUp', message: '没有目标值的事项不能按合计或平均值汇总，请选“取最差”或“全部完成”' }])
  return hasMembers(next) ? { ...said, rollUp, reporting: 'each' } : said
}

/** 交办: units, supervisor, start and frequency of reports in one step; the units are told. */
export const assign = defineStep({
  step: 'assign',
  body: assignBody,
  bulk: true,
  each: ['units', ...ASSIGNED_FIELDS],
  context: (run) => {
    const next = nextUnits(run, run.body.units)
    refuseUnresolved(next)
    return { subject: { units: asSubjectUnits(run.tx, next, run.units) } }
  },
  apply: (run) => {
    const { tx, target, units, actor, body } = run
    const next = nextUnits(run, body.units)
    const known = { ...target, supervisorId: target.supervisorId ?? actor.id, startOn: target.startOn ?? run.today }
    const said = reportingOf(run, saidOf(known, body, ASSIGNED_FIELDS), next)
    const patch = { ...said, assignedAt: actor.at }
    checkPeople(tx, said)
    const mistakes = checkTargetFields({ ...target, startOn: patch.startOn }).filter((m) => m.path === 'startOn')
    if (mistakes.length > 0) throw invalid(mistakes)
    writeUnits(tx, target.id, next, units)
    writeMemberParts(tx, target.id, next, units)
    const days = readSetting(tx, 'reminders').signWithinDays
    notifyOfStep(run, 'assigned', actor.at, `已交办，请于${days}日内签收`, {
      unitIds: next.map((u) => u.unitId),
      userIds: [patch.contactLeaderId, patch.supervisorId],
    })
    return { patch, before: { units: plainUnits(units) }, after: { ...patch, units: plainUnits(next) } }
  },
})

/** 改派: other units; those that have signed need not sign again. */
export const reassign = defineStep({
  step: 'reassign',
  body: z.object({ units: unitsField.min(1), ...changeShape(REASSIGNED_FIELDS), reason: reasonField }),
  context: (run) => {
    const next = nextUnits(run, run.body.units)
    refuseUnresolved(next)
    return { subject: { units: asSubjectUnits(run.tx, next, run.units) } }
  },
  apply: (run) => {
    const { tx, target, units, actor, body, to } = run
    const next = nextUnits(run, body.units)
    const said = reportingOf(run, saidOf(target, body, REASSIGNED_FIELDS), next)
    const patch = { ...said, ...(to === 'assigned' ? { assignedAt: actor.at, signedAt: null } : {}) }
    checkPeople(tx, said)
    writeUnits(tx, target.id, next, units)
    writeMemberParts(tx, target.id, next, units)
    const gone = units.filter((u) => !next.some((n) => n.unitId === u.unitId)).map((u) => u.unitId)
    notifyOfStep(run, 'assigned', actor.at, '已改派给本单位，请签收', {
      unitIds: next.filter((n) => !units.some((u) => u.unitId === n.unitId)).map((n) => n.unitId),
    })
    notifyOfStep(run, 'assigned', `${actor.at}:gone`, `已改派其他单位：${body.reason}`, { unitIds: gone })
    return {
      patch,
      changed: true,
      reason: body.reason,
      before: { units: plainUnits(units) },
      after: { ...patch, units: plainUnits(next), reason: body.reason },
    }
  },
})

export const recall = defineStep({
  step: 'recall',
  body: z.object({ reason: reasonField }),
  bulk: true,
  apply: (run) => {
    const { tx, target, actor, body } = run
    notifyOfStep(run, 'assigned', `${actor.at}:recall`, `的交办已撤回：${body.reason}`, { unitIds: allUnits(run) })
    // Members come back with the next 交办, as they are then.
    const named = namedUnits(run.units).map((unit) => ({ ...unit, signedAt: null, signedBy: null }))
    writeUnits(tx, target.id, named, named)
    writeMemberParts(tx, target.id, named, run.units)
    return {
      patch: { assignedAt: null, signedAt: null },
      reason: body.reason,
      before: { assignedAt: target.assignedAt },
      after: { reason: body.reason },
    }
  },
})

/** 签收 by a unit, in every role it has; the last answering unit to sign moves the target on. */
export const sign = defineStep({
  step: 'sign',
  body: z.object({}),
  bulk: true,
  apply: (run) => {
    const { tx, target, actor, to, units } = run
    const unitId = actor.unitId as number // the table lets only units of the target sign
    tx.update(targetUnits)
      .set({ signedAt: actor.at, signedBy: actor.id })
      .where(and(eq(targetUnits.targetId, target.id), eq(targetUnits.unitId, unitId), isNull(targetUnits.signedAt)))
      .run()
    const name = units.find((u) => u.unitId === unitId)?.name ?? ''
    notifyOfStep(run, 'signed', unitId, `已由${name}签收`, office(run))
    const waiting = answeringUnits(units.map(subjectUnit)).filter((u) => !u.signed && u.unitId !== unitId).length
    const patch = target.state === 'assigned' && to === 'signed' ? { signedAt: actor.at } : {}
    return { patch, changed: true, after: { unitId, unit: name, waiting } }
  },
})

/** Fields as they are said with the step; those left out stay. */
const saidOf = <F extends TargetField>(
  target: Pick<FieldValues, F>,
  body: { [K in F]?: FieldValues[K] | undefined },
  fields: readonly F[],
) =>
  Object.fromEntries(fields.map((field) => [field, body[field] === undefined ? target[field] : body[field]])) as Pick<
    FieldValues,
    F
  >

/** Whom a field names must be in office, and of the role that the field is for. */
function checkPeople(db: Db, said: Partial<FieldValues>): void {
  for (const field of Object.keys(said) as TargetField[]) {
    const { person: role, title } = fieldEntry(field)
    const id = said[field]
    if (role === undefined || id === null || id === undefined) continue
    const user = db
      .select()
      .from(users)
      .where(eq(users.id, Number(id)))
      .get()
    if (!user || user.role !== role || user.disabledAt !== null)
      throw invalid([{ path: field, message: `${title}应为在用的${ROLE_TITLES[role]}账号` }])
  }
}
