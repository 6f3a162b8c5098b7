import { daysBetween } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { rowsOn } from '../core/ledger-rows.ts'
import type { TargetRow } from '../core/target-schemas.ts'
import { lightCode } from './columns.ts'
import { sumsOn } from './day-sums.ts'
import type { Overview } from './overview-schemas.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { orderBy } from './orders.ts'
import { trackedBy } from './select.ts'
import type { Standing } from './standing.ts'

/** Targets that a leader is advised to ask about, and how many of them one unit may have. */
const NAMED = 6
const OF_ONE_UNIT = 2
/** Rows that are looked at closer: the overdue ones, and those behind whose deadline is next … */
const LOOKED_AT = 60
/** … so many at a time, because the first few mostly are enough. */
const READ_AT_ONCE = 12

/**
 * 需要过问: first what has been overdue longest, then what lags most behind its expected progress; of one unit two at
 * most, so that the list is not one unit's. `shortOf` is how lists call a unit; `among` marks the targets that are asked for.
 */
export function toAsk(
  db: Db,
  standing: Standing,
  viewer: Viewer,
  shortOf: (unitId: number | null, name: string) => string,
  { among = null, most = NAMED }: { among?: Uint8Array | null; most?: number } = {},
): Overview['toAsk'] {
  const asked = unitAsked(viewer)
  const lit = lightsFor(standing.columns, asked)
  const isTracked = trackedBy(standing, viewer)
  const sums = viewer.role === 'reporter' ? null : sumsOn(standing)
  const first = (wanted: number): number[] => {
    const isWanted = (id: number) => {
      const row = standing.row(id)
      return row >= 0 && lit.code(row) === wanted && isTracked(id, row) && (among === null || among[id] === 1)
    }
    const order = orderBy(db, standing, 'deadline')
    const without = sums?.withoutLights(standing.number, [wanted])
    return order.page(isWanted, null, { descending: false, limit: LOOKED_AT, without }).map(({ id }) => id)
  }
  const perUnit = new Map<string, number>()
  const named: TargetRow[] = []
  /** Takes rows as long as there is room for more. */
  const take = (rows: readonly TargetRow[]) => {
    for (const row of rows) {
      if (named.length >= most) return
      const unit = mainUnits(row)[0]?.name ?? ''
      const had = perUnit.get(unit) ?? 0
      perUnit.set(unit, had + 1)
      if (had < OF_ONE_UNIT) named.push(row)
    }
  }
  const overdue = first(lightCode('overdue'))
  for (let i = 0; i < overdue.length && named.length < most; i += READ_AT_ONCE)
    take(rowsOn(db, overdue.slice(i, i + READ_AT_ONCE), standing.day, asked))
  if (named.length < most)
    take(rowsOn(db, first(lightCode('behind')), standing.day, asked).sort((a, b) => lag(b) - lag(a)))
  return named.map((row) => ({
    id: row.id,
    indicator: row.indicator,
    light: row.light!,
    units: mainUnits(row).map(({ unitId, name }) => shortOf(unitId, name)),
    deadline: row.deadline,
    daysOver: row.light === 'overdue' && row.deadline !== null ? daysBetween(row.deadline, standing.day) : null,
    lag: row.light === 'behind' && lag(row) > 0 ? Math.round(Math.min(lag(row), row.expected ?? 0) * 10) / 10 : null,
    belowBaseline: row.progress !== null && row.progress < 0,
    reportedOn: row.reported?.asOf ?? null,
  }))
}

/** Points of per cent behind the expected progress; more than that where the value has fallen behind the baseline itself. */
const lag = (row: TargetRow): number => (row.expected === null ? 0 : row.expected - (row.progress ?? 0))

const mainUnits = (row: TargetRow) => (row.lead.length > 0 ? row.lead : row.responsible)
