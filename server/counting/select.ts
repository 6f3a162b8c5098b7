import { isHiddenFromUnits } from '../../db/domain/lifecycle.ts'
import { STATES } from '../../db/domain/states.ts'
import { KINDS } from '../../db/domain/target-terms.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import type { TargetFilter } from '../core/target-schemas.ts'
import {
  CODES,
  HAS_VALUE,
  LATE,
  lightCode,
  MISSING_BASELINE,
  NO_LIGHT,
  partsOfCode,
  stateCode,
  UNKNOWN,
} from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import type { Standing } from './standing.ts'
import { roleBits } from './unit-sets.ts'

/** Dimensions of the filter as bits, so that a row can say which of them it fails. */
export const LIGHT = 1
export const STATE = 2
export const KIND = 4
export const UNIT = 8
export const MISSING = 16
export const MONTH = 32
export const SOURCE = 64
/** Dimensions that every count of a facet applies: viewer, scope, words, documents, dates, changes. */
const OTHER = 128

const ASSIGNED = stateCode('assigned')

/** A filter of the ledger made ready for one day. */
export interface Selection {
  /**
   * Which dimensions the row of a target fails: 0 where the filter leaves it in. A count that leaves one dimension
   * out takes the rows that fail nothing but it.
   */
  fails: (id: number, row: number) => number
  /** The same where code and set of units of the row are at hand ({@link DayRows}). */
  failsOf: (id: number, row: number, code: number, set: number) => number
  /**
   * By code of a row ({@link DayRows.codes}) dimensions that it fails for certain; it may fail others. Most targets fail
   * by it already, and it is one look at one number.
   */
  failsByCode: () => Uint8Array
  /** Whether a row whose code fails nothing fails nothing at all. */
  byCode: boolean
  /** The same of one that has besides a set of units which passes, of a target in which all words stand. */
  byCodeSetAndWords: boolean
  /** {@link Hits.marks} */
  words: readonly Uint8Array[]
  /** What is asked of the sets of units, by their numbers; null where nothing is. To be read at once. */
  sets: {
    /** Roles that the filter's units have in a set, as bits of which one of `roles` is needed. */
    parts: Uint8Array | null
    roles: number
    /** Not 0 where the viewer's unit has a part. */
    visible: Uint8Array | null
  }
  /** Units of the filter; null where none are named. */
  units: ReadonlySet<number> | null
  /** Numbers of the only targets that may pass, others among them; null where that may be any. To be read at once. */
  candidates: () => Int32Array | null
}

/** What is looked for by words. */
export interface Hits {
  /** For each word the targets in which it stands, by their numbers. */
  marks: readonly Uint8Array[]
  /** Numbers of the only targets that can have all words, each once; null where they are not at hand. */
  only: Int32Array | null
}
export const NO_HITS: Hits = { marks: [], only: null }

/**
 * @param hits what the filter's words and leaders leave in
 * @param kindOf 来源类别 by the number of a document; asked only where the filter names one
 * @param then the standing of the filter's earlier day (`since`), null where it names none
 */
