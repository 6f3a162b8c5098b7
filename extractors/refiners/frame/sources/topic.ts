import { STAGE_NOUNS, TOPIC_STOP } from '../../../lexicon/indicator-nouns.ts'
import type { SentenceView } from '../../draft.ts'
import { leadingVerb } from '../../verb-words.ts'
import { stripOpening, withoutTimes } from '../../words.ts'
import { type Frame, wordsIn } from '../frame.ts'
import type { Source } from '../situation.ts'

const STAGES = new Set(STAGE_NOUNS)
const STAGE_OPENING = /^(?:完成|完工|开工|建成|累计完成|基本完成|启动|新开工|续建)/
/** A short object of a work, in characters: a longer one says itself what is done. */
const LONGEST_STAGE = 5
/** The name of a work, in characters. */
const LONGEST_WORK = 24

/** 「九绵高速：…**路基**完成70%」: a stage of a work or a verb without a subject gets the name before the colon, or of the part before. */
export const topic: Source = (frame, { view, draft }) => {
  const named = topicOf(view)
  const name = named ?? objectBefore(view, draft.fragment)
  if (name === null) return null
  // 水利投资:计划值12亿元: the words of a form say nothing of what is measured.
  if (named !== null && FORM_VALUE.test(frame.name))
    return {
      from: 'heading',
      rule: 'topic',
      slots: { owner: '', place: '', verb: '', thing: named, noun: '', measure: '', tail: '' },
    }
  if (!isStageOf(frame, named !== null)) return null
  return {
    from: named === null ? 'part-before' : 'heading',
    rule: 'topic',
    slots: { owner: name + wordsIn(frame, 'owner') },
  }
}

const FORM_VALUE = /^(?:年度|全年|计划|目标|任务|控制)*(?:[值数量]|目标|任务|指标)$/

function isStageOf(frame: Frame, underTopic: boolean): boolean {
  const bare = frame.name
    .replace(/(?:累计|基本|全部)?(?:完成|完工)$/, '')
    .replace(/(?<=[\u4e00-\u9fff]{2})(?:工程|掘进)$/, '')
  return (
    STAGES.has(bare) ||
    (underTopic && wordsIn(frame, 'noun') === '' && isStage(frame.name)) ||
    /^完成(?:总|主体)?工程/.test(frame.name)
  )
}

/** 完工仙海段, 完成路面: a verb with a short object of the work. */
const isStage = (name: string): boolean =>
  name.replace(STAGE_OPENING, '').length <= LONGEST_STAGE && STAGE_OPENING.test(name)

/** The work named in the part before: 开工建设通用机场，完成总工程量的10%. */
function objectBefore(view: SentenceView, fragment: number): string | null {
  const before = view.fragments[fragment - 1]
  if (!before || before.mark !== ',') return null
  const words = stripOpening(withoutTimes(view, before))
  const object = words.slice(leadingVerb(words).length)
  return WORK.test(object) && object.length <= LONGEST_WORK ? object : null
}

const WORK = /(?:项目|工程|机场|公路|铁路|高速|水库|大桥|隧道|园区|基地|医院|学校|中心|[线港站])$/

/** 二季度:…, 2027年:…: when, not what. */
const STAGE_OF_TIME =
  /^\s*(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|底|\d{1,2}日)?前?|全年|年底前?|年内)?$/

/** The name before the first colon of the clause; null where it names no work. */
function topicOf(view: SentenceView): string | null {
  if (view.clause.sentences.length === 0) return null
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
