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

interface Failures {
  count: number
  lastAt: number
}

/**
 * Slows down guessing at one person's password from one address. Kept in memory by name and address together, so that
 * a stranger cannot lock a person out; guessing over many names is held by the limit by address.
 */
export class SignInThrottle {
  private readonly failures = new Map<string, Failures>()

  constructor(private readonly now: () => Date) {}

  /** Milliseconds until the next try is allowed, 0 when it is now. */
  waitMs(key: string): number {
    const failed = this.failures.get(key)
    if (!failed) return 0
    const elapsed = this.now().getTime() - failed.lastAt
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

  succeeded(key: string): void {
    this.failures.delete(key)
  }
}

/** Throws the 429 problem where the next try has to wait. */
export function throwIfSlowed(throttle: SignInThrottle, key: string): void {
  const wait = throttle.waitMs(key)
  if (wait <= 0) return
  const seconds = Math.ceil(wait / 1000)
  throw new Problem(429, 'too-many-failures', '失败次数过多', `请在 ${seconds} 秒后再试。`, { retryAfter: seconds })
}
