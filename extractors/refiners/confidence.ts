import { DOUBTS, SURE } from '../lexicon/confidence-weights.ts'
import { KEEP_FROM } from '../lexicon/evidence-weights.ts'
import type { Doubt, Draft, Refiner } from './draft.ts'
import { doubt, standing } from './draft.ts'
import { wordsIn } from './frame/frame.ts'

const SHORTEST_NAME = 4
const LONGEST_NAME = 26

/** Notes what is doubtful of each number as a whole. */
export const confidence: Refiner = {
  name: 'confidence',
  reads: ['before', 'after', 'frame', 'quantity'],
  writes: [],
  run: (view) => {
    for (const draft of standing(view)) if (draft.quantity.form !== 'cell') judge(draft)
  },
}

function judge(draft: Draft): void {
  const sum = draft.evidence.reduce((total, { weight }) => total + weight, 0)
  if (sum < KEEP_FROM + 0.5) doubt(draft, 'kind', 'hardly-promised')
  else if (sum < KEEP_FROM + 1.5) doubt(draft, 'kind', 'weakly-promised')
  if (draft.frame.name.length < SHORTEST_NAME) doubt(draft, 'indicator', 'name-short')
  else if (draft.frame.name.length > LONGEST_NAME) doubt(draft, 'indicator', 'name-long')
  if (draft.before === null && draft.after === null && wordsIn(draft.frame, 'verb') === '')
    doubt(draft, 'indicator', 'bare-statement')
}

/** The confidence that is left, 0–1. */
export const sureness = (doubts: readonly Doubt[]): number => doubts.reduce((sure, { cue }) => sure * DOUBTS[cue], SURE)
