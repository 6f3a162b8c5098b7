import { expect, it } from 'vitest'
import { fuzzApi } from './api-fuzz.ts'
import { printFigures } from './figures.ts'

/** By hand: `npm run attack -- fuzz CALLS SEED`. */
const CALLS = 2_000

it(`${CALLS} calls by the description of the API, right and wrong, are answered without a 500`, async () => {
  const { calls, operations, succeeded, done, failures } = await fuzzApi(CALLS, 20_260_630)
  printFigures('API fuzz', {
    calls,
    operations,
    'of them answered 2xx at least once': succeeded,
    'answered 2xx': done,
    'answered 5xx': failures.length,
  })
  expect(failures).toEqual([])
  // It gets past the checks often enough to mean something.
  expect(done).toBeGreaterThan(calls / 5)
})
