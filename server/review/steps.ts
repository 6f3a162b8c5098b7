import { eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { targets } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/append.ts'
import { conflict, invalid } from '../errors.ts'
import { endsFitting } from '../../db/domain/figure-ends.ts'
import { checkTargetFields, LISTED_FIELDS, NUMBER_FIELDS, REVIEWED_FIELDS } from '../../db/domain/target-fields.ts'
import { reasonField } from '../core/fields.ts'
import { defineStep, type StepRun } from '../core/step-engine.ts'
import type { TargetRecord } from '../core/target-record.ts'
import { plainUnits, resolveUnits, writeUnits } from '../core/target-units.ts'
import { writeVersion } from '../core/versions.ts'
import { isUntouchedPart, lastReview } from '../core/review-history.ts'
import { rewriteSpans } from '../core/light-spans.ts'
import { mendFields } from './schemas.ts'
import { snapshotOf, SPLIT_UNDONE } from './snapshot.ts'

type Mend = z.infer<typeof mendFields>

/** The columns that a mending changes; a deadline by hand says so where the rule's name stood. */
function columnsOf(target: TargetRecord, { units: _units, ...fields }: Mend): Partial<TargetRecord> {
  const changes = Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== undefined && value !== target[key as keyof TargetRecord]),
  ) as Partial<TargetRecord>
  // From a number to none the number's fields go along, so that one click is enough.
  if (changes.kind !== undefined && changes.kind !== 'quantity')
    for (const field of NUMBER_FIELDS) changes[field] = null
  Object.assign(changes, endsFitting(changes.op, fields))
  if (changes.deadline !== undefined) {
    Object.assign(changes, {
      deadlineBasis: changes.deadline === null ? 'none' : 'explicit',
      deadlineWords: null,
      deadlineRule: '人工校核',
    })
  }
  return changes
}

function checked(target: TargetRecord, changes: Partial<TargetRecord>): Partial<TargetRecord> {
  const mistakes = checkTargetFields({ ...target, ...changes })
  if (mistakes.length > 0) throw invalid(mistakes)
  return changes
}

/** Before and after in full, for the trail. */
function told(run: StepRun<unknown>, patch: Partial<TargetRecord>, units?: ReturnType<typeof plainUnits>) {
  const before = snapshotOf(run.target, run.units)
  return { before, after: { ...before, ...pickReviewed(patch), ...(units ? { units } : {}), state: run.to } }
}
const pickReviewed = (patch: Partial<TargetRecord>): Partial<TargetRecord> =>
  Object.fromEntries(REVIEWED_FIELDS.filter((key) => key in patch).map((key) => [key, patch[key]]))

export const mend = defineStep({
  step: 'mend',
  body: mendFields,
  apply: (run) => {
    const patch = checked(run.target, columnsOf(run.target, run.body))
    const next = run.body.units && resolveUnits(run.tx, run.body.units, run.actor)
    if (next) writeUnits(run.tx, run.target.id, next, run.units)
    return { patch, changed: next !== undefined, ...told(run, patch, next && plainUnits(next)) }
  },
})

/** 立项: the candidate is a promise that the office will follow. Small corrections may come along. */
export const accept = defineStep({
  step: 'accept',
  body: mendFields.partial(),
  bulk: true,
  apply: (run) => {
    const patch = { ...checked(run.target, columnsOf(run.target, run.body)), confirmedAt: run.actor.at }
    const next = resolveUnits(run.tx, run.body.units ?? plainUnits(run.units), run.actor)
    writeUnits(run.tx, run.target.id, next, run.units)
    return { patch, ...told(run, patch, plainUnits(next)) }
  },
})

export const drop = defineStep({
  step: 'drop',
  body: z.object({ reason: reasonField }),
  bulk: true,
  apply: (run) => {
    const patch = { droppedReason: run.body.reason }
    return { patch, reason: run.body.reason, ...told(run, patch) }
  },
})

/** 合并: this one is the duplicate; it stays on record and points to the one that is kept. */
export const merge = defineStep({
  step: 'merge',
  body: z.object({ intoId: z.int() }),
  bulk: true,
  apply: (run) => {
    const { tx, target, body } = run
    const into = tx.select().from(targets).where(eq(targets.id, body.intoId)).get()
    if (!into || into.id === target.id) throw invalid([{ path: 'intoId', message: '请选择要并入的另一条事项' }])
    if (into.state === 'merged' || into.state === 'dropped')
      throw invalid([{ path: 'intoId', message: '要并入的事项已被合并或不予立项，请选择有效的事项' }])
    const patch = { mergedIntoId: into.id }
    appendAudit(tx, run.actor, 'target.take-in', 'target', into.id, null, {
      merged: target.id,
      evidence: target.evidence.slice(0, 200),
    })
    return { patch, ...told(run, patch) }
  },
})

