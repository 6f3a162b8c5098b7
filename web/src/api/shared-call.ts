/**
 * A question that several parts of a page ask at once, such as a list and the badge that counts it: it goes out once, and
 * all of them get its answer.
 */
export function sharedCall<T>(call: () => Promise<T>) {
  let running: Promise<T> | null = null
  return {
    ask(): Promise<T> {
      if (running !== null) return running
      const mine = call().finally(() => {
        if (running === mine) running = null
      })
      return (running = mine)
    },
    /** Something was done: who asks from now on does not get an answer from before. */
    outdate() {
      running = null
    },
  }
}
