import type Sqlite from 'better-sqlite3'
import type { Db, OpenDb } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { lightOf, type LightResult, type LightThresholds } from '../../db/domain/lights.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import { type LightInput, lightInputs } from './light-inputs.ts'

/**
 * The cache of lights: table `light_cache` holds what the rule says for every target on the days that are looked at, so
 * that lists can filter, count and sort by it in SQL. {@link ensureLights} fills a day, {@link refreshLights} keeps all
 * days right when a target changes. Emptying the table at any time is harmless.
 */

/** Days that are kept; the one not asked for longest goes first. */
const MAX_DAYS = 12

/** Targets worked on at once: some milliseconds, so that requests go on in between. */
const CHUNK = 800

const UPSERT = `INSERT INTO light_cache (as_of, target_id, light, late, progress, expected, value, value_as_of, missing_baseline)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (as_of, target_id) DO UPDATE SET light = excluded.light, late = excluded.late, progress = excluded.progress,
    expected = excluded.expected, value = excluded.value, value_as_of = excluded.value_as_of, missing_baseline = excluded.missing_baseline`

/** The next targets after `:after` that were known on the day and have no light for it yet. */
const MISSING = `SELECT t.id FROM targets t WHERE t.id > :after
  AND NOT EXISTS (SELECT 1 FROM light_cache l WHERE l.as_of = :asOf AND l.target_id = t.id)
  AND (:past = 0 OR t.document_id NOT IN (SELECT id FROM documents WHERE issued_on > :asOf))
  ORDER BY t.id LIMIT ${CHUNK}`

/** What one database's cache knows about itself; dropped with the database. */
interface CacheState {
  /** Days that are complete, in the order of last use. */
  days: Map<string, CompleteDay>
  /** Days that are being filled now. */
  filling: Map<string, Promise<void>>
  /** How often the first lights of each day have been written. */
  fills: Map<string, number>
}
/** When a day was last seen complete: counter of foreign commits, and the newest target there was. */
interface CompleteDay {
  commits: number
  newest: number
}

const states = new WeakMap<Sqlite.Database, CacheState>()

function stateOf(client: Sqlite.Database): CacheState {
  let state = states.get(client)
  if (state === undefined) states.set(client, (state = { days: new Map(), filling: new Map(), fills: new Map() }))
  return state
}

/**
 * Makes sure that every target has its light on `asOf`; waits where a fill is under way. Targets of documents that were
 * issued after a past `asOf` have none: on that day nobody knew them.
 * @param today the office's date, to tell a past day from today
 */
export async function ensureLights(db: OpenDb, asOf: string, today: string): Promise<void> {
  const state = stateOf(db.$client)
  const running = state.filling.get(asOf)
  if (running !== undefined) return running
  const known = knownDay(db, asOf)
  if (known?.commits === foreignCommits(db.$client)) {
    markComplete(state, asOf, known)
    return
  }
  // Another connection (an import) has written: only newer targets can lack their light.
  const fill = fillDay(db, state, asOf, asOf < today, known?.newest ?? 0).finally(() => state.filling.delete(asOf))
  state.filling.set(asOf, fill)
  return fill
}

/** Whether every target has its light on the day now, so that nobody has to wait for it. */
export const isLit = (db: OpenDb, asOf: string): boolean =>
  !stateOf(db.$client).filling.has(asOf) && knownDay(db, asOf)?.commits === foreignCommits(db.$client)

const knownDay = (db: OpenDb, asOf: string): CompleteDay | undefined =>
  hasLights(db.$client, asOf) ? stateOf(db.$client).days.get(asOf) : undefined

/** How often the first lights of the day have been written; a count that saw two of these may have seen half of the lights. */
export const fillsOf = (db: OpenDb, asOf: string): number => stateOf(db.$client).fills.get(asOf) ?? 0

/** Whether the day has any row: false after somebody emptied the table, for new thresholds. */
const hasLights = (client: Sqlite.Database, asOf: string) =>
  client.prepare('SELECT 1 FROM light_cache WHERE as_of = ? LIMIT 1').get(asOf) !== undefined

/** Sets a day to the end of the order of use. */
function markComplete(state: CacheState, asOf: string, day: CompleteDay): void {
  state.days.delete(asOf)
  state.days.set(asOf, day)
}

/** Counts commits of other connections; SQLite's data_version does not move for the own ones. */
const foreignCommits = (client: Sqlite.Database) => client.pragma('data_version', { simple: true }) as number

