import { readFileSync } from 'node:fs'

/** The figures of an attack, one line for whoever reads the output of the tests; SECURITY.md says them. */
export function printFigures(attack: string, figures: Record<string, string | number>): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  process.stdout.write(`attack: ${attack}: ${words.join(', ')}\n`)
}

/**
 * How long this thread has worked, in milliseconds: what the system gives to other programs meanwhile does not count. The
 * time of the clock where the system does not tell.
 */
function worked(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

/** Watches how long the event loop stands still for work of its own, in milliseconds, while something goes on. */
export async function longestPause<T>(work: () => Promise<T>): Promise<{ result: T; pause: number }> {
  let last = worked()
  let pause = 0
  const timer = setInterval(() => {
    const now = worked()
    pause = Math.max(pause, now - last)
    last = now
  }, 5)
  try {
    const result = await work()
    pause = Math.max(pause, worked() - last)
    return { result, pause: Math.round(pause) }
  } finally {
    clearInterval(timer)
  }
}
