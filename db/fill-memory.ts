/**
 * Fills the memory of a database that was written before there was one: versions of targets and settings, and what
 * records did not yet say about themselves, by what the audit log knows; then the spans of lights by replaying all that.
 * The only place beside the page of the audit log that reads what it says, and only once, in the migration.
 */
import type Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { State } from './domain/states.ts'
import { replaySpans } from './replay-spans.ts'
import * as schema from './schema/index.ts'
import type { ProblemEvent } from './schema/supervision.ts'
import type { VersionPart } from './schema/memory.ts'
import { instantOf, REPORT_STATUS_CODES, type Stored, storedInstant } from './stored.ts'
import { appendVersions, PARTS_OF_T, staleVersions, VERSIONED_FIELDS } from './target-versions.ts'
import { readVersionUnits, UNITS_OF_T, type VersionUnit, writeVersionUnits } from './version-units.ts'

type Json = Record<string, unknown>
type Fields = Record<(typeof VERSIONED_FIELDS)[number], unknown>

/** A target as it was between two records of the trail. */
interface Standing {
  fields: Fields
  units: VersionUnit[]
  parts: VersionPart[]
}

interface Trail {
  id: number
  at: string
  userId: number | null
  userName: string | null
  action: string
  before: string | null
  after: string | null
}

/** Targets worked on at once. */
const CHUNK = 2000
/** For an instant that no clock wrote. */
const LONG_AGO = '1970-01-01T00:00:00.000Z'

/** Fills everything; to be called inside the transaction of the migration that made the tables. */
export function fillMemory(client: Sqlite.Database): void {
  fillSettings(client)
  fillProblems(client)
  fillWithdrawals(client)
  const ids = client.prepare('SELECT id FROM targets WHERE id > ? ORDER BY id LIMIT ?').pluck()
  for (let after = 0; ;) {
    const chunk = ids.all(after, CHUNK) as number[]
    if (chunk.length === 0) break
    fillTargets(client, chunk)
    replaySpans(client, chunk)
    after = chunk.at(-1)!
  }
  // What the trail does not say is taken from the record of today.
  const db = drizzle(client, { schema })
  const origin = { at: new Date(lastInstant(client)).toISOString(), step: 'migrate', byId: null, byName: null }
  appendVersions(db, staleVersions(db), origin)
}

const lastInstant = (client: Sqlite.Database): string =>
  instant(client.prepare('SELECT at FROM audit_log ORDER BY id DESC LIMIT 1').pluck().get())

const instant = (text: unknown): string =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? text : LONG_AGO

function parsed(json: string | null): Json {
  if (json === null) return {}
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
  } catch {
    return {}
  }
}

function fillTargets(client: Sqlite.Database, ids: readonly number[]): void {
  const columns = getTableColumns(schema.targets)
  const fields = VERSIONED_FIELDS.map((field) => `t."${columns[field].name}" AS "${field}"`).join(', ')
  const rows = client
    .prepare(
      `SELECT t.id, t.created_at AS createdAt, f.imported_by AS importerId, i.display_name AS importer, ${fields},
        CASE WHEN json_valid(t.extracted) THEN t.extracted ->> '$.explanation.deadline.rule' END AS found,
        ${UNITS_OF_T} AS units, ${PARTS_OF_T} AS parts
      FROM targets t LEFT JOIN documents d ON d.id = t.document_id LEFT JOIN files f ON f.id = d.file_id
      LEFT JOIN users i ON i.id = f.imported_by WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id`,
    )
    .all(JSON.stringify(ids)) as (Fields & {
    id: number
    createdAt: Stored
    importerId: number | null
    importer: string | null
    found: string | null
    units: string
    parts: string
  })[]
  const trail = client.prepare(
    `SELECT id, at, user_id AS userId, user_name AS userName, action, "before", "after" FROM audit_log
      WHERE entity = 'target' AND entity_id = ? ORDER BY id`,
  )
  const insert = versionWriter(client)
  for (const row of rows) {
    const { id, createdAt, importerId, importer, found, units, parts, ...stored } = row
    const now = Object.fromEntries(
      VERSIONED_FIELDS.map((field) => [
        field,
        stored[field] === null ? null : columns[field].mapFromDriverValue(stored[field] as never),
      ]),
    ) as Fields
    const standing: Standing = {
      fields: now,
      units: readVersionUnits(units),
      parts: JSON.parse(parts) as VersionPart[],
    }
    const history = historyOf(
      standing,
      trail.all(String(id)) as Trail[],
      {
        // Below every number of the trail, so that the numbers of all versions are in the order of time.
        id: -id,
        at: instant(instantOf(createdAt)),
        byId: importerId,
        byName: importer,
      },
      found,
    )
    let from = ''
    history.forEach((version, i) => {
      const next = history[i + 1]
      from = version.at > from ? version.at : from
      const until = next === undefined ? null : next.at > from ? next.at : from
      // The version that holds now is written exactly as the step engine writes it, or the check for stale versions would
      // report it.
      const texts =
        next === undefined
          ? { units, parts }
          : { units: writeVersionUnits(version.is.units), parts: JSON.stringify(version.is.parts) }
      insert({ ...version, ...version.is.fields, ...texts, targetId: id, validFrom: from, validUntil: until })
    })
  }
}

