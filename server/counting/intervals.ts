import type { SpanLine, UnitSpanLine, VersionLine } from '../../db/standings.ts'
import type { Measure } from '../../extractors/types.ts'
import type { State } from '../../db/domain/states.ts'
import type { Kind } from '../../db/domain/target-terms.ts'
import { dateOf, dateOrNull, lightFrom, shanghaiDayOf, type Stored } from '../../db/stored.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import { lacksBaseline } from '../../db/domain/progress.ts'
import { dayOf, LAST_DAY, lightCode, type StandingInterval } from './columns.ts'
import type { UnitSets } from './unit-sets.ts'

/** A stored day as the columns have it. */
const spanDay = (stored: Stored): number =>
  typeof stored === 'number' ? Math.min(LAST_DAY, Math.max(0, stored)) : dayOf(dateOf(stored))

/**
 * What one target was on which days, from its versions and the spans of its light, both by date: a version counts on the
 * days at whose end it held. Neighbours that counts cannot tell apart are one interval.
 * @param unitSpans spans of the lines of single units, in any order
 */
export function intervalsOf(
  versions: readonly VersionLine[],
  spans: readonly SpanLine[],
  unitSpans: readonly UnitSpanLine[],
  unitSets: UnitSets,
): StandingInterval[] {
  const intervals: StandingInterval[] = []
  for (const [, validFrom, validUntil, state, kind, deadline, value, measure, baselineValue, units] of versions) {
    const fromDay = shanghaiDayOf(validFrom)
    const toDay = validUntil === null ? LAST_DAY : shanghaiDayOf(validUntil) - 1
    if (toDay < fromDay) continue
    const version: StandingInterval = {
      fromDay,
      toDay,
      state: state as State,
      kind: kind as Kind,
      deadline: dateOrNull(deadline),
      units: unitSets.numberOfJson(units),
      missingBaseline: lacksBaseline({ op: null, value, measure: measure as Measure | null, baselineValue }),
      light: null,
      late: false,
      hasValue: false,
    }
    if (!isTracked(version.state)) append(intervals, version)
    else eachLit(version, spans, (lit) => eachWithUnits(lit, unitSpans, unitSets, (piece) => append(intervals, piece)))
  }
  return intervals
}

/** Tells of a version of a tracked target, cut where its light turns. */
function eachLit(
  version: StandingInterval,
  spans: readonly SpanLine[],
  tell: (interval: StandingInterval) => void,
): void {
  let next = version.fromDay
  for (const [, from, to, light, late, valueAsOf] of spans) {
    const fromDay = Math.max(spanDay(from), next)
    const toDay = Math.min(spanDay(to), version.toDay)
    if (fromDay > toDay) continue
    if (fromDay > next) tell({ ...version, fromDay: next, toDay: fromDay - 1 })
    tell({ ...version, fromDay, toDay, light: lightFrom(light), late: late === 1, hasValue: valueAsOf !== null })
    next = toDay + 1
  }
  if (next <= version.toDay) tell({ ...version, fromDay: next })
}

/** Tells of an interval, cut where the light of a unit's own line turns. */
function eachWithUnits(
  interval: StandingInterval,
  unitSpans: readonly UnitSpanLine[],
  unitSets: UnitSets,
  tell: (interval: StandingInterval) => void,
): void {
  if (unitSpans.length === 0) return tell(interval)
  const own = unitSpans
    .map(([, unitId, from, to, light, late, valueAsOf]) => ({
      fromDay: spanDay(from),
      toDay: spanDay(to),
      light: { unitId, code: lightCode(lightFrom(light)), late: late === 1, hasValue: valueAsOf !== null },
    }))
    .filter(({ fromDay, toDay }) => fromDay <= interval.toDay && toDay >= interval.fromDay)
  const begins = new Set(
    own
      .flatMap(({ fromDay, toDay }) => [fromDay, toDay + 1])
      .filter((day) => day > interval.fromDay && day <= interval.toDay),
  )
  const days = [interval.fromDay, ...[...begins].sort((a, b) => a - b)]
  for (const [i, fromDay] of days.entries()) {
    const lights = own
      .filter((one) => one.fromDay <= fromDay && one.toDay >= fromDay)
      .map(({ light }) => light)
      .sort((a, b) => a.unitId - b.unitId)
    const toDay = (days[i + 1] ?? interval.toDay + 1) - 1
    tell({ ...interval, fromDay, toDay, units: unitSets.withLights(interval.units, lights) })
  }
}

function append(intervals: StandingInterval[], next: StandingInterval): void {
  const last = intervals.at(-1)
  if (last !== undefined && last.toDay === next.fromDay - 1 && isSame(last, next)) last.toDay = next.toDay
  else intervals.push(next)
}

const isSame = (a: StandingInterval, b: StandingInterval): boolean =>
  a.state === b.state &&
  a.light === b.light &&
  a.late === b.late &&
  a.hasValue === b.hasValue &&
  a.units === b.units &&
  a.deadline === b.deadline &&
  a.kind === b.kind &&
  a.missingBaseline === b.missingBaseline
