import type { z } from 'zod'
import { isMember } from '../../db/domain/answering-units.ts'
import { rollUpStages, rollUpUnits } from '../../db/domain/breakdown.ts'
import { addDays, shanghaiDateOf } from '../../db/domain/dates.ts'
import type { LightResult } from '../../db/domain/lights.ts'
import { openReturn } from '../../db/domain/open-return.ts'
import type { State } from '../../db/domain/states.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { linesOfUnits } from '../core/light-spans.ts'
import { type LoadedTarget, seesInPart } from '../core/target-record.ts'
import { reportsOf } from '../core/target-reports.ts'
import type { Report } from '../core/target-schemas.ts'
import { readSetting } from '../settings/store.ts'
import type { breakdownAnswer } from './list-schemas.ts'
import { partsOf } from './steps/break-down.ts'

type Breakdown = z.infer<typeof breakdownAnswer>
type UnitPart = Breakdown['unit']['parts'][number]

/**
 * 分解 of a target as it stands on the day `today`: parts, how they make the whole, and for each unit that reports itself its own
 * state and light. A member of a group is told of its own part alone.
 */
export function breakdownOf(db: Db, loaded: LoadedTarget, actor: Actor, today: string): Breakdown {
  const { target, units } = loaded
  const inPart = seesInPart(units, actor)
  const parts = unitParts(db, loaded, actor, today)
  const shown = inPart ? parts.filter(({ unitId }) => unitId === actor.unitId) : parts
  const whole = (kind: 'year' | 'stage') => (inPart ? [] : partsOf(db, target.id, kind))
  const [years, stages] = [whole('year'), whole('stage')]
  return {
    year: { parts: years },
    unit: {
      parts: shown,
      method: target.rollUp,
      rollUp: inPart ? null : rollUpUnits(target.rollUp, parts),
      done: inPart ? null : parts.filter(({ line }) => line?.light === 'done').length,
    },
    stage: { parts: stages, rollUp: rollUpStages(stages) },
  }
}

/** The parts of units; what one that reports itself has reached stands in its reports. */
function unitParts(db: Db, loaded: LoadedTarget, actor: Actor, today: string): UnitPart[] {
  const { target } = loaded
  const stored = partsOf(db, target.id, 'unit')
  const lines = linesOfUnits(db, [target.id], today).get(target.id)
  if (lines === undefined || !isTracked(target.state)) return stored.map((part) => ({ ...part, line: null }))
  const reports = reportsOf(db, actor, target.id).filter(({ source }) => source === 'unit')
  const { signWithinDays } = readSetting(db, 'reminders')
  const signBy = target.assignedAt === null ? null : addDays(shanghaiDateOf(target.assignedAt), signWithinDays)
  return stored.map((part) => {
    const line = part.unitId === null ? undefined : lines.get(part.unitId)
    if (line === undefined) return { ...part, line: null }
    const signedAt = loaded.units.find((unit) => unit.unitId === part.unitId && isMember(unit))?.signedAt ?? null
    const own = reports.filter(({ unit }) => unit?.id === part.unitId)
    const state = stateOf(loaded, part.unitId, own, signedAt)
    const unsigned = state === 'assigned' && signBy !== null && today > signBy
    return {
      ...part,
      reached: line.value,
      reachedOn: line.valueAsOf,
      line: { ...lineOf(line), state, signedAt, holdsBack: unsigned || isHoldingBack(line) },
    }
  })
}

const lineOf = ({ light, late, progress, expected }: LightResult) => ({ light, late, progress, expected })

/** Whether the whole waits for it: its part is overdue, or lags behind. */
const isHoldingBack = ({ light }: LightResult): boolean => light === 'overdue' || light === 'behind'

/** How far a unit has come with its part, in the words of a target's life. */
function stateOf(
  { units }: LoadedTarget,
  unitId: number | null,
  own: readonly Report[],
  signedAt: string | null,
): State {
  const needsSigning = units.some((unit) => unit.unitId === unitId && isMember(unit))
  if (needsSigning && signedAt === null) return 'assigned'
  if (own.some(({ status }) => status === 'submitted')) return 'reported'
  const newestFirst = [...own].reverse().map((report) => ({ ...report, unitId: report.unit?.id ?? null }))
  if (openReturn(newestFirst, unitId ?? 0)) return 'returned'
  return own.some(({ status }) => status === 'approved') ? 'in_progress' : 'signed'
}
