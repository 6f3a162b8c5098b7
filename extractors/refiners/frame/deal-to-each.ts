import { RATE_OF_GROWTH_NOUNS, VERBS_OF_CHANGE } from '../../lexicon/changes.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import type { Draft, SentenceView } from '../draft.ts'
import { standing } from '../draft.ts'
import { isBareMeasure, isLevel, ownerOf, shareHead, shareTail, splitNames, tailOf } from '../list-names.ts'
import { stripClosing, stripOpening, withoutTimes } from '../words.ts'
import { allWords, filled, type Frame, openingVerb, renamed, verbAndThing, withoutVerb } from './frame.ts'
import { membersOf } from './names-of-list.ts'

/** 两者均提高到90%: the two named last. */
const PAIR = /^(?:两者|二者|两项|两项指标)$/
/** 床位数、诊疗量均占总量的比例: shares of one whole. */
const PARTS_OF_WHOLE = /^(.{4,40}?)(?:均|都|分别)占(.{2,20})$/

/**
 * Deals one number out to every name of the list before it: 均, 都, 各, 分别 say that it is said of each (A率和B率均超过70%,
 * 获批A、B、C各1个). Puts one draft for each name in the place of the draft that had them all.
 */
export function dealToEach(view: SentenceView, draft: Draft): void {
  const frames = framesOfEach(view, draft)
  if (frames.length < 2) return
  const copies = frames.map((frame): Draft => ({
    ...draft,
    frame,
    evidence: [...draft.evidence],
    doubts: [...draft.doubts],
    reasons: { ...draft.reasons },
  }))
  view.drafts.splice(view.drafts.indexOf(draft), 1, ...copies)
}

/** The frames that share the number of a draft; none where it is of one thing. */
function framesOfEach(view: SentenceView, draft: Draft): Frame[] {
  const { frame } = draft
  const dealt = dealtBack(view, draft)
  if (dealt.length >= 2) return dealt.map((other) => sameAs(other, frame))
  if (PAIR.test(frame.name)) {
    const before = standing(view).filter((other) => other.quantity.start < draft.quantity.start)
    return before.slice(-2).map((other) => sameAs(other, frame))
  }
  const [, parts, whole] = PARTS_OF_WHOLE.exec(frame.name) ?? []
  const shares = parts === undefined ? [] : shareHead(splitNames(parts))
  if (shares.length >= 2) return shares.map((owner) => listed(frame, { thing: owner, measure: `占${whole as string}` }))
  const owners = isBareMeasure(frame.name) && eachWord(view, draft) ? dealtBefore(view, draft) : []
  if (owners.length >= 2)
    return owners.map((owner) =>
      filled(frame, { from: 'number-before', rule: 'each', slots: { owner: ownerOf(owner.frame.name) } }),
    )
  const alike = changeAlike(draft)
  if (alike.length > 0 && eachWord(view, draft) === null) return alike.map((name) => listed(frame, verbAndThing(name)))
  const word = eachWord(view, draft) ?? (areRates(draft) ? '均' : null)
  if (!word || frame.name === '') return []
  return ofList(view, draft, word)
}

/** The frames of the names in a list that one number is said of. */
function ofList(view: SentenceView, draft: Draft, word: '各' | '均'): Frame[] {
  const { frame, measure } = draft
  const verb = word === '各' ? openingVerb(frame) : ''
  const verbs = splitNames(verb)
  if (verbs.length > 1) return verbs.map((one) => listed(frame, { verb: one, thing: withoutVerb(frame) }))
  const names = splitNames(frame.name.slice(verb.length))
  // 「城乡居民收入分别增长7%」: two, town and country.
  const members =
    names.length === 1 && word === '均' && isDealtOut(view, draft) ? membersOf('城乡居民', frame.name) : []
  if (members.length > 0) return members.map((name) => listed(frame, verbAndThing(name)))
  if (names.length < 2) return []
  // Counted things (各2个) have whole names; only levels lean on the last one.
  const full = word === '各' && !names.slice(0, -1).some(isLevel) ? shareHead(names) : shareHead(shareTail(names))
  // 入园人次、门票收入均增长6%: 均 before a change says that each of them changes.
  const changes = measure !== 'level' && word === '均' && full.every((name) => name.length >= 4)
  if (word !== '各' && !changes && !full.every((name) => tailOf(name) !== '')) return []
  return full.map((name) => listed(frame, verb === '' ? verbAndThing(name) : { verb, thing: name }))
}

