/**
 * `npm run bench`: 100,000 targets and 1,000,000 reports; pages through HTTP against the same rows by bare prepared
 * statements in the same run, and as people see them in Chromium; an import of 10 MB and a ledger of 5,000 rows under watch; the speed of extraction.
 * All bars stand in one table at the end; exit code 1 where one is missed. `-- --targets 10000` takes so many targets,
 * `-- --small` a tenth of everything, `-- --keep` leaves the folder. `-- --sizes 10000,100000,1000000` measures something
 * else: how the time of every count and page, memory and database grow with the number of targets, and pages of the
 * largest against bare statements. The filled database is kept between runs (filled.ts). `-- --whole` does all of this, the
 * month end (load/) and the comparisons with others (peer/) one after the other, and prints every bar in one table.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import Sqlite from 'better-sqlite3'
import { buildWebIfNeeded } from '../../server/demo/web.ts'
import { databasePath } from '../../server/paths.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { Bars } from './bars.ts'
import { timeBrowser } from './browser.ts'
import { benchExtract, extractReport, MOST_GROWTH } from './extract.ts'
import { amountsFor, useFilled } from './filled.ts'
import { timeGrowth } from './growth.ts'
import { timeImport } from './import.ts'
import { timeIntake } from './intake.ts'
import { comparePages } from './pages.ts'
import { type BenchServer, startServer } from './start-server.ts'
import { measureWhole } from './whole.ts'

/** How often each page is asked for. */
const PAGE_ROUNDS = 25
/** An import of 10 MB: resident memory of the server, and how long anybody waits meanwhile. */
const MOST_MEGABYTES = 400
const MOST_WAIT_MS = 50
/** 导入台账: seconds until 5,000 rows are stored or taken back, and how long nobody else may write meanwhile. */
const LEDGER_ROWS = 5000
const MOST_LEDGER_SECONDS = 10
const MOST_HELD_MS = 1000

const {
  values: { targets, small, keep, sizes, whole },
} = parseArgs({
  options: {
    targets: { type: 'string' },
    small: { type: 'boolean' },
    keep: { type: 'boolean' },
    sizes: { type: 'string' },
    whole: { type: 'boolean' },
  },
})
if (whole) process.exit((await measureWhole()).print() > 0 ? 1 : 0)

const scale = small ? 0.1 : 1
const amounts = amountsFor(count(targets ?? `${100_000 * scale}`))
const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-bench-'))
const bars = new Bars()

function count(text: string): number {
  const read = Number(text)
  if (Number.isSafeInteger(read) && read > 0) return read
  throw new Error(`${text}: a number of targets is needed`)
}

const timed = async <T>(what: string, work: () => T | Promise<T>): Promise<T> => {
  const start = performance.now()
  const result = await work()
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

/** Times are those of the clock where the machine has nothing else to do; where it has, what was worked is judged. */
async function checkBrowser(server: BenchServer): Promise<void> {
  const busy = loadavg()[0]! > cpus().length
  const seen = await timed('in Chromium', () => timeBrowser(server))
  if (seen === null) return console.log('no Chromium: the pages are not timed as people see them')
  if (busy) console.log('the machine has much else to do: judged by the time of the processor')
  const figure = (value: number | undefined) => (value === undefined ? '' : Number(value.toFixed(1)))
  console.table(
    seen.map(({ name, value, unit, most, page, server: answer }) => {
      const work = (page ?? NaN) + (answer ?? NaN)
      const judged = busy && !Number.isNaN(work) ? work : value
      return {
        'in Chromium': name,
        value: figure(value),
        unit,
        'page works ms': figure(page),
        'server works ms': figure(answer),
        most: most ?? '',
        ok: most === undefined ? '' : bars.atMost(`${name}, ${unit}`, most, judged),
      }
    }),
  )
}

async function checkIntake({ client }: BenchServer, bare: Sqlite.Database): Promise<void> {
  const { rows, preview, ...seen } = await timeIntake(client, bare, LEDGER_ROWS * scale)
  console.log(`ledger of ${rows} rows: preview after ${preview.toFixed(1)} s`)
  for (const [deed, { seconds, held }] of Object.entries(seen)) {
    bars.atMost(`ledger, ${deed}, seconds`, MOST_LEDGER_SECONDS, seconds)
    bars.atMost(`ledger, ${deed}, longest wait of another writer, ms`, MOST_HELD_MS, held)
  }
}

if (sizes !== undefined) {
  try {
    await timeGrowth(sizes.split(',').map(count), folder, bars)
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true })
  }
  process.exit(bars.print() > 0 ? 1 : 0)
}

try {
  buildWebIfNeeded(console.log)
  const extraction = benchExtract({ large: !small })
  console.log(extractReport(extraction))
  bars.atLeast('extraction, characters a second', extraction.leastSpeed, extraction.speed)
  bars.atMost('extraction, time of ten times the text', MOST_GROWTH, extraction.growth)

  const today = shanghaiDate(new Date())
  const pagesDir = join(folder, 'pages')
  await timed(`${amounts.targets} targets, ${amounts.reports} reports are there`, () => {
    useFilled(pagesDir, amounts, today)
  })
  const server = await startServer(pagesDir)
  const bare = new Sqlite(databasePath(pagesDir), { timeout: 60_000 })
  try {
    await server.longestBlock() // forgets the start of the server
    await timed('first overview after the start', () => server.client.get('/api/overview'))
    await timed('overview of a past day', () => server.client.get('/api/overview?asOf=2025-12-31'))
    await comparePages(server.client, bare, today, bars, { rounds: PAGE_ROUNDS })
    console.log(
      `longest stand of the server's event loop while pages were asked for: ${(await server.longestBlock()).toFixed(0)} ms`,
    )
    await checkBrowser(server)
    console.log(
      `longest stand of the server's event loop under the browser: ${(await server.longestBlock()).toFixed(0)} ms`,
    )
    await checkIntake(server, bare)
  } finally {
    bare.close()
    await server.stop()
  }

  const figures = await timeImport(join(folder, 'import'), 10_000_000 * scale)
  console.table([
    {
      import: `${figures.megabytes.toFixed(1)} MB`,
      seconds: Number(figures.seconds.toFixed(1)),
      documents: figures.documents,
      targets: figures.targets,
      'peak MB': figures.peakMegabytes,
      [`< ${MOST_MEGABYTES}`]: bars.atMost('import, peak of memory, MB', MOST_MEGABYTES, figures.peakMegabytes ?? 0),
      'health median ms': Number(figures.median.toFixed(1)),
      'slowest ms': Number(figures.slowest.toFixed(1)),
      'longest block ms': Number(figures.longestBlock.toFixed(1)),
      [`< ${MOST_WAIT_MS}`]: bars.atMost('import, slowest other answer, ms', MOST_WAIT_MS, figures.slowest),
    },
  ])
} finally {
  if (keep) console.log(`left in ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}
if (bars.print() > 0) process.exitCode = 1
