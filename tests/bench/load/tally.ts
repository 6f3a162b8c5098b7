/** Bars of the month's end: shares in per cent, times in milliseconds. */
const BARS = { answered: 99.9, p95: 300, p99: 800, standstill: 100 }

type Kind = 'read' | 'write'

/** What became of the requests, by reads and writes. */
export class Tally {
  private readonly times: Record<Kind, number[]> = { read: [], write: [] }
  private readonly statuses = new Map<string, number>()

  add(kind: Kind, status: number, ms: number): void {
    this.times[kind].push(ms)
    const key = `${kind} ${status}`
    this.statuses.set(key, (this.statuses.get(key) ?? 0) + 1)
  }

  /** One row for reads, one for writes: how many, how many answered well, the times, and what else was answered. */
  rows() {
    return (['read', 'write'] as const).map((kind) => {
      const sorted = [...this.times[kind]].sort((a, b) => a - b)
      return {
        requests: kind,
        count: sorted.length,
        'answered well %': Number(this.answered(kind).toFixed(2)),
        'median ms': at(sorted, 0.5),
        'p95 ms': at(sorted, 0.95),
        'p99 ms': at(sorted, 0.99),
        'slowest ms': at(sorted, 1),
        statuses: [...this.statuses]
          .filter(([key]) => key.startsWith(kind))
          .map(([key, n]) => `${key.split(' ')[1]}: ${n}`)
          .join(', '),
      }
    })
  }

  /** Which bars are missed, in words; `longest` is the longest stand of the server's loop. */
  missed(longest: number): string[] {
    const missed: string[] = []
    for (const row of this.rows()) {
      if (row['answered well %'] < BARS.answered)
        missed.push(`${row.requests}: ${row['answered well %']} % answered well`)
      if (row['p95 ms'] > BARS.p95) missed.push(`${row.requests}: 95th percentile ${row['p95 ms']} ms`)
      if (row['p99 ms'] > BARS.p99) missed.push(`${row.requests}: 99th percentile ${row['p99 ms']} ms`)
    }
    if ([...this.statuses.keys()].some((key) => key.endsWith(' 503'))) missed.push('some were answered 503')
    if (longest > BARS.standstill) missed.push(`the loop stood still for ${longest.toFixed(0)} ms`)
    return missed
  }

  /** Per cent of answers with a 2xx, or a 409 that tells of a colleague who was faster: that is an answer too. */
  private answered(kind: Kind): number {
    const all = this.times[kind].length
    const well = [...this.statuses].reduce((sum, [key, n]) => sum + (isWell(key, kind) ? n : 0), 0)
    return all === 0 ? 100 : (100 * well) / all
  }
}

const isWell = (key: string, kind: Kind) => key.startsWith(kind) && /^\w+ (?:2\d\d|409)$/.test(key)
const at = (sorted: number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))
