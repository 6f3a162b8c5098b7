import type { BenchServer } from '../start-server.ts'
import { type Action, ACTIONS, type Send } from './actions.ts'
import type { Visitor } from './visitor.ts'

/** What requests of one kind have cost the processors of the server, in milliseconds. */
interface Cost {
  count: number
  /** Of the main thread. */
  main: number
  /** Of all threads together. */
  all: number
  slowest: number
}

/** How many actions of those asked for only make the server warm, as a share. */
const WARM = 0.25

/**
 * Sends actions one after the other and says what each kind of request cost the server, which nothing else on the machine
 * changes much: the share of a kind is its part of all that the same mixture costs under load.
 * @param amount actions; the first quarter of them is not counted
 * @param choose picks the next action and who takes it
 */
export async function costs(
  server: BenchServer,
  amount: number,
  choose: () => { action: Action; visitor: Visitor },
  random: () => number,
): Promise<void> {
  const kinds = new Map<string, Cost>()
  const warm = Math.floor(amount * WARM)
  const sendFor =
    (name: string, isCounted: boolean): Send =>
    async (visitor, method, path, body) => {
      const [main, all] = [server.worked() ?? 0, server.workedInAll() ?? 0]
      const answer = await visitor.send(method, path, body)
      const used = { main: (server.worked() ?? 0) - main, all: (server.workedInAll() ?? 0) - all }
      if (isCounted) add(kinds, `${name} ${method} ${kindOf(path)}`, used)
      return answer
    }
  for (let i = 0; i < amount; i++) {
    const { action, visitor } = choose()
    await action.run(visitor, sendFor(action.name, i >= warm), random)
  }
  print(kinds)
}

function add(kinds: Map<string, Cost>, kind: string, { main, all }: { main: number; all: number }): void {
  const cost = kinds.get(kind) ?? { count: 0, main: 0, all: 0, slowest: 0 }
  kinds.set(kind, {
    count: cost.count + 1,
    main: cost.main + main,
    all: cost.all + all,
    slowest: Math.max(cost.slowest, all),
  })
}

/** A path without its numbers and its query. */
const kindOf = (path: string): string => path.replace(/\?.*$/, '').replaceAll(/\d+/g, ':id')

function print(kinds: ReadonlyMap<string, Cost>): void {
  const rows = [...kinds].sort(([, a], [, b]) => b.all - a.all)
  const total = rows.reduce((sum, [, { all }]) => sum + all, 0)
  const main = rows.reduce((sum, [, cost]) => sum + cost.main, 0)
  const count = rows.reduce((sum, [, cost]) => sum + cost.count, 0)
  console.table(
    rows.map(([request, cost]) => ({
      request,
      count: cost.count,
      'main thread ms': each(cost.main, cost.count),
      'other threads ms': each(cost.all - cost.main, cost.count),
      'slowest ms': each(cost.slowest, 1),
      'share %': each(100 * cost.all, total),
    })),
  )
  console.log(
    `${count} requests of ${ACTIONS.length} kinds of actions, one after the other: ${each(total, count)} ms of processor each, ${each(main, count)} of them on the main thread`,
  )
}

const each = (sum: number, count: number): number => Number((sum / Math.max(1, count)).toFixed(2))
