import type Sqlite from 'better-sqlite3'
import { clientOf } from '../../db/client.ts'
import { dayNumber } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { StandingsReader } from '../../db/standings.ts'
import { unitKindsKey } from '../../db/unit-tasks.ts'
import { readSetting } from '../settings/store.ts'
import type { ToldTarget } from './told-targets.ts'
import { TARGET_SECTIONS, type TargetSection, waitingFor, type WaitingTarget } from './unit-tasks.ts'

/**
 * Targets that are looked at for all units one after the other: what the first unit has read of them lies in memory for the
 * others, which a unit that looks at all of its own reads from the disk.
 */
const CHUNK = 2_000

/** With more changed targets than this, looking at all targets of the unit again is quicker. */
const MANY_CHANGES = 2_000

/** Which targets have something that waits for a unit, and what: kept as numbers, because a unit may have tens of thousands. */
interface UnitIndex {
  /** Day and rules by which it was made. */
  key: string
  /** Newest change that it has seen. */
  seen: number
  /** Targets up to this number have been looked at; Infinity once all have. */
  upTo: number
  /** By number of the target: see {@link marksOf}. */
  marks: Map<number, number>
  /** What is listed of them; null where it has to be gathered anew. */
  sections: (Omit<UnitSections, 'told'> & { limit: number }) | null
  /** What was told of targets at earlier looks and has not changed since. */
  told: Map<number, ToldTarget>
}

interface Indexes {
  reader: StandingsReader
  byUnit: Map<number, UnitIndex>
}
const indexes = new WeakMap<Sqlite.Database, Indexes>()

/** So many targets of all units together are kept as they were told; more, and those of other units are read again. */
const MOST_TOLD = 20_000

/** How many things wait in each section, and the targets of the first `limit` of them, the earliest deadline first. */
export interface UnitSections {
  totals: Readonly<Record<TargetSection, number>>
  first: Readonly<Record<TargetSection, readonly number[]>>
  /** What was told of targets before and has not changed since; whoever tells of more adds it. */
  told: Map<number, ToldTarget>
}

/**
 * Counts what waits for a unit. What was found is kept and follows the changes of targets and reports (the table
 * `standing_changes`), so that a look costs what has changed since the last one. Like counts over all targets it is asked
 * outside of a write transaction.
 */
export function unitSections(db: Db, unitId: number, today: string, limit: number): UnitSections {
  const index = upToDate(db, unitId, today)
  if (index.sections?.limit !== limit) index.sections = { ...sectionsOf(index.marks, limit), limit }
  const { totals, first } = index.sections
  return { totals, first, told: index.told }
}

function sectionsOf(marks: ReadonlyMap<number, number>, limit: number): Omit<UnitSections, 'told'> {
  const totals = { toSign: 0, toReport: 0, returned: 0, drafts: 0, dueSoon: 0, overdue: 0 }
  const first: Record<TargetSection, number[]> = {
    toSign: [],
    toReport: [],
    returned: [],
    drafts: [],
    dueSoon: [],
    overdue: [],
  }
  for (const id of inOrder(marks)) {
    const own = marks.get(id)!
    TARGET_SECTIONS.forEach((section, i) => {
      const count = section === 'drafts' ? draftsIn(own) : (own >> i) & 1
      if (count === 0) return
      if (totals[section] < limit) first[section].push(id)
      totals[section] += count
    })
  }
  return { totals, first }
}

/**
 * Looks at the next targets for all of these units, so that none of them waits for its first look of the day.
 * @param first number of the first target to look at
 * @returns the first of the next call; null where all have been looked at
 */
export function readyTasks(db: Db, unitIds: readonly number[], today: string, first: number): number | null {
  const { reader, byUnit } = indexesOf(clientOf(db))
  const key = keyOf(db, today)
  const last = first + CHUNK - 1
  for (const unitId of unitIds) lookFurther(db, begun(byUnit, unitId, key, reader), unitId, today, last)
  return last >= reader.highestTarget() ? null : last + 1
}

