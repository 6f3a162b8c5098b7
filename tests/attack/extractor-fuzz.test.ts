import { expect, it } from 'vitest'
import { randomOf } from './random.ts'
import { fuzzExtractor } from './extractor-fuzz.ts'
import { printFigures } from './figures.ts'

/** By hand: `npm run attack -- extract TEXTS SEED`. */
const TEXTS = 5_000

it(`${TEXTS} made-up texts are read without an error, every span within its text`, () => {
  const { faults, ...figures } = fuzzExtractor(TEXTS, randomOf(14))
  printFigures('extractor fuzz', { ...figures, faults: faults.length })
  expect(faults.slice(0, 3)).toEqual([])
})
