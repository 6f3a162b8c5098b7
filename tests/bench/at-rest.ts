import { setTimeout as sleep } from 'node:timers/promises'
import { workedInAll } from './start-server.ts'

/** Seconds without work after which a server has made ready what it makes ready, and how long that may take. */
const REST = 1
const LONGEST_UNREST = 600
/** Milliseconds of processors a second that a server at rest takes. */
const IDLE = 50

/** Waits until a server has made the first looks of the day ready: what is measured is a working day. */
export async function atRest({ pid }: { pid: number }): Promise<void> {
  for (let waited = 0; waited < LONGEST_UNREST; waited += REST) {
    const before = workedInAll(pid)
    await sleep(1000 * REST)
    const after = workedInAll(pid)
    if (before === null || after === null || after - before < IDLE * REST) return
  }
}
