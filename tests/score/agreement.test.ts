import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import { type AnnotatedText, corpusFolder, corpusIn, readCorpus } from './corpus.ts'
import { score } from './score.ts'
import type { GoldItem, PredictedDuty, PredictedMilestone, PredictedQuantity, Prediction } from './types.ts'

/** The scorer that came with the corpus is the measure; this one must not differ from it in any digit. */
const folder = corpusFolder()
const scorer = join(folder ?? '', 'score', 'score.mjs')

describe.skipIf(!folder || !existsSync(scorer))('agrees with the scorer beside the corpus', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'zhengbiao-score-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  const corpus = folder ? readCorpus(corpusIn(folder)) : []

  test('on what the extractors find', () => {
    expectAgreement(corpus.map((text) => ({ ...text, prediction: extract(text.raw) })))
  })

  test('on annotations that were shifted, changed, dropped and added to', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expectAgreement(corpus.map((text) => ({ ...text, prediction: spoil(text, seed) })))
      }),
      { numRuns: 8 },
    )
  })

  function expectAgreement(texts: (AnnotatedText & { prediction: Prediction })[]) {
    const file = join(scratch, 'predictions.json')
    writeFileSync(
      file,
      JSON.stringify({ files: texts.map(({ name, prediction }) => ({ file: `${name}.txt`, ...prediction })) }),
    )
    const theirs: unknown = JSON.parse(
      execFileSync(
        process.execPath,
        [scorer, file, join(folder ?? '', 'gold'), '--texts', join(folder ?? '', 'seeds'), '--json'],
        { encoding: 'utf8', timeout: 240_000 },
      ),
    )
    const { figures, attributes } = score(texts)
    expect({ ...figures, attributes }).toEqual(theirs)
  }
})

/** Predictions that are right in places: the annotations themselves, spoilt by a small generator of its own. */
function spoil({ raw, gold }: AnnotatedText, seed: number): Prediction {
  let state = seed >>> 0 || 1
  const chance = (share: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 < share
  }
  const starts = [0]
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) starts.push(at + 1)
  const startOf = (item: GoldItem) => {
    const line = item.kind === 'range' ? item.from : item.line
    return starts[line - 1 + (chance(0.1) ? 1 : 0) + (chance(0.05) ? 2 : 0)] ?? 0
  }
  const deadlineOf = (deadline: string | null) => (chance(0.1) ? (chance(0.5) ? null : '2031-12-31') : deadline)
  const targets: (PredictedQuantity | PredictedMilestone)[] = []
  const duties: PredictedDuty[] = []
  for (const item of gold) {
    if (item.kind === 'range' || chance(0.1)) continue
    const units = chance(0.1)
      ? { lead: [], responsible: [...item.responsible, '另一单位等'] }
      : { lead: item.lead, responsible: item.responsible, support: item.support }
    const start = startOf(item)
    for (let copies = chance(0.05) ? 2 : 1; copies > 0; copies--) {
      if (item.kind === 'duty') duties.push({ clause: item.clause.slice(0, 12), start, ...units })
      else if (item.kind === 'milestone')
        targets.push({
          kind: 'milestone',
          task: item.task.slice(2),
          deadline: deadlineOf(item.deadline),
          start,
          ...units,
        })
      else {
        targets.push({
          kind: 'quantity',
          start,
          ...units,
          deadline: deadlineOf(item.deadline),
          indicator: chance(0.2) ? item.indicator.slice(Math.ceil(item.indicator.length / 3)) : `（${item.indicator}）`,
          op: chance(0.05) ? '~' : item.op,
          measure: chance(0.05) ? 'growth' : item.measure,
          per: chance(0.1) ? 'year' : item.per,
          value: chance(0.1) && typeof item.value === 'number' ? item.value * 1e4 : item.value,
          unit: chance(0.1) ? `万${item.unit}` : item.unit,
          baseline: chance(0.1) ? { value: 5, unit: null, period: null } : item.baseline,
        })
      }
    }
  }
  return { targets, duties }
}
