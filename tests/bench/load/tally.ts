import type { Bars } from '../bars.ts'

/** Bars of the month's end: shares in per cent, times in milliseconds. */
const BARS = { answered: 99.9, p95: 300, p99: 800, standstill: 100 }

type Kind = 'read' | 'write'

interface Answered {
  kind: Kind
  /** Of which action. */
  what: string
  status: number
  ms: number
  /** When it was asked, in milliseconds since the first. */
  at: number
}

/** What became of the requests, by reads and writes. */
export class Tally {
  private readonly answers: Answered[] = []

  add(answered: Answered): void {
    this.answers.push(answered)
  }

  /** One row for reads, one for writes: how many, how many answered well, the times, and what else was answered. */
  rows() {
    return (['read', 'write'] as const).map((requests) => ({ requests, ...figures(this.of(requests)) }))
  }

  /** The same for each request of each action. */
  byAction() {
    const names = [...new Set(this.answers.map(({ kind, what }) => `${what} (${kind})`))]
    return names.map((requests) => ({
      requests,
      ...figures(this.answers.filter(({ kind, what }) => `${what} (${kind})` === requests)),
    }))
  }

  /** The same for the reads asked in each `seconds`: a server that has just begun answers otherwise than later. */
  byTime(seconds: number) {
    const times = new Map<number, Answered[]>()
    for (const answer of this.of('read')) {
      const from = seconds * Math.floor(answer.at / 1000 / seconds)
      times.set(from, [...(times.get(from) ?? []), answer])
    }
    return [...times]
      .sort(([a], [b]) => a - b)
      .map(([from, answers]) => ({ 'reads from second': from, ...figures(answers) }))
  }

  /** Holds what was measured against the bars; `longest` is the longest stand of the server's loop in milliseconds. */
  judge(bars: Bars, longest: number): void {
    for (const kind of ['read', 'write'] as const) {
      const own = figures(this.of(kind))
      bars.atLeast(`${kind}s answered well, %`, BARS.answered, own['answered well %'])
      bars.atMost(`${kind}s, 95th percentile, ms`, BARS.p95, own['p95 ms'])
      bars.atMost(`${kind}s, 99th percentile, ms`, BARS.p99, own['p99 ms'])
    }
    bars.atMost('answered 503', 0, this.answers.filter(({ status }) => status === 503).length)
    bars.atMost('longest stand of the loop, ms', BARS.standstill, longest)
  }

  private of(kind: Kind): Answered[] {
    return this.answers.filter((answer) => answer.kind === kind)
  }
}

function figures(answers: readonly Answered[]) {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const statuses = new Map<number, number>()
  for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const well = answers.filter(isWell).length
  return {
    count: answers.length,
    'answered well %': answers.length === 0 ? 100 : Number(((100 * well) / answers.length).toFixed(2)),
    'median ms': at(sorted, 0.5),
    'p95 ms': at(sorted, 0.95),
    'p99 ms': at(sorted, 0.99),
    'slowest ms': at(sorted, 1),
    statuses: [...statuses].map(([status, n]) => `${status}: ${n}`).join(', '),
  }
}

/** A 2xx, or a 409 that tells of a colleague who was faster: that is an answer too. */
const isWell = ({ status }: Answered) => (status >= 200 && status < 300) || status === 409
const at = (sorted: number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))
