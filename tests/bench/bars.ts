/** One bar: what it is about, what it demands, what was measured. */
export interface Bar {
  bar: string
  demanded: string
  measured: number
  met: 'met' | 'MISSED'
}

/** The bars of a run, noted as they are measured and printed together at its end. */
export class Bars {
  private readonly rows: Bar[] = []

  /** @returns whether it is met, in a word for a table */
  atMost(bar: string, most: number, measured: number): Bar['met'] {
    return this.note(bar, `≤ ${most}`, measured, measured <= most)
  }

  atLeast(bar: string, least: number, measured: number): Bar['met'] {
    return this.note(bar, `≥ ${least}`, measured, measured >= least)
  }

  /** Takes over the bars of another run, under its name. */
  add(run: string, rows: readonly Bar[]): void {
    this.rows.push(...rows.map(({ bar, ...row }) => ({ bar: `${run}: ${bar}`, ...row })))
  }

  /** Prints every bar, and tells them to the process that has started this one for them (whole.ts). @returns how many are missed */
  print(): number {
    process.send?.({ bars: this.rows })
    console.table(this.rows)
    const missed = this.rows.filter(({ met }) => met === 'MISSED')
    console.log(
      missed.length === 0
        ? `all ${this.rows.length} bars are met`
        : `${missed.length} of ${this.rows.length} bars are missed: ${missed.map(({ bar, measured }) => `${bar} ${measured}`).join('; ')}`,
    )
    return missed.length
  }

  private note(bar: string, demanded: string, measured: number, isMet: boolean): Bar['met'] {
    const met = isMet ? 'met' : 'MISSED'
    this.rows.push({ bar, demanded, measured: Number(measured.toFixed(2)), met })
    return met
  }
}
