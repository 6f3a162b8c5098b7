import { isMeasure, ownerOf, perHeadOf, tailOf } from '../../list-names.ts'
import { leadingVerb } from '../../verb-words.ts'
import { isNear, stripClosing, stripOpening, withoutTimes } from '../../words.ts'
import { withoutVerb, wordsIn } from '../frame.ts'
import { behindVerbs } from '../behind-verbs.ts'
import { type Found, hasWordsBehind, holdsNumber, partBefore, type Source } from '../situation.ts'

const owned = (from: Found['from'], rule: string, owner: string): Found => ({
  from,
  rule,
  slots: { owner },
  doubt: 'name-shared',
})

/** A rate named before the comma, in characters. */
const LONGEST_RATE = 30
const LONGEST_GROUP = 12

/** 「师生空间开通率，**教师**达到90%、**学生**达到60%」: a rate named before the comma is that of the groups behind it. */
export const rateOfGroups: Source = (frame, { view, draft }) => {
  if (!draft.before?.comparator.verb || draft.frame.unit.kind !== 'percent') return null
  if (tailOf(frame.name) !== '' || frame.name.length > LONGEST_GROUP) return null
  const fragment = view.fragments[draft.fragment - 1]
  if (!fragment || fragment.mark !== ',' || holdsNumber(view, draft.fragment - 1)) return null
  const words = stripClosing(stripOpening(withoutTimes(view, fragment)))
  return /(?:率|比例|比重|占比)$/.test(words) && words.length <= LONGEST_RATE
    ? { from: 'part-before', rule: 'rate-of-groups', slots: { measure: words } }
    : null
}

const RATE_OF_ACT = /^[受参]?(?:健康|免费)?([\u4e00-\u9fff]{2})(?:覆盖|完成|达标|合格)?率$/
/** What stands between those to whom something is done and the verb, and before them. */
const DOES_TO = /^(?:每[年两]年?|[对为给将的]|组织|开展|推进|实施|做好|完成|加强|深化|落实|抓好|全面|免费|定期){1,4}/
const DOES = /(?:的专业|的专项|进行|开展|实施|[一两]次|健康|免费|全面|定期|集中|组织|实行|做好|规范|统一|的){1,4}$/
/** 对园长和教师、保育人员的培训: 对 holds the list together. */
const TO_ALL = /^(?:加强|开展|做好|深化)?对/
/** Those to whom something is done, in characters. */
const SHORTEST_PATIENT = 2
const LONGEST_PATIENT = 24

/** 「为老年人免费体检，**体检率**达到70%」, 「筛查适龄妇女5万人，**筛查率**达到80%」: to whom the act of the part before is done. */
export const patientOfAct: Source = (frame, situation) => {
  const { draft, previous } = situation
  const act = RATE_OF_ACT.exec(frame.name)?.[1]
  if (act === undefined || hasWordsBehind(draft) || draft.fragment === 0) return null
  const beside = previous && draft.fragment - previous.fragment <= 1 ? previous.frame.name : ''
  // 竹林蓄积量, 竹林覆盖率: what is measured beside it is nobody.
  if (beside.startsWith(act) && beside.length > act.length && beside.length <= LONGEST_PATIENT && !isMeasure(beside))
    return owned('number-before', 'rate-of-act', beside.slice(act.length))
  const words = partBefore(situation)
  const at = words.lastIndexOf(act)
  if (at < SHORTEST_PATIENT) return null
  const patient = stripOpening(words.slice(0, at).replace(DOES_TO, '')).replace(DOES, '')
  // 查处超限车辆,超限率控制在2%以内: a verb is nobody.
  if (leadingVerb(patient) === patient || /[、,]/.test(TO_ALL.test(words) ? '' : patient)) return null
  return patient.length >= SHORTEST_PATIENT && patient.length <= LONGEST_PATIENT
    ? owned('part-before', 'rate-of-act', patient)
    : null
}

