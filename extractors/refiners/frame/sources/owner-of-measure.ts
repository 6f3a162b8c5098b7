import { isBareMeasure, isBareNoun, isMeasure, ownerOf } from '../../list-names.ts'
import { leadingVerb } from '../../verb-words.ts'
import { stripOpening, withoutTimes } from '../../words.ts'
import { withoutVerb } from '../frame.ts'
import { isBareGrowth } from '../rates.ts'
import { type Found, hasWordsBehind, partBefore, type Situation, type Source } from '../situation.ts'

/** 粮食播种面积80万亩、产量30万吨: the crop is that of the area. */
const AREA = /^(?:全年|稳定|扩大|落实)?(.{2,8}?)[年总]?(?:播种|种植|养殖)?面积$/
const EVENT = /^(?:举办|召开|举行|承办|出台|制定|印发|编制)/
const BUSINESS = /(?:产值|收入|营收|增加值|规模)$/
const INDUSTRY =
  /^(?:加快|大力|积极|着力|重点)?(?:发展|培育|壮大|做强|做大做强|培育壮大|提升|振兴)([^、,的]{2,14}产业)(?:发展)?$/
/** What is done to the owner, behind it: 供水管网**改造**. */
const ACT_BEHIND = /(?:更新|升级|扩容|提标)?(?:改造|建设|治理|整治|修复|制度|机制)$/
const PRODUCED = /产$|产量$/

/** How long the owner of a measure is, in characters. */
const SHORTEST = 2
const LONGEST_BESIDE = 20
const LONGEST_OF_PART = 30

/** 「推进灌区改造，**配套率**100%」, 「茶叶总面积100万亩，**年产量**5万吨」: whose a measure is that says only how much. */
export const ownerOfMeasure: Source = (frame, situation) => {
  const own = frame.name
  if ((!isBareMeasure(own) && !isBareGrowth(own)) || hasWordsBehind(situation.draft)) return null
  const { draft, previous } = situation
  const near = previous !== null && draft.fragment - previous.fragment <= 1
  const same = near ? previous.frame.name : partBefore(situation)
  // 举办产业对接会,产值达到260亿元: an event is not what is measured.
  if (!near && EVENT.test(same)) return null
  // 改造农田3万亩,单产提高2%: so much an area yields, of no field in particular.
  if (own === '单产' && !AREA.test(same)) return null
  const beside = near && (draft.fragment === previous.fragment || /^[年总]/.test(own))
  // 综合产值 behind another number of its own subject is told of what by neither: only 年产量 and 总产量 go on with it.
  if (near && !beside && !isBareNoun(own) && !isBareGrowth(own)) return null
  const from = near ? 'number-before' : 'part-before'
  const crop = /产$|产量$|自给率$/.test(own) ? AREA.exec(same)?.[1] : undefined
  if (crop) return found(from, 'crop', withoutGround(crop))
  // 「森林覆盖率43%、蓄积量5亿立方米」: what the measure named just before is a measure of.
  const owner = beside && !isBareGrowth(own) ? ownerOf(withoutVerb(previous.frame)) : ''
  if (owner.length >= SHORTEST && owner.length <= LONGEST_BESIDE && !owner.includes('占'))
    return found('number-before', 'measure-beside', PRODUCED.test(own) ? withoutGround(owner) : owner)
  const industry = BUSINESS.test(own) ? industryBefore(situation) : ''
  if (industry !== '') return found('part-before', 'industry', industry)
  const words = (near ? withoutVerb(previous.frame) : same.slice(leadingVerb(same).length))
    .replace(/^[^等、]*、[^等]*等(?=[\u4e00-\u9fff]{2,8}$)/, '')
    .replace(ACT_BEHIND, '')
  // 「化肥使用量持续减少，**利用率**达到40%」: another measure of the same.
  const comma = situation.view.fragments[draft.fragment - 1]?.mark === ','
  if (!near && comma && isMeasure(words) && !isBareGrowth(own)) {
    const beforeComma = ownerOf(words)
    return beforeComma.length >= SHORTEST && beforeComma.length <= LONGEST_BESIDE && !/[占、]/.test(beforeComma)
      ? found(from, 'measure-before', beforeComma)
      : null
  }
  return words.length >= SHORTEST && words.length <= LONGEST_OF_PART && (!isMeasure(words) || isBareGrowth(own))
    ? found(from, 'thing', words)
    : null
}

const found = (from: Found['from'], rule: string, owner: string): Found => ({
  from,
  rule,
  slots: { owner },
  doubt: 'name-shared',
})

/** 「发展智能家居产业，引进企业5家，实现产值90亿元」: the industry that the sentence began with. */
function industryBefore({ view, draft }: Situation): string {
  for (let index = draft.fragment - 1; index >= 0; index--) {
    const fragment = view.fragments[index]
    if (!fragment || fragment.mark === ';') return ''
    const industry = INDUSTRY.exec(stripOpening(withoutTimes(view, fragment)))
    if (industry) return industry[1] as string
  }
  return ''
}

/** 梨园, 茶叶基地: of what grows there, not of the ground, so much is produced. */
const withoutGround = (owner: string): string => owner.replace(/(?<=.)(?:园|基地|田)$/, '')