/** Fills a day for the targets after number `from`; a target that is written meanwhile is found by a last look. */
async function fillDay(db: OpenDb, state: CacheState, asOf: string, past: boolean, from: number): Promise<void> {
  const { $client: client } = db
  const missing = client.prepare(MISSING).pluck()
  for (let after = from, wrote = false, commits = foreignCommits(client); ;) {
    const ids = missing.all({ after, asOf, past: past ? 1 : 0 }) as number[]
    if (ids.length === 0) {
      const now = foreignCommits(client)
      if (!wrote && now === commits) {
        markComplete(state, asOf, {
          commits,
          newest: client.prepare('SELECT coalesce(max(id), 0) FROM targets').pluck().get() as number,
        })
        break
      }
      // New thresholds may have emptied the table, or an import added targets, while the rest was being filled.
      ;[after, wrote, commits] = [hasLights(client, asOf) ? from : 0, false, now]
      continue
    }
    await writeTurn(client)
    if (after === 0) state.fills.set(asOf, fillsOf(db, asOf) + 1)
    inTransaction(db, (tx) => writeLights(client, readSetting(tx, 'lights'), ids, [asOf]))
    ;[after, wrote] = [ids.at(-1)!, true]
    await new Promise((resolve) => setImmediate(resolve))
  }
  await evictDays(db, state)
}

/** Forgets days beyond the twelve used last, some thousand rows at a time. */
async function evictDays(db: OpenDb, state: CacheState): Promise<void> {
  const left = cachedDays(db.$client).filter((day) => !state.days.has(day)) // by an earlier run
  const oldest = [...left, ...state.days.keys()].slice(0, -MAX_DAYS)
  for (const day of oldest.filter((day) => !state.filling.has(day))) {
    state.days.delete(day)
    const remove = db.$client.prepare(
      'DELETE FROM light_cache WHERE rowid IN (SELECT rowid FROM light_cache WHERE as_of = ? LIMIT 2000)',
    )
    do {
      await new Promise((resolve) => setImmediate(resolve))
      await writeTurn(db.$client)
    } while (remove.run(day).changes > 0)
  }
}

/** The days in the table, found by leaps through its index instead of reading every row. */
function cachedDays(client: Sqlite.Database): string[] {
  return client
    .prepare(
      `WITH RECURSIVE d(day) AS (SELECT min(as_of) FROM light_cache UNION ALL
    SELECT (SELECT min(as_of) FROM light_cache WHERE as_of > d.day) FROM d WHERE d.day IS NOT NULL)
    SELECT day FROM d WHERE day IS NOT NULL`,
    )
    .pluck()
    .all() as string[]
}

/**
 * Says the rule anew for some targets on every day that is kept. To be called inside the transaction that changed a
 * target, its parts or its reports.
 */
export function refreshLights(db: Db, targetIds: readonly number[]): void {
  if (targetIds.length === 0) return
  const client = clientOf(db)
  const days = cachedDays(client)
  if (days.length === 0) return
  const known = client
    .prepare(
      `SELECT t.id FROM targets t JOIN documents d ON d.id = t.document_id
    WHERE t.id IN (SELECT value FROM json_each(?)) AND (d.issued_on IS NULL OR d.issued_on <= ?
      OR EXISTS (SELECT 1 FROM light_cache l WHERE l.as_of = ? AND l.target_id = t.id))`,
    )
    .pluck()
  const limits = readSetting(db, 'lights')
  for (const day of days) writeLights(client, limits, known.all(JSON.stringify(targetIds), day, day) as number[], [day])
}

/** The light of some targets on one day by the rule itself, without the cache. */
export function computeLights(db: Db, targetIds: readonly number[], asOf: string): Map<number, LightResult> {
  const limits = readSetting(db, 'lights')
  return new Map(
    lightInputs(clientOf(db), targetIds).map(({ id, target, reports }) => [id, lightOf(target, reports, asOf, limits)]),
  )
}

function writeLights(
  client: Sqlite.Database,
  limits: LightThresholds,
  ids: readonly number[],
  days: readonly string[],
): void {
  const upsert = client.prepare(UPSERT)
  for (const input of lightInputs(client, ids)) for (const day of days) writeLight(upsert, input, day, limits)
}

function writeLight(
  upsert: Sqlite.Statement,
  { id, target, reports }: LightInput,
  day: string,
  limits: LightThresholds,
): void {
  const r = lightOf(target, reports, day, limits)
  upsert.run(day, id, r.light, r.late ? 1 : 0, r.progress, r.expected, r.value, r.valueAsOf, r.missingBaseline ? 1 : 0)
}

/** The bare connection under drizzle, which an open transaction shares with the database that opened it. */
export const clientOf = (db: Db): Sqlite.Database =>
  (db as unknown as { session: { client: Sqlite.Database } }).session.client
