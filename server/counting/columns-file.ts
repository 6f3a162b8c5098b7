import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { threadId } from 'node:worker_threads'
import type { StandingsReader } from '../../db/standings.ts'
import { columnsPath } from '../paths.ts'
import { type Column, type KeptColumns, StandingColumns } from './columns.ts'

/**
 * The first part of the file: columns of which database it holds, and as they were at which change. The columns of numbers
 * stand behind it one after the other. They are written from where they lie and read to where they will lie: one text of
 * everything would take as much memory as the columns, twice, for as long as the thread has nothing else to do.
 */
interface Head extends Omit<KeptColumns, 'rows' | 'targets'> {
  madeBy: string
  place: ReturnType<StandingsReader['place']>
  seen: number
  shapes: readonly Shape[]
}

/** Of a column what is needed to read it. */
interface Shape {
  of: 'rows' | 'targets'
  name: string
  type: keyof typeof TYPES
  length: number
}
const TYPES = { Uint8Array, Uint16Array, Int32Array }

/** Bytes of the number that stands first: how long the head is. */
const HEAD_LENGTH = 4

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
  'day-rows.ts',
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
  const { rows, targets, ...rest } = columns.kept()
  const all = Object.entries({ rows, targets }).flatMap(([of, some]) =>
    Object.entries(some).map(([name, column]) => ({ of: of as Shape['of'], name, column })),
  )
  const shapes = all.map(({ of, name, column }): Shape => ({ of, name, type: typeOf(column), length: column.length }))
  const path = fileFor(databasePath)
  const part = `${path}.${threadId}.part` // another thread may write one at the same time
  try {
    const head = serialize({ madeBy: madeBy(), place: reader.place(), seen, shapes, ...rest } satisfies Head)
    const file = openSync(part, 'w', 0o600)
    try {
      for (const bytes of [Uint32Array.of(head.length), head, ...all.map(({ column }) => column)]) write(file, bytes)
    } finally {
      closeSync(file)
    }
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
    const file = openSync(fileFor(databasePath), 'r')
    try {
      const [headLength] = read(file, new Uint32Array(HEAD_LENGTH / Uint32Array.BYTES_PER_ELEMENT))
      const head = deserialize(read(file, Buffer.alloc(headLength!))) as Head
      const { madeBy: by, place, seen, shapes, ...rest } = head
      if (by !== madeBy() || !reader.hasPassed(place) || reader.changedSince(seen) === null) return null
      const kept: KeptColumns = { ...rest, rows: {}, targets: {} }
      for (const { of, name, type, length } of shapes) kept[of][name] = read(file, new TYPES[type](length))
      return { columns: StandingColumns.from(kept), seen }
    } finally {
      closeSync(file)
    }
  } catch {
    return null // none, or not one of ours
  }
}

const typeOf = (column: Column): Shape['type'] =>
  (Object.keys(TYPES) as Shape['type'][]).find((type) => column instanceof TYPES[type])!

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength)

function write(file: number, array: NodeJS.ArrayBufferView): void {
  for (let rest = bytesOf(array); rest.length > 0; rest = rest.subarray(writeSync(file, rest)));
}

/** Fills the array. @throws where the file ends before */
function read<A extends NodeJS.ArrayBufferView>(file: number, array: A): A {
  for (let rest = bytesOf(array), n; rest.length > 0; rest = rest.subarray(n))
    if ((n = readSync(file, rest)) === 0) throw new RangeError('the file is cut off')
  return array
}
