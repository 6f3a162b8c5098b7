import { and, eq, inArray, isNotNull, notInArray, or, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { orders, problems, reports } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'

/**
 * Who may see a record that belongs to a target, of those who may see the target. The one place that says it; lists ask
 * it as a condition, the story and the evidence ask it for one record.
 * - a report that was never sent (a draft, also one thrown away) is its own unit's alone
 * - a 督办单 and a problem, with answer and rectification, are the office's, the leaders' and the unit's they went to
 * - requests, urges and instructions are everybody's who sees the target
 */
type Viewer = Pick<Actor, 'role' | 'unitId'>
type Kind = 'report' | 'order' | 'problem'

/** No unit has this number. */
const NOBODY = -1

const TABLES = { report: reports, order: orders, problem: problems } as const

/** The records of a kind that the person may see, as a condition; undefined where it is all of them. */
export function seenBy(kind: Kind, viewer: Viewer): SQL | undefined {
  const own = eq(TABLES[kind].unitId, viewer.unitId ?? NOBODY)
  if (kind === 'report') return or(wasSent(), own)
  return viewer.role === 'reporter' ? own : undefined
}

const wasSent = (): SQL =>
  or(
    notInArray(reports.status, ['draft', 'withdrawn']),
    and(eq(reports.status, 'withdrawn'), isNotNull(reports.submittedAt)),
  )!

/** Whether the person may see the record with this number. */
export const maySee = (db: Db, kind: Kind, id: number, viewer: Viewer): boolean =>
  seenOf(db, kind, [id], viewer).size > 0

/** Those of some records that the person may see. */
export function seenOf(db: Db, kind: Kind, ids: readonly number[], viewer: Viewer): Set<number> {
  const table = TABLES[kind] as typeof orders
  if (ids.length === 0) return new Set()
  return new Set(
    db
      .select({ id: table.id })
      .from(table)
      .where(and(inArray(table.id, [...ids]), seenBy(kind, viewer)))
      .all()
      .map(({ id }) => id),
  )
}

/** Steps about a report before it is sent: what they say is nobody's business until then, and changes until then. */
const UNSENT = ['target.draft', 'target.discard']

/** A line of a target's trail, as far as it says which records it is about. */
export interface TrailLine {
  action: string
  after: unknown
}

/** The lines of a target's trail that the person may read: those about no record that is hidden from them. */
export function readableLines<T extends TrailLine>(db: Db, lines: readonly T[], viewer: Viewer): T[] {
  const about = lines.map((line) => recordsOf(line))
  const seen = Object.fromEntries(
    (Object.keys(TABLES) as Kind[]).map((kind) => [
      kind,
      seenOf(
        db,
        kind,
        about.flatMap((records) => records[kind]),
        viewer,
      ),
    ]),
  ) as Record<Kind, Set<number>>
  const ownReports = new Set(
    viewer.unitId === null
      ? []
      : db
          .select({ id: reports.id })
          .from(reports)
          .where(
            and(
              inArray(
                reports.id,
                about.flatMap(({ report }) => report),
              ),
              eq(reports.unitId, viewer.unitId),
            ),
          )
          .all()
          .map(({ id }) => id),
  )
  return lines.filter((line, i) =>
    (Object.keys(TABLES) as Kind[]).every((kind) => {
      const ids = about[i]![kind]
      const readable = kind === 'report' && UNSENT.includes(line.action) ? ownReports : seen[kind]
      return ids.length === 0 || ids.some((id) => readable.has(id))
    }),
  )
}

function recordsOf({ after }: TrailLine): Record<Kind, number[]> {
  const { report, order, orders: made, problem } = (after ?? {}) as Record<string, unknown>
  const numbers = (value: unknown) => (typeof value === 'number' ? [value] : [])
  return {
    report: numbers(report),
    order: [
      ...numbers(order),
      ...(Array.isArray(made) ? made.flatMap((one: { id?: unknown }) => numbers(one?.id)) : []),
    ],
    problem: numbers(problem),
  }
}
