import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { PART_KINDS, ROLL_UPS } from '../../../db/domain/target-terms.ts'
import type { Db } from '../../../db/open.ts'
import { targetParts, targetUnits, units } from '../../../db/schema/index.ts'
import { invalid, notFound } from '../../errors.ts'
import { checkBreakdown, type Part } from '../../../db/domain/breakdown.ts'
import { amountField, dateField } from '../../schema.ts'
import { isMember } from '../../../db/domain/answering-units.ts'
import { defineStep } from '../../core/step-engine.ts'
import type { TargetUnitRecord } from '../../core/target-record.ts'

const partField = z.strictObject({
  label: z.string().trim().min(1).max(60),
  unitId: z.int().nullable().default(null),
  dueOn: dateField.nullable().default(null),
  value: amountField.nullable().default(null),
  weight: z.number().min(0).max(100).nullable().default(null),
})

export const partsOf = (db: Db, targetId: number, kind: (typeof PART_KINDS)[number]) =>
  db
    .select()
    .from(targetParts)
    .where(and(eq(targetParts.targetId, targetId), eq(targetParts.kind, kind)))
    .orderBy(asc(targetParts.position))
    .all()

/**
 * 分解: replaces the parts of one kind; what was reached stays with a part of the same name. An empty list takes it away, save
 * for the members of a group, who keep their parts.
 */
export const breakDown = defineStep({
  step: 'break-down',
  body: z.object({
    kind: z.enum(PART_KINDS),
    /** 汇总方式, of a 分解 by units; it stays as it is where left out. */
    rollUp: z.enum(ROLL_UPS).optional(),
    parts: z.array(partField).max(300),
  }),
  context: ({ body }) => ({ partKind: body.kind }),
  apply: ({ tx, target, units: own, body }) => {
    const old = partsOf(tx, target.id, body.kind)
    const rollUp = (body.kind === 'unit' ? body.rollUp : undefined) ?? target.rollUp
    const parts: Part[] = [...body.parts, ...(body.kind === 'unit' ? membersWithout(own, body.parts) : [])].map(
      (part) => ({ ...part, reached: old.find((o) => o.label === part.label)?.reached ?? null }),
    )
    const errors = checkBreakdown(body.kind, rollUp, parts, target)
    if (errors.length > 0)
      throw invalid(errors.map((e) => ({ path: e.row === null ? 'parts' : `parts.${e.row - 1}`, message: e.text })))
    tx.delete(targetParts)
      .where(and(eq(targetParts.targetId, target.id), eq(targetParts.kind, body.kind)))
      .run()
    parts.forEach((part, position) => {
      const reachedOn = old.find((o) => o.label === part.label)?.reachedOn ?? null
      tx.insert(targetParts)
        .values({ ...part, reachedOn, targetId: target.id, kind: body.kind, position })
        .run()
    })
    // A county that has a part in the target has to see it, so it becomes one of its support units.
    const missing = [...new Set(parts.flatMap((p) => (p.unitId === null ? [] : [p.unitId])))].filter(
      (id) => !own.some((u) => u.unitId === id),
    )
    missing.forEach((unitId, i) => {
      const unit = tx.select().from(units).where(eq(units.id, unitId)).get()
      if (!unit) throw invalid([{ path: 'parts', message: `没有编号为${unitId}的单位` }])
      tx.insert(targetUnits)
        .values({ targetId: target.id, role: 'support', position: own.length + i, name: unit.name, unitId })
        .run()
    })
    const plain = (rows: readonly Part[]) =>
      rows.map(({ label, unitId, dueOn, value, weight }) => ({ label, unitId, dueOn, value, weight }))
    return {
      patch: { rollUp },
      changed: true,
      before: { kind: body.kind, rollUp: target.rollUp, parts: plain(old) },
      after: { kind: body.kind, rollUp, parts: plain(parts) },
    }
  },
})

/** Members of a group that the list leaves out: each keeps a part, without a share of its own. */
const membersWithout = (
  units: readonly TargetUnitRecord[],
  parts: readonly z.infer<typeof partField>[],
): z.infer<typeof partField>[] =>
  units.flatMap((unit) =>
    isMember(unit) && unit.unitId !== null && !parts.some(({ unitId }) => unitId === unit.unitId)
      ? [{ label: unit.name, unitId: unit.unitId, dueOn: null, value: null, weight: null }]
      : [],
  )

/** How far a part has got: 0–100 for a stage, its value for a unit. */
export const recordPart = defineStep({
  step: 'record-part',
  body: z.object({ partId: z.int(), reached: amountField.nullable(), reachedOn: dateField }),
  context: ({ tx, target, body }) => ({ partUnitId: partById(tx, target.id, body.partId).unitId }),
  apply: ({ tx, target, body, today }) => {
    const part = partById(tx, target.id, body.partId)
    if (body.reachedOn > today) throw invalid([{ path: 'reachedOn', message: '数据截止日期不能晚于今天' }])
    if (part.kind === 'year')
      throw invalid([{ path: 'partId', message: '年度节点的完成情况由填报数据得出，无需单独填写' }])
    if (part.kind === 'stage' && body.reached !== null && (body.reached < 0 || body.reached > 100)) {
      throw invalid([{ path: 'reached', message: '形象进度应在0到100之间' }])
    }
    tx.update(targetParts)
      .set({ reached: body.reached, reachedOn: body.reached === null ? null : body.reachedOn })
      .where(eq(targetParts.id, part.id))
      .run()
    return {
      changed: true,
      record: { id: part.id },
      before: { part: part.label, reached: part.reached, reachedOn: part.reachedOn },
      after: { part: part.label, reached: body.reached, reachedOn: body.reachedOn },
    }
  },
})

function partById(db: Db, targetId: number, id: number) {
  const part = db
    .select()
    .from(targetParts)
    .where(and(eq(targetParts.id, id), eq(targetParts.targetId, targetId)))
    .get()
  if (!part) throw notFound('分解项')
  return part
}
