import { Problem } from '../errors.ts'

/** Failed sign-ins in a row that are free. */
const FREE_TRIES = 5
/** The wait after the first failure beyond, doubled by each further one up to the longest. */
const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 15 * 60_000
/** Failures are forgotten after so long without one. */
const FORGET_MS = 60 * 60_000
/** Names kept at most; the oldest is forgotten first. */
const MAX_KEYS = 10_000

/** Tries from one address are counted over so long. */
const CROWD_MS = 60_000

interface Failures {
  count: number
  lastAt: number
}

/**
 * Slows down guessing at one person's password from one address. Kept in memory by name and address together, so that
 * a stranger cannot lock a person out; guessing over many names is held by a count by address.
 */
export class SignInThrottle {
  private readonly failures = new Map<string, Failures>()
  private readonly crowds = new Map<string, { since: number; count: number }>()

  constructor(private readonly now: () => Date) {}

  /** Milliseconds until the next try is allowed, 0 when it is now. */
  waitMs(key: string): number {
    const failed = this.failures.get(key)
    if (!failed) return 0
    const now = this.now().getTime()
    if (now < failed.lastAt) failed.lastAt = now // the clock was set back: the wait begins anew, and gets no longer
    const elapsed = now - failed.lastAt
    if (elapsed >= FORGET_MS) {
      this.failures.delete(key)
      return 0
    }
    if (failed.count < FREE_TRIES) return 0
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (failed.count - FREE_TRIES), LONGEST_WAIT_MS)
    return Math.max(0, wait - elapsed)
  }

  failed(key: string): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1
    this.failures.delete(key) // moves it to the end, the Map keeps the order of insertion
    this.failures.set(key, { count, lastAt: this.now().getTime() })
    if (this.failures.size > MAX_KEYS) this.failures.delete(this.failures.keys().next().value!)
  }

  /**
   * Counts one try from an address.
   * @throws {Problem} 429 from the one after `most` on, until the minute is over
   */
  throwIfCrowded(address: string, most: number): void {
    const now = this.now().getTime()
    let tries = this.crowds.get(address)
    if (tries === undefined || now >= tries.since + CROWD_MS || now < tries.since) {
      if (this.crowds.size >= MAX_KEYS) this.crowds.clear()
      this.crowds.set(address, (tries = { since: now, count: 0 }))
    }
    if (++tries.count <= most) return
    const seconds = Math.ceil((tries.since + CROWD_MS - now) / 1000)
    throw new Problem(429, 'too-many-requests', '操作过于频繁', `请在 ${seconds} 秒后再试。`, { retryAfter: seconds })
  }

  succeeded(key: string): void {
    this.failures.delete(key)
  }
}

/** Throws the 429 problem where the next try has to wait. */
export function throwIfSlowed(throttle: SignInThrottle, key: string): void {
  const wait = throttle.waitMs(key)
  if (wait <= 0) return
  const seconds = Math.ceil(wait / 1000)
  throw new Problem(429, 'too-many-failures', '尝试次数过多', `请在 ${seconds} 秒后再试。`, { retryAfter: seconds })
}
