import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/**
 * Frees what is no longer used, now. Pictures and the numbers of models lie outside of the heap, where the collector
 * does not see how much they are: left to itself it lets a gigabyte lie. What lies outside is only given back in the next
 * turn of the event loop, which never comes by itself while pages are recognised.
 */
export async function freeMemory(): Promise<void> {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  await nextTurn()
}
