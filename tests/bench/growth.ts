import { statSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import { addDays, shanghaiDate } from '../../db/domain/dates.ts'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../../server/actor.ts'
import { databasePath } from '../../server/paths.ts'
import { insertUser } from '../../server/core/users.ts'
import { hashPassword } from '../../server/session/passwords.ts'
import { atRest } from './at-rest.ts'
import type { Bars } from './bars.ts'
import { timeChains } from './chains.ts'
import { Client } from './client.ts'
import { amountsFor, useFilled } from './filled.ts'
import { comparePages, median, touchOne } from './pages.ts'
import { BENCH_PASSWORD } from './person.ts'
import { type BenchServer, startServer } from './start-server.ts'

const ROUNDS = 5
const REPORTER = 'bench-unit'
const REPORTER_UNIT = 1

/** What is asked, each round another way, so that no answer is kept from the one before. */
interface Asked {
  name: string
  path: (i: number) => string
  by?: 'reporter'
  /** The time at ten times the targets may be so many times as long. */
  most: number
}

/** Pages cost what they show; what looks at every target may cost something of their number. */
const PAGE = 1.5
const COUNT = 3
/** The first look at a past day may take so many times what today takes. */
const PAST_DAY = 3
/** The start to the first overview at a hundred times the targets. */
const START = 10
/** Bytes of the database for a target with ten reports, every day answerable. */
const BYTES_PER_TARGET = 2800
const MEGABYTES = 900

/** A server at one size, and who asks it. */
interface Running {
  size: number
  server: BenchServer
  touching: Sqlite.Database
  reporter: Client
}

/**
 * Times counts and pages at several sizes, once every server is at rest and each right after a write, and prints medians in
 * milliseconds side by side. The sizes are asked in turns: what else the machine does meanwhile befalls all of them alike.
 * At the largest size pages are compared with bare statements at the end.
 */
export async function timeGrowth(sizes: readonly number[], folder: string, bars: Bars): Promise<void> {
  const today = shanghaiDate(new Date())
  const rows = new Map<string, Record<string, number>>()
  const note = (size: number, name: string, value: number) =>
    rows.set(name, { ...rows.get(name), [size]: Number(value.toFixed(1)) })
  const running: Running[] = []
  try {
    for (const size of sizes) running.push(await startAt(size, folder, today, (name, ms) => note(size, name, ms)))
    await timeAsked(running, today, note)
    for (const { size, server } of running) {
      note(size, MEMORY, server.megabytes() ?? NaN)
      note(size, DATABASE, statSync(databasePath(dataDirOf(size, folder))).size / 1e6)
    }
    console.table(Object.fromEntries(rows))
    judge(bars, sizes, rows, asked(today))
    // Last, since it makes an index in the database for the bare statements.
    const largest = running.reduce((one, other) => (other.size > one.size ? other : one))
    const at = ` at ${largest.size}`
    await comparePages(largest.server.client, largest.touching, today, bars, { rounds: ROUNDS, at })
  } finally {
    for (const { server, touching, reporter } of running) {
      reporter.close()
      touching.close()
      await server.stop()
    }
  }
}

const dataDirOf = (size: number, folder: string): string => join(folder, `targets-${size}`)

/** Starts a server on a filled database, times it to its first overview, and waits until it is at rest. */
async function startAt(
  size: number,
  folder: string,
  today: string,
  note: (name: string, ms: number) => void,
): Promise<Running> {
  const dataDir = dataDirOf(size, folder)
  useFilled(dataDir, amountsFor(size), today)
  const db = openDatabase(databasePath(dataDir))
  await addReporter(db)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.close()
  const began = performance.now()
  const server = await startServer(dataDir)
  note('start', performance.now() - began)
  await server.client.get('/api/overview')
  note(FIRST, performance.now() - began)
  await atRest(server)
  const touching = new Sqlite(databasePath(dataDir), { timeout: 60_000 })
  const reporter = new Client(server.address)
  await reporter.signIn(REPORTER, BENCH_PASSWORD)
  return { size, server, touching, reporter }
}

/** Holds the growth from each size to ten times it, and what the largest takes, against the bars. */
function judge(bars: Bars, sizes: readonly number[], rows: Rows, pages: readonly Asked[]): void {
  const of = (name: string, size: number) => rows.get(name)?.[size] ?? NaN
  for (const size of sizes) {
    bars.atMost(`database at ${size} targets, bytes a target`, BYTES_PER_TARGET, (of(DATABASE, size) * 1e6) / size)
    bars.atMost(`memory at ${size} targets, MB`, MEGABYTES, of(MEMORY, size))
    for (const page of ['ledger', 'overview']) {
      const name = `${page}${OF_PAST_DAY}`
      bars.atMost(`${name} at ${size} against today's`, PAST_DAY, of(name, size) / of(page, size))
    }
    if (sizes.includes(size * 100))
      bars.atMost(`${FIRST} at ${size * 100} against ${size}`, START, of(FIRST, size * 100) / of(FIRST, size))
    if (sizes.includes(size * 10))
      for (const { name, most } of pages)
        bars.atMost(`${name} at ${size * 10} against ${size}`, most, of(name, size * 10) / of(name, size))
  }
}

type Rows = ReadonlyMap<string, Record<string, number>>
const DATABASE = 'database, MB'
const MEMORY = 'memory of the server, MB'
const FIRST = 'start to the first overview'
/** How the rows end that tell of the first look at a past day, behind the name of today's. */
const OF_PAST_DAY = ' of a past day, first look'

async function timeAsked(
  running: readonly Running[],
  today: string,
  note: (size: number, name: string, ms: number) => void,
): Promise<void> {
  const touches = running.map(({ touching }) => touchOne(touching))
  for (const { name, path, by } of asked(today)) {
    const times = running.map((): number[] => [])
    for (let i = 0; i < ROUNDS; i++)
      for (const [k, { server, reporter }] of running.entries()) {
        touches[k]?.run()
        times[k]?.push((await (by === 'reporter' ? reporter : server.client).time(path(i))).ms)
      }
    running.forEach(({ size }, k) => note(size, name, median(times[k] as number[])))
  }
  for (const { size, server, reporter } of running) {
    const { wall, worked } = await timeChains(server, reporter, REPORTER_UNIT, today)
    note(size, 'chain of draft, submit, approve', wall)
    note(size, 'the same, work of the main thread', worked ?? NaN)
  }
}

function asked(today: string): Asked[] {
  const ledger = (query: string) => (i: number) => `/api/targets?limit=50&${query.replace('UNIT', String(1 + i))}`
  const past = (i: number) => addDays(today, -100 - 30 * i)
  const period = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
  return [
    { name: 'ledger', most: PAGE, path: ledger('sort=deadline') },
    {
      name: 'ledger, three filters',
      most: PAGE,
      path: ledger('light=overdue,behind&kind=quantity&unitId=UNIT&role=lead'),
    },
    { name: 'ledger, missing', most: PAGE, path: ledger('missing=baseline,value&unitId=UNIT') },
    { name: 'ledger, state without hits', most: PAGE, path: ledger('state=suspended&unitId=UNIT') },
    ...['id', 'document', '-deadline', '-confidence', 'indicator', 'progress', '-progress', '-updatedAt'].map(
      (sort) => ({
        name: `ledger by ${sort}`,
        most: PAGE,
        path: ledger(`sort=${sort}`),
      }),
    ),
    {
      name: 'search',
      most: COUNT,
      path: (i) => `/api/targets?q=${encodeURIComponent(['污水', '耕地保护', '养老床位', '道路硬化', '县域'][i]!)}`,
    },
    { name: `ledger${OF_PAST_DAY}`, most: PAGE, path: (i) => `/api/targets?limit=50&asOf=${past(i)}` },
    { name: 'facets', most: COUNT, path: () => '/api/targets/facets' },
    {
      name: 'facets, three filters',
      most: COUNT,
      path: (i) => `/api/targets/facets?light=overdue&unitId=${1 + i}&role=main`,
    },
    { name: 'overview', most: COUNT, path: () => '/api/overview' },
    { name: 'overview compared', most: COUNT, path: (i) => `/api/overview?compare=${addDays(today, -200 - 9 * i)}` },
    {
      name: `overview${OF_PAST_DAY}`,
      most: COUNT,
      path: (i) => `/api/overview?asOf=${addDays(past(i), -11)}`,
    },
    { name: 'documents', most: COUNT, path: () => '/api/documents?limit=50' },
    { name: 'tasks of a unit', most: PAGE, path: () => '/api/tasks', by: 'reporter' },
    { name: 'overview of a unit', most: COUNT, path: () => '/api/overview', by: 'reporter' },
    { name: 'ranking', most: COUNT, path: () => `/api/rankings?period=${period}` },
  ]
}

async function addReporter(db: OpenDb): Promise<void> {
  const passwordHash = await hashPassword(BENCH_PASSWORD, { memoryCost: 8192, timeCost: 1 })
  inTransaction(db, (tx) =>
    insertUser(tx, systemStamp('bench', new Date()), {
      username: REPORTER,
      displayName: '测速单位',
      role: 'reporter',
      unitId: REPORTER_UNIT,
      email: null,
      passwordHash,
      mustChangePassword: false,
      passwordExpiresAt: null,
    }),
  )
}
