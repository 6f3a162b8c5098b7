import type { Refiner } from '../draft.ts'
import { drop, standing } from '../draft.ts'
import { dealToEach } from './deal-to-each.ts'
import { fillAlone, fillFrom, fillFromBehind } from './fill.ts'
import { beforeNoun } from './frame.ts'
import { ownFrame } from './own.ts'
import { ABOVE, BEHIND, BESIDE, COMPARED } from './sources.ts'

/**
 * Fills the frame of every number: its name from its own part, then from what stands beside it, and last from what stands
 * above it; when every name is known, how the value compares.
 * One number that is said of several names becomes as many; a number that found no name is taken out.
 */
export const frames: Refiner = {
  name: 'frames',
  reads: [
    'after',
    'before',
    'dealtFrom',
    'fragment',
    'frame',
    'inList',
    'left',
    'measure',
    'quantity',
    'right',
    'unit',
  ],
  writes: ['comparator', 'frame'],
  run: (view) => {
    // A number that a 分别 has dealt a name to has its own.
    for (const draft of standing(view)) if (beforeNoun(draft.frame) === '') draft.frame = ownFrame(view, draft)
    fillFromBehind(view, BEHIND)
    fillFrom(view, BESIDE)
    for (const draft of standing(view)) dealToEach(view, draft)
    fillFrom(view, ABOVE)
    for (const draft of standing(view)) if (draft.frame.name === '') drop(draft, 'frame/nameless')
    fillAlone(view, COMPARED)
  },
}
