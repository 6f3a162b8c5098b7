/**
 * `npm run load -- --targets 100000 --minutes 3 --rate 226`: the end of a month from another process than the server's.
 * 300 people of departments, 30 of the office and 10 leaders send so many requests a second, whether the server keeps up
 * or not; the report says how many were answered, how fast, and how long the server's loop stood still. For offices that
 * size a machine, and for the bar of the benchmark (`--check`: exit code 1 where it is missed). `--costs 3000` sends so many
 * actions one after the other instead, and says what each kind of request costs the server's processors. It begins
 * `--settle 30` seconds after everybody has signed in.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { shanghaiDate } from '../../../db/domain/dates.ts'
import { openDatabase } from '../../../db/open.ts'
import { databasePath } from '../../../server/paths.ts'
import { Bars } from '../bars.ts'
import { amountsFor, useFilled } from '../filled.ts'
import { seeded } from '../random.ts'
import { type BenchServer, startServer } from '../start-server.ts'
import { ACTIONS, type Action, learnTargets, type Send } from './actions.ts'
import { costs } from './costs.ts'
import { enrol, peopleOf } from './people.ts'
import { Tally } from './tally.ts'
import { Visitor } from './visitor.ts'

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '3' },
    rate: { type: 'string', default: '226' },
    reporters: { type: 'string', default: '300' },
    supervisors: { type: 'string', default: '30' },
    leaders: { type: 'string', default: '10' },
    keep: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    costs: { type: 'string' },
    settle: { type: 'string', default: '30' },
  },
})
const amount = (name: 'targets' | 'minutes' | 'rate' | 'reporters' | 'supervisors' | 'leaders'): number => {
  const read = Number(values[name])
  if (!(read > 0)) throw new Error(`--${name} ${values[name]}: a number above 0 is needed`)
  return read
}
/** Seconds of a spell of the report. */
const SPELL = 10

const targets = amount('targets')
const rate = amount('rate')
const people = peopleOf(amount('reporters'), amount('supervisors'), amount('leaders'), amountsFor(targets).units)

const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-load-'))
useFilled(folder, amountsFor(targets), shanghaiDate(new Date()))
const db = openDatabase(databasePath(folder))
await enrol(db, people)
db.$client.close()

