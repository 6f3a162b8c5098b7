import { aboutMargin } from '../../../db/domain/progress.ts'
import type { Operator } from '../../../db/domain/target-terms.ts'

interface Gauge {
  /** Ends of the axis in the unit of the target. */
  min: number
  max: number
  /** Where the target is met, clipped to the axis. */
  zone: [from: number, to: number]
  /** Position of a value on the axis, 0–100. */
  at: (value: number) => number
}

/**
 * The axis of a target: wide enough for baseline, target and value, with room behind the target, and the part of it that
 * meets the target: right of it for 不低于, left of it for 不高于, a band for 约 and 区间. `upper` is the upper end
 * of a 区间, null for every other target. 0 is on the axis unless
 * everything lies far from it.
 */
export function gauge(op: Operator, value: number, upper: number | null, others: (number | null)[]): Gauge {
  const low = op === '~' ? value - aboutMargin(value) : value
  const high = op === '~' ? value + aboutMargin(value) : (upper ?? value)
  const known = [low, high, ...others.filter((other): other is number => other !== null)]
  let min = Math.min(...known)
  let max = Math.max(...known)
  const spread = max - min || Math.abs(max) || 1
  // An axis from 0 is the honest one for amounts; figures that all lie close together keep their own.
  if (min >= 0 && min < spread * 4) min = 0
  else min -= spread * 0.15
  max += (max - min) * 0.12 || 1
  const zone: [number, number] = op === '<=' ? [min, value] : op === '>=' ? [value, max] : [low, high]
  const at = (point: number) => Math.max(0, Math.min(100, ((point - min) / (max - min)) * 100))
  return { min, max, zone, at }
}

/**
 * Round ends for the axis of a chart that shows these values: from 0 where that is honest (amounts that do not all lie
 * close together), else from a round number below the least; null for nothing to show.
 */
export function axisEnds(values: readonly number[]): { min: number; max: number } | null {
  if (values.length === 0) return null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const spread = high - low || Math.abs(high) || 1
  const step = roundStep(spread / 4)
  const settle = (steps: number) => Number((steps * step).toPrecision(12))
  const min = low >= 0 && low < spread * 4 ? 0 : settle(Math.floor(low / step))
  const max = settle(Math.ceil(high / step))
  return { min, max: max === min ? settle(max / step + 1) : max }
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((times) => times * power >= least * 0.999999) ?? 10)
}