/** Writes versions of targets, of each in the order of time; what stays the same from one to another is written once. */
function versionWriter(client: Sqlite.Database): (version: Record<string, unknown> & { targetId: number }) => void {
  const writers = [schema.versionContents, schema.versionUnitLists, schema.versionSteps].map((table) => {
    const columns = Object.entries(getTableColumns(table) as Record<string, SQLiteColumn>)
    const statement = client.prepare(
      `INSERT INTO ${getTableName(table)} (${columns.map(([, { name }]) => `"${name}"`).join(', ')})
        VALUES (${columns.map(() => '?').join(', ')})`,
    )
    const known = new Map<string, number>()
    /** What is already text in the form of the table stays as it is. */
    const stored = (values: Record<string, unknown>) =>
      columns.map(([field, column]) => {
        const value = values[field] ?? null
        return value === null || field === 'units' || field === 'parts'
          ? value
          : column.mapToDriverValue(value as never)
      })
    return {
      add: (values: Record<string, unknown>) => statement.run(stored(values)),
      /** The number of a row that is written where its target has none like it. */
      once: (values: Record<string, unknown> & { targetId: number }): number => {
        const key = JSON.stringify(stored({ ...values, n: 0 }))
        let n = known.get(key)
        if (n === undefined) {
          const own = `of ${values.targetId}`
          known.set(key, (n = (known.get(own) ?? 0) + 1)).set(own, n)
          statement.run(stored({ ...values, n }))
        }
        return n
      },
    }
  })
  const [contents, units, steps] = writers as [(typeof writers)[0], (typeof writers)[0], (typeof writers)[0]]
  return (version) => steps.add({ ...version, content: contents.once(version), units: units.once(version) })
}

interface PastVersion {
  id: number
  at: string
  step: string
  byId: number | null
  byName: string | null
  reason: string | null
  splitFromId: number | null
  is: Standing
}

/**
 * Walks back from what a target is today, record by record of its trail; a record that changed nothing makes no version.
 * @param found the rule by which the deadline was found in the document
 */
function historyOf(
  now: Standing,
  trail: readonly Trail[],
  imported: Pick<PastVersion, 'id' | 'at' | 'byId' | 'byName'>,
  found: string | null,
): PastVersion[] {
  const history: PastVersion[] = []
  let is = now
  for (const [i, { id, at, userId, userName, action, before, after }] of [...trail.entries()].reverse()) {
    const step = action.replace(/^target\./, '')
    const [was, became] = [parsed(before), parsed(after)]
    const version = { id, at: instant(at), step, byId: userId, byName: userName, reason: reasonOf(step, became), is }
    if (step === 'add' || step === 'split-off') {
      const from = became.from
      history.unshift({ ...version, splitFromId: typeof from === 'number' ? from : null })
      return history
    }
    const earlier = takeBack(step, is, was, became)
    for (const field of ASSIGNED[step] ?? []) {
      const said = trail.slice(0, i).findLast(({ after }) => field in parsed(after))
      if (said) earlier.fields[field] = plainValue(parsed(said.after)[field])
    }
    if (step === 'grant' && became.kind === 'extension')
      earlier.fields.deadlineRule = ruleOfDeadline(trail.slice(0, i), found)
    if (JSON.stringify(earlier) === JSON.stringify(is)) continue
    history.unshift({ ...version, splitFromId: null })
    is = earlier
  }
  history.unshift({ ...imported, step: 'import', reason: null, splitFromId: null, is })
  return history
}

/** Columns that 交办 and 改派 give anew; what they were before, the last record before that names them says. */
const ASSIGNED: Record<string, (keyof Fields)[]> = {
  assign: ['contactLeaderId', 'startOn', 'reportFrequency'],
  reassign: ['supervisorId', 'contactLeaderId', 'reportFrequency'],
}

