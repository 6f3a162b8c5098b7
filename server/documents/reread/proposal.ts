import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { emptyFields, type FieldValues, FOUND_FIELDS } from '../../../db/domain/target-fields.ts'
import { targetWords } from '../../../db/domain/target-words.ts'
import type { FormId } from '../../readers/forms.ts'
import type { ReadPlaces } from '../../core/file-places.ts'
import type { RereadChanges } from '../schemas.ts'
import type { Differences, FreshDocument, FreshTarget, StoredTarget } from './compare.ts'

/** What today's rules read in a stored file. */
export interface FreshReading extends ReadPlaces {
  format: FormId
  /** In the order of the text, never empty. */
  documents: FreshDocument[]
}

/** A reading as it is kept until somebody confirms it: JSON, packed, because a text of 10 MB has findings of 50 MB. */
export const packReading = (reading: FreshReading): Buffer => gzipSync(JSON.stringify(reading), { level: 4 })

export const unpackReading = (packed: Buffer): FreshReading =>
  JSON.parse(gunzipSync(packed).toString('utf8')) as FreshReading

/** Targets that are listed of each kind of change; the counts say how many there are. Documents are all listed. */
const LISTED = 100

/** What a reading would change, for people: counts, and lists of what they would look at. */
export function tellChanges(differences: Differences, textChanged: boolean): RereadChanges {
  const { documents, known, added, removed, kept } = differences
  const changed = known.filter(({ fields }) => fields.length > 0)
  const lost = kept.filter(({ place }) => place === null)
  return {
    textChanged,
    documents: {
      added: documents.added.map(({ document: { title, number } }) => ({ title, number })),
      removed: documents.removed.map(({ title, number }) => ({ title, number })),
      heads: documents.matched
        .filter(({ head }) => head.length > 0)
        .map(({ stored, head }) => ({ id: stored.id, title: stored.title, isSet: stored.headIsSet, fields: head })),
    },
    same: known.length - changed.length,
    changed: {
      count: changed.length,
      items: changed.slice(0, LISTED).map(({ stored, fields }) => ({ ...briefOfStored(stored), fields })),
    },
    added: { count: added.length, items: added.slice(0, LISTED).map(({ fresh }) => briefOf(fresh)) },
    removed: { count: removed.length, items: removed.slice(0, LISTED).map(briefOfStored) },
    kept: kept.length,
    lost: { count: lost.length, items: lost.slice(0, LISTED).map(({ stored }) => briefOfStored(stored)) },
  }
}

/** Whether a reading would change nothing that anybody sees. */
export const isUnchanged = ({ textChanged, documents, changed, added, removed }: RereadChanges): boolean =>
  !textChanged &&
  documents.added.length + documents.removed.length + changed.count + added.count + removed.count === 0 &&
  documents.heads.every(({ isSet }) => isSet)

const briefOf = ({ columns }: FreshTarget): RereadChanges['added']['items'][number] => ({
  indicator: columns.indicator,
  words: targetWords({ ...emptyFields(FOUND_FIELDS), ...columns } as Pick<FieldValues, (typeof FOUND_FIELDS)[number]>),
  deadline: columns.deadline ?? null,
  evidence: columns.evidence,
})

const briefOfStored = ({ id, fields, evidence }: StoredTarget): RereadChanges['removed']['items'][number] => {
  const { indicator, deadline } = fields
  return { id, indicator, words: targetWords(fields), deadline, evidence }
}

/** Digest of all that would change: what somebody confirms must be what was shown, whatever was decided meanwhile. */
export function digestOf({ documents, known, added, removed, kept }: Differences): string {
  const said = [
    documents.matched.map(({ stored, fresh, head }) => [stored.id, stored.headIsSet, fresh.document.start, head]),
    documents.added.map(({ document }) => document.start),
    documents.removed.map(({ id }) => id),
    known.map(({ stored, fresh, fields }) => [stored.id, fresh.columns.start, fields]),
    added.map(({ fresh }) => [fresh.columns.start, fresh.columns.indicator]),
    removed.map(({ id }) => id),
    kept.map(({ stored, documentIndex }) => [stored.id, documentIndex]),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}
