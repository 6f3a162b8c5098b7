import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { isLevel, shareHead, shareTail, splitNames, tailOf } from './list-names.ts'
import { leadingVerb, stripClosing, stripOpening, withoutTimes } from './words.ts'

/** 两者均提高到90%: the two named last. */
const PAIR = /^(?:两者|二者|两项|两项指标)$/

/** 床位数、诊疗量均占总量的比例: shares of one whole. */
const PARTS_OF_WHOLE = /^(.{4,40}?)(?:均|都|分别)占(.{2,20})$/

/** 均, 都, 各 before one number: every name of the list before it gets the number (A率和B率均超过70%, 获批A、B、C各1个). */
export const each: Refiner = {
  name: 'each',
  reads: ['dealtFrom', 'fragment', 'indicator', 'left', 'measure', 'quantity'],
  writes: ['indicator'],
  run: (view) => {
    for (const draft of standing(view)) {
      const dealt = dealtBack(view, draft)
      if (dealt.length >= 2) {
        share(
          view,
          draft,
          dealt.map(({ indicator }) => indicator),
        )
        continue
      }
      if (PAIR.test(draft.indicator)) {
        const before = standing(view).filter((other) => other.quantity.start < draft.quantity.start)
        if (before.length >= 2)
          share(
            view,
            draft,
            before.slice(-2).map(({ indicator }) => indicator),
          )
        continue
      }
      const parts = PARTS_OF_WHOLE.exec(draft.indicator)
      const owners = parts ? splitNames(parts[1] as string) : []
      if (parts && owners.length >= 2) {
        share(
          view,
          draft,
          shareHead(owners).map((name) => `${name}占${parts[2] as string}`),
        )
        continue
      }
      const word = eachWord(view, draft) ?? (areRates(draft) ? '均' : null)
      if (!word || draft.indicator === '') continue
      const verb = word === '各' ? leadingVerb(draft.indicator) : ''
      const verbs = splitNames(verb)
      if (verbs.length > 1) {
        share(
          view,
          draft,
          verbs.map((each) => each + draft.indicator.slice(verb.length)),
        )
        continue
      }
      const names = splitNames(draft.indicator.slice(verb.length))
      // 「城乡居民收入分别增长7%」: two, town and country.
      if (names.length === 1 && word === '均' && (names[0] as string).includes('城乡居民') && isDealtOut(view, draft)) {
        share(
          view,
          draft,
          ['城镇', '农村'].map((place) => draft.indicator.replace('城乡', place)),
        )
        continue
      }
      if (names.length < 2) continue
      // Counted things (各2个) have whole names; only levels lean on the last one.
      const full = word === '各' && !names.slice(0, -1).some(isLevel) ? shareHead(names) : shareHead(shareTail(names))
      // 入园人次、门票收入均增长6%: 均 before a change says that each of them changes.
      const changes = draft.measure !== 'level' && word === '均' && full.every((name) => name.length >= 4)
      if (word !== '各' && !changes && !full.every((name) => tailOf(name) !== '')) continue
      share(
        view,
        draft,
        full.map((name) => verb + name),
      )
    }
  },
}

/** Puts one draft for each name in the place of the draft that had them all. */
function share(view: SentenceView, draft: Draft, names: readonly string[]): void {
  const copies = names.map((indicator): Draft => ({
    ...draft,
    indicator,
    evidence: [...draft.evidence],
    doubts: [...draft.doubts],
    reasons: { ...draft.reasons, indicator: { range: draft.reasons.indicator?.range ?? null, rule: 'each' } },
  }))
  view.drafts.splice(view.drafts.indexOf(draft), 1, ...copies)
}

/** 「A突破3万人次，B达到2亿元，分别增长9%」: those named before, where 分别 stands before one number without words of its own. */
function dealtBack(view: SentenceView, draft: Draft): Draft[] {
  const words = stripOpening(withoutTimes(view, { start: draft.left.start, end: draft.quantity.start }))
  if (draft.dealtFrom !== null || !isDealtOut(view, draft) || stripClosing(words.replace(CHANGED, '')) !== '') return []
  const before: Draft[] = []
  for (const other of standing(view)
    .filter(({ quantity }) => quantity.start < draft.quantity.start)
    .reverse()) {
    const last = before[0]?.fragment ?? draft.fragment
    if (last - other.fragment > 1 || other.measure === draft.measure) break
    before.unshift(other)
  }
  return before
}

const isDealtOut = (view: SentenceView, draft: Draft): boolean =>
  view.text.slice(draft.left.start, draft.quantity.start).includes('分别')

const CHANGED = /(?:增长|下降|提高|降低|减少|增加|提升|削减|压减)$/

/** 「A率和B率达100%」: two whole rates joined by 和 share the number without 均. */
const areRates = ({ indicator, quantity }: Draft): boolean => {
  if (quantity.kind !== 'percent' || !indicator.includes('率')) return false
  const names = splitNames(indicator)
  return names.length >= 2 && names.every((name) => /率$/.test(name) && name.length >= 4)
}

function eachWord(view: SentenceView, draft: Draft): '各' | '均' | null {
  const single =
    view.text.startsWith('分别', draft.left.end) ||
    /分别(?:比[^,]{2,12})?$/.test(view.text.slice(draft.left.start, draft.left.end).replace(CHANGED, ''))
  // 分别 before one number shares it out, unless the writer puts 分别 before every number.
  if (single && view.text.slice(view.sentence.start, view.sentence.end).split('分别').length === 2) return '均'
  const before = view.text.slice(Math.max(draft.left.start, draft.left.end - 3), draft.left.end)
  if (/各$/.test(before)) return '各'
  // A和B均增长20%: the verb of change stands between.
  const changed = view.text.slice(Math.max(draft.left.start, draft.left.end - 6), draft.left.end)
  if (/(?<![年平人户])[均都](?:同比)?$/.test(changed.replace(CHANGED, '')) && CHANGED.test(changed)) return '均'
  if (/[均都]$/.test(before) || /均[达超不]/.test(view.text.slice(draft.left.end, draft.quantity.start))) return '均'
  return null
}
