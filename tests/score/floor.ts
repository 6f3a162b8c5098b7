import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Score } from './score.ts'
import { type Attribute, ATTRIBUTES, type Figure, FIGURES } from './tally.ts'

/** Least F1 of each figure and least accuracy of each attribute, 0–1. */
export interface Floor {
  /** Names of the texts: the floor is that of exactly these. */
  texts: string[]
  f1: Record<Figure, number>
  accuracy: Record<Attribute, number>
}

export type Floors = Record<'demo' | 'gazettes', Floor>

const FILE = fileURLToPath(new URL('../score-floor.json', import.meta.url))

export const readFloors = (): Floors => JSON.parse(readFileSync(FILE, 'utf8')) as Floors
export const writeFloors = (floors: Floors): void => writeFileSync(FILE, `${JSON.stringify(floors, null, 2)}\n`)

/** The floor that is set for exactly these texts, null where none is. */
export function floorOf(floors: Floors, names: readonly string[]): keyof Floors | null {
  const found = (Object.keys(floors) as (keyof Floors)[]).find((key) => floors[key].texts.join() === names.join())
  return found ?? null
}

/** Every figure below its floor, in words. */
export function below(floor: Floor, { figures, attributes }: Score): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const shortfall = (name: string, least: number, is: number) =>
    is < least ? [`${name} is ${percent(is)}, the floor is ${percent(least)}`] : []
  return [
    ...FIGURES.flatMap((figure) => shortfall(`F1 of ${figure}`, floor.f1[figure], figures[figure].f1)),
    ...ATTRIBUTES.flatMap((attribute) =>
      shortfall(`accuracy of ${attribute}`, floor.accuracy[attribute], attributes[attribute].accuracy ?? 1),
    ),
  ]
}

/** The floor lifted to what was reached, cut to a tenth of a percent. A floor never sinks. */
export function raised(floor: Floor, { figures, attributes }: Score): Floor {
  const cut = (share: number) => Math.floor(share * 1000 + 1e-9) / 1000
  return {
    texts: floor.texts,
    f1: Object.fromEntries(
      FIGURES.map((figure) => [figure, Math.max(floor.f1[figure], cut(figures[figure].f1))]),
    ) as Floor['f1'],
    accuracy: Object.fromEntries(
      ATTRIBUTES.map((attribute) => [
        attribute,
        Math.max(floor.accuracy[attribute], cut(attributes[attribute].accuracy ?? 0)),
      ]),
    ) as Floor['accuracy'],
  }
}
