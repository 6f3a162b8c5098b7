import { STAGE_NOUNS, TOPIC_STOP } from '../lexicon/indicator-nouns.ts'
import type { Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { leadingVerb, stripOpening, withoutTimes } from './words.ts'

const STAGES = new Set(STAGE_NOUNS)
const STAGE_OPENING = /^(?:完成|完工|开工|建成|累计完成|基本完成|启动|新开工|续建)/

/** 「九绵高速：…路基完成70%」: a stage of a work or a verb without a subject gets the name before the colon. */
export const topic: Refiner = {
  name: 'topic',
  reads: ['fragment', 'indicator', 'noun'],
  writes: ['indicator'],
  run: (view) => {
    const topicName = topicOf(view)
    for (const draft of standing(view)) {
      const name = topicName ?? objectBefore(view, draft.fragment)
      if (!name) continue
      // 水利投资:计划值12亿元: the words of a form say nothing of what is measured.
      if (topicName && FORM_VALUE.test(draft.indicator)) {
        draft.indicator = topicName
        if (draft.reasons.indicator) draft.reasons.indicator.rule = 'topic'
        continue
      }
      const bare = draft.indicator
        .replace(/(?:累计|基本|全部)?(?:完成|完工)$/, '')
        .replace(/(?<=[\u4e00-\u9fff]{2})(?:工程|掘进)$/, '')
      if (
        !STAGES.has(bare) &&
        !(topicName && draft.noun === '' && isStage(draft.indicator)) &&
        !/^完成(?:总|主体)?工程/.test(draft.indicator)
      )
        continue
      draft.indicator = name + draft.indicator
      if (draft.reasons.indicator) draft.reasons.indicator.rule += '+topic'
    }
  },
}

const FORM_VALUE = /^(?:年度|全年|计划|目标|任务|控制)*(?:[值数量]|目标|任务|指标)$/

/** 完工仙海段, 完成路面: a verb with a short object of the work; a longer one says itself what is done. */
const isStage = (indicator: string): boolean =>
  indicator.replace(STAGE_OPENING, '').length <= LONGEST_STAGE && STAGE_OPENING.test(indicator)
const LONGEST_STAGE = 5

/** The work named in the fragment before: 开工建设通用机场，完成总工程量的10%. */
function objectBefore(view: SentenceView, fragment: number): string | null {
  const before = view.fragments[fragment - 1]
  if (!before || before.mark !== ',') return null
  const words = stripOpening(withoutTimes(view, before))
  const object = words.slice(leadingVerb(words).length)
  return /(?:项目|工程|机场|公路|铁路|高速|水库|大桥|隧道|园区|基地|医院|学校|中心|[线港站])$/.test(object) &&
    object.length <= 24
    ? object
    : null
}

/** 二季度:…, 2027年:…: when, not what. */
const STAGE_OF_TIME =
  /^\s*(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|底|\d{1,2}日)?前?|全年|年底前?|年内)?$/

/** The name before the first colon of the clause, or its run-in heading where that names a work. */
function topicOf(view: SentenceView): string | null {
  const first = view.clause.sentences[0]
  if (!first) return null
  const words = view.text.slice(view.clause.start, Math.min(view.clause.start + 60, view.clause.end))
  const colon = words.indexOf(':')
  if (colon < 2 || colon > 30 || STAGE_OF_TIME.test(words.slice(0, colon))) return null
  const name = words
    .slice(0, colon)
    .replace(/^[\s—·]*(?:\(?[一二三四五六七八九十\d]+\)?[、.)]?)?\s*/, '')
    // 财税收入(7分): its points are no part of a name.
    .replace(/\(\d{1,3}分\)$/, '')
  if (/^(?:项目|任务|专栏|事项|工程|行动|第|专项|附表?|表)[一二三四五六七八九十\d]+$/.test(name)) return null
  if (name.length < 2 || /[,。;]/.test(name) || TOPIC_STOP.some((word) => name.endsWith(word))) return null
  return name
}