/** Where a deadline was from before an extension was granted, which the trail of the extension does not say. */
function ruleOfDeadline(earlier: readonly Trail[], found: string | null): string | null {
  for (const { action, after } of [...earlier].reverse()) {
    const became = parsed(after)
    if ('deadlineRule' in became) return textOf(became.deadlineRule)
    if (action === 'target.grant' && became.kind === 'extension') return '延期'
  }
  return found
}

const SAYING_WHY = new Set(['drop', 'reassign', 'recall', 'resume', 'reopen', 'set-light', 'meet', 'close'])
const reasonOf = (step: string, after: Json): string | null =>
  SAYING_WHY.has(step) ? (textOf(after.reason) ?? textOf(after.conclusion) ?? textOf(after.droppedReason)) : null
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Steps whose record of before names columns of the target; that of a report has a `value` of its own. */
const NAMING_COLUMNS = new Set([
  'mend',
  'accept',
  'drop',
  'merge',
  'split',
  'undo',
  'grant',
  'set-light',
  'reopen',
  'recall',
  'resume',
])

/** Columns that a step fills, and which nobody wrote down as empty before it. */
const FILLED_BY: Record<string, (keyof Fields)[]> = {
  accept: ['confirmedAt'],
  assign: ['assignedAt', 'supervisorId', 'signedAt'],
  meet: ['metAt', 'metBy'],
  close: ['closedAt', 'closedBy'],
  drop: ['droppedReason'],
  unsplit: ['droppedReason'],
  merge: ['mergedIntoId'],
}

/** State before a step whose record does not say it: that of the demo of earlier versions. */
const STATE_BEFORE: Record<string, State> = {
  accept: 'extracted',
  drop: 'extracted',
  assign: 'confirmed',
  submit: 'in_progress',
  approve: 'reported',
  return: 'reported',
  withdraw: 'reported',
  meet: 'in_progress',
  close: 'met',
}

/** What a target was before a step, by what it was after it and what the trail says. */
function takeBack(step: string, is: Standing, was: Json, became: Json): Standing {
  const fields: Fields = { ...is.fields }
  for (const field of FILLED_BY[step] ?? []) fields[field] = null
  if (NAMING_COLUMNS.has(step))
    for (const field of VERSIONED_FIELDS) if (field in was) fields[field] = plainValue(was[field])
  const state = textOf(was.state) ?? STATE_BEFORE[step]
  if (state !== undefined) fields.state = state
  if (step === 'grant' && became.kind === 'suspension') fields.suspendedFrom = null
  if (step === 'sign' && fields.state === 'assigned') fields.signedAt = null
  return { fields, units: unitsBefore(step, is.units, was, became), parts: partsBefore(step, is.parts, was) }
}

const plainValue = (value: unknown) => (typeof value === 'object' ? null : value)

function unitsBefore(step: string, units: VersionUnit[], was: Json, became: Json): VersionUnit[] {
  if (step === 'sign')
    return units.map((unit) => (unit.unitId !== null && unit.unitId === became.unitId ? unsigned(unit) : unit))
  if (step === 'assign' && !Array.isArray(was.units)) return units.map(unsigned)
  if (!Array.isArray(was.units)) return units
  return (was.units as VersionUnit[])
    .map(({ role, name, unitId }) => ({
      role,
      name,
      unitId,
      signedAt: units.find((u) => u.unitId !== null && u.unitId === unitId)?.signedAt ?? null,
    }))
    .map((unit) => (step === 'reassign' ? unit : unsigned(unit)))
}
const unsigned = (unit: VersionUnit): VersionUnit => ({ ...unit, signedAt: null })

