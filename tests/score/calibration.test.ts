import { describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import { corpusFolder, corpusIn, DEMO, readCorpus } from './corpus.ts'
import { score } from './score.ts'

/** What the confidence promises: of quantities at 0.9 and above nine in ten stand as they are. */
const SURE = 0.9
const STAND = 0.9

const folder = corpusFolder()

describe('confidence means what it says', () => {
  test("on the demo's documents", () => expectCalibrated(DEMO))

  test.skipIf(!folder)('on the corpus outside the repository', () => expectCalibrated(corpusIn(folder ?? '')))
})

function expectCalibrated(corpus: typeof DEMO): void {
  const texts = readCorpus(corpus).map((text) => ({ ...text, prediction: extract(text.raw) }))
  const { wrong, spurious } = score(texts).findings
  const bad = new Set([
    ...wrong.map(({ text, predicted }) => `${text}:${predicted.start}`),
    ...spurious.map(({ text, item }) => `${text}:${item.start}`),
  ])
  const quantities = texts.flatMap(({ name, raw, gold, prediction }) => {
    const ranges = gold.filter((item) => item.kind === 'range')
    const isAnnotated = (start: number): boolean => {
      const line = raw.slice(0, start).split('\n').length
      return ranges.length === 0 || ranges.some(({ from, to }) => line >= from && line <= to)
    }
    return prediction.targets.flatMap((found) =>
      found.kind === 'quantity' && isAnnotated(found.start) ? [{ name, ...found }] : [],
    )
  })
  const share = (found: typeof quantities): number =>
    found.filter(({ name, start }) => !bad.has(`${name}:${start}`)).length / found.length
  const sure = quantities.filter(({ confidence }) => confidence >= SURE)
  const doubted = quantities.filter(({ confidence }) => confidence < SURE)
  console.log(
    `${sure.length} sure: ${share(sure).toFixed(3)} stand; ${doubted.length} doubted: ${share(doubted).toFixed(3)}`,
  )
  expect(share(sure)).toBeGreaterThanOrEqual(STAND)
}
