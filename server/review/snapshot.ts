import { and, desc, eq } from 'drizzle-orm'
import type { State } from '../../db/domain/states.ts'
import type { Db } from '../../db/open.ts'
import { auditLog } from '../../db/schema/index.ts'
import type { Step } from '../../db/domain/lifecycle.ts'
import type { TargetRecord, TargetUnitRecord } from '../core/target-record.ts'
import { plainUnits } from '../core/target-units.ts'

/** Columns that 校核 may change. */
export const REVIEWED = [
  'kind',
  'indicator',
  'op',
  'value',
  'valueHigh',
  'unit',
  'measure',
  'per',
  'deadline',
  'deadlineBasis',
  'deadlineWords',
  'deadlineRule',
  'baselineValue',
  'baselineUnit',
  'baselinePeriod',
  'startOn',
  'reportFrequency',
  'contactLeaderId',
  'mergedIntoId',
  'droppedReason',
  'confirmedAt',
] as const satisfies readonly (keyof TargetRecord)[]
type Reviewed = Pick<TargetRecord, (typeof REVIEWED)[number]>

/** Everything of a target that a step of 校核 may change, as it goes into the trail, so that the step can be taken back. */
export type Snapshot = Reviewed & { units: ReturnType<typeof plainUnits>; state: State; made?: number[] }

export const snapshotOf = (target: TargetRecord, units: readonly TargetUnitRecord[]): Snapshot => ({
  ...(Object.fromEntries(REVIEWED.map((key) => [key, target[key]])) as unknown as Reviewed),
  units: plainUnits(units),
  state: target.state,
})

/** Why a part is dropped whose 拆分 was taken back. */
export const SPLIT_UNDONE = '撤销拆分'

const UNDOABLE: readonly Step[] = ['mend', 'accept', 'drop', 'merge', 'split']

/** The trail of one target from the newest record back, without the steps that have been taken back and their undoing. */
function* standingSteps(db: Db, targetId: number) {
  const rows = db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.entity, 'target'), eq(auditLog.entityId, String(targetId))))
    .orderBy(desc(auditLog.id))
    .all()
  let undone = 0
  for (const row of rows) {
    const step = row.action.replace(/^target\./, '')
    if (step === 'undo') undone++
    else if (undone > 0 && (UNDOABLE as readonly string[]).includes(step)) undone--
    else yield { step, row }
  }
}

/**
 * The step of 校核 that is the next to be taken back: what the target was before, and what the step made. Steps are taken
 * back one after the other, newest first; anything else that happened to the target ends it, and so does a step whose
 * trail keeps no record of before (one that was loaded, not taken).
 */
export function lastReview(db: Db, targetId: number): { step: Step; before: Snapshot; made: number[] } | null {
  const last = standingSteps(db, targetId).next().value
  if (!last || !(UNDOABLE as readonly string[]).includes(last.step) || last.row.before === null) return null
  return {
    step: last.step as Step,
    before: last.row.before as Snapshot,
    made: (last.row.after as { made?: number[] }).made ?? [],
  }
}

/** Whether a target that came from a 拆分 is still, or again, as the 拆分 made it. */
export const isUntouchedPart = (db: Db, targetId: number): boolean =>
  standingSteps(db, targetId).next().value?.step === 'split-off'
