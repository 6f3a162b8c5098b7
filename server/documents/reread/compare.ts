import { HEAD_FIELDS, type HeadField } from '../../../db/domain/document-heads.ts'
import { type FieldValues, FOUND_FIELDS } from '../../../db/domain/target-fields.ts'
import { UNIT_ROLES, type UnitRole } from '../../../db/domain/target-terms.ts'
import type { FoundDocument } from '../../../extractors/types.ts'
import type { FieldChange } from '../../core/field-changes.ts'
import type { CandidateColumns } from '../../core/candidates.ts'
import type { MovedSpan, TextMap } from './text-map.ts'

/** A target that a reading found, with the units that it names. */
export interface FreshTarget {
  columns: CandidateColumns
  units: Record<UnitRole, string[]>
}

/** A document that a reading found. */
export interface FreshDocument {
  document: FoundDocument
  targets: FreshTarget[]
}

/** A document as it is stored. */
export interface StoredDocument extends Record<HeadField, string | null> {
  id: number
  title: string
  start: number
  end: number
  /** Whether the office has set its head: then no reading changes it. */
  headIsSet: boolean
}

/** A target as it is stored. */
export interface StoredTarget extends Pick<
  CandidateColumns,
  'start' | 'end' | 'clauseStart' | 'clauseEnd' | 'evidence'
> {
  id: number
  documentId: number
  /** The day from which on it is expected to move. */
  startOn: string | null
  /** Whether anybody has done anything with it: then it stays as it is. */
  decided: boolean
  /** What it says now, by field. */
  fields: Pick<FieldValues, (typeof FOUND_FIELDS)[number]>
  units: Record<UnitRole, string[]>
  /** Kind and indicator as the rules found them, by which it is known again whatever was changed since. */
  foundAs: { kind: string; indicator: string }
}

/** A stored document and what today's reading makes of it. */
interface MatchedDocument {
  stored: StoredDocument
  fresh: FreshDocument
  /** Fields of its head that were read otherwise; they change unless the head was set by hand. */
  head: FieldChange[]
}

/** A target that somebody has decided on, and where it stands now; null where its words were not found again. */
interface KeptTarget {
  stored: StoredTarget
  place: MovedPlace | null
  documentIndex: number
}

/** Where a target stands in the new text. */
interface MovedPlace {
  start: number
  end: number
  clauseStart: number
  clauseEnd: number
  /** Whether its clause says the same, apart from blanks. */
  same: boolean
}

/** Everything that a reading would change, and what stays. `documentIndex` counts the documents of the new reading. */
export interface Differences {
  documents: { matched: MatchedDocument[]; added: FreshDocument[]; removed: StoredDocument[] }
  /** Candidates that nobody has decided on, known again, with what they would say otherwise; often nothing. */
  known: { stored: StoredTarget; fresh: FreshTarget; documentIndex: number; fields: FieldChange[] }[]
  added: { fresh: FreshTarget; documentIndex: number }[]
  removed: StoredTarget[]
  kept: KeptTarget[]
}

/** Of a clause so much has to be found again that it is the same one. */
const LEAST_SHARE = 0.6
/** A place that is so many times as long as what it was holds something else too. */
const MOST_STRETCH = 3

/**
 * Holds what is stored of a file against a new reading of it. A decided target stays, tied to its clause; a candidate that
 * is known again says what the new reading says; one that nobody has decided on and no rule finds any more goes.
 * @param fresh documents of the new reading in the order of its text, never empty
 */
export function compareReadings(
  stored: { documents: readonly StoredDocument[]; targets: readonly StoredTarget[] },
  fresh: readonly FreshDocument[],
  map: TextMap,
): Differences {
  const matches = matchDocuments(stored.documents, fresh, map)
  const matched = new Set(matches.values())
  const places = new Map(stored.targets.map((target) => [target.id, placeOf(target, map)]))
  const partners = matchTargets(stored.targets, fresh, places)
  const taken = new Set<FreshTarget>([...partners.values()].map((partner) => partner.fresh))
  const differences: Differences = {
    documents: {
      matched: [...matches].map(([document, at]) => ({
        stored: document,
        fresh: fresh[at]!,
        head: headChanges(document, fresh[at]!.document),
      })),
      added: fresh.filter((_, at) => !matched.has(at)),
      removed: stored.documents.filter((document) => !matches.has(document)),
    },
    known: [],
    added: fresh.flatMap(({ targets }, documentIndex) =>
      targets.flatMap((target) => (taken.has(target) ? [] : [{ fresh: target, documentIndex }])),
    ),
    removed: [],
    kept: [],
  }
  const documentOf = new Map(stored.documents.map((document) => [document.id, document]))
  for (const target of stored.targets) {
    const partner = partners.get(target)
    const place = places.get(target.id)!
    if (target.decided) {
      const own = matches.get(documentOf.get(target.documentId)!)
      differences.kept.push({
        stored: target,
        place,
        documentIndex: partner?.documentIndex ?? (place ? documentAt(fresh, place.clauseStart) : (own ?? 0)),
      })
    } else if (partner)
      differences.known.push({ stored: target, ...partner, fields: fieldChanges(target, partner.fresh) })
    else differences.removed.push(target)
  }
  return differences
}

