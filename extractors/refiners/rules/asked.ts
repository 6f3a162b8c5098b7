import type { CueAgainst } from '../../lexicon/evidence-weights.ts'
import type { Draft, SentenceView } from '../draft.ts'

/** A number of which is asked whether it is a parameter of a rule, with the words around it in its part of the sentence. */
export interface Asked {
  readonly view: SentenceView
  readonly draft: Draft
  /** All words of its part. */
  readonly words: string
  /** Those before the number, without the label of an item. */
  readonly before: string
  /** Those behind it and its comparator. */
  readonly behind: string
  /** Whether its sentence speaks of payments. */
  readonly pays: boolean
}

/** One way in which a number is no promise, and the cue that says so. */
export interface WayOut {
  readonly cue: CueAgainst
  readonly when: (asked: Asked) => boolean
}
