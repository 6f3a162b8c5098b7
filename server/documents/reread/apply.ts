import { eq, inArray, sql } from 'drizzle-orm'
import { UNIT_ROLES } from '../../../db/domain/target-terms.ts'
import { clientOf } from '../../../db/client.ts'
import type { Db } from '../../../db/open.ts'
import { documents, files, formerHeads, targets, targetUnits } from '../../../db/schema/index.ts'
import { noteStandingChanges } from '../../../db/standings.ts'
import { forgetTargets } from '../../../db/target-versions.ts'
import type { Stamp } from '../../actor.ts'
import { rememberNames } from '../../core/name-finder.ts'
import { resolveUnits, writeUnits } from '../../core/target-units.ts'
import { writeVersion } from '../../core/versions.ts'
import { joinedLines } from '../../core/candidates.ts'
import { headOf, keepHead } from '../heads.ts'
import { storePlaces } from '../../core/file-places.ts'
import { indexDocuments, LARGE_FILE_BYTES, unindexDocuments } from '../../core/search-index.ts'
import type { Staging } from '../staging.ts'
import type { Differences, FreshDocument, StoredDocument, StoredTarget } from './compare.ts'
import type { FreshReading } from './proposal.ts'
import { moveSpans } from './spans.ts'
import type { TextMap } from './text-map.ts'

/** Everything that putting a new reading in the place of the stored one needs. */
interface Replacement {
  fileId: number
  reading: FreshReading
  differences: Differences
  map: TextMap
  /** Empty, its gathering ended: in the transaction it is a table of its own like any other. */
  staging: Staging
}

/**
 * Puts a new reading of a file in the place of the stored one: text, documents, heads that nobody has set, candidates that
 * nobody has decided on. Decided targets keep all they say and move with their clause. To be called inside the one
 * transaction that also tells the trail of it.
 */
export function applyReading(tx: Db, stamp: Stamp, replacement: Replacement): void {
  const { fileId, reading, differences } = replacement
  const large = takeTextAway(tx, fileId)
  tx.update(files)
    .set({ rawText: reading.text, format: reading.format, reading: sql`${files.reading} + 1` })
    .where(eq(files.id, fileId))
    .run()
  storePlaces(tx, fileId, reading)
  removeCandidates(tx, differences.removed)
  for (const { stored, fresh, head } of differences.documents.matched)
    renewDocument(tx, stamp, stored, fresh, head.length > 0)
  rememberNames(tx, stamp, new Set(reading.documents.flatMap(({ targets: found }) => found.flatMap(namesOf))))
  const now = insertNew(tx, stamp, replacement)
  for (const known of differences.known) renewCandidate(tx, stamp, known, now[known.documentIndex]!)
  for (const kept of differences.kept) moveTarget(tx, kept, now[kept.documentIndex]!, replacement)
  removeDocuments(tx, differences.documents.removed)
  if (large) indexDocuments(tx, reading.text, now)
  writeVersion(
    tx,
    differences.known.map(({ stored }) => stored.id),
    'reread',
    stamp,
  )
  // Who counts keeps the document and the place of each target in memory.
  noteStandingChanges(
    clientOf(tx),
    [...differences.known, ...differences.kept].map(({ stored }) => stored.id),
  )
}

const namesOf = ({ units }: FreshDocument['targets'][number]): string[] => UNIT_ROLES.flatMap((role) => units[role])

/** Empties the full-text index of the text that the documents of a file have now. Returns whether the file is a large one. */
function takeTextAway(tx: Db, fileId: number): boolean {
  const { size, rawText } = tx.select().from(files).where(eq(files.id, fileId)).get()!
  const large = size > LARGE_FILE_BYTES
  if (large) unindexDocuments(tx, rawText, tx.select().from(documents).where(eq(documents.fileId, fileId)).all())
  // The triggers of small files index what stands between start and end: nothing, until the new text is there.
  tx.update(documents).set({ start: 0, end: 0 }).where(eq(documents.fileId, fileId)).run()
  return large
}

