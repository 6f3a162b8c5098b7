/**
 * `npx tsx tests/bench/peer/chains.ts --targets 10000 --people 8`: chains of draft, submission and approval in this version
 * and in the one of 21 November 2026, which is taken from the history and installed into data/peer the first time. Both hold
 * as many documents, targets and reports from the same seed, and both run at once and are asked in turns, so that a busy
 * moment of the machine falls on both. Prints what a chain takes in the median of the turns, one person alone and several at
 * once; exit code 1 where a bar is missed. Not part of any check; to be run with nothing else on the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { shanghaiDate } from '../../../db/domain/dates.ts'
import { atRest } from '../at-rest.ts'
import { Bars } from '../bars.ts'
import { openTargets, takeChain } from '../chains.ts'
import { Client } from '../client.ts'
import { amountsFor } from '../filled.ts'
import { median } from '../pages.ts'
import { BENCH_PASSWORD } from '../person.ts'
import { addPeople } from './people.ts'
import { type RunningVersion, type Version, VERSIONS } from './versions.ts'

/** So many times as many chains as then. */
const LEAST = 3
const TURNS = 15
/** Chains of one turn: of one person alone, and of each of several. */
const CHAINS_ALONE = 40
const CHAINS_OF_EACH = 10
/** Turns that are not counted: programs grow quicker in their first moments. */
const WARM = 2
/** Targets of a unit that reports are made on, one after the other and from the first again. */
const TARGETS_OF_UNIT = 200

const {
  values: { targets, people },
} = parseArgs({
  options: { targets: { type: 'string', default: '10000' }, people: { type: 'string', default: '8' } },
})

/** Milliseconds that a chain took in each turn. */
interface Times {
  clock: number[]
  /** Work of the thread that writes; NaN where the system does not tell. */
  thread: number[]
}
const noTimes = (): Times => ({ clock: [], thread: [] })

/** A version that runs on its own database, and what was measured of it. */
interface Side {
  version: Version
  dataDir: string
  running: RunningVersion
  alone: Times
  together: Times
}

/** Takes a chain as the person of this number. */
type Chain = (person: number) => Promise<void>

function count(text: string, most: number): number {
  const read = Number(text)
  if (Number.isSafeInteger(read) && read > 0 && read <= most) return read
  throw new Error(`${text}: a number from 1 to ${most} is needed`)
}

const today = shanghaiDate(new Date())
const amounts = amountsFor(count(targets, 10_000_000))
const persons = count(people, amounts.units)
const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-chains-'))
const sides: Side[] = []
const clients: Client[] = []
try {
  // Filling keeps this process from all else for a while, as installing does: nothing runs meanwhile.
  const filled = VERSIONS.map((version) => ({ version, dataDir: join(folder, version.name) }))
  for (const { version, dataDir } of filled) await version.fill(dataDir, amounts, today)
  for (const { version, dataDir } of filled)
    sides.push({ version, dataDir, running: await version.start(dataDir), alone: noTimes(), together: noTimes() })
  for (const { running } of sides) await atRest(running)
  const chains = new Map<Side, Chain>()
  for (const side of sides) chains.set(side, await chainsOf(side))
  for (let turn = -WARM; turn < TURNS; turn++)
    // neither is always the first
    for (const side of turn % 2 === 0 ? sides : [...sides].reverse()) await takeTurn(side, chains.get(side)!, turn)
} finally {
  for (const client of clients) client.close()
  for (const { running } of sides) await running.stop()
  rmSync(folder, { recursive: true, force: true })
}
if (compare(sides[0]!, sides[1]!) > 0) process.exitCode = 1

async function signedIn({ running }: Side, username: string): Promise<Client> {
  const client = new Client(running.address)
  clients.push(client)
  await client.signIn(username, BENCH_PASSWORD)
  return client
}

/** Signs the people of a version in; each takes chain after chain on the targets of the own unit. */
async function chainsOf(side: Side): Promise<Chain> {
  const { words } = side.version
  const chains: (() => Promise<void>)[] = []
  for (const { unitId, reporter, reviewer } of addPeople(side.dataDir, persons)) {
    const pair = { reporter: await signedIn(side, reporter), reviewer: await signedIn(side, reviewer) }
    const open = await openTargets(pair.reporter, unitId, TARGETS_OF_UNIT)
    if (open.length === 0)
      throw new Error(`unit ${unitId} has no target to report on: more --targets or fewer --people are needed`)
    let next = 0
    chains.push(async () => {
      const i = next++ % open.length
      open[i] = await takeChain(pair, open[i]!, today, words)
    })
  }
  return (person) => chains[person]!()
}

/** One person alone, each turn another, then all at once. */
async function takeTurn({ running, alone, together }: Side, chain: Chain, turn: number): Promise<void> {
  const one = (turn + WARM) % persons
  const row = async (person: number, chains: number) => {
    for (let i = 0; i < chains; i++) await chain(person)
  }
  const everybody = Array.from({ length: persons }, (_, person) => person)
  for (const [times, chains, work] of [
    [alone, CHAINS_ALONE, () => row(one, CHAINS_ALONE)],
    [together, persons * CHAINS_OF_EACH, () => Promise.all(everybody.map((person) => row(person, CHAINS_OF_EACH)))],
  ] as const) {
    const [start, before] = [performance.now(), running.worked()]
    await work()
    const [end, after] = [performance.now(), running.worked()]
    if (turn < 0) continue
    times.clock.push((end - start) / chains)
    times.thread.push(before === null || after === null ? NaN : (after - before) / chains)
  }
}

/** Prints what a chain took on both sides. @returns how many bars are missed */
function compare(now: Side, then: Side): number {
  const bars = new Bars()
  const rows = (['alone', 'together'] as const).flatMap((way) =>
    (['clock', 'thread'] as const).map((by) => {
      const [mine, its] = [now, then].map((side) => median(side[way][by])) as [number, number]
      const name = `${way === 'alone' ? 'one person alone' : `${persons} people at once`}, ${by === 'clock' ? 'by the clock' : 'main thread'}`
      if (Number.isFinite(its / mine)) bars.atLeast(`chains, ${name}, times as many`, LEAST, its / mine)
      return {
        'ms a chain': name,
        [then.version.name]: Number(its.toFixed(2)),
        [now.version.name]: Number(mine.toFixed(2)),
      }
    }),
  )
  console.table(rows)
  return bars.print()
}
