import { readFileSync } from 'node:fs'

/** What a process has of the machine. */
interface Usage {
  /** Memory of its own, in bytes. */
  bytes: number
  /** Seconds that it has worked so far, of all its threads. */
  seconds: number
}

/** Linux counts in these. */
const PAGE = 4096
const TICKS_PER_SECOND = 100

/** What a process uses; null where the system does not tell (anything but Linux) or the process has gone. */
export function usageOf(pid: number): Usage | null {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number) as [
      number,
      number,
      number,
    ]
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // Behind the name, which may hold blanks: user and system time are the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      bytes: (resident - shared) * PAGE,
      seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    }
  } catch {
    return null
  }
}