export function select(
  standing: Standing,
  viewer: Viewer,
  filter: TargetFilter,
  hits: Hits,
  then: Standing | null,
  kindOf: ReadonlyMap<number, string> = new Map(),
): Selection {
  const { columns } = standing
  const { deadline, units, documentId } = columns
  const lit = lightsFor(columns, unitAsked(viewer, filter))
  const { lineCode } = lit
  const { unitSets } = columns
  const states = chosen(filter.state)
  const inScope = scopeMarks(filter.scope ?? (states === null ? 'live' : 'all'))
  const inScopeOfAnyState = scopeMarks(filter.scope ?? 'live')
  const stateFails = Uint8Array.from(STATES, (one, i) =>
    viewer.role === 'reporter' && isHiddenFromUnits(one)
      ? OTHER
      : inScope[i] === 1 && (states === null || states.includes(one))
        ? 0
        : inScopeOfAnyState[i] === 1
          ? STATE
          : OTHER,
  )
  const visibleSets = viewer.role !== 'reporter' ? null : unitSets.parts(new Set([viewer.unitId ?? -1]))
  const kinds = chosen(filter.kind)
  const kindFails = Uint8Array.from(KINDS, (one) => (kinds === null || kinds.includes(one) ? 0 : KIND))
  /** By state and kind, as the lowest bits of a code have them. */
  const restFails = Uint8Array.from({ length: 64 }, (_, i) => (stateFails[i & 15] ?? 0) | (kindFails[i >> 4] ?? 0))
  const lights = chosen(filter.light)?.map(lightCode) ?? null
  const late = filter.late === undefined ? null : filter.late === 'true'

  const unitIds = chosen(filter.unitId)
  const unitFilter = unitIds && new Set(unitIds)
  const roles = chosen(filter.role)
  const parts = unitFilter || roles ? unitSets.parts(unitFilter) : null
  const inRoles = roleBits(roles)
  const missing = chosen(filter.missing)
  const unresolved = missing?.includes('unit') ? unitSets.unresolved : null
  const asksDeadline = missing?.includes('deadline') ?? false
  const asksSignature = missing?.includes('signature') ?? false
  /** Whether a row that lacks nothing by its code lacks one of these. */
  const isMissing = (row: number, set: number): boolean =>
    (asksDeadline && deadline[row] === 0) || (unresolved !== null && unresolved[set] === 1)

  const { deadlineFrom, deadlineTo, deadlineMonth } = filter
  const isBetween = (date: string | null) =>
    date !== null && (deadlineFrom ?? '') <= date && date <= (deadlineTo ?? '9999')
  const asksDates = [deadlineFrom, deadlineTo, deadlineMonth].some((one) => one !== undefined)
  const dateFails = new Uint8Array(asksDates ? columns.deadlines.length : 0)
  if (deadlineFrom !== undefined || deadlineTo !== undefined)
    columns.deadlines.forEach((date, i) => (dateFails[i]! |= isBetween(date) ? 0 : OTHER))
  if (deadlineMonth !== undefined)
    columns.deadlines.forEach((date, i) => (dateFails[i]! |= date?.startsWith(deadlineMonth) ? 0 : MONTH))
  const documents = chosen(filter.documentId)
  const documentSet = documents && new Set(documents)
  const sourceKinds = chosen(filter.sourceKind)
  const ids = chosen(filter.ids)
  const idSet = ids && new Set(ids)
  const was = then && (chosen(filter.was) ?? ['changed' as const])
  const changed = (id: number, row: number): boolean => {
    const rowThen = then!.row(id)
    const before = rowThen < 0 ? NO_LIGHT : lit.code(rowThen)
    const now = lit.code(row)
    return (
      now !== NO_LIGHT &&
      was!.some((one) => (one === 'changed' ? before !== now : before === (one === 'none' ? NO_LIGHT : lightCode(one))))
    )
  }

  /** What few filters ask, so that the others do not pay for it. */
  const others: ((id: number, row: number) => boolean)[] = []
  if (documentSet !== null) others.push((id) => !documentSet.has(documentId[id]!))
  if (idSet !== null) others.push((id) => !idSet.has(id))
  for (const hit of hits.marks) others.push((id) => hit[id] !== 1)
  if (was !== null) others.push((id, row) => !changed(id, row))

  /** What a row fails by its code, once light and flags are those of whoever asks. */
  const codeFails = new Uint8Array(CODES).fill(OTHER)
  for (let code = 0; code < UNKNOWN; code += 64) {
    // the same for all states and kinds
    const [light, flags] = [(code >> 6) & 7, (code >> 9) & 7]
    const lightFails = lights === null || lights.includes(light) ? 0 : LIGHT
    const lateFails = late === null || (light !== NO_LIGHT && ((flags & LATE) !== 0) === late) ? 0 : OTHER
    const isMissing =
      missing === null ||
      (missing.includes('baseline') && (flags & MISSING_BASELINE) !== 0) ||
      (missing.includes('value') && light !== NO_LIGHT && (flags & HAS_VALUE) === 0)
    for (let i = 0; i < 64; i++) {
      const missingFails = isMissing || (asksSignature && (i & 15) === ASSIGNED) ? 0 : MISSING
      codeFails[code + i] = restFails[i]! | lightFails | lateFails | missingFails
    }
  }

  const failsOf = (id: number, row: number, code: number, set: number): number => {
    if (visibleSets !== null && visibleSets[set] === 0) return OTHER
    let failed = codeFails[lineCode === null ? code : lineCode(code, set)]!
    if ((failed & MISSING) !== 0 && isMissing(row, set)) failed &= ~MISSING
    if (asksDates) failed |= dateFails[deadline[row]!]!
    if (parts !== null && (parts[set]! & inRoles) === 0) failed |= UNIT
    if (sourceKinds !== null && !sourceKinds.includes(kindOf.get(documentId[id]!) ?? '')) failed |= SOURCE
    if (failed < OTHER) for (const other of others) if (other(id, row)) return OTHER
    return failed
  }
  const fails = (id: number, row: number): number => failsOf(id, row, columns.codeAt(row), units[row]!)
  const mayMissBesides = asksDeadline || unresolved !== null
  const failsByCode = (): Uint8Array => {
    if (lineCode === null && !mayMissBesides) return codeFails
    const certain = codeFails.slice()
    for (let code = 0; code < UNKNOWN; code++) {
      if (mayMissBesides) certain[code]! &= ~MISSING
      if (lineCode !== null && partsOfCode(code).own) certain[code] = restFails[code & 63]!
    }
    return certain
  }
  const byCodeSetAndWords =
    lineCode === null &&
    !mayMissBesides &&
    !asksDates &&
    [documentSet, idSet, sourceKinds, was].every((one) => one === null)
  const byCode = byCodeSetAndWords && parts === null && visibleSets === null && hits.marks.length === 0
  const candidates = (): Int32Array | null =>
    idSet !== null
      ? Int32Array.from([...idSet].filter((id) => id > 0 && id < columns.ids))
      : hits.only !== null
        ? hits.only
        : documentSet !== null
          ? columns.targetsIn([...documentSet])
          : viewer.role === 'reporter'
            ? columns.targetsOf([viewer.unitId ?? -1])
            : unitFilter === null
              ? null
              : columns.targetsOf([...unitFilter])
  return {
    fails,
    failsOf,
    failsByCode,
    byCode,
    byCodeSetAndWords,
    words: hits.marks,
    sets: { parts, roles: inRoles, visible: visibleSets },
    units: unitFilter,
    candidates,
  }
}

