import { computed, ref } from 'vue'

/**
 * Work asked for while other work is under way waits its turn instead of being lost: one after the other, in the order
 * asked. Each piece looks at the state of things when its turn comes, not when it was asked for. Without anything under
 * way it starts at once. A piece that fails holds up nothing; its error goes to whoever asked for it.
 */
export function useTurns() {
  const waiting = ref(0)
  let last: Promise<unknown> | null = null

  function take<T>(work: () => Promise<T>): Promise<T> {
    waiting.value += 1
    const turn = last === null ? (async () => work())() : last.then(work)
    const settled = turn
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        waiting.value -= 1
        if (last === settled) last = null
      })
    last = settled
    return turn
  }

  return { take, busy: computed(() => waiting.value > 0) }
}
