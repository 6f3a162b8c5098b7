import { firstVerb } from '../../verb-words.ts'
import { wordsIn } from '../frame.ts'
import { partBefore, type Source } from '../situation.ts'

/** A name that says itself what its per cent are of, that is measured in per cent by its nature, or how far one work is. */
const MEASURED =
  /(?:[率度量额]|比例|占比|比重|指数|系数|面积|面|份额|目标|任务|总数|人数|户数|标准|水平|收入|投资|增加值|产值|完成|竣工|开工)(?:\([^()]{1,30}\))?$|占|比例|比重|全覆盖/
/** A predicate that is no verb of delivery: 村庄**通**公交, 学校**达到**标准. */
const PREDICATE = /.{2}(?:通|达到|达标|得到|纳入|进入|拥有|具备|配备|接受|参加|实行|采用|享受|落户|入驻|有)/
/** Shorter words are a rate without its ending (森林覆盖), in characters. */
const SHORTEST = 6

/** 「行政村通班车达到98%」, 「95%以上的猪场建有粪池」: a share of those who do something is called a share. */
export const shareOfThose: Source = (frame, { draft }) => {
  const { name } = frame
  if (draft.quantity.kind !== 'percent' || draft.measure !== 'level' || name.length < SHORTEST) return null
  if (MEASURED.test(name)) return null
  const verb = firstVerb(name)
  // 完成总投资60%: a verb that opens the name is done to what follows, by so much.
  if (verb === 0 || (verb < 0 && !PREDICATE.test(name))) return null
  return { from: 'own', rule: 'share-of-those', slots: { measure: `${wordsIn(frame, 'measure')}的比例` } }
}

/** Whose members a share is of, in characters. */
const LONGEST_WHOLE = 16
/** How many of them the part before spoke of. */
const ALL_OF_THEM = /(?:全部|全体|基本|全面|均|都|已|要){1,3}$/

/** 「**专任教师**全部达到大专学历，其中60%达到本科学历」: a share of those that the part before is about. */
export const ownerOfPart: Source = (frame, situation) => {
  const { view, draft } = situation
  const fragment = view.fragments[draft.fragment]
  if (draft.quantity.kind !== 'percent' || wordsIn(frame, 'thing') !== '' || !fragment) return null
  if (!/^其中$/.test(view.text.slice(fragment.start, draft.quantity.start).trim())) return null
  if (!BEGINS_WITH_PREDICATE.test(frame.name)) return null
  const owner = partBefore(situation).replace(ALL_OF_THEM, '')
  if (owner.length < 2 || owner.length > LONGEST_WHOLE || firstVerb(owner) === 0) return null
  return { from: 'part-before', rule: 'owner-of-part', slots: { owner }, doubt: 'name-shared' }
}
const BEGINS_WITH_PREDICATE = /^(?:达到|取得|具有|具备|拥有|实现|通过|完成|建成|纳入|获得)/
