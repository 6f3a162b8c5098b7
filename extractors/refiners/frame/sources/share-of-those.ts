import { PREDICATES_OF_SHARES } from '../../../lexicon/elided.ts'
import { anyOf } from '../../../parsers/word-finder.ts'
import { firstVerb } from '../../verb-words.ts'
import { wordsIn } from '../frame.ts'
import { partBefore, type Source } from '../situation.ts'

/** A name that says itself what its per cent are of, that is measured in per cent by its nature, or how far one work is. */
const MEASURED =
  /(?:[率度量额]|比例|占比|比重|指数|系数|面积|面|份额|目标|任务|总数|人数|户数|标准|水平|收入|投资|增加值|产值|完成|竣工|开工)(?:\([^()]{1,30}\))?$|占|比例|比重|全覆盖/
/** A predicate that is no verb of delivery: 村庄**通**公交, 学校**达到**标准. */
const PREDICATES = anyOf([
  ...PREDICATES_OF_SHARES,
  '达标',
  '得到',
  '取得',
  '通过',
  '进入',
  '接受',
  '享受',
  '实行',
  '采用',
  '安装',
  '落户',
  '入驻',
])
const PREDICATE = new RegExp(`.{2}(?:${PREDICATES}|[通有])`)
/** Shorter words are a rate without its ending (森林覆盖), in characters. */
const SHORTEST = 6

/** 「行政村通班车达到98%」, 「95%以上的猪场建有粪池」: a share of those who do something is called a share. */
export const shareOfThose: Source = (frame, { draft }) => {
  const { name } = frame
  if (draft.frame.unit.kind !== 'percent' || draft.measure !== 'level' || name.length < SHORTEST) return null
  if (MEASURED.test(name)) return null
  const verb = firstVerb(name)
  // 完成总投资60%: a verb that opens the name is done to what follows, by so much.
  if (verb === 0 || (verb < 0 && !PREDICATE.test(name))) return null
  return { from: 'own', rule: 'share-of-those', slots: { measure: `${wordsIn(frame, 'measure')}的比例` } }
}

/** Whose members a share is of, in characters. */
const LONGEST_WHOLE = 24
/** How many of them the part before spoke of. */
const ALL_OF_THEM = /(?:全部|全体|基本|全面|[均都已要]){1,3}$/

/** 「**专任教师**全部达到大专学历，其中60%达到本科学历」: a share of those that the part before is about, where it has a predicate only. */
export const ownerOfPart: Source = (frame, situation) => {
  const { view, draft } = situation
  const fragment = view.fragments[draft.fragment]
  if (draft.frame.unit.kind !== 'percent' || wordsIn(frame, 'thing') !== '' || !fragment) return null
  const opening = view.text.slice(fragment.start, draft.quantity.start).trim()
  // 推动校车在2025年底前，100%安装定位装置: the date parts subject and predicate.
  const before = view.fragments[draft.fragment - 1]
  const parted = opening === '' && before !== undefined && view.times.some(({ end }) => end === before.end)
  if (!parted && opening !== '其中') return null
  if (firstVerb(frame.name) !== 0 && !BEGINS_WITH_PREDICATE.test(frame.name)) return null
  const owner = partBefore(situation)
    .replace(ALL_OF_THEM, '')
    .replace(/^[本全我你][省市县区州]/, '')
  if (owner.length < 2 || owner.length > LONGEST_WHOLE || firstVerb(owner) === 0) return null
  return { from: 'part-before', rule: 'owner-of-part', slots: { owner }, doubt: 'name-shared' }
}
const BEGINS_WITH_PREDICATE = new RegExp(`^(?:${PREDICATES}|具有)`)
