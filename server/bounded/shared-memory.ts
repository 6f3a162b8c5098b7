/**
 * What all bounded processes of this server use together: each has its limit, but two that grow beside each other, or in pools
 * of their own, would take it twice. Where the sum passes what one alone may use, the one begun last gives way and is begun
 * again when nobody else works: no file is refused for what stands beside it, and the machine holds one limit, not many.
 */

/** The memory of one process that works. */
export interface MemoryShare {
  bytes: number
  /** Ends the process; its task is begun again later. Null where it may have written already. */
  giveWay: (() => void) | null
}

/** In the order in which they began. */
const shares: MemoryShare[] = []

/** A process begins to work; to be given back with {@link leaveMemory}. */
export function takeMemory(giveWay: MemoryShare['giveWay']): MemoryShare {
  const share = { bytes: 0, giveWay }
  shares.push(share)
  return share
}

/** It has ended, or rests. */
export function leaveMemory(share: MemoryShare): void {
  const at = shares.indexOf(share)
  if (at >= 0) shares.splice(at, 1)
}

/** Whether nobody works. */
export const isMemoryFree = (): boolean => shares.length === 0

/**
 * Notes what a process uses now. Where all together use too much, the last but the first that can gives way.
 * @param most bytes that one alone may use
 */
export function noteMemory(share: MemoryShare, bytes: number, most: number): void {
  share.bytes = bytes
  const all = shares.reduce((sum, one) => sum + one.bytes, 0)
  if (all <= most) return
  const last = shares.slice(1).findLast(({ giveWay }) => giveWay !== null)
  const giveWay = last?.giveWay
  // asked once: until it has gone, what it held still counts
  if (last !== undefined) last.giveWay = null
  giveWay?.()
}
