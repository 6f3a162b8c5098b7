import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { countFigures } from '../bulletins/figures.ts'
import type { Figures } from '../bulletins/schemas.ts'
import { overview } from '../overview/queries.ts'
import type { Overview } from '../overview/schemas.ts'
import type { NamedPeriod } from '../rules/period.ts'
import { findHits } from '../targets/search-hits.ts'
import { targetFacets } from '../targets/facets.ts'
import type { TargetFacets, TargetFilter } from '../targets/schemas.ts'

export type Viewer = Pick<Actor, 'role' | 'unitId'>

/** Counts over all targets: what each takes besides the database, and what it answers. */
interface Questions {
  overview: { asked: [viewer: Viewer, asOf: string, compare: string | null]; answer: Overview }
  facets: { asked: [viewer: Viewer, filter: TargetFilter, asOf: string]; answer: TargetFacets }
  hits: { asked: [word: string]; answer: string }
  figures: { asked: [period: NamedPeriod, asOf: string]; answer: Omit<Figures, 'takenAt'> }
}
export type Question = keyof Questions
export type Asked<Q extends Question> = Questions[Q]['asked']
export type Answer<Q extends Question> = Questions[Q]['answer']

const COUNTS: { [Q in Question]: (db: Db, ...asked: Asked<Q>) => Answer<Q> } = {
  overview,
  facets: targetFacets,
  hits: findHits,
  figures: countFigures,
}

/** Answers within one read transaction, so that all figures are of one instant. */
export function answer<Q extends Question>(db: Db, question: Q, asked: Asked<Q>): Answer<Q> {
  return db.transaction((tx) => COUNTS[question](tx, ...asked), { behavior: 'deferred' })
}
