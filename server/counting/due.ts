import { lastDayOfMonth } from '../../db/domain/dates.ts'
import { lightCode } from './columns.ts'
import { followed } from './followed-count.ts'
import { lightsFor, nameOf, unitAsked, type Viewer } from './own-lights.ts'
import { eachTracked, trackedBy } from './select.ts'
import type { Standing } from './standing.ts'
import type { Overview } from './overview-schemas.ts'

/** What is not done and falls due from the day on until the end of its month and of its year. */
export function dueSoon(standing: Standing, viewer: Viewer): Overview['due'] {
  const { day } = standing
  const done = lightCode('done')
  const monthEnd = lastDayOfMonth(day.slice(0, 7))
  const yearEnd = `${day.slice(0, 4)}-12-31`
  const counts = followed(standing, `due ${nameOf(viewer)}`, () => {
    const figures = { month: 0, year: 0, lastDay: 0 }
    return {
      figures,
      each: (bound, visit) => eachTracked(bound, viewer, visit),
      bind: (bound) => {
        const { deadline, deadlines } = bound.columns
        const lit = lightsFor(bound.columns, unitAsked(viewer))
        return {
          accepts: trackedBy(bound, viewer),
          visit: (_id, row, step) => {
            const on = deadlines[deadline[row]!] ?? null
            if (lit.code(row) === done || on === null || on < day || on > yearEnd) return
            figures.year += step
            if (on <= monthEnd) figures.month += step
            if (on === yearEnd) figures.lastDay += step
          },
        }
      },
    }
  })
  return {
    month: { until: monthEnd, count: counts.month },
    year: { until: yearEnd, count: counts.year, onLastDay: counts.lastDay },
  }
}
