import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { files } from '../../db/schema/index.ts'
import type { FoundDocument } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { rememberNames } from '../core/name-finder.ts'
import type { FormId } from '../readers/forms.ts'
import { type ReadPlaces, storePlaces } from '../core/file-places.ts'
import { indexDocuments, LARGE_FILE_BYTES } from '../core/search-index.ts'
import type { Staging } from './staging.ts'

/** A file that has been read: its text, and where its words stand. */
export interface ReadyFile extends ReadPlaces {
  sha256: string
  name: string
  format: FormId
  /** Bytes. */
  size: number
}

interface StoredFile {
  fileId: number
  documents: number
  targets: number
}

/** Number of the stored file with these bytes; null where there is none. */
export const fileWithHash = (db: Db, sha256: string): number | null =>
  db.select({ id: files.id }).from(files).where(eq(files.sha256, sha256)).get()?.id ?? null

/**
 * Stores a file with its documents, and every finding as a candidate (state `extracted`). To be called inside the
 * transaction of the import, so that nothing is ever half there; the write lock is held for about a second for ten
 * megabytes, because everything has been prepared before (`staging`).
 */
export function storeFile(tx: Db, stamp: Stamp, file: ReadyFile, staging: Staging): StoredFile {
  const { text, pages, sheets, ...row } = file
  if (staging.documents === 0) staging.addDocument(wholeFile(file))
  const fileId = tx
    .insert(files)
    .values({ ...row, rawText: text, importedBy: stamp.id, importedAt: stamp.at })
    .returning({ id: files.id })
    .get().id
  storePlaces(tx, fileId, { text, pages, sheets })
  rememberNames(tx, stamp, staging.names())
  const stored = staging.moveInto(tx, stamp, fileId)
  if (file.size > LARGE_FILE_BYTES) indexDocuments(tx, text, stored)
  const counts = { documents: staging.documents, targets: staging.targets }
  appendAudit(tx, stamp, 'file.import', 'file', fileId, null, {
    name: file.name,
    sha256: file.sha256,
    size: file.size,
    ...counts,
  })
  return { fileId, ...counts }
}

/** A document as it is stored: one without a title is called by its file's name. */
export const titled = (document: FoundDocument, fileName: string): FoundDocument =>
  document.title !== ''
    ? document
    : {
        ...document,
        title: fileName.replace(/\.[^.]+$/, ''),
        doubts: { ...document.doubts, title: 'file-name' },
      }

/** A text in which no document head was found is one document. */
export const wholeFile = ({ name, text }: Pick<ReadyFile, 'name' | 'text'>): FoundDocument =>
  titled(
    {
      number: null,
      title: '',
      issuer: null,
      issuedOn: null,
      doubts: { number: 'missing', title: 'missing', issuer: 'missing', issuedOn: 'missing' },
      start: 0,
      end: text.length,
    },
    name,
  )