/** 拆分: the first part stays in this record, each further one becomes a record of its own with the same evidence. */
export const split = defineStep({
  step: 'split',
  body: z.object({ parts: z.array(mendFields).min(2, '至少拆分为两条').max(20) }),
  apply: (run) => {
    const { tx, target, units, actor, body } = run
    const parts = body.parts.map((part) => ({ part, changes: columnsOf(target, part) }))
    const mistakes = parts.flatMap(({ changes }, i) =>
      checkTargetFields({ ...target, ...changes }).map(({ path, message }) => ({
        path: `parts.${i}.${path}`,
        message,
      })),
    )
    const twins = parts.flatMap(({ part, changes }, i) => {
      const twin = parts.findIndex(
        (other) =>
          sayTheSame({ ...target, ...other.changes }, { ...target, ...changes }) && sameUnits(other.part, part),
      )
      return twin < i ? [{ path: `parts.${i}`, message: `与第${twin + 1}条相同` }] : []
    })
    if (mistakes.length + twins.length > 0) throw invalid([...mistakes, ...twins])
    const [first, ...rest] = parts as [(typeof parts)[number], ...typeof parts]
    const { id: _id, ...copy } = target
    const made = rest.map(({ part, changes }) => {
      const id = Number(
        tx
          .insert(targets)
          .values({ ...copy, ...changes, version: 1, createdAt: actor.at, updatedAt: actor.at })
          .run().lastInsertRowid,
      )
      const next = resolveUnits(tx, part.units ?? plainUnits(units), actor)
      writeUnits(tx, id, next, units)
      const before = snapshotOf(target, units)
      appendAudit(tx, actor, 'target.split-off', 'target', id, null, {
        ...before,
        from: target.id,
        ...pickReviewed({ ...target, ...changes }),
        units: plainUnits(next),
      })
      return id
    })
    writeVersion(tx, made, 'split-off', actor, { splitFromId: target.id })
    rewriteSpans(tx, made, run.today)
    const next = first.part.units && resolveUnits(tx, first.part.units, actor)
    if (next) writeUnits(tx, target.id, next, units)
    const { before, after } = told(run, first.changes, next && plainUnits(next))
    return {
      patch: first.changes,
      changed: true,
      remembered: true, // the first part may be just what the target was
      before,
      after: { ...after, made },
      record: { id: made[0] ?? 0 },
      made,
    }
  },
})

const sayTheSame = (a: TargetRecord, b: TargetRecord) => LISTED_FIELDS.every((field) => a[field] === b[field])
const sameUnits = (a: Mend, b: Mend) => JSON.stringify(a.units ?? null) === JSON.stringify(b.units ?? null)

/** 撤销: the last step of 校核 on this target, as long as nothing else has happened to it since. */
export const undo = defineStep({
  step: 'undo',
  body: z.object({}),
  context: ({ tx, target }) => ({ undoTo: lastReview(tx, target.id)?.before.state ?? null }),
  apply: (run) => {
    const { tx, target, units, actor } = run
    const last = lastReview(tx, target.id)
    if (!last) throw conflict(null) // the table has asked already
    writeUnits(tx, target.id, resolveUnits(tx, plainUnits(last.before.units), actor), units)
    if (last.made.length > 0) {
      const children = tx.select().from(targets).where(inArray(targets.id, last.made)).all()
      const touched = children.find((child) => !isUntouchedPart(tx, child.id))
      if (touched) throw invalid([{ path: 'id', message: `拆分出的事项（编号${touched.id}）已被处理，不能撤销拆分` }])
      for (const child of children) {
        tx.update(targets)
          .set({ state: 'dropped', droppedReason: SPLIT_UNDONE, version: child.version + 1, updatedAt: actor.at })
          .where(eq(targets.id, child.id))
          .run()
        appendAudit(
          tx,
          actor,
          'target.unsplit',
          'target',
          child.id,
          { state: child.state },
          { state: 'dropped', from: target.id },
        )
      }
      writeVersion(tx, last.made, 'unsplit', actor)
      rewriteSpans(tx, last.made, run.today)
    }
    return {
      patch: pickReviewed(last.before),
      changed: true,
      remembered: true,
      before: snapshotOf(target, units),
      after: { ...snapshotOf(last.before, last.before.units), undone: last.step },
    }
  },
})

export const REVIEW_STEPS = [mend, accept, drop, merge, split, undo]
