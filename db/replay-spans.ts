import type Sqlite from 'better-sqlite3'
import { addDays, shanghaiDate } from './domain/dates.ts'
import { continueSpans, type LightSpan, OPEN_END, spansOf } from './domain/light-spans.ts'
import { DEFAULT_THRESHOLDS, type LightThresholds } from './domain/lights.ts'
import { isTracked } from './domain/tracking.ts'
import { lightHistories } from './light-inputs.ts'
import { readSpans, writeSpans } from './light-spans.ts'
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
    turns.forEach((day, i) => {
      const { state, target, reports } = knownOn(day)
      const next = turns[i + 1]
      const limits = thresholds.findLast(({ from }) => from <= day)?.limits ?? DEFAULT_THRESHOLDS
      const until = next === undefined ? OPEN_END : addDays(next, -1)
      spans = continueSpans(spans, day, isTracked(state) ? spansOf(target, reports, day, limits, until) : [])
    })
    return writeSpans(client, id, readSpans(client, id, ''), spans)
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