/** Each stored document with the new one that holds the most of its text; one of each at most. */
function matchDocuments(
  stored: readonly StoredDocument[],
  fresh: readonly FreshDocument[],
  map: TextMap,
): Map<StoredDocument, number> {
  const pairs = stored.flatMap((document) => {
    const moved = map.range(document.start, document.end)
    if (moved === null) return []
    return fresh.flatMap(({ document: { start, end } }, at) => {
      const shared = Math.min(end, moved.end) - Math.max(start, moved.start)
      return shared > 0 ? [{ document, at, shared }] : []
    })
  })
  const matches = new Map<StoredDocument, number>()
  const used = new Set<number>()
  for (const { document, at } of pairs.sort((a, b) => b.shared - a.shared)) {
    if (matches.has(document) || used.has(at)) continue
    matches.set(document, at)
    used.add(at)
  }
  return matches
}

const documentAt = (fresh: readonly FreshDocument[], offset: number): number =>
  Math.max(
    0,
    fresh.findLastIndex(({ document }) => document.start <= offset),
  )

function placeOf(target: StoredTarget, map: TextMap): MovedPlace | null {
  const clause = map.range(target.clauseStart, target.clauseEnd)
  if (clause === null || !isSamePlace(clause, target.clauseEnd - target.clauseStart)) return null
  const value = map.range(target.start, target.end)
  const own = value !== null && isSamePlace(value, target.end - target.start) ? value : clause
  return {
    start: own.start,
    end: own.end,
    clauseStart: clause.start,
    clauseEnd: clause.end,
    same: clause.share === 1,
  }
}

const isSamePlace = ({ start, end, share }: MovedSpan, length: number): boolean =>
  share >= LEAST_SHARE && end - start <= length * MOST_STRETCH + LONG_ENOUGH

/** A short value may be parted by the line break and indent of a table's cell. */
const LONG_ENOUGH = 20

type Partners = Map<StoredTarget, { fresh: FreshTarget; documentIndex: number }>

/** Each stored target with the new one that is the same promise; the surest pairs first, one of each at most. */
function matchTargets(
  stored: readonly StoredTarget[],
  fresh: readonly FreshDocument[],
  places: ReadonlyMap<number, MovedPlace | null>,
): Partners {
  const all = fresh
    .flatMap(({ targets }, documentIndex) => targets.map((target) => ({ fresh: target, documentIndex })))
    .sort((a, b) => a.fresh.columns.start - b.fresh.columns.start)
  const longest = all.reduce((most, { fresh: { columns } }) => Math.max(most, columns.end - columns.start), 0)
  const pairs = stored.flatMap((target) => {
    const place = places.get(target.id)
    if (!place) return []
    const beside: { target: StoredTarget; other: (typeof all)[number]; likeness: number }[] = []
    for (let i = firstFrom(all, place.start - longest); i < all.length; i++) {
      const { columns } = all[i]!.fresh
      if (columns.start > place.end) break
      const likeness = likenessOf(target, place, columns)
      if (likeness > 0) beside.push({ target, other: all[i]!, likeness })
    }
    return beside
  })
  const partners: Partners = new Map()
  const used = new Set<FreshTarget>()
  for (const { target, other } of pairs.sort((a, b) => b.likeness - a.likeness || a.target.id - b.target.id)) {
    if (partners.has(target) || used.has(other.fresh)) continue
    partners.set(target, other)
    used.add(other.fresh)
  }
  return partners
}

/** Number of the first that may reach to an offset. */
function firstFrom(all: readonly { fresh: FreshTarget }[], offset: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]!.fresh.columns.start < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** How sure it is that both are the same promise; 0 where they are not. Two may share a value: the indicator decides. */
function likenessOf(target: StoredTarget, place: MovedPlace, columns: CandidateColumns): number {
  if (columns.start >= place.end || columns.end <= place.start || columns.kind !== target.foundAs.kind) return 0
  const span = columns.start === place.start && columns.end === place.end ? 4 : 1
  const indicator =
    columns.indicator === target.foundAs.indicator ? 4 : columns.indicator === target.fields.indicator ? 3 : 0
  return span + indicator + ((columns.value ?? null) === target.fields.value ? 2 : 0)
}

/** What a candidate would say otherwise. */
function fieldChanges(target: StoredTarget, { columns, units }: FreshTarget): FieldChange[] {
  const changes = FOUND_FIELDS.map((field) => ({
    field: field as string,
    before: target.fields[field] as unknown,
    after: (columns[field] ?? null) as unknown,
  }))
  const named = UNIT_ROLES.map((role) => ({ field: role as string, before: target.units[role], after: units[role] }))
  return [...changes, ...named].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

const headChanges = (stored: StoredDocument, fresh: FoundDocument): FieldChange[] =>
  HEAD_FIELDS.map((field) => ({ field, before: stored[field], after: fresh[field] })).filter(
    ({ before, after }) => before !== after,
  )
