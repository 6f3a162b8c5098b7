import { describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import { corpusFolder, corpusIn, DEMO, readCorpus } from './corpus.ts'
import { below, type Floor, floorOf, raised, readFloors } from './floor.ts'
import { table } from './report.ts'
import { score } from './score.ts'

const floors = readFloors()
const folder = corpusFolder()
const measure = (corpus: typeof DEMO) =>
  score(readCorpus(corpus).map((text) => ({ ...text, prediction: extract(text.raw) })))

describe('the extractors are never worse than they were', () => {
  test("on the demo's documents", () => {
    const result = measure(DEMO)
    console.log(`demo\n${table(result)}`)
    expect(
      floorOf(
        floors,
        readCorpus(DEMO).map(({ name }) => name),
      ),
    ).toBe('demo')
    expect(below(floors.demo, result)).toEqual([])
  })

  test.skipIf(!folder)('on the corpus outside the repository', () => {
    const corpus = corpusIn(folder ?? '')
    const result = measure(corpus)
    console.log(`${folder}\n${table(result)}`)
    const floor = floorOf(
      floors,
      readCorpus(corpus).map(({ name }) => name),
    )
    // Another corpus than the gazettes has no floor: its figures are printed only.
    if (floor) expect(below(floors[floor], result)).toEqual([])
  })
})

describe('a floor', () => {
  const flat = (share: number): Floor => ({
    texts: ['a'],
    f1: { quantity: share, full: share, milestone: share, duty: share, dutyUnits: share },
    accuracy: {
      op: share,
      unit: share,
      measure: share,
      per: share,
      deadline: share,
      indicator: share,
      baseline: share,
      units: share,
    },
  })
  const empty = score([])

  test('names every figure that is below it', () => {
    const found = below(flat(0.5), empty)
    expect(found).toHaveLength(5)
    expect(found[0]).toBe('F1 of quantity is 0.00 %, the floor is 50.00 %')
  })

  test('is met exactly at its own height', () => expect(below(flat(0), empty)).toEqual([]))

  test('rises and never sinks', () => {
    const half = { ...empty, figures: { ...empty.figures, quantity: { ...empty.figures.quantity, f1: 0.98765 } } }
    expect(raised(flat(0.5), half).f1).toEqual({ ...flat(0.5).f1, quantity: 0.987 })
  })
})
