import type Sqlite from 'better-sqlite3'
import type { Db } from '../../db/open.ts'
import { type SpanLine, StandingsReader, type UnitSpanLine, type VersionLine } from '../../db/standings.ts'
import { clientOf } from '../../db/client.ts'
import { dayOf, StandingColumns, UNKNOWN } from './columns.ts'
import { readColumns, writeColumns } from './columns-file.ts'
import type { DayRows } from './day-rows.ts'
import { intervalsOf } from './intervals.ts'

/** Targets read at once: with many more, what was read of them outlives the young part of the heap and is moved about. */
const CHUNK = 250

/** With more changed targets than this, reading all of them again is quicker. */
const MANY_CHANGES = 100_000

/** With more than this, counts are taken anew when they are asked for: each of them would go along with every change. */
const MANY_TO_FOLLOW = 5_000

/** A part of all targets that is looked up one by one before all of them are: one alone takes some ten times its share of a pass. */
const OF_ALL = 1 / 8

/**
 * What every target was on one day, as it was known at the day's end. Whoever asks for a few targets looks them up one by
 * one; whoever runs over all of them takes the rows of the whole day. To be used at once: a change may move the rows.
 */
export class Standing {
  private whole: DayRows | null
  private lookedUp = 0
  /** {@link day} as the columns have it. */
  readonly number: number

  constructor(
    readonly day: string,
    readonly columns: StandingColumns,
  ) {
    this.number = dayOf(day)
    this.whole = columns.atHand(this.number)
  }

  /** Whether the rows of the whole day are at hand. */
  get isWhole(): boolean {
    return this.whole !== null
  }

  /** The rows of all targets on the day. */
  get all(): DayRows {
    return (this.whole ??= this.columns.on(this.number))
  }

  /** The row of one target, −1 where it was not known. */
  row(id: number): number {
    const { whole, columns } = this
    if (whole !== null) return whole.rowOf[id] ?? -1
    if (this.lookedUp++ > OF_ALL * columns.targets) return this.all.rowOf[id] ?? -1
    return columns.rowAt(id, this.number)
  }

  /** The code of one target ({@link DayRows.codes}). */
  code(id: number): number {
    if (this.whole !== null) return this.whole.codes[id] ?? UNKNOWN
    const row = this.row(id)
    return row < 0 ? UNKNOWN : this.columns.codeAt(row)
  }
}

interface Followed {
  reader: StandingsReader
  columns: StandingColumns
  /** Newest change that the columns have seen. */
  seen: number
  /** The change up to which they lie in a file; null where they are not kept in one. */
  written: number | null
}

/** From so many targets on the columns are kept in a file between two starts: reading them anew takes seconds. */
const LARGE = 20_000
/** So many changes later they are written again, or a twentieth of the targets where that is more. */
const WRITTEN_EVERY = 5_000
const followed = new WeakMap<Sqlite.Database, Followed>()

/**
 * What every target was on `day`: THE function from which every count over targets takes its numbers. The columns are
 * read at the first question and follow each commit. The answer is to be used at once, before anything else is awaited.
 * Inside an open write transaction it would see what may be rolled back: it is asked outside of one.
 */
export function standingOn(db: Db, day: string): Standing {
  return new Standing(day, columnsOf(clientOf(db)))
}

/** The columns of a database, up to date. */
function columnsOf(client: Sqlite.Database): StandingColumns {
  const one = followed.get(client) ?? begin(client)
  follow(one)
  followed.set(client, one)
  return one.columns
}

/** The columns from their file, to be followed up; read from the tables where there is none that can be. */
function begin(client: Sqlite.Database): Followed {
  const reader = new StandingsReader(client)
  const kept = isKept(client, reader) ? readColumns(client.name, reader) : null
  if (kept !== null) return { reader, ...kept, written: kept.seen }
  return { reader, seen: reader.newestChange(), columns: readAll(reader), written: null }
}

function follow(one: Followed): void {
  const { reader } = one
  const newest = reader.newestChange()
  if (one.seen === newest) return
  const changed = reader.changedSince(one.seen)
  if (changed === null || changed.length > MANY_CHANGES) one.columns = readAll(reader)
  else {
    if (changed.length > MANY_TO_FOLLOW) one.columns.followers.clear()
    for (const id of changed) readInto(one.columns, reader, id, id)
  }
  one.seen = newest
}

/** Only threads that read keep files, each of a database that lies in one itself. */
const isKept = (client: Sqlite.Database, reader: StandingsReader): boolean =>
  client.readonly && !client.memory && reader.highestTarget() >= LARGE

/**
 * Writes the columns into their file where much has changed since. It takes some tenths of a second at 100,000 targets: to be
 * called when nobody waits for a count.
 */
export function keepColumns(db: Db): void {
  const client = clientOf(db)
  const one = followed.get(client)
  if (one === undefined) return
  const every = Math.max(WRITTEN_EVERY, one.columns.targets / 20)
  if (one.written !== null && one.seen - one.written < every) return
  if (!isKept(client, one.reader)) return
  writeColumns(client.name, one.reader, one.columns, one.seen)
  one.written = one.seen
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
