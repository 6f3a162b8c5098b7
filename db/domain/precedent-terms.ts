import { idsOf } from './vocabulary.ts'

/** Why a unit is proposed for a target that names none: what it was given before. */
export const PRECEDENT_TITLES = { indicator: '承办过同一指标', words: '承办过相近事项' } as const
export type Precedent = keyof typeof PRECEDENT_TITLES
export const PRECEDENTS = idsOf(PRECEDENT_TITLES)
