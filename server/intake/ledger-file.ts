import type { Db } from '../../db/open.ts'
import { documents, files } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { type ReadPlaces, storePlaces } from '../core/file-places.ts'
import { indexDocuments, LARGE_FILE_BYTES } from '../core/search-index.ts'
import type { FormId } from '../readers/forms.ts'
import type { Keeper } from './keeper.ts'

/** The file of a ledger as it was read: what it said stays beside every item that came from it. */
export interface LedgerFile extends ReadPlaces {
  intakeId: number
  sha256: string
  name: string
  format: FormId
  size: number
  /** The sheet that the items are from. */
  sheet: string
}

/** Stores the file as one document, in the caller's transaction. @returns the document's number */
export function storeLedgerFile(tx: Db, stamp: Stamp, keeper: Keeper, file: LedgerFile): number {
  const { sha256, name, format, size, text, pages, sheets } = file
  const fileId = tx
    .insert(files)
    .values({ sha256, name, format, size, rawText: text, importedBy: stamp.id, importedAt: stamp.at })
    .returning({ id: files.id })
    .get().id
  keeper.made('file', fileId)
  storePlaces(tx, fileId, { text, pages, sheets })
  const document = tx
    .insert(documents)
    .values({
      fileId,
      number: null,
      title: name.replace(/\.[^.]+$/, ''),
      issuer: null,
      issuedOn: null,
      start: 0,
      end: text.length,
      createdAt: stamp.at,
    })
    .returning()
    .get()
  if (size > LARGE_FILE_BYTES) indexDocuments(tx, text, [document])
  return document.id
}

/** The line of the text that a row of the sheet has become. */
export const placesOf = ({ sheets = [], sheet }: LedgerFile): Map<number, { start: number; end: number }> =>
  new Map(
    sheets.find(({ name }) => name === sheet)?.rows.map(({ number, start, end }) => [number, { start, end }]) ?? [],
  )
