import { setTimeout as sleep } from 'node:timers/promises'

/** How long a test waits for something that comes in a moment where the machine has nothing else to do, in seconds. */
const PATIENCE = 120

interface Patience {
  /** When to give up, in seconds. */
  seconds?: number
  /** Milliseconds between two looks. */
  every?: number
}

/**
 * Looks again and again until there is something (anything but null, undefined and false), and answers that.
 * @throws {Error} that names `what`, where it has not come in time, and whatever `look` throws: a state that can be passed
 * unseen belongs there
 */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  { seconds = PATIENCE, every = 50 }: Patience = {},
): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} seconds`)
    await sleep(every)
  }
}

/**
 * What a promise brings, if it does so in time.
 * @throws {Error} that names `what` where it does not
 */
export async function within<T>(what: string, promise: Promise<T>, seconds = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${seconds} seconds`)), seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