const server = await startServer(folder, { limits: true })
// Who asks one after the other would find a connection of their own closed each time.
const shared = values.costs === undefined ? undefined : new Agent({ keepAlive: true, maxSockets: 8 })
const visitors = people.map((person, i) => new Visitor(person, server.address, `10.0.${i >> 8}.${i & 255}`, shared))
try {
  for (let i = 0; i < visitors.length; i += 8)
    await Promise.all(visitors.slice(i, i + 8).map((visitor) => visitor.signIn()))
  for (const visitor of visitors) await learnTargets(visitor)
  // Nobody's month ends in the minute in which the server was started: its threads make the first looks of the day ready.
  if (values.costs === undefined) await sleep(1000 * Number(values.settle))
  await server.longestBlock()
  if (values.costs === undefined) await measure()
  else await measureCosts(Number(values.costs))
} finally {
  visitors.forEach((visitor) => visitor.close())
  await server.stop()
  if (values.keep) console.log(`left in ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}

async function measureCosts(actions: number): Promise<void> {
  const random = seeded(20261130)
  const choosing = () => {
    const action = choose(ACTIONS, random.next())
    return { action, visitor: someone(action, random) }
  }
  await costs(server, actions, choosing, () => random.next())
}

/** Anybody who does such things. */
function someone(action: Action, random: ReturnType<typeof seeded>): Visitor {
  const whose = visitors.filter(({ person }) => person.role === action.role)
  return whose[random.below(whose.length)]!
}

async function measure(): Promise<void> {
  const tally = new Tally()
  const before = workedBy(server)
  const spells: Spell[] = []
  const watch = watchSpells(spells, server)
  await offer(tally, amount('minutes') * 60_000)
  clearInterval(watch)
  const used = workedSince(before, server)
  const longest = await server.longestBlock()
  console.log(`${people.length} people, ${targets} targets, ${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}`)
  console.log(`offered ${rate} requests a second for ${values.minutes} minutes`)
  console.table(tally.rows())
  console.table(tally.byAction())
  console.table(tally.byTime(SPELL))
  console.log('milliseconds of processors a second, by spells:')
  console.table(spells.map(({ from, ...work }) => ({ 'from second': from, ...work })))
  const seconds = 60 * amount('minutes')
  const perSecond = (ms: number | null) => (ms === null ? '?' : `${Math.round(ms / seconds)} ms`)
  console.log(
    `processor time a second: main thread ${perSecond(used.main)}, all threads of the server ${perSecond(used.all)}, those who ask ${perSecond(used.visitors)}`,
  )
  console.log(`memory of the server ${server.megabytes() ?? '?'} MB`)
  const bars = new Bars()
  tally.judge(bars, longest)
  if (bars.print() > 0 && values.check) process.exitCode = 1
}

/**
 * Starts actions at the times of an open queue: a slow server is asked no less. A chain's later requests take the places
 * of actions, so that the requests offered are `rate` a second in all.
 */
async function offer(tally: Tally, milliseconds: number): Promise<void> {
  const random = seeded(20261130)
  const start = performance.now()
  const running = new Set<Promise<void>>()
  let sent = 0
  const send = async (what: string, ...[visitor, method, path, body]: Parameters<Send>) => {
    sent++
    const begin = performance.now()
    const answer = await visitor.send(method, path, body)
    const kind = method === 'GET' ? 'read' : 'write'
    tally.add({ kind, what, status: answer.status, ms: performance.now() - begin, at: begin - start })
    return answer
  }
  while (performance.now() - start < milliseconds) {
    const due = ((performance.now() - start) / 1000) * rate
    while (sent < due) {
      const action = choose(ACTIONS, random.next())
      const visitor = someone(action, random)
      const before = sent
      const work = action
        .run(
          visitor,
          (...request) => send(action.name, ...request),
          () => random.next(),
        )
        .finally(() => running.delete(work))
      running.add(work)
      if (sent === before) break // it waits for something first
    }
    await sleep(4)
  }
  await Promise.race([Promise.all(running), sleep(30_000)])
}

function choose(actions: readonly Action[], share: number): Action {
  let left = share * actions.reduce((sum, { weight }) => sum + weight, 0)
  return actions.find(({ weight }) => (left -= weight) < 0) ?? actions[0]!
}

/** Milliseconds of processors a second; null where the system does not tell. `others` is everything else on the machine. */
interface Spell {
  from: number
  main: number | null
  all: number | null
  visitors: number
  others: number | null
}

/** Notes at the end of each spell who worked in it: a machine that does something else beside is no measure. */
function watchSpells(spells: Spell[], server: BenchServer): NodeJS.Timeout {
  let [before, busy] = [workedBy(server), busyOfMachine()]
  return setInterval(() => {
    const [own, all] = [workedSince(before, server), busyOfMachine()]
    const machine = busy === null || all === null ? null : all - busy
    before = workedBy(server)
    busy = all
    const aSecond = (ms: number | null) => (ms === null ? null : Math.round(ms / SPELL))
    spells.push({
      from: SPELL * spells.length,
      main: aSecond(own.main),
      all: aSecond(own.all),
      visitors: Math.round(own.visitors / SPELL),
      others: aSecond(machine === null || own.all === null ? null : Math.max(0, machine - own.all - own.visitors)),
    })
  }, 1000 * SPELL)
}

/** Milliseconds that the processors of the machine have worked since it was started; Linux only, else null. */
function busyOfMachine(): number | null {
  try {
    const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n')[0]!
      .split(/\s+/)
    return [user, nice, system, irq, softirq, steal].reduce((sum, ticks) => sum + 10 * Number(ticks), 0)
  } catch {
    return null
  }
}

/** Milliseconds of processors so far; null where the system does not tell. */
interface Worked {
  main: number | null
  all: number | null
  visitors: number
}

function workedBy({ worked, workedInAll }: BenchServer): Worked {
  const { user, system } = process.cpuUsage()
  return { main: worked(), all: workedInAll(), visitors: (user + system) / 1000 }
}

function workedSince(before: Worked, server: BenchServer): Worked {
  const now = workedBy(server)
  const difference = (a: number | null, b: number | null) => (a === null || b === null ? null : b - a)
  return {
    main: difference(before.main, now.main),
    all: difference(before.all, now.all),
    visitors: now.visitors - before.visitors,
  }
}
