import { endOfLastMonth } from '../../db/domain/dates.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import type { Actor } from '../actor.ts'
import type { Viewer } from '../counting/own-lights.ts'
import type { TargetFilter } from '../core/target-schemas.ts'
import type { Page, PageAsked } from './questions.ts'

/** Rows of a page of the ledger. */
export const LEDGER_PAGE = 50

/** A number that no person has. */
export const NOBODY = 0
export const OFFICE: Viewer = { role: 'supervisor', unitId: null }

/**
 * How many of each kind are asked: so often a function has to run until the engine has made it quick, which takes it from
 * some 30 ms for a page to 5.
 */
const TIMES = 150

/** A page that somebody may ask. */
type Asking = { [P in Page]: { page: P; asked: PageAsked<P> } }[Page]
const asking = <P extends Page>(page: P, ...asked: PageAsked<P>) => ({ page, asked }) as unknown as Asking

/** What people filter the ledger by on an ordinary day, {@link LEDGER_PAGE} rows each. */
const OWN_FILTERS = LIGHTS.map((light): TargetFilter => ({ light: [light] }))
const OFFICE_FILTERS: readonly TargetFilter[] = [
  { light: ['overdue', 'behind'], kind: ['quantity'] },
  { state: ['reported'] },
  { missing: ['baseline', 'value'] },
]

/**
 * The questions of a busy morning, for threads that have just started: they run what people will ask often enough to be
 * quick before anybody does. Their answers are thrown away.
 * @param units those for which somebody signs in
 * @param targets the highest number of a target
 */
export function* rehearsal(units: readonly number[], targets: number, today: string): Generator<Asking> {
  if (units.length === 0 || targets === 0) return
  const ledger = (viewer: Viewer, filter: TargetFilter) =>
    asking('ledger', viewer, filter, today, 'deadline', undefined, LEDGER_PAGE)
  /** Leaders look at the ends of months. */
  let monthEnd = today
  for (let i = 0; i < TIMES; i++) {
    const unitId = units[i % units.length]!
    const reporter: Viewer = { role: 'reporter', unitId }
    yield ledger(reporter, OWN_FILTERS[i % OWN_FILTERS.length]!)
    yield asking('tasks', { id: NOBODY, ...reporter }, today)
    yield ledger(OFFICE, { ...OFFICE_FILTERS[i % OFFICE_FILTERS.length]!, unitId: [unitId] })
    yield asking('target', somebodyOn(today), 1 + ((i * STRIDE) % targets), today)
    yield asking('reports', OFFICE, { limit: LEDGER_PAGE, status: ['submitted'] })
    if (i % SELDOM === 0) {
      yield asking('facets', OFFICE, { light: ['overdue'], unitId: [unitId] }, today)
      yield asking('facets', OFFICE, { light: ['overdue'] }, today)
      yield asking('overview', reporter, today, null)
      monthEnd = endOfLastMonth(monthEnd)
      yield asking('overview', OFFICE, monthEnd, null)
      yield ledger(OFFICE, { q: WORDS[(i / SELDOM) % WORDS.length]! })
    }
  }
}

/** Words that many targets hold. */
const WORDS = ['建设', '服务', '管理', '改造'] as const

/** Between two targets that are opened: far enough apart to stand on other pages of the database. */
const STRIDE = 7919
/** What looks at many targets is asked less often. */
const SELDOM = 8

/** Somebody of the office, at noon. */
const somebodyOn = (today: string): Actor => ({
  ...{ id: NOBODY, username: '', displayName: '', ip: null, at: `${today}T04:00:00.000Z` },
  ...{ role: 'supervisor', unitId: null, mustChangePassword: false, mustSetUpSecondFactor: false },
})
