import type { z } from 'zod'
import { isMember } from '../../db/domain/answering-units.ts'
import { rollUpStages, rollUpUnits } from '../../db/domain/breakdown.ts'
import { addDays, shanghaiDateOf } from '../../db/domain/dates.ts'
import type { LightResult } from '../../db/domain/lights.ts'
import { openReturn } from '../../db/domain/open-return.ts'
import type { State } from '../../db/domain/states.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import type { Db } from '../../db/open.ts'
import { type TargetVersion, versionAt } from '../../db/target-versions.ts'
import { lastInstantOf } from '../../db/targets-on.ts'
import type { Actor } from '../actor.ts'
import { linesOfUnitsOn } from '../core/light-spans.ts'
import { type LoadedTarget, seesInPart } from '../core/target-record.ts'
import { reportsKnown } from '../core/target-reports.ts'
import type { Report } from '../core/target-schemas.ts'
import { notFound } from '../errors.ts'
import { settingsAt } from '../settings/store.ts'
import type { breakdownAnswer } from './list-schemas.ts'

type Breakdown = z.infer<typeof breakdownAnswer>
type UnitPart = Breakdown['unit']['parts'][number]

/**
 * 分解 of a target as it was known at the end of `day`: parts, how they make the whole, and for each unit that reports itself its
 * own state and light. A member of a group is told of its own part alone. 404 where nobody knew of the target then.
 */
export function breakdownOf(db: Db, loaded: LoadedTarget, actor: Actor, day: string): Breakdown {
  const version = versionAt(db, loaded.target.id, lastInstantOf(day))
  if (!version) throw notFound('目标')
  const inPart = seesInPart(loaded.units, actor)
  const parts = unitParts(db, version, actor, day)
  const shown = inPart ? parts.filter(({ unitId }) => unitId === actor.unitId) : parts
  const whole = (kind: 'year' | 'stage') => (inPart ? [] : version.parts.filter((part) => part.kind === kind))
  const [years, stages] = [whole('year'), whole('stage')]
  return {
    year: { parts: years },
    unit: {
      parts: shown,
      method: version.rollUp,
      rollUp: inPart ? null : rollUpUnits(version.rollUp, parts),
      done: inPart ? null : parts.filter(({ line }) => line?.light === 'done').length,
    },
    stage: { parts: stages, rollUp: rollUpStages(stages) },
  }
}

/** The parts of units; what one that reports itself has reached stands in its reports. */
function unitParts(db: Db, version: TargetVersion, actor: Actor, day: string): UnitPart[] {
  const { targetId, state, assignedAt, units, parts } = version
  const stored = parts.filter(({ kind }) => kind === 'unit')
  const lines = linesOfUnitsOn(db, targetId, day)
  if (lines.size === 0 || !isTracked(state)) return stored.map((part) => ({ ...part, line: null }))
  const reports = reportsKnown(db, actor, targetId, lastInstantOf(day)).filter(({ source }) => source === 'unit')
  const { signWithinDays } = settingsAt(db, 'reminders', lastInstantOf(day))
  const signBy = assignedAt === null ? null : addDays(shanghaiDateOf(assignedAt), signWithinDays)
  return stored.map((part) => {
    const line = part.unitId === null ? undefined : lines.get(part.unitId)
    if (line === undefined) return { ...part, line: null }
    const member = units.find((unit) => unit.unitId === part.unitId && isMember(unit))
    const own = reports.filter(({ unit }) => unit?.id === part.unitId)
    const step = stateOf(part.unitId, own, member)
    const unsigned = step === 'assigned' && signBy !== null && day > signBy
    return {
      ...part,
      reached: line.value,
      reachedOn: line.valueAsOf,
      line: {
        ...lineOf(line),
        state: step,
        signedAt: member?.signedAt ?? null,
        holdsBack: unsigned || isHoldingBack(line),
      },
    }
  })
}

const lineOf = ({ light, late, progress, expected }: LightResult) => ({ light, late, progress, expected })

/** Whether the whole waits for it: its part is overdue, or lags behind. */
const isHoldingBack = ({ light }: LightResult): boolean => light === 'overdue' || light === 'behind'

/**
 * How far a unit has come with its part, in the words of a target's life.
 * @param member its place among the members of a group, who have to sign; undefined for others
 */
function stateOf(
  unitId: number | null,
  own: readonly Report[],
  member: { signedAt: string | null } | undefined,
): State {
  if (member?.signedAt === null) return 'assigned'
  if (own.some(({ status }) => status === 'submitted')) return 'reported'
  const newestFirst = [...own].reverse().map((report) => ({ ...report, unitId: report.unit?.id ?? null }))
  if (openReturn(newestFirst, unitId ?? 0)) return 'returned'
  return own.some(({ status }) => status === 'approved') ? 'in_progress' : 'signed'
}