const listed = (frame: Frame, slots: { verb?: string; thing: string; measure?: string }): Frame =>
  renamed(frame, { from: 'list', rule: 'each', slots, range: frame.range })

const sameAs = (other: Draft, frame: Frame): Frame =>
  renamed(frame, { from: 'number-before', rule: 'each', slots: allWords(other.frame), range: frame.range })

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

/** 「化肥、农药使用量分别减少5%、8%，利用率均达到43%」: the numbers of the list before, where each of them has an owner. */
function dealtBefore(view: SentenceView, draft: Draft): Draft[] {
  const before = standing(view).filter(({ quantity }) => quantity.start < draft.quantity.start)
  const last = before.at(-1)
  if (!last || last.dealtFrom === null || draft.fragment - last.fragment > 1) return []
  const group = before.filter(({ dealtFrom }) => dealtFrom === last.dealtFrom)
  return group.every(({ frame }) => ownerOf(frame.name) !== '') ? group : []
}

const isDealtOut = (view: SentenceView, draft: Draft): boolean =>
  view.text.slice(draft.left.start, draft.quantity.start).includes('分别')

const CHANGED = new RegExp(`(?:${anyOf(VERBS_OF_CHANGE)})$`)

/** 「A率和B率达100%」: two whole rates joined by 和 share the number without 均. */
const areRates = ({ frame: { name, unit } }: Draft): boolean => {
  if (unit.kind !== 'percent' || !name.includes('率')) return false
  const names = splitNames(name)
  return names.length >= 2 && names.every((one) => /率$/.test(one) && one.length >= 4)
}

/** 「消费品零售额、固定资产投资增长4%」, 「水运、航空货运增速达到8%」: two or three measures change by one share, each of them; their names. */
function changeAlike({ frame: { name, unit }, measure }: Draft): string[] {
  if ((unit.kind !== 'percent' && unit.kind !== 'multiple') || measure === 'level' || !LISTS.test(name)) return []
  // 药物和制品、电力、旅游: where 、 parts the list, 和 joins the words of one, or the last two.
  const parts = name.split('、')
  const names = [...parts.slice(0, -1), ...splitNames(parts.at(-1) as string)]
  if (names.length < 2 || names.length > 3) return []
  const rate = RATE_AT_END.exec(name)?.[0]
  const whole =
    rate && !(names.at(-1) as string).includes('等') ? names.slice(0, -1).map((one) => one + rate) : names.slice(0, -1)
  const all = [...whole, names.at(-1) as string]
  return all.every((one) => one.length >= 3 && tailOf(one) !== '') ? all : []
}
const LISTS = /[、和及与]/
const RATE_AT_END = new RegExp(`(?:${anyOf(RATE_OF_GROWTH_NOUNS)})$`)

function eachWord(view: SentenceView, draft: Draft): '各' | '均' | null {
  const single =
    view.text.startsWith('分别', draft.left.end) ||
    /分别(?:比[^,]{2,12})?$/.test(view.text.slice(draft.left.start, draft.left.end).replace(CHANGED, ''))
  if (single && dealsOut(view)) return '均'
  const before = view.text.slice(Math.max(draft.left.start, draft.left.end - 3), draft.left.end)
  if (/各$/.test(before)) return '各'
  // A和B均增长20%: the verb of change stands between.
  const changed = view.text.slice(Math.max(draft.left.start, draft.left.end - 6), draft.left.end)
  if (/(?<![年平人户])[均都](?:同比)?$/.test(changed.replace(CHANGED, '')) && CHANGED.test(changed)) return '均'
  if (/(?:[均都]|全部)$/.test(before) || /均[达超不]/.test(view.text.slice(draft.left.end, draft.quantity.start)))
    return '均'
  return null
}

/** 分别 before one number shares it out, unless the writer puts 分别 before every number, of one thing as well. */
function dealsOut({ text, sentence, fragments }: SentenceView): boolean {
  if (text.slice(sentence.start, sentence.end).split('分别').length === 2) return true
  return fragments.every(({ start, end }) => {
    const [names, ...behind] = text.slice(start, end).split('分别')
    return behind.length === 0 || LISTS.test(names as string)
  })
}
