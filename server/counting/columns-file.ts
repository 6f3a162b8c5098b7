import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { threadId } from 'node:worker_threads'
import type { StandingsReader } from '../../db/standings.ts'
import { columnsPath } from '../paths.ts'
import { type KeptColumns, StandingColumns } from './columns.ts'

/** What stands in the file: columns as they were at a change, and of which database. */
interface ColumnsFile {
  madeBy: string
  place: ReturnType<StandingsReader['place']>
  seen: number
  columns: KeptColumns
}

/** Where the columns of a database are kept between two runs of the server. It can be deleted at any time. */
const fileFor = (databasePath: string): string => columnsPath(dirname(databasePath))

/**
 * What columns follow from: the words and rules of the ground room, how tables are read and made into columns, and the
 * migrations, which may write anew what stands in the tables.
 */
const MADE_FROM = [
  '../../db/domain',
  '../../db/standings.ts',
  '../../db/stored.ts',
  '../../db/version-units.ts',
  '../../db/migrations/meta/_journal.json',
  'change-log.ts',
  'columns.ts',
  'intervals.ts',
  'standing.ts',
  'target-lists.ts',
  'unit-sets.ts',
].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/** Every file from which columns follow, by its whole path. */
export const madeFrom = (): string[] =>
  MADE_FROM.flatMap((path) => (extname(path) === '' ? readdirSync(path).map((name) => join(path, name)) : [path]))

/** What made the columns: where any of its files is another one, they are made anew. */
const madeBy = (): string => {
  const hash = createHash('sha256')
  for (const path of madeFrom().sort()) hash.update(readFileSync(path))
  return hash.digest('hex')
}

/** Writes the columns as they were at the change number `seen`; a disk that takes nothing more only costs the next start time. */
export function writeColumns(
  databasePath: string,
  reader: StandingsReader,
  columns: StandingColumns,
  seen: number,
): void {
  const file: ColumnsFile = { madeBy: madeBy(), place: reader.place(), seen, columns: columns.kept() }
  const path = fileFor(databasePath)
  const part = `${path}.${threadId}.part` // another thread may write one at the same time
  try {
    writeFileSync(part, serialize(file), { mode: 0o600 })
    renameSync(part, path)
  } catch {
    // counted anew at the next start
  }
}

/**
 * Reads the columns that were kept and the change that they have seen; null where there are none, or they are of another
 * database (one that was restored), of another time or by another program.
 */
export function readColumns(
  databasePath: string,
  reader: StandingsReader,
): { columns: StandingColumns; seen: number } | null {
  try {
    const { madeBy: by, place, seen, columns } = deserialize(readFileSync(fileFor(databasePath))) as ColumnsFile
    if (by !== madeBy() || !reader.hasPassed(place) || reader.changedSince(seen) === null) return null
    return { columns: StandingColumns.from(columns), seen }
  } catch {
    return null // none, or not one of ours
  }
}
