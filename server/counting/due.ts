import { lastDayOfMonth } from '../../db/domain/dates.ts'
import { lightCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { eachTracked } from './select.ts'
import type { Standing } from './standing.ts'
import type { Overview } from './overview-schemas.ts'

/** What is not done and falls due from the day on until the end of its month and of its year. */
export function dueSoon(standing: Standing, viewer: Viewer): Overview['due'] {
  const { deadline, deadlines } = standing.columns
  const lit = lightsFor(standing.columns, unitAsked(viewer))
  const done = lightCode('done')
  const monthEnd = lastDayOfMonth(standing.day.slice(0, 7))
  const yearEnd = `${standing.day.slice(0, 4)}-12-31`
  const counts = { month: 0, year: 0, lastDay: 0 }
  eachTracked(standing, viewer, (_id, row) => {
    const on = deadlines[deadline[row]!] ?? null
    if (lit.code(row) === done || on === null || on < standing.day || on > yearEnd) return
    counts.year++
    if (on <= monthEnd) counts.month++
    if (on === yearEnd) counts.lastDay++
  })
  return {
    month: { until: monthEnd, count: counts.month },
    year: { until: yearEnd, count: counts.year, onLastDay: counts.lastDay },
  }
}
