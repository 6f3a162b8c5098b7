import type {
  Baseline,
  DeadlineBasis,
  FoundDuty,
  FoundMilestone,
  FoundQuantity,
  Measure,
  Operator,
  UnitNames,
} from '../../extractors/types.ts'

interface GoldBase extends UnitNames {
  /** Raw line, from 1: of the value, of the date, of the tag's first character. */
  line: number
  /** 发文字号 of the document it stands in. */
  doc: string
}

/** A number that somebody promises to reach, as a reader annotated it. */
export interface GoldQuantity extends GoldBase {
  kind: 'quantity'
  indicator: string
  op: Operator
  value: number | [low: number, high: number]
  unit: string
  measure: Measure
  per: 'year' | null
  deadline: string | null
  deadline_basis: DeadlineBasis
  baseline: Baseline | null
  optional: boolean
}

export interface GoldMilestone extends GoldBase {
  kind: 'milestone'
  task: string
  deadline: string | null
  optional: boolean
}

export interface GoldDuty extends GoldBase {
  kind: 'duty'
  clause: string
}

/** Lines `from`..`to` of the text that are annotated. */
export interface GoldRange {
  kind: 'range'
  doc: string
  from: number
  to: number
}

export type GoldItem = GoldQuantity | GoldMilestone | GoldDuty | GoldRange

type PredictedUnits = Partial<UnitNames>
/** What the scorer needs of a finding: an {@link Extraction}'s own, or the same read back from JSON. */
export type PredictedQuantity = Pick<
  FoundQuantity,
  'kind' | 'indicator' | 'op' | 'value' | 'unit' | 'measure' | 'per' | 'deadline' | 'baseline' | 'start'
> &
  PredictedUnits
export type PredictedMilestone = Pick<FoundMilestone, 'kind' | 'task' | 'deadline' | 'start'> & PredictedUnits
export type PredictedDuty = Pick<FoundDuty, 'clause' | 'start'> & PredictedUnits

/** All findings of one file. */
export interface Prediction {
  targets: (PredictedQuantity | PredictedMilestone)[]
  duties: PredictedDuty[]
}

/** One annotated text and what was found in it. */
export interface ScoredText {
  name: string
  raw: string
  gold: GoldItem[]
  prediction: Prediction
}
