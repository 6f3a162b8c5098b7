import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Bars, type Bar } from './bars.ts'

/** What is measured apart, each in processes of its own, and with which arguments. */
const PARTS: readonly [what: string, file: string, ...args: string[]][] = [
  ['at 100,000 targets', 'main.ts'],
  ['growth', 'main.ts', '--sizes', '10000,100000,1000000'],
  ['month end', 'load/main.ts', '--targets', '100000', '--minutes', '3', '--rate', '226'],
  ['against the version of 21 November', 'peer/chains.ts', '--targets', '10000', '--people', '8'],
  ['against Directus', 'peer/main.ts', '--targets', '10000'],
]

/**
 * Runs all parts of the benchmark one after the other, each printing its own report.
 * @returns the bars of all of them; a part that ended before it had any counts as one that is missed
 */
export async function measureWhole(): Promise<Bars> {
  const bars = new Bars()
  for (const [what, file, ...args] of PARTS) {
    console.log(`\n${what}`)
    const rows = await barsOf(file, args)
    if (rows === null) bars.atLeast(`${what}: measured`, 1, 0)
    else bars.add(what, rows)
  }
  return bars
}

/** The bars that a part has printed at its end; null where it did not come so far. */
function barsOf(file: string, args: readonly string[]): Promise<readonly Bar[] | null> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  let rows: readonly Bar[] | null = null
  child.on('message', (message: { bars: readonly Bar[] }) => (rows = message.bars))
  return new Promise((resolve) => child.once('close', () => resolve(rows)))
}
