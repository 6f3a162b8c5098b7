import type Sqlite from 'better-sqlite3'
import { addDays, shanghaiDate } from './domain/dates.ts'
import { continueSpans, type LightSpan, OPEN_END, spansOf, unitSpansOf } from './domain/light-spans.ts'
import { DEFAULT_THRESHOLDS, type LightThresholds } from './domain/lights.ts'
import { isTracked } from './domain/tracking.ts'
import { lightHistories } from './light-inputs.ts'
import { readSpans, unitsWithSpans, writeSpans } from './light-spans.ts'
import { prepared } from './prepared.ts'
import { noteStandingChanges } from './standings.ts'

/**
 * Rewrites all spans of some targets, of past days too, by replaying their versions, decided reports and thresholds in the
 * order of time. It gives the very spans that the steps wrote when they were taken: for databases that did not have them
 * yet, and where thresholds of an earlier day are still to be applied. To be called inside a transaction.
 */
export function replaySpans(client: Sqlite.Database, targetIds: readonly number[]): void {
  const thresholds = thresholdsByTime(client)
  const written = lightHistories(client, targetIds).filter(({ id, days, knownOn }) => {
    const turns = [...new Set([...days, ...thresholds.map(({ from }) => from)])]
      .filter((day) => days[0] !== undefined && day >= days[0])
      .sort()
    let spans: LightSpan[] = []
    const ofUnits = new Map<number, LightSpan[]>(unitsWithSpans(client, id, '').map((unitId) => [unitId, []]))
    turns.forEach((day, i) => {
      const { state, target, reports } = knownOn(day)
      const next = turns[i + 1]
      const limits = thresholds.findLast(({ from }) => from <= day)?.limits ?? DEFAULT_THRESHOLDS
      const until = next === undefined ? OPEN_END : addDays(next, -1)
      const tracked = isTracked(state)
      spans = continueSpans(spans, day, tracked ? spansOf(target, reports, day, limits, until) : [])
      for (const unitId of new Set([...ofUnits.keys(), ...target.eachUnits])) {
        const counts = tracked && target.eachUnits.includes(unitId)
        const next = counts ? unitSpansOf(target, unitId, reports, day, limits, until) : []
        ofUnits.set(unitId, continueSpans(ofUnits.get(unitId) ?? [], day, next))
      }
    })
    const put = (unitId: number | null, after: LightSpan[]) => {
      const owner = { targetId: id, unitId }
      return writeSpans(client, owner, readSpans(client, owner, ''), after)
    }
    const changed = [...ofUnits].filter(([unitId, after]) => put(unitId, after))
    return put(null, spans) || changed.length > 0
  })
  noteStandingChanges(
    client,
    written.map(({ id }) => id),
  )
}

/** Thresholds with the day in Shanghai from which on they held; before the first the program's own did. */
function thresholdsByTime(client: Sqlite.Database): { from: string; limits: LightThresholds }[] {
  const rows = prepared(
    client,
    `SELECT value, valid_from AS validFrom FROM setting_versions WHERE key = 'lights' ORDER BY valid_from, id`,
  ).all() as { value: string; validFrom: string }[]
  return rows.map(({ value, validFrom }) => ({
    from: shanghaiDate(new Date(validFrom)),
    limits: { ...DEFAULT_THRESHOLDS, ...(JSON.parse(value) as Partial<LightThresholds>) },
  }))
}
