/** How many there are, how many were found, how many of these are right. */
export interface Counts {
  gold: number
  predicted: number
  hit: number
}

export interface Rates extends Counts {
  precision: number
  recall: number
  f1: number
}

/** What is counted, in the order of the report. */
export const FIGURES = ['quantity', 'full', 'milestone', 'duty', 'dutyUnits'] as const
export type Figure = (typeof FIGURES)[number]

/** Attributes of matched quantities. `per` and `baseline` are not part of the full tuple. */
export const ATTRIBUTES = ['op', 'unit', 'measure', 'per', 'deadline', 'indicator', 'baseline', 'units'] as const
export type Attribute = (typeof ATTRIBUTES)[number]
export const FULL_TUPLE: readonly Attribute[] = ['op', 'unit', 'measure', 'deadline', 'indicator', 'units']

export interface Accuracy {
  ok: number
  of: number
}

export class Tally {
  readonly counts: Record<Figure, Counts> = {
    quantity: nothing(),
    full: nothing(),
    milestone: nothing(),
    duty: nothing(),
    dutyUnits: nothing(),
  }
  readonly attributes: Record<Attribute, Accuracy> = {
    op: none(),
    unit: none(),
    measure: none(),
    per: none(),
    deadline: none(),
    indicator: none(),
    baseline: none(),
    units: none(),
  }

  add(figure: Figure, { gold, predicted, hit }: Counts): void {
    const counts = this.counts[figure]
    counts.gold += gold
    counts.predicted += predicted
    counts.hit += hit
  }

  check(attribute: Attribute, ok: boolean): void {
    this.attributes[attribute].of++
    if (ok) this.attributes[attribute].ok++
  }
}

function nothing(): Counts {
  return { gold: 0, predicted: 0, hit: 0 }
}

function none(): Accuracy {
  return { ok: 0, of: 0 }
}

/** Precision, recall and F1, each 0–1; 0 where nothing is there to divide by. */
export function ratesOf({ gold, predicted, hit }: Counts): Rates {
  const precision = predicted > 0 ? hit / predicted : 0
  const recall = gold > 0 ? hit / gold : 0
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
  return { precision, recall, f1, gold, predicted, hit }
}