function removeCandidates(tx: Db, removed: readonly StoredTarget[]): void {
  forgetTargets(
    tx,
    removed.map(({ id }) => id),
  )
  for (const { id } of removed) {
    tx.delete(targetUnits).where(eq(targetUnits.targetId, id)).run()
    tx.delete(targets).where(eq(targets.id, id)).run()
  }
}

/** A head that the office has set stays; one that was only read before goes on record, and the new one takes its place. */
function renewDocument(
  tx: Db,
  stamp: Stamp,
  stored: StoredDocument,
  { document }: FreshDocument,
  headChanged: boolean,
): void {
  const { start, end } = document
  if (stored.headIsSet) {
    tx.update(documents).set({ start, end }).where(eq(documents.id, stored.id)).run()
    return
  }
  if (headChanged) keepHead(tx, stamp, stored.id, 'reread')
  tx.update(documents)
    .set({ start, end, ...headOf(document) })
    .where(eq(documents.id, stored.id))
    .run()
}

/** A document of the reading as it stands in the database. */
interface PresentDocument {
  id: number
  title: string
  number: string | null
  issuedOn: string | null
  start: number
  end: number
}

/** Stores new documents and candidates. Returns all documents of the reading in its order. */
function insertNew(tx: Db, stamp: Stamp, { fileId, reading, differences, staging }: Replacement): PresentDocument[] {
  const known = new Map(differences.documents.matched.map(({ stored, fresh }) => [fresh, stored]))
  const added = new Map<number, Differences['added']>()
  for (const one of differences.added) added.set(one.documentIndex, [...(added.get(one.documentIndex) ?? []), one])
  reading.documents.forEach((fresh, at) => {
    const stored = known.get(fresh)
    const { start, end } = fresh.document
    staging.addDocument(stored?.headIsSet ? { ...stored, doubts: {}, start, end } : fresh.document, stored?.id)
    for (const { fresh: target } of added.get(at) ?? []) staging.addCandidate(target.columns, target.units)
  })
  return staging.moveInto(tx, stamp, fileId, 'reread')
}

/** Brings a candidate to what the new reading says. */
function renewCandidate(
  tx: Db,
  stamp: Stamp,
  { stored, fresh, fields }: Differences['known'][number],
  { id: documentId, issuedOn }: PresentDocument,
): void {
  tx.update(targets)
    .set({
      ...fresh.columns,
      documentId,
      startOn: issuedOn,
      // Whoever has it open must read it again.
      ...(fields.length > 0 || issuedOn !== stored.startOn
        ? { version: sql`${targets.version} + 1`, updatedAt: stamp.at }
        : {}),
    })
    .where(eq(targets.id, stored.id))
    .run()
  if (fields.every(({ field }) => !(UNIT_ROLES as readonly string[]).includes(field))) return
  const named = UNIT_ROLES.flatMap((role) => fresh.units[role].map((name) => ({ role, name })))
  writeUnits(tx, stored.id, resolveUnits(tx, named, stamp), [])
}

/** Moves a decided target with its clause; where that is not found any more it stands, with its old words, at the document's beginning. */
function moveTarget(
  tx: Db,
  { stored, place }: Differences['kept'][number],
  { id: documentId, start }: PresentDocument,
  { reading: { text }, map }: Replacement,
): void {
  const { extracted } = tx
    .select({ extracted: targets.extracted })
    .from(targets)
    .where(eq(targets.id, stored.id))
    .get()!
  const moved =
    place === null
      ? { start, end: start, clauseStart: start, clauseEnd: start }
      : {
          start: place.start,
          end: place.end,
          clauseStart: place.clauseStart,
          clauseEnd: place.clauseEnd,
          // Only the line breaks and blanks of its words may be others.
          ...(place.same ? { evidence: joinedLines(text.slice(place.clauseStart, place.clauseEnd)) } : {}),
        }
  tx.update(targets)
    .set({ documentId, ...moved, extracted: extracted && moveSpans(extracted, map) })
    .where(eq(targets.id, stored.id))
    .run()
}

function removeDocuments(tx: Db, removed: readonly StoredDocument[]): void {
  const ids = removed.map(({ id }) => id)
  tx.delete(formerHeads).where(inArray(formerHeads.documentId, ids)).run()
  tx.delete(documents).where(inArray(documents.id, ids)).run()
}
