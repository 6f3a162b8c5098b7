import type { FastifyRateLimitStore } from '@fastify/rate-limit'

/** Callers whose requests are counted at once; the one that was counted longest ago is forgotten first. */
const MOST_CALLERS = 5_000

interface Window {
  /** By {@link RequestWindows.clock}. */
  since: number
  requests: number
}

/**
 * Counts requests by caller in windows of time. The store that the limiter brings along measures these by the clock of the
 * machine: where that is set back by a day, everybody who was counted just before is turned away for a day.
 */
export class RequestWindows implements FastifyRateLimitStore {
  private readonly windows = new Map<string, Window>()
  /** Milliseconds that nobody sets. */
  protected clock = (): number => performance.now()

  incr(
    caller: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    timeWindow: number,
  ): void {
    const now = this.clock()
    let window = this.windows.get(caller)
    this.windows.delete(caller) // moves it to the end, the Map keeps the order of insertion
    if (window === undefined || now - window.since >= timeWindow) window = { since: now, requests: 0 }
    this.windows.set(caller, window)
    if (this.windows.size > MOST_CALLERS) this.windows.delete(this.windows.keys().next().value!)
    window.requests++
    callback(null, { current: window.requests, ttl: window.since + timeWindow - now })
  }

  /** Each route with a limit of its own counts for itself. */
  child(): RequestWindows {
    return new RequestWindows()
  }
}
