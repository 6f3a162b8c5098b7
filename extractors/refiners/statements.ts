import {
  CONDITIONS_HEADING,
  CONDUCTED,
  CONSEQUENCE,
  DEFINED,
  DESCRIBED,
  FORECAST_OF_WEATHER,
  LOOKS_AHEAD,
  PAID_SHARE,
  REGULATED,
  REPORTED,
  SUPPOSED,
} from '../lexicon/statements.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { speakAgainst, standing } from './draft.ts'
import { isAhead } from './deadline-explicit.ts'

/** Takes out the numbers of sentences and parts that state something: a report, a description, the conduct of business, a rule's limits. */
export const statements: Refiner = {
  name: 'statements',
  reads: ['baseline', 'before', 'fragment', 'quantity'],
  writes: [],
  run: (view, context) => {
    const drafts = standing(view)
    if (drafts.length === 0 || view.clause.row) return
    const sentence = view.text.slice(view.sentence.start, view.sentence.end)
    const reported = REPORTED.exec(sentence)
    const conducted = CONDUCTED.test(sentence)
    const ahead = looksAhead(view, context, sentence)
    const described = !ahead && (DESCRIBED.test(sentence.replace(LABEL, '')) || isPartOfStock(view, sentence))
    const defined =
      DEFINED.test(sentence.replace(LABEL, '')) ||
      FORECAST_OF_WEATHER.test(sentence) ||
      view.clause.path.some(({ text }) => CONDITIONS_HEADING.test(text.slice(0, 30)))
    for (const draft of drafts) {
      const words = fragmentOf(view, draft.fragment)
      const before = words.slice(0, Math.max(0, draft.quantity.start - fragmentStart(view, draft.fragment)))
      if (conducted) speakAgainst(draft, 'conduct')
      else if (defined) speakAgainst(draft, 'definition')
      else if (reported && !ahead && (draft.baseline?.value ?? null) === null)
        speakAgainst(draft, 'reported', reported[0].replace(/\d/g, ''))
      else if (
        /^[项个类]$/.test(draft.quantity.unit) &&
        OF_INDICATORS.test(view.text.slice(draft.quantity.end, draft.quantity.end + LOOKED_AT))
      )
        speakAgainst(draft, 'description')
      else if (described || (DESCRIBED.test(words) && !LOOKS_AHEAD.test(words))) speakAgainst(draft, 'description')
      else if (isRegulated(draft, before)) speakAgainst(draft, 'regulated')
      else if (SUPPOSED.test(words)) speakAgainst(draft, 'condition', '若')
      else if (draft.quantity.unit === '分' && GRADED.test(words)) speakAgainst(draft, 'definition')
      else if (
        (words.endsWith('的') && CONSEQUENCE.test(fragmentOf(view, draft.fragment + 1))) ||
        (GRANTS.test(fragmentOf(view, draft.fragment + 1)) && TOLD_BY.test(words))
      )
        speakAgainst(draft, 'consequence')
      else if (isMostGranted(draft, before, sentence)) speakAgainst(draft, 'limit-of-benefit')
    }
  },
}

/** 目前实有车辆43辆。其中服役满10年12辆: what a stock is made up of. */
const isPartOfStock = ({ earlier, text }: SentenceView, sentence: string): boolean =>
  /^\s*其中/.test(sentence) &&
  earlier !== null &&
  STOCK.test(text.slice(earlier.sentence.start, earlier.sentence.end)) &&
  !LOOKS_AHEAD.test(sentence)
const STOCK = /(?:目前|现|实)(?:共|已)?有|缺编|编制核定/

/** 设置经济发展、民生等6类55项考核指标: what an assessment is made of. */
const OF_INDICATORS = /^(?:个?类别|[^,;。、\d]{0,5}指标(?!完成|达到|实现|进入|位居|任务|超过|检[测验]|监测))/
const LOOKED_AT = 16

/** Whether the words before a number say that a rule sets it. */
const isRegulated = (draft: Draft, before: string): boolean =>
  PAID_SHARE.test(before) || (!isRaised(draft) && REGULATED.test(before))

/** 补贴最高3000元, 使用时间最长2年: the most that somebody is granted. */
const isMostGranted = ({ before, quantity }: Draft, words: string, sentence: string): boolean =>
  (quantity.kind === 'time' && /最长为?$/.test(words)) ||
  (/^最[多高长]/.test(before?.comparator.word ?? '') && /补[助贴]|奖励|每[户人]/.test(sentence))

/** 预留份额达到40%以上: a share that is to be reached is no limit of a rule. */
const isRaised = ({ before, quantity }: Draft): boolean =>
  quantity.kind === 'percent' && before?.comparator.verb === true && /^[^不]*[达到至]/.test(before.comparator.word)

/** 年薪达到9万元且有1年以上经验的成员,可直接认定: who may have something, told by a number. */
const TOLD_BY = /的[\u4e00-\u9fff]{2,14}$/
const GRANTS = /^可(?:直接|优先|按)?(?:申报|申请|认定|享受|参照)/

/** 600分以上为达标: what a grade means. */
const GRADED = /\d分?(?:\([^()]{1,4}\))?(?:及?以[上下])?的?[为是,]?(?:不?达标|不?合格|优秀|良好|优良|及格)/

const fragmentStart = (view: SentenceView, index: number): number => view.fragments[index]?.start ?? view.sentence.start

/** The words of a part, without the number of the item that it opens. */
function fragmentOf(view: SentenceView, index: number): string {
  const fragment = view.fragments[index]
  return fragment ? view.text.slice(fragment.start, fragment.end).replace(LABEL, '') : ''
}

const LABEL = /^\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.)])/

/** Words of aim, or a limit that lies ahead: 目前覆盖率为60%，到2025年达到80%. */
const looksAhead = (view: SentenceView, context: DocumentContext, sentence: string): boolean =>
  LOOKS_AHEAD.test(sentence) ||
  view.times.some(
    (time) =>
      time.role === 'limit' &&
      // 记者10月17日获悉: on which day it was told.
      (time.first !== time.last || '前止'.includes(view.text[time.end - 1] as string)) &&
      isAhead(time, context) &&
      !view.compared.has(time),
  )
