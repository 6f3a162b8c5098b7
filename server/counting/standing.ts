import type Sqlite from 'better-sqlite3'
import type { Db } from '../../db/open.ts'
import { type SpanLine, StandingsReader, type UnitSpanLine, type VersionLine } from '../../db/standings.ts'
import { clientOf } from '../../db/client.ts'
import { StandingColumns } from './columns.ts'
import { intervalsOf } from './intervals.ts'

/** Targets read at once. */
const CHUNK = 2000

/** With more changed targets than this, reading all of them again is quicker. */
const MANY_CHANGES = 100_000

/** What every target was on one day, as it was known at the day's end. */
export interface Standing {
  day: string
  columns: StandingColumns
  /** By number of a target its row in the columns, −1 where it was not known. */
  rowOf: Int32Array
}

interface Followed {
  reader: StandingsReader
  columns: StandingColumns
  /** Newest change that the columns have seen. */
  seen: number
}
const followed = new WeakMap<Sqlite.Database, Followed>()

/**
 * What every target was on `day`: THE function from which every count over targets takes its numbers. The columns are
 * read at the first question and follow each commit. The answer is to be used at once, before anything else is awaited.
 * Inside an open write transaction it would see what may be rolled back: it is asked outside of one.
 */
export function standingOn(db: Db, day: string): Standing {
  const columns = columnsOf(clientOf(db))
  return { day, columns, rowOf: columns.rowsOn(day) }
}

/** The columns of a database, up to date. */
function columnsOf(client: Sqlite.Database): StandingColumns {
  let one = followed.get(client)
  const reader = one?.reader ?? new StandingsReader(client)
  const newest = reader.newestChange()
  if (one?.seen === newest) return one.columns
  const changed = one === undefined ? null : reader.changedSince(one.seen)
  if (one === undefined || changed === null || changed.length > MANY_CHANGES)
    one = { reader, columns: readAll(reader), seen: newest }
  else {
    for (const id of changed) readInto(one.columns, reader, id, id)
    one.seen = newest
  }
  followed.set(client, one)
  return one.columns
}

function readAll(reader: StandingsReader): StandingColumns {
  const columns = new StandingColumns()
  const highest = reader.highestTarget()
  for (let first = 1; first <= highest; first += CHUNK) readInto(columns, reader, first, first + CHUNK - 1)
  return columns
}

/** Takes the targets with numbers from `first` to `last` in, as they stand in the database; one that is gone goes. */
function readInto(columns: StandingColumns, reader: StandingsReader, first: number, last: number): void {
  const { targets, versions, spans, unitSpans } = reader.read(first, last)
  if (targets.length === 0 && first === last) columns.replace({ id: first, documentId: 0, start: 0 }, [])
  let [v, s, u] = [0, 0, 0]
  for (const [id, documentId, start] of targets) {
    const ownVersions: VersionLine[] = []
    while (v < versions.length && versions[v]![0] <= id)
      if (versions[v++]![0] === id) ownVersions.push(versions[v - 1]!)
    const ownSpans: SpanLine[] = []
    while (s < spans.length && spans[s]![0] <= id) if (spans[s++]![0] === id) ownSpans.push(spans[s - 1]!)
    const ofUnits: UnitSpanLine[] = []
    while (u < unitSpans.length && unitSpans[u]![0] <= id)
      if (unitSpans[u++]![0] === id) ofUnits.push(unitSpans[u - 1]!)
    columns.replace({ id, documentId, start }, intervalsOf(ownVersions, ownSpans, ofUnits, columns.unitSets))
  }
}
