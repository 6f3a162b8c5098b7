import type { Draft, SentenceView } from '../draft.ts'
import { standing } from '../draft.ts'
import { stripClosing, stripOpening, withoutTimes } from '../words.ts'
import type { Fill, Frame } from './frame.ts'
import type { DoubtCue } from '../../lexicon/confidence-weights.ts'

/** What stands around a number while its frame is filled. Frames of the numbers before it are whole. */
export interface Situation {
  readonly view: SentenceView
  readonly draft: Draft
  /** The number before it; null where it is the first. */
  readonly previous: Draft | null
  /** The number behind it, of which only its own part is known. */
  readonly next: Draft | null
  /** The thing that was counted last before it. */
  readonly counted: Draft | null
  /** The rate of a whole that was told last before it, of which parts may follow. */
  readonly rated: Draft | null
}

/** What a source found, and how it makes the name doubtful where it does. */
export interface Found extends Fill {
  doubt?: DoubtCue
}

/** Where words for a frame may be found: says which slots it would fill, and changes nothing. */
export type Source = (frame: Frame, situation: Situation) => Found | null

/** Whether words of the number's own stand behind it. */
export const hasWordsBehind = ({ right }: Draft): boolean => right.end !== right.start

/** Whether a number stands in a part of the sentence. */
export const holdsNumber = (view: SentenceView, part: number): boolean =>
  standing(view).some(({ fragment }) => fragment === part)

/** 90%和98%, 20、30公里: nothing but a joint parts two numbers of a list. */
export const areSideBySide = ({ text }: SentenceView, first: Draft, second: Draft): boolean =>
  JOINT.test(
    text.slice(
      first.after ? first.after.end : first.quantity.end,
      second.before ? second.before.start : second.quantity.start,
    ),
  )
const JOINT = /^(?:[、,和及与或]|以及)$/

/** A subject longer than this is a sentence of its own, in characters. */
const LONGEST_PART = 40

/** What the part before is about, up to its predicate; empty where a stop parts it or it is too long. */
export function partBefore({ view, draft }: Situation): string {
  const fragment = view.fragments[draft.fragment - 1]
  if (!fragment || !/[,;:]/.test(fragment.mark)) return ''
  const whole = stripClosing(stripOpening(withoutTimes(view, fragment)))
  const predicate = whole.search(
    /确保|力争|争取|完成(?!的)|达到|保持|实现|得到|持续|进一步|稳步|不断|明显|显著|逐步|逐年|大幅/,
  )
  const words = predicate >= 3 ? whole.slice(0, predicate) : whole
  return words.length <= LONGEST_PART ? words : ''
}
