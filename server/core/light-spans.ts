import { clientOf } from '../../db/client.ts'
import { type LightFields, lightHistories, lightInputs, lightTarget } from '../../db/light-inputs.ts'
import { readSpans, targetsWithSpans, unitSpansOn, unitsWithSpans, writeSpans } from '../../db/light-spans.ts'
import type { Db } from '../../db/open.ts'
import { noteStandingChanges } from '../../db/standings.ts'
import { addDays } from '../../db/domain/dates.ts'
import { continueSpans, type LightSpan, spansOf, unitSpansOf } from '../../db/domain/light-spans.ts'
import {
  type Light,
  lightOf,
  lightOfUnit,
  type LightReport,
  type LightResult,
  type LightThresholds,
} from '../../db/domain/lights.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import { readSetting } from '../settings/store.ts'

/**
 * Rewrites the spans of some targets from `today` on and closes the old ones at yesterday; past days stay as they were. To
 * be called inside the transaction that changed a target, its parts or its reports, after that was written. Only tracked
 * targets have spans.
 * @param today date in Asia/Shanghai of the instant of the change
 * @returns whether there was anything to write
 */
export function rewriteSpans(tx: Db, targetIds: readonly number[], today: string): boolean {
  if (targetIds.length === 0) return false
  const client = clientOf(tx)
  const limits = readSetting(tx, 'lights')
  const since = addDays(today, -1)
  // thousands of new targets (导入台账) are not asked one by one for what they had
  const known = targetsWithSpans(client, targetIds)
  const written = lightInputs(client, targetIds).filter(({ id, state, target, reports }) => {
    const put = (unitId: number | null, spans: () => LightSpan[]) => {
      const owner = { targetId: id, unitId }
      const before = known.has(id) ? readSpans(client, owner, since) : []
      return writeSpans(client, owner, before, continueSpans(before, today, isTracked(state) ? spans() : []))
    }
    const units = new Set([...target.eachUnits, ...(known.has(id) ? unitsWithSpans(client, id, today) : [])])
    const changed = [...units].filter((unitId) =>
      put(unitId, () => (target.eachUnits.includes(unitId) ? unitSpansOf(target, unitId, reports, today, limits) : [])),
    )
    return put(null, () => spansOf(target, reports, today, limits)) || changed.length > 0
  })
  noteStandingChanges(
    client,
    written.map(({ id }) => id),
  )
  return written.length > 0
}

/**
 * The spans that {@link rewriteSpans} would write of a tracked target that is about to be stored, has no parts and one line of
 * reports for all its units.
 */
export const firstSpans = (
  fields: LightFields,
  newReports: readonly LightReport[],
  today: string,
  limits: LightThresholds,
): LightSpan[] => continueSpans([], today, spansOf(lightTarget(fields, [], []), newReports, today, limits))

/**
 * What the line of each unit says, of those of the targets whose units report separately (各单位分别填报), by the number of
 * the target and of the unit. A target with one line for all has no entry.
 */
export function linesOfUnits(db: Db, targetIds: readonly number[], day: string): Map<number, Map<number, LightResult>> {
  if (targetIds.length === 0) return new Map()
  const limits = readSetting(db, 'lights')
  return new Map(
    lightInputs(clientOf(db), targetIds).flatMap(({ id, target, reports }) =>
      target.eachUnits.length === 0
        ? []
        : [
            [
              id,
              new Map(target.eachUnits.map((unitId) => [unitId, lightOfUnit(target, unitId, reports, day, limits)])),
            ],
          ],
    ),
  )
}

/**
 * What the line of each unit said at the end of a day, past or present, of one target whose units report separately: as its
 * span keeps it, which nothing done later changes. Empty where it had one line for all, or was not known yet.
 */
export function linesOfUnitsOn(db: Db, targetId: number, day: string): Map<number, LightResult> {
  const client = clientOf(db)
  const limits = readSetting(db, 'lights')
  const [history] = lightHistories(client, [targetId])
  if (history === undefined || history.days[0]! > day) return new Map()
  const { target, reports } = history.knownOn(day)
  const spans = unitSpansOn(client, [targetId], day).get(targetId)
  return new Map(
    target.eachUnits.map((unitId) => {
      const { fromDay: _from, toDay: _to, ...kept } = spans?.get(unitId) ?? {}
      return [unitId, { ...lightOfUnit(target, unitId, reports, day, limits), ...kept }]
    }),
  )
}

/** The light of a target, or of the unit's own line where each reports separately, if this report were approved. */
export function lightWith(db: Db, targetId: number, report: LightReport, today: string): Light {
  const limits = readSetting(db, 'lights')
  const [input] = lightInputs(clientOf(db), [targetId])
  if (!input) return 'unreported'
  const { target } = input
  const reports = [...input.reports, report]
  return report.unitId !== null && target.eachUnits.includes(report.unitId)
    ? lightOfUnit(target, report.unitId, reports, today, limits).light
    : lightOf(target, reports, today, limits).light
}

/** The light of some targets by the rule itself, as they stand now: for a step that has not written its spans yet. */
export function computeLights(db: Db, targetIds: readonly number[], day: string): Map<number, LightResult> {
  const limits = readSetting(db, 'lights')
  return new Map(
    lightInputs(clientOf(db), targetIds).map(({ id, target, reports }) => [id, lightOf(target, reports, day, limits)]),
  )
}
