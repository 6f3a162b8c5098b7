import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Opening from '../../../db/open.ts'
import { databasePath } from '../../../server/paths.ts'
import { REPORT_WORDS } from '../chains.ts'
import type * as Filling from '../fill.ts'
import { useFilled } from '../filled.ts'
import { startServer } from '../start-server.ts'
import { earlierVersion } from './earlier.ts'

/** What the comparison asks of a server, whatever version it is of. */
export interface RunningVersion {
  address: string
  pid: number
  /** Milliseconds that the thread which answers has worked so far; Linux only, else null. */
  worked: () => number | null
  stop: () => Promise<void>
}

/** A version of this project that can be filled and run. */
export interface Version {
  name: string
  /** What its reports say in words. */
  words: Partial<typeof REPORT_WORDS>
  /** Makes its database in a data folder; `today` is a date in Asia/Shanghai. */
  fill: (dataDir: string, amounts: Filling.Amounts, today: string) => void | Promise<void>
  /** Starts it in a process of its own, with the flags it was started with in its day. */
  start: (dataDir: string) => Promise<RunningVersion>
}

const NOW: Version = { name: 'this version', words: REPORT_WORDS, fill: useFilled, start: startServer }

/** The last commit of 21 November 2026, before chains were first made quicker. */
const COMMIT = '27f8943aa1ceee3cbfdc8be86ab7310e0311d6c7'

/** A file of that version. */
const ofThen = <M>(path: string): Promise<M> =>
  import(pathToFileURL(join(earlierVersion(COMMIT), path)).href) as Promise<M>

const THEN: Version = {
  name: 'of 21 November',
  words: { note: REPORT_WORDS.note },
  async fill(dataDir, amounts, today) {
    const { openDatabase } = await ofThen<typeof Opening>('db/open.ts')
    const { fillDatabase } = await ofThen<typeof Filling>('tests/bench/fill.ts')
    mkdirSync(dataDir, { recursive: true })
    const db = openDatabase(databasePath(dataDir))
    fillDatabase(db, amounts, today)
    // Its filling gathered what no office's database has (ANALYZE), by which SQLite plans many statements anew each time.
    db.$client.exec('DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4')
    db.$client.close()
  },
  async start(dataDir) {
    const { startServer: startThen } = await ofThen<{ startServer: Version['start'] }>('tests/bench/start-server.ts')
    return startThen(dataDir)
  },
}

/** This version, and the one that it is compared with. */
export const VERSIONS = [NOW, THEN] as const
