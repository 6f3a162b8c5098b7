import { REVIEWED_FIELDS } from '../../db/domain/target-fields.ts'
import type { State } from '../../db/domain/states.ts'
import type { TargetRecord } from '../core/target-record.ts'
import { type NamedUnit, plainUnits } from '../core/target-units.ts'

type Reviewed = Pick<TargetRecord, (typeof REVIEWED_FIELDS)[number]>

/** Everything of a target that a step of 校核 may change, as it goes into the trail. */
type Snapshot = Reviewed & { units: ReturnType<typeof plainUnits>; state: State }

export const snapshotOf = (target: Reviewed & { state: State }, units: readonly NamedUnit[]): Snapshot => ({
  ...(Object.fromEntries(REVIEWED_FIELDS.map((key) => [key, target[key]])) as unknown as Reviewed),
  units: plainUnits(units),
  state: target.state,
})

/** Why a part is dropped whose 拆分 was taken back. */
export const SPLIT_UNDONE = '撤销拆分'
