import { and, asc, eq, getViewSelectedFields, gt, gte, isNull, lt, max, sql } from 'drizzle-orm'
import type { Step } from '../../db/domain/lifecycle.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { instructions, targets, targetVersions } from '../../db/schema/index.ts'
import { type TargetVersion, versionsOf } from '../../db/target-versions.ts'
import type { VersionStep } from './versions.ts'

const UNDOABLE: readonly string[] = ['mend', 'accept', 'drop', 'merge', 'split'] satisfies Step[]

/** Finding out whose name a unit bears is nobody's decision on the target. */
const ASIDE: readonly string[] = ['resolve-name', 'ask-name'] satisfies VersionStep[]

/** The versions of a target that stand, oldest first: without the steps that have been taken back and their undoing. */
function standingVersions(db: Db, targetId: number): TargetVersion[] {
  const standing: TargetVersion[] = []
  for (const version of versionsOf(db, targetId)) {
    if (version.step === 'undo') standing.pop()
    else if (!ASIDE.includes(version.step)) standing.push(version)
  }
  return standing
}

/**
 * The step of 校核 that is the next to be taken back: what the target was before it, and what it made. Steps are taken
 * back one after the other, newest first; anything else that happened to the target ends it.
 */
export function lastReview(db: Db, targetId: number): { step: Step; before: TargetVersion; made: number[] } | null {
  const [last, before] = standingVersions(db, targetId).reverse()
  if (!last || !before || !UNDOABLE.includes(last.step) || isSpokenOf(db, targetId, last.validFrom)) return null
  return { step: last.step as Step, before, made: last.step === 'split' ? madeBy(db, last) : [] }
}

/** Whether a leader has instructed on the target, or another one was merged into it, since an instant. */
const isSpokenOf = (db: Db, targetId: number, since: string): boolean =>
  db
    .select({ id: instructions.id })
    .from(instructions)
    .where(and(eq(instructions.targetId, targetId), gte(instructions.createdAt, since)))
    .get() !== undefined || mergesInto(db, targetId).some(({ validFrom }) => validFrom >= since)

/** The versions by which other targets were merged into this one and still are. */
export const mergesInto = (db: Db, targetId: number): TargetVersion[] => merges(db).all({ targetId })

const merges = keptQuery((db) =>
  db
    .select(getViewSelectedFields(targetVersions))
    .from(targets)
    .innerJoin(targetVersions, and(eq(targetVersions.targetId, targets.id), isNull(targetVersions.validUntil)))
    .where(and(eq(targets.mergedIntoId, sql.placeholder('targetId')), eq(targetVersions.step, 'merge')))
    .orderBy(asc(targetVersions.id)),
)

/** The targets that a 拆分 made: their first versions stand between the two of the target that was split. */
function madeBy(db: Db, split: TargetVersion): number[] {
  const before = db
    .select({ id: max(targetVersions.id) })
    .from(targetVersions)
    .where(and(eq(targetVersions.targetId, split.targetId), lt(targetVersions.id, split.id)))
    .get()
  const parent = db
    .select({ documentId: targets.documentId, start: targets.start })
    .from(targets)
    .where(eq(targets.id, split.targetId))
    .get()!
  return db
    .select({ id: targets.id })
    .from(targets)
    .innerJoin(targetVersions, eq(targetVersions.targetId, targets.id))
    .where(
      and(
        eq(targets.documentId, parent.documentId),
        eq(targets.start, parent.start), // a part keeps the place of its evidence
        eq(targetVersions.splitFromId, split.targetId),
        gt(targetVersions.id, before?.id ?? 0),
        lt(targetVersions.id, split.id),
      ),
    )
    .orderBy(asc(targets.id))
    .all()
    .map(({ id }) => id)
}

/** Whether a target that came from a 拆分 is still, or again, as the 拆分 made it. */
export const isUntouchedPart = (db: Db, targetId: number): boolean =>
  standingVersions(db, targetId).at(-1)?.step === 'split-off'
