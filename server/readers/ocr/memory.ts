import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/**
 * Frees what is no longer used, now. Pictures and the numbers of models lie outside of the heap, where the collector
 * does not see how much they are: left to itself it lets a gigabyte lie.
 */
export function freeMemory(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
