import type { SpanLine, VersionLine } from '../../db/standings.ts'
import type { Measure } from '../../extractors/types.ts'
import type { Light } from '../../db/domain/lights.ts'
import type { State } from '../../db/domain/states.ts'
import type { Kind } from '../../db/domain/target-terms.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import { lacksBaseline } from '../../db/domain/progress.ts'
import { dayOf, LAST_DAY, type StandingInterval } from './columns.ts'
import type { UnitSets } from './unit-sets.ts'

const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** Day in Shanghai of an instant, as a number since 1970. */
export const dayOfInstant = (instant: string): number => Math.floor((Date.parse(instant) + SHANGHAI_OFFSET_MS) / DAY_MS)

/**
 * What one target was on which days, from its versions and the spans of its light, both by date: a version counts on the
 * days at whose end it held. Neighbours that counts cannot tell apart are one interval.
 */
export function intervalsOf(
  versions: readonly VersionLine[],
  spans: readonly SpanLine[],
  unitSets: UnitSets,
): StandingInterval[] {
  const intervals: StandingInterval[] = []
  for (const [, validFrom, validUntil, state, kind, deadline, value, measure, baselineValue, units] of versions) {
    const fromDay = dayOfInstant(validFrom)
    const toDay = validUntil === null ? LAST_DAY : dayOfInstant(validUntil) - 1
    if (toDay < fromDay) continue
    const version: StandingInterval = {
      fromDay,
      toDay,
      state: state as State,
      kind: kind as Kind,
      deadline,
      units: unitSets.numberOfJson(units),
      missingBaseline: lacksBaseline({ op: null, value, measure: measure as Measure | null, baselineValue }),
      light: null,
      late: false,
      hasValue: false,
    }
    if (!isTracked(version.state)) append(intervals, version)
    else for (const lit of litIntervals(version, spans)) append(intervals, lit)
  }
  return intervals
}

/** A version of a tracked target, cut where its light turns. */
function* litIntervals(version: StandingInterval, spans: readonly SpanLine[]): Generator<StandingInterval> {
  let next = version.fromDay
  for (const [, from, to, light, late, valueAsOf] of spans) {
    const [fromDay, toDay] = [Math.max(dayOf(from), next), Math.min(dayOf(to), version.toDay)]
    if (fromDay > toDay) continue
    if (fromDay > next) yield { ...version, fromDay: next, toDay: fromDay - 1 }
    yield { ...version, fromDay, toDay, light: light as Light, late: late === 1, hasValue: valueAsOf !== null }
    next = toDay + 1
  }
  if (next <= version.toDay) yield { ...version, fromDay: next }
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
