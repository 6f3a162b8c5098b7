import { endsInPlace } from '../../../lexicon/places.ts'
import { isLevel } from '../../list-names.ts'
import type { Draft, SentenceView } from '../../draft.ts'
import { hasWordsBehind, type Source } from '../situation.ts'

/** A rate, with what a bracket says of it. */
const RATE = /(?:率|比例|比重|占比)(?:\([^()]{1,30}\))?$/
const WHOLE = /^(?:全[国省市县区州盟旗]|我[省市县区])/

export const isRate = (name: string): boolean => RATE.test(name)

/** Whether a share is told of a part (其中…) of what the rate beside it is told of. */
export function isOfPart(view: SentenceView, draft: Draft, rated: Draft): boolean {
  const fragment = view.fragments[draft.fragment]
  return (
    draft.frame.unit.kind === 'percent' &&
    draft.fragment - rated.fragment <= 1 &&
    fragment !== undefined &&
    /^其中/.test(view.text.slice(fragment.start, fragment.end)) &&
    !hasWordsBehind(draft)
  )
}

/** 全市优良率为81%，其中**甲河流域**80%、**乙河流域**100%: the rate of a part. */
export const rateOfPart: Source = (frame, { view, draft, rated }) =>
  rated && isOfPart(view, draft, rated) && (endsInPlace(frame.name) || isLevel(frame.name))
    ? {
        from: 'number-before',
        rule: 'rate-of-part',
        slots: { measure: rated.frame.name.replace(WHOLE, '') },
        doubt: 'name-shared',
      }
    : null
