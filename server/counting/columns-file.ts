import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { threadId } from 'node:worker_threads'
import { LIGHTS } from '../../db/domain/lights.ts'
import { STATES } from '../../db/domain/states.ts'
import { KINDS } from '../../db/domain/target-terms.ts'
import type { StandingsReader } from '../../db/standings.ts'
import { VERSION } from '../version.ts'
import { type KeptColumns, StandingColumns } from './columns.ts'

/** What stands in the file: columns as they were at a change, and of which database. */
interface ColumnsFile {
  madeBy: string
  place: ReturnType<StandingsReader['place']>
  seen: number
  columns: KeptColumns
}

/** Where the columns of a database are kept between two runs of the server. It can be deleted at any time. */
const fileFor = (databasePath: string): string => join(dirname(databasePath), 'columns.bin')

/** Files whose rules made the columns. */
const RULES = ['columns.ts', 'intervals.ts', 'unit-sets.ts']

/** What made the columns: another program, another rule or another word of it makes them anew. */
const madeBy = (): string => {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, LIGHTS, STATES, KINDS]))
  for (const name of RULES) hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))))
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
