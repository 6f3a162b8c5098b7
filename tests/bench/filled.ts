import { createHash } from 'node:crypto'
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../db/open.ts'
import { databasePath } from '../../server/paths.ts'
import { type Amounts, fillDatabase } from './fill.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
/** What a filled database follows from, besides its amounts and the day. */
const MADE_BY = ['db', 'tests/bench/fill.ts', 'tests/bench/random.ts'].map((path) => join(PROJECT, path))

/** Where filled databases are kept between runs; each is made anew when the code, the amounts or the day are others. */
const KEPT = join(tmpdir(), 'zhengbiao-filled')

/** The amounts that belong to so many targets: ten reports for each, and 250 targets in a document. */
export const amountsFor = (targets: number): Amounts => ({
  documents: Math.max(10, Math.round(targets / 250)),
  units: 60,
  targets,
  reports: 10 * targets,
})

/**
 * Puts a filled database into a data folder. The first run of a day fills it (about a minute for 100,000 targets), the
 * others copy it in seconds.
 * @param today date in Asia/Shanghai
 */
export function useFilled(dataDir: string, amounts: Amounts, today: string): void {
  const size = Object.values(amounts).join('-')
  const kept = join(KEPT, `${size}_${digest(today)}.sqlite`)
  if (!existsSync(kept)) {
    mkdirSync(KEPT, { recursive: true })
    for (const old of readdirSync(KEPT)) if (old.startsWith(`${size}_`)) rmSync(join(KEPT, old), { recursive: true })
    const draft = `${kept}.draft`
    const start = performance.now()
    console.log(`filling ${amounts.targets} targets and ${amounts.reports} reports`)
    const db = openDatabase(draft)
    fillDatabase(db, amounts, today)
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    db.$client.close()
    renameSync(draft, kept)
    console.log(`filled in ${((performance.now() - start) / 1000).toFixed(1)} s, kept in ${KEPT}`)
  }
  const path = databasePath(dataDir)
  mkdirSync(dirname(path), { recursive: true })
  copyFileSync(kept, path, constants.COPYFILE_FICLONE)
}

function digest(today: string): string {
  const hash = createHash('sha256').update(today)
  // by their names inside the project: another clone with the same files finds the same databases
  for (const path of MADE_BY.flatMap(filesIn)) hash.update(relative(PROJECT, path)).update(readFileSync(path))
  return hash.digest('hex').slice(0, 16)
}

const filesIn = (path: string): string[] =>
  /\.\w+$/.test(path)
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
