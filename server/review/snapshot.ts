import { and, desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { auditLog } from '../../db/schema/index.ts'
import type { State, Step } from '../rules/lifecycle.ts'
import type { TargetRecord, TargetUnitRecord } from '../supervision/target-record.ts'
import { plainUnits } from '../supervision/target-units.ts'

/** Columns that 校核 may change. */
export const REVIEWED = [
  'kind', 'indicator', 'op', 'value', 'valueHigh', 'unit', 'measure', 'per', 'deadline', 'deadlineBasis', 'deadlineWords', 'deadlineRule',
  'baselineValue', 'baselineUnit', 'baselinePeriod', 'startOn', 'reportFrequency', 'contactLeaderId', 'mergedIntoId', 'droppedReason', 'confirmedAt',
] as const satisfies readonly (keyof TargetRecord)[]
type Reviewed = Pick<TargetRecord, (typeof REVIEWED)[number]>

/** Everything of a target that a step of 校核 may change, as it goes into the trail, so that the step can be taken back. */
export type Snapshot = Reviewed & { units: ReturnType<typeof plainUnits>, state: State, made?: number[] }

export const snapshotOf = (target: TargetRecord, units: readonly TargetUnitRecord[]): Snapshot => ({
  ...(Object.fromEntries(REVIEWED.map((key) => [key, target[key]])) as unknown as Reviewed), units: plainUnits(units), state: target.state,
})

const UNDOABLE: readonly Step[] = ['mend', 'accept', 'drop', 'merge', 'split']

/**
 * The step of 校核 that was the last thing to happen to the target: what it was before, and what the step made. A step whose
 * trail keeps no record of before (one that was loaded, not taken) cannot be taken back.
 */
export function lastReview(db: Db, targetId: number): { step: Step, before: Snapshot, made: number[] } | null {
  const last = db.select().from(auditLog).where(and(eq(auditLog.entity, 'target'), eq(auditLog.entityId, String(targetId))))
    .orderBy(desc(auditLog.id)).limit(1).get()
  const step = last?.action.replace(/^target\./, '') as Step | undefined
  if (!last || !step || !UNDOABLE.includes(step) || last.before === null) return null
  return { step, before: last.before as Snapshot, made: (last.after as { made?: number[] }).made ?? [] }
}
