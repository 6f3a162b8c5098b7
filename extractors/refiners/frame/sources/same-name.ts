import { ACTS_OF_WORK } from '../../../lexicon/works.ts'
import { anyOf } from '../../../parsers/word-finder.ts'
import { allWords, type Frame, SLOTS, type Slot, verbAndThing } from '../frame.ts'
import { hasWordsBehind, partBefore, type Situation, type Source } from '../situation.ts'
import { withoutRate } from '../rates.ts'
import type { Draft } from '../../draft.ts'
import { standing } from '../../draft.ts'
import { isNear } from '../../words.ts'

/** A number without words of its own: it is about what the number before is about (21个、396公里), or the part before (…，力争达到90%). */
export const sameName: Source = (frame, situation) => {
  const { view, draft, previous } = situation
  if (frame.name !== '' && !isShareDone(frame, situation)) return actDone(frame, situation)
  if (previous && previous.frame.name !== '' && isNear(view, previous.fragment, draft.fragment)) {
    const same = summedUp(situation) ?? previous
    return {
      from: 'number-before',
      rule: 'same',
      slots: wordsOf(same.frame, draft),
      range: { start: same.left.start, end: same.left.end },
    }
  }
  const words = partBefore(situation)
  if (words === '') return null
  return {
    from: 'part-before',
    rule: 'same',
    slots: verbAndThing((COMPLETED.test(frame.name) ? words.replace(/^对/, '') : words).replace(ENCOURAGED, '$1')),
    range: view.fragments[draft.fragment - 1] ?? null,
    doubt: 'name-of-part-before',
  }
}

/** 新增站点5座、线路3条，总计达12座: a sum is of what was counted in its unit, not of what was told last. */
const SUM = /(?:总计|合计|共计|累计|总数)(?:达到?|为)?$/
function summedUp({ view, draft, previous }: Situation): Draft | null {
  if (!previous || previous.frame.unit.words === draft.frame.unit.words) return null
  if (!SUM.test(view.text.slice(draft.left.start, draft.quantity.start))) return null
  const counted = standing(view).filter(({ quantity }) => quantity.end <= draft.quantity.start)
  return counted.findLast(({ frame }) => frame.unit.words === draft.frame.unit.words && frame.name !== '') ?? null
}

/** **鼓励和支持**合作社**发展**，达到1.6万家. */
const ENCOURAGED = /^(?:鼓励|支持|引导|扶持|推动|促进|推进)(?:[和、]?(?:鼓励|支持|引导|扶持|推动))*([^、]{3,16})发展$/
const COMPLETED = /^(?:全面)?完成$/
/** 「对老旧院落实施改造，年底前**完成80%**」: so much of what the part before says is done. */
const isShareDone = (frame: Frame, { draft, previous }: Situation): boolean =>
  draft.frame.unit.kind === 'percent' &&
  COMPLETED.test(frame.name) &&
  !hasWordsBehind(draft) &&
  (previous === null || draft.fragment - previous.fragment > 1)

/** 「井盖**处置**，完成400个」: so many of the work that the part before names are done. */
function actDone(frame: Frame, situation: Situation): ReturnType<Source> {
  const { view, draft, previous } = situation
  if (!COMPLETED.test(frame.name) || hasWordsBehind(draft) || draft.frame.unit.kind === 'money') return null
  if (previous !== null && draft.fragment - previous.fragment <= 1) return null
  const words = partBefore(situation)
  return ENDS_IN_ACT.test(words)
    ? {
        from: 'part-before',
        rule: 'act',
        slots: { ...NOTHING, ...verbAndThing(words) },
        range: view.fragments[draft.fragment - 1] ?? null,
      }
    : null
}
const ENDS_IN_ACT = new RegExp(
  `[\u4e00-\u9fff]{2}(?:${anyOf([...ACTS_OF_WORK, '处置', '改色', '涂装', '巡检', '检修'])})$`,
)
const NOTHING = { owner: '', place: '', verb: '', thing: '', noun: '', measure: '', tail: '' }

/** What a number that says nothing itself is about, where the one before says it. */
function wordsOf(frame: Frame, { measure, frame: { unit } }: Draft): Partial<Record<Slot, string>> {
  // 增加值达到30亿元，占GDP比重达到4%，年均增长9%: what grows by per cent is what the share is of, not the share.
  const { owner, thing } = frame.slots
  if (
    measure !== 'level' &&
    unit.kind === 'percent' &&
    owner?.from === 'number-before' &&
    /^占/.test(thing?.words ?? '')
  )
    return verbAndThing(owner.words)
  return measure === 'growth' ? allWords(frame) : wordsWithoutRate(frame)
}

/** The words of a frame without the noun of a growth that closes them. */
function wordsWithoutRate(frame: Frame): Record<Slot, string> {
  const words = allWords(frame)
  const last = SLOTS.findLast((slot) => words[slot] !== '')
  if (last) words[last] = withoutRate(words[last])
  return words
}
