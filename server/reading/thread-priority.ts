import { readlinkSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/** How far a thread that counts stands behind the one that takes requests and writes, where processors are short (0 to 19). */
const BEHIND = 5

/**
 * Lets the calling thread alone give way to the others of the process: Linux schedules threads one by one, and tells which
 * one reads this link. It stands behind wherever the process itself stands (`nice`). Elsewhere nothing happens.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    if (thread !== process.pid) setPriority(thread, Math.min(getPriority() + BEHIND, constants.priority.PRIORITY_LOW))
  } catch {
    // not Linux, or a system that forbids it: all threads are equal then
  }
}