/** Nothing is asked of the units. */
const NO_SETS = new Int32Array()

/**
 * Runs over the targets of the day that the selection leaves in.
 * @param among only these numbers; null: all
 */
export function eachSelected(
  standing: Standing,
  { fails, failsOf, failsByCode, byCodeSetAndWords, words, sets: { parts, roles, visible } }: Selection,
  among: Int32Array | null,
  visit: (id: number, row: number) => void,
): void {
  const { columns } = standing
  if (among !== null && !standing.isWhole) {
    eachRow(standing, (id, row) => void (fails(id, row) === 0 && visit(id, row)), among)
    return
  }
  const { all } = standing
  const { rowOf, codes } = all
  const sets = byCodeSetAndWords && parts === null && visible === null ? NO_SETS : all.sets
  const failing = failsByCode()
  const see = (id: number) => {
    const code = codes[id]!
    if (failing[code] !== 0) return
    if (byCodeSetAndWords) {
      // most filters: no row is looked at
      if (parts !== null && (parts[sets[id]!]! & roles) === 0) return
      if (visible !== null && visible[sets[id]!] === 0) return
      for (let i = 0; i < words.length; i++) if (words[i]![id] !== 1) return
    } else if (failsOf(id, rowOf[id]!, code, sets[id]!) !== 0) return
    visit(id, rowOf[id]!)
  }
  if (among === null) for (let id = 1; id < columns.ids; id++) see(id)
  else for (let i = 0; i < among.length; i++) see(among[i]!)
}

/**
 * Runs over the targets of the day that fail one dimension at most, for counts of what a filter would show without it;
 * among them some that fail more. Where units are named it looks at those that may have them: whatever fails the units
 * alone is not told of.
 */
