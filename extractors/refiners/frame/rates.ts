import { RATE_OF_GROWTH_NOUNS, RATE_OF_REDUCTION_NOUNS } from '../../lexicon/changes.ts'
import { GROWTHS_ALONE } from '../../lexicon/elided.ts'

const RATES: readonly string[] = [...RATE_OF_GROWTH_NOUNS, ...RATE_OF_REDUCTION_NOUNS]

/** The name of a growth without its tail: 地区生产总值年均增速 → 地区生产总值. */
export function withoutRate(name: string): string {
  const noun = RATES.find((word) => name.endsWith(word))
  return noun ? name.slice(0, -noun.length).replace(/年均$|平均$/, '') : name
}

/** Whether a growth does not say of what: 年均增速, 同比增长. */
export const isBareGrowth = (name: string): boolean => GROWTHS_ALONE.has(name.replace(/^(?:年均|平均|同比)/, ''))