function upToDate(db: Db, unitId: number, today: string): UnitIndex {
  const { reader, byUnit } = indexesOf(clientOf(db))
  const key = keyOf(db, today)
  let index = begun(byUnit, unitId, key, reader)
  let changed = reader.changedSince(index.seen)
  if (changed === null || changed.length > MANY_CHANGES) {
    byUnit.delete(unitId)
    index = begun(byUnit, unitId, key, reader)
    changed = []
  }
  lookFurther(db, index, unitId, today, Infinity)
  if (changed.length > 0) {
    const found = marksBy(waitingFor(db, unitId, today, changed))
    for (const id of changed) {
      index.told.delete(id)
      if (index.marks.get(id) === found.get(id)) continue
      index.sections = null
      if (found.has(id)) index.marks.set(id, found.get(id)!)
      else index.marks.delete(id)
    }
    index.seen = reader.newestChange()
  }
  forgetTold(byUnit, index)
  return index
}

function indexesOf(client: Sqlite.Database): Indexes {
  let own = indexes.get(client)
  if (own === undefined) indexes.set(client, (own = { reader: new StandingsReader(client), byUnit: new Map() }))
  return own
}

/** What the marks of a unit follow from, besides its targets and reports. */
const keyOf = (db: Db, today: string): string =>
  JSON.stringify([today, readSetting(db, 'lights'), readSetting(db, 'reminders'), unitKindsKey(clientOf(db))])

/** What is known of a unit by these rules; nothing yet where it is asked for the first time. */
function begun(byUnit: Indexes['byUnit'], unitId: number, key: string, reader: StandingsReader): UnitIndex {
  let index = byUnit.get(unitId)
  if (index?.key !== key) {
    index = { key, seen: reader.newestChange(), upTo: 0, marks: new Map(), sections: null, told: new Map() }
    byUnit.set(unitId, index)
  }
  return index
}

/** Looks at the targets up to a number that have not been looked at. What was changed since the index was begun is looked at again by {@link upToDate}. */
function lookFurther(db: Db, index: UnitIndex, unitId: number, today: string, last: number): void {
  if (index.upTo >= last) return
  const between = { first: index.upTo + 1, last: Math.min(last, Number.MAX_SAFE_INTEGER) }
  for (const target of waitingFor(db, unitId, today, between)) index.marks.set(target.id, marksOf(target))
  index.upTo = last
  index.sections = null
}

/** Keeps what was told within bounds; what the unit that asks now was told stays. */
function forgetTold(byUnit: ReadonlyMap<number, UnitIndex>, own: UnitIndex): void {
  let kept = 0
  for (const { told } of byUnit.values()) kept += told.size
  if (kept > MOST_TOLD) for (const other of byUnit.values()) if (other !== own) other.told.clear()
  if (own.told.size > MOST_TOLD) own.told.clear()
}

const SECTION_BITS = TARGET_SECTIONS.length
const DRAFT_BITS = 6
const MOST_DRAFTS = 2 ** DRAFT_BITS - 1
/** Stands behind every date. */
const NO_DEADLINE = 2 ** 17 - 1

/** What waits about a target as one number: its deadline in days, then how many drafts, then a bit for each section. */
function marksOf({ deadline, waiting }: WaitingTarget): number {
  const day = deadline === null ? NO_DEADLINE : Math.min(NO_DEADLINE - 1, Math.max(0, dayNumber(deadline)))
  const drafts = waiting.filter(({ section }) => section === 'drafts').length
  const sections = waiting.reduce((bits, { section }) => bits | (1 << TARGET_SECTIONS.indexOf(section)), 0)
  return (day << (DRAFT_BITS + SECTION_BITS)) | (Math.min(drafts, MOST_DRAFTS) << SECTION_BITS) | sections
}
const draftsIn = (marks: number): number => (marks >> SECTION_BITS) & MOST_DRAFTS
const dayIn = (marks: number): number => marks >> (DRAFT_BITS + SECTION_BITS)

const marksBy = (found: readonly WaitingTarget[]): Map<number, number> =>
  new Map(found.map((target) => [target.id, marksOf(target)]))

/** The earliest deadline first, what has none last, then by number: sorted as numbers, which is quick for many. */
function inOrder(marks: ReadonlyMap<number, number>): number[] {
  const keys = Float64Array.from(marks, ([id, own]) => dayIn(own) * 2 ** 32 + id).sort()
  return Array.from(keys, (key) => key % 2 ** 32)
}