export function eachNearlySelected(
  standing: Standing,
  { failsOf, failsByCode, candidates }: Selection,
  visit: (id: number, row: number) => void,
): void {
  const among = candidates()
  if (among !== null && !standing.isWhole) return eachRow(standing, visit, among)
  const { all } = standing
  const { rowOf, codes } = all
  const isSingle = Uint8Array.from(failsByCode(), (failed) => Number(failsOneAtMost(failed)))
  if (among === null) {
    for (let id = 1; id < standing.columns.ids; id++) if (isSingle[codes[id]!] === 1) visit(id, rowOf[id]!)
    return
  }
  const { sets } = all
  for (const id of among) {
    const code = codes[id]!
    // most of those of a unit fail more than the code tells: they are left out before their rows are looked at
    if (isSingle[code] === 1 && failsOneAtMost(failsOf(id, rowOf[id]!, code, sets[id]!))) visit(id, rowOf[id]!)
  }
}

const failsOneAtMost = (failed: number): boolean => failed < OTHER && (failed & (failed - 1)) === 0

/**
 * Runs over every target that was known on the day.
 * @param among only these numbers
 */
export function eachRow(
  standing: Standing,
  visit: (id: number, row: number) => void,
  among: Int32Array | null = null,
): void {
  if (among !== null) {
    for (const id of among) {
      const row = standing.row(id)
      if (row >= 0) visit(id, row)
    }
    return
  }
  const { rowOf } = standing.all
  for (let id = 1; id < standing.columns.ids; id++) {
    const row = rowOf[id]!
    if (row >= 0) visit(id, row)
  }
}

/** Runs over the tracked targets of the day that a person may see: those that every figure of the lights counts. */
export function eachTracked(standing: Standing, viewer: Viewer, visit: (id: number, row: number) => void): void {
  const selection = select(standing, viewer, TRACKED, NO_HITS, null)
  const { light } = standing.columns
  eachSelected(standing, selection, selection.candidates(), (id, row) => {
    if (light[row] !== NO_LIGHT) visit(id, row)
  })
}

/** The same of those whose light is another than on an earlier day; for a unit there are some among them whose light is not. */
export function eachMoved(
  standing: Standing,
  viewer: Viewer,
  earlier: number,
  visit: (id: number, row: number) => void,
): void {
  const selection = select(standing, viewer, TRACKED, NO_HITS, null)
  const { columns } = standing
  const { light, from, to, ids } = columns
  const among = selection.candidates()
  if (among !== null)
    return eachSelected(standing, selection, among, (id, row) => {
      if (light[row] !== NO_LIGHT && from[row]! > earlier) visit(id, row)
    })
  const { rowOf, codes } = standing.all
  const failing = selection.failsByCode()
  for (let id = 1; id < ids; id++) {
    const row = rowOf[id]!
    // most have not moved, and it is told by one look
    if (row < 0 || from[row]! <= earlier || light[row] === NO_LIGHT || failing[codes[id]!] !== 0) continue
    const first = columns.firstRow(id)
    let was = row - 1
    while (was >= first && from[was]! > earlier) was--
    const lightThen = was < first || to[was]! < earlier ? NO_LIGHT : light[was]
    if (lightThen !== light[row]) visit(id, row)
  }
}

const TRACKED: TargetFilter = { scope: 'tracked' }

/** Tells of the row of a target on the day whether figures of the lights count it for a person. */
export function trackedBy(standing: Standing, viewer: Viewer): (id: number, row: number) => boolean {
  const { light } = standing.columns
  const { fails } = select(standing, viewer, TRACKED, NO_HITS, null)
  return (id, row) => light[row] !== NO_LIGHT && fails(id, row) === 0
}

const chosen = <T>(list: readonly T[] | undefined): readonly T[] | null =>
  list !== undefined && list.length > 0 ? list : null

const marks = <T>(list: readonly T[], accept: (one: T) => boolean): Uint8Array =>
  Uint8Array.from(list, (one) => (accept(one) ? 1 : 0))

/** `tracked` is what the figures of the lights count, `live` everything but 不予立项 and 合并. */
const scopeMarks = (scope: NonNullable<TargetFilter['scope']>): Uint8Array =>
  marks(
    STATES,
    (state) => scope === 'all' || (scope === 'tracked' ? isTracked(state) : state !== 'dropped' && state !== 'merged'),
  )