/** 「学前教育毛入园率达到88%、**普惠率**达到85%」: a rate of two characters goes on with the owner of the rate it is joined to. */
export const ownerOfRate: Source = (frame, { draft, previous }) => {
  if (!previous || !draft.inList || draft.dealtFrom !== null || draft.fragment !== previous.fragment) return null
  if (hasWordsBehind(draft)) return null
  if (!/^[\u4e00-\u9fff]{2}率$/.test(frame.name) || /失业率|死亡率|就业率|出生率|化率/.test(frame.name)) return null
  const owner = /率$/.test(previous.frame.name) ? ownerOf(previous.frame.name) : ''
  return owner.length >= 2 && owner.length <= 12 ? owned('number-before', 'rate-in-list', owner) : null
}

/** 「研发经费投入增长9%，**投入强度**2.5%」: a short name that begins with a word of the name before is about the same. */
export const overlapWithNumber: Source = (frame, { view, draft, previous }) => {
  const own = frame.name
  if (!previous || !isNear(view, previous.fragment, draft.fragment)) return null
  if (own.length < 3 || own.length > 5 || !isMeasure(own) || hasWordsBehind(draft)) return null
  const name = withoutVerb(previous.frame)
  const at = name.lastIndexOf(own.slice(0, 2))
  return at >= 2 && at <= 12 && !name.includes(own) && !/[的占、元]|以上/.test(name.slice(0, at))
    ? owned('number-before', 'overlap', name.slice(0, at))
    : null
}

/** 「开展企业遗留问题整改，**问题解决率**达到90%」: a measure that begins with a word of the part before is about the same. */
export const overlapWithPart: Source = (frame, situation) => {
  const { view, draft } = situation
  const own = frame.name
  if (own.length < 4 || own.length > 10 || !isMeasure(own) || hasWordsBehind(draft)) return null
  if (holdsNumber(view, draft.fragment - 1)) return null
  const words = behindVerbs(partBefore(situation))
  const at = words.lastIndexOf(own.slice(0, 2))
  const head = words.slice(0, at)
  // 甲矿天然气、乙矿煤层气等开发: one of several, which do not own what all come to.
  if (/[、等]/.test(words.slice(at))) return null
  return at >= 2 && at <= 16 && !words.includes(own) && !/[、,的和及与“”]|^一[批些]/.test(head)
    ? owned('part-before', 'overlap', head)
    : null
}

/** No more of them are to each head of so many. */
const MOST_PER_HEAD = 100

/** 「**每千人口**医师数3.2人、护士数3.8人」: counts of people and beds in a row are all by the same head. */
export const perHead: Source = (frame, { view, draft, previous }) => {
  const owner = previous ? perHeadOf(previous.frame.name) : ''
  if (!previous || owner === '' || /^(?:每|人均|其中)/.test(frame.name)) return null
  if (draft.frame.unit.kind !== 'counter' || (wordsIn(frame, 'verb') !== '' && !frame.name.endsWith('数'))) return null
  const value = [draft.quantity.value].flat()[0] as number
  const near =
    draft.fragment === previous.fragment
      ? draft.frame.unit.words === previous.frame.unit.words
      : isNear(view, previous.fragment, draft.fragment) && /数$|医师|护士|床位|药师/.test(frame.name)
  return near && value < MOST_PER_HEAD ? owned('number-before', 'per-head', owner) : null
}

/** 「固废**年利用量**达到40亿吨；到2030年，年利用量达到45亿吨」: the end of the same name. */
export const repeatedTail: Source = (frame, { draft, previous }) => {
  const own = frame.name
  const name = previous?.frame.name ?? ''
  if (own.length < 3 || wordsIn(frame, 'verb') !== '' || hasWordsBehind(draft)) return null
  return name.length > own.length && name.endsWith(own)
    ? owned('number-before', 'repeated-tail', name.slice(0, -own.length))
    : null
}
