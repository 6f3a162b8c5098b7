/** The figures of an attack, one line for whoever reads the output of the tests; SECURITY.md says them. */
export function printFigures(attack: string, figures: Record<string, string | number>): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  process.stdout.write(`attack: ${attack}: ${words.join(', ')}\n`)
}

/** Watches how long the event loop stands still, in milliseconds, while something goes on. */
export async function longestPause<T>(work: () => Promise<T>): Promise<{ result: T; pause: number }> {
  let last = performance.now()
  let pause = 0
  const timer = setInterval(() => {
    const now = performance.now()
    pause = Math.max(pause, now - last - 5)
    last = now
  }, 5)
  try {
    const result = await work()
    pause = Math.max(pause, performance.now() - last - 5)
    return { result, pause: Math.round(pause) }
  } finally {
    clearInterval(timer)
  }
}
