import { type Findings, scoreText } from './score-text.ts'
import { type Accuracy, type Attribute, ATTRIBUTES, type Figure, FIGURES, type Rates, ratesOf, Tally } from './tally.ts'
import type { ScoredText } from './types.ts'

export interface Score {
  figures: Record<Figure, Rates>
  /** Share of matched quantities whose attribute is right, null where none has it. */
  attributes: Record<Attribute, Accuracy & { accuracy: number | null }>
  findings: Findings
}

/** Scores findings against annotations. */
export function score(texts: readonly ScoredText[]): Score {
  const tally = new Tally()
  const findings: Findings = { missed: [], spurious: [], wrong: [] }
  for (const text of texts) scoreText(text, tally, findings)
  const figures = Object.fromEntries(FIGURES.map((figure) => [figure, ratesOf(tally.counts[figure])])) as Record<
    Figure,
    Rates
  >
  const attributes = Object.fromEntries(
    ATTRIBUTES.map((attribute) => {
      const { ok, of } = tally.attributes[attribute]
      return [attribute, { accuracy: of > 0 ? ok / of : null, ok, of }]
    }),
  ) as Score['attributes']
  return { figures, attributes, findings }
}
