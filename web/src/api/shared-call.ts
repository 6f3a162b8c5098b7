/** How long an answer is still that of the page that asked for it, in milliseconds: what stands beside it asks a little later. */
const RECENT_MS = 3000

/**
 * A question that several parts of a page ask, such as a list and the badge that counts it: it goes out once, and all of
 * them get its answer.
 */
export function sharedCall<T>(call: () => Promise<T>) {
  let running: Promise<T> | null = null
  let answered: { answer: T; at: number } | null = null

  function ask(): Promise<T> {
    if (running !== null) return running
    const mine: Promise<T> = call()
      .then((answer) => {
        if (running === mine) answered = { answer, at: performance.now() }
        return answer
      })
      .finally(() => {
        if (running === mine) running = null
      })
    return (running = mine)
  }

  return {
    /** Asks, together with whoever is asking at this moment. */
    ask,
    /** What a badge wants: the answer that the page has just had, or a new one. */
    askBeside: (): Promise<T> =>
      answered !== null && performance.now() - answered.at < RECENT_MS ? Promise.resolve(answered.answer) : ask(),
    /** Something was done: who asks from now on does not get an answer from before. */
    outdate() {
      running = null
      answered = null
    },
  }
}
