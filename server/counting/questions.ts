import type { Db } from '../../db/open.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import { countFigures } from './figures.ts'
import type { Figures } from './figures-schemas.ts'
import { documentCounts, type DocumentCounts } from './document-counts.ts'
import { overview } from './overview.ts'
import type { Overview } from './overview-schemas.ts'
import { targetFacets } from './facets.ts'
import { type TargetPage, targetPage } from './page.ts'
import type { TargetFacets, TargetFilter, TargetSort } from '../core/target-schemas.ts'
import type { Viewer } from './select.ts'

/** Counts over all targets: what each takes besides the database, and what it answers. */
interface Questions {
  overview: { asked: [viewer: Viewer, asOf: string, compare: string | null]; answer: Overview }
  facets: { asked: [viewer: Viewer, filter: TargetFilter, asOf: string]; answer: TargetFacets }
  page: {
    asked: [
      viewer: Viewer,
      filter: TargetFilter,
      asOf: string,
      sort: TargetSort,
      cursor: string | undefined,
      limit: number | null,
    ]
    answer: TargetPage
  }
  figures: { asked: [period: NamedPeriod, asOf: string]; answer: Omit<Figures, 'takenAt'> }
  documents: { asked: [viewer: Viewer, documentIds: number[], asOf: string]; answer: DocumentCounts[] }
}
export type Question = keyof Questions
export type Asked<Q extends Question> = Questions[Q]['asked']
export type Answer<Q extends Question> = Questions[Q]['answer']

const COUNTS: { [Q in Question]: (db: Db, ...asked: Asked<Q>) => Answer<Q> } = {
  overview,
  facets: targetFacets,
  page: targetPage,
  figures: countFigures,
  documents: documentCounts,
}

/** Answers within one read transaction, so that all figures are of one instant. */
export function answer<Q extends Question>(db: Db, question: Q, asked: Asked<Q>): Answer<Q> {
  return db.transaction((tx) => COUNTS[question](tx, ...asked), { behavior: 'deferred' })
}