function partsBefore(step: string, parts: VersionPart[], was: Json): VersionPart[] {
  if (step === 'record-part')
    return parts.map((part) =>
      part.label === was.part ? { ...part, reached: numberOf(was.reached), reachedOn: textOf(was.reachedOn) } : part,
    )
  if (step === 'assign') return []
  if (step !== 'break-down' || !Array.isArray(was.parts)) return parts
  const kind = was.kind as VersionPart['kind']
  const old = (was.parts as Partial<VersionPart>[]).map((part, position): VersionPart => {
    const now = parts.find((one) => one.kind === kind && one.label === part.label)
    return {
      id: now?.id ?? 0,
      kind,
      position,
      label: part.label ?? '',
      unitId: part.unitId ?? null,
      dueOn: part.dueOn ?? null,
      value: part.value ?? null,
      weight: part.weight ?? null,
      reached: now?.reached ?? null,
      reachedOn: now?.reachedOn ?? null,
    }
  })
  return [...parts.filter((part) => part.kind !== kind), ...old]
}
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Settings by the trail of their changes; one whose changes nobody wrote down holds since it was last written. */
function fillSettings(client: Sqlite.Database): void {
  const stored = client.prepare('SELECT key, value, updated_at AS updatedAt FROM settings').all() as {
    key: string
    value: string
    updatedAt: string
  }[]
  const trail = client.prepare(
    `SELECT at, user_id AS userId, user_name AS userName, "after" FROM audit_log
      WHERE action = 'setting.change' AND entity_id = ? ORDER BY id`,
  )
  const insert = client.prepare(
    'INSERT INTO setting_versions (key, value, valid_from, valid_until, by_id, by_name) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const { key, value, updatedAt } of stored) {
    if (Object.keys(parsed(value)).length === 0) continue
    const changes = (trail.all(key) as Omit<Trail, 'id' | 'action' | 'before'>[]).filter(
      ({ after }) => Object.keys(parsed(after)).length > 0,
    )
    const known = changes.at(-1)
    const all =
      known && JSON.stringify(parsed(known.after)) === JSON.stringify(parsed(value))
        ? changes
        : [...changes, { at: updatedAt, userId: null, userName: null, after: value }]
    let from = ''
    all.forEach((change, i) => {
      from = instant(change.at) > from ? instant(change.at) : from
      const next = all[i + 1]
      const until = next === undefined ? null : instant(next.at) > from ? instant(next.at) : from
      insert.run(key, change.after, from, until, change.userId, change.userName)
    })
  }
}

/** What was done about each problem; where the trail does not name it, what the record itself says. */
function fillProblems(client: Sqlite.Database): void {
  const rows = client
    .prepare(
      `SELECT id, target_id AS targetId, rectification, rectified_at AS rectifiedAt, closed_at AS closedAt FROM problems`,
    )
    .all() as {
    id: number
    targetId: number
    rectification: string | null
    rectifiedAt: string | null
    closedAt: string | null
  }[]
  const trail = client.prepare(
    `SELECT at, user_name AS userName, action, "after" FROM audit_log WHERE entity = 'target' AND entity_id = ?
      AND action IN ('target.rectify-problem', 'target.reject-problem', 'target.close-problem') ORDER BY id`,
  )
  const update = client.prepare('UPDATE problems SET course = ? WHERE id = ?')
  for (const { id, targetId, rectification, rectifiedAt, closedAt } of rows) {
    const course = (trail.all(String(targetId)) as Omit<Trail, 'id' | 'before' | 'userId'>[]).flatMap(
      ({ at, userName, action, after }): ProblemEvent[] => {
        const said = parsed(after)
        if (said.problem !== id) return []
        const step = action.replace(/^target\./, '') as ProblemEvent['step']
        return [{ step, at, who: userName, text: textOf(said.text) ?? textOf(said.reason) }]
      },
    )
    if (course.length === 0) {
      if (rectifiedAt !== null)
        course.push({ step: 'rectify-problem', at: rectifiedAt, who: null, text: rectification })
      if (closedAt !== null) course.push({ step: 'close-problem', at: closedAt, who: null, text: null })
    }
    if (course.length > 0) update.run(JSON.stringify(course), id)
  }
}

/** When and by whom reports and requests were taken back. */
function fillWithdrawals(client: Sqlite.Database): void {
  const trail = client.prepare(
    `SELECT at, user_id AS userId, json_extract("after", ?) AS record FROM audit_log
      WHERE entity = 'target' AND action = ? AND json_valid("after") ORDER BY id`,
  )
  for (const [table, key, action, withdrawn, stored] of [
    ['reports', '$.report', 'target.withdraw', REPORT_STATUS_CODES.withdrawn, storedInstant],
    ['change_requests', '$.request', 'target.withdraw-request', 'withdrawn', (at: string) => at],
  ] as const) {
    const update = client.prepare(
      `UPDATE ${table} SET decided_at = ?, decided_by = ? WHERE id = ? AND status = ? AND decided_at IS NULL`,
    )
    const said = trail.all(key, action) as { at: string; userId: number | null; record: unknown }[]
    for (const { at, userId, record } of said) update.run(stored(at), userId, record, withdrawn)
  }
}
