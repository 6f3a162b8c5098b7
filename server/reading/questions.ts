import type { z } from 'zod'
import type { Db } from '../../db/open.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import { listInstructions, type Viewer as InstructionViewer } from '../supervision/instructions/list.ts'
import { instructionPage, type InstructionQuery } from '../supervision/instructions/schemas.ts'
import { countFigures } from '../counting/figures.ts'
import type { Figures } from '../counting/figures-schemas.ts'
import { unitAsked, type Viewer } from '../counting/own-lights.ts'
import { documentCounts, type DocumentCounts } from '../counting/document-counts.ts'
import { leaderView, overview } from '../counting/overview.ts'
import { leaderViewAnswer, overviewAnswer } from '../counting/overview-schemas.ts'
import { orderPage, problemPage, reportPage, requestPage, tasksAnswer, urgePage } from '../supervision/list-schemas.ts'
import { type ListQuery, listOrders, listProblems, listReports, listRequests, listUrges } from '../supervision/lists.ts'
import { tasksOf } from '../supervision/tasks.ts'
import { readyTasks } from '../supervision/unit-tasks-index.ts'
import { proposeUnits } from '../supervision/unit-proposals/propose.ts'
import { unitProposalsAnswer } from '../supervision/unit-proposals/schemas.ts'
import { targetDetail } from '../targets/detail.ts'
import { targetFacets } from '../counting/facets.ts'
import { limitPage } from '../calendar/limit-page.ts'
import { limitsAnswer } from '../calendar/limit-schemas.ts'
import { finderAnswer } from '../finder/schemas.ts'
import { finiteOnly } from '../finite-only.ts'
import { rowsOn } from '../core/ledger-rows.ts'
import { readySums } from '../counting/day-sums.ts'
import { readyProgress } from '../counting/orders.ts'
import { keepColumns } from '../counting/standing.ts'
import { type TargetPage, targetPage } from '../counting/page.ts'
import { searchAll } from './search-all.ts'
import {
  facetsAnswer,
  targetDetailSchema,
  type TargetFilter,
  targetListAnswer,
  type TargetSort,
} from '../core/target-schemas.ts'

/** What the server itself asks about all targets: what each question takes besides the database, and what it answers. */
interface Questions {
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
  overview: { asked: [viewer: Viewer, asOf: string, compare: string | null]; answer: z.infer<typeof overviewAnswer> }
  facets: { asked: [viewer: Viewer, filter: TargetFilter, asOf: string]; answer: z.infer<typeof facetsAnswer> }
  figures: { asked: [period: NamedPeriod, asOf: string]; answer: Omit<Figures, 'takenAt'> }
  documents: { asked: [viewer: Viewer, documentIds: number[], asOf: string]; answer: DocumentCounts[] }
  keepColumns: { asked: []; answer: void }
  readyProgress: { asked: [day: string]; answer: boolean }
  readySums: { asked: [today: string]; answer: boolean }
  readyTasks: { asked: [unitIds: readonly number[], today: string, first: number]; answer: number | null }
}
export type Question = keyof Questions
export type Asked<Q extends Question> = Questions[Q]['asked']
export type Answer<Q extends Question> = Questions[Q]['answer']

const ANSWERS: { [Q in Question]: (db: Db, ...asked: Asked<Q>) => Answer<Q> } = {
  page: targetPage,
  overview,
  facets: targetFacets,
  figures: countFigures,
  documents: documentCounts,
  keepColumns,
  readyProgress,
  readySums,
  readyTasks,
}

/**
 * `counts` holds the columns of all targets and answers what many people ask alike; `records` reads single records and
 * lists for one person, and nobody waits there for a count.
 */
export type Room = 'counts' | 'records'

interface PageDefinition<A extends unknown[], S extends z.ZodType> {
  room: Room
  /** What everybody asks otherwise is not kept: it would push out those that many ask alike. */
  kept: boolean
  /** Of the answer: what is not in it does not leave the server. */
  schema: S
  answer: (db: Db, ...asked: A) => z.output<S>
}
const definePage = <A extends unknown[], S extends z.ZodType>(
  room: Room,
  schema: S,
  answer: (db: Db, ...asked: A) => z.output<S>,
  kept = room === 'counts',
): PageDefinition<A, S> => ({ room, kept, schema, answer })

type Listed = ListQuery & { status?: string[] }

/** What pages ask: answered as the JSON text that goes to the browser, so that it is made where it was read. */
export const PAGES = {
  ledger: definePage(
    'counts',
    targetListAnswer,
    (
      db,
      viewer: Viewer,
      filter: TargetFilter,
      asOf: string,
      sort: TargetSort,
      cursor: string | undefined,
      limit: number,
    ) => {
      const { ids, ...page } = targetPage(db, viewer, filter, asOf, sort, cursor, limit)
      return { items: rowsOn(db, ids, asOf, unitAsked(viewer, filter)), ...page }
    },
  ),
  facets: definePage('counts', facetsAnswer, targetFacets),
  overview: definePage('counts', overviewAnswer, overview),
  mine: definePage('counts', leaderViewAnswer, leaderView),
  search: definePage('counts', finderAnswer, searchAll, false),
  limits: definePage('counts', limitsAnswer, limitPage, false),
  target: definePage('records', targetDetailSchema, targetDetail),
  unitProposals: definePage('records', unitProposalsAnswer, proposeUnits),
  tasks: definePage('records', tasksAnswer, tasksOf),
  reports: definePage('records', reportPage, (db, actor: Viewer, query: Listed) => listReports(db, actor, query), true),
  requests: definePage('records', requestPage, (db, actor: Viewer, query: Listed) => listRequests(db, actor, query)),
  orders: definePage('records', orderPage, (db, actor: Viewer, query: Listed) => listOrders(db, actor, query)),
  problems: definePage('records', problemPage, (db, actor: Viewer, query: Listed, today: string) =>
    listProblems(db, actor, query, today),
  ),
  urges: definePage('records', urgePage, (db, actor: Viewer, query: Listed) => listUrges(db, actor, query)),
  instructions: definePage(
    'records',
    instructionPage,
    (db, actor: InstructionViewer, query: InstructionQuery, today: string) => listInstructions(db, actor, query, today),
  ),
}
export type Page = keyof typeof PAGES
type Rest<F> = F extends (db: Db, ...asked: infer A) => unknown ? A : never
export type PageAsked<P extends Page> = Rest<(typeof PAGES)[P]['answer']>

/** Answers within one read transaction, so that all figures are of one instant. */
export function answer<Q extends Question>(db: Db, question: Q, asked: Asked<Q>): Answer<Q> {
  return db.transaction((tx) => ANSWERS[question](tx, ...asked), { behavior: 'deferred' })
}

/** The same for a page, as the JSON text of its answer. */
export function answerText<P extends Page>(db: Db, page: P, asked: PageAsked<P>): string {
  const { schema, answer: read } = PAGES[page] as unknown as PageDefinition<unknown[], z.ZodType>
  const data = db.transaction((tx) => read(tx, ...asked), { behavior: 'deferred' })
  const encoded = schema.safeEncode(data as never)
  // NaN and Infinity, which a row of an older version may hold, are sent as null, so that one bad row does not make the
  // whole page fail.
  return JSON.stringify(encoded.success ? encoded.data : schema.encode(finiteOnly(data) as never))
}
