import type { UnitKind } from './unit-of-measure.ts'

/** How a quantity is written: with Arabic digits, Chinese numerals, or words that stand for a number (全覆盖, 翻一番). */
type Writing = 'arabic' | 'chinese' | 'words'

/** A plain number, or words that say more than one: 全覆盖, 翻一番, 零增长, 减半; or the cell of a table. */
export type QuantityForm = 'number' | 'full-cover' | 'doubling' | 'zero' | 'half' | 'cell'

/** A number with its unit. `start`..`end` covers both, `valueStart`..`valueEnd` the digits alone. */
export interface FoundQuantity {
  start: number
  end: number
  valueStart: number
  valueEnd: number
  value: number | [low: number, high: number]
  /** As written, magnitude included; empty for a bare coefficient. */
  unit: string
  kind: UnitKind | 'bare'
  writing: Writing
  /** 余, 多, 几 stand between number and unit: at least so many. */
  more: boolean
  /** What its words say where they are no plain number. */
  form: QuantityForm
  /** Name of the rule that read it, for explanations. */
  rule: string
}
