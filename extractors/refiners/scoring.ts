import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'

/** Points that are given or taken: 得5分, 扣0.5分, 最高加2分, 满分为100分. */
const GIVES =
  /(?:[得扣加减计记奖罚]|[扣加](?:减|除)?(?:年度|年终|当年)?(?:考核|绩效|综合)?(?:得分|总分|分值)?|满分|总分|分值|基本分|权重)(?:[至为到共各总计]|[最不]?[多高低超过]){0,6}$/
/** Points that say how good is good: 95分以上的评为…, 低于70分的取消…. */
const JUDGED =
  /^(?:\([^)]{0,10}\))?(?:的|者)?,?(?:[得扣加减计记]|不得|评为|评定|评优|定为|认定为|列为|为(?:优|良|合格|不合格|一等|二等|三等|[A-D甲乙丙丁一二三四]级)|予以|给予|取消|不予|实行|约谈|通报|一票否决)/
/** 每少1个百分点扣, 每增加10户加: the step of a scale. */
const STEP = /每再?(?:[少多超高低增减差缺]|超过|高于|低于|增加|减少|下降|降低|提高|上升|增长|出现|发生|发现)$/
/** The sentence gives or takes points. */
const SCALE = /[得扣加减计记]\d{1,3}(?:\.\d+)?分|不得分|[扣加]分|评为.{0,6}等|得满分/

/** Takes out the points of an assessment and the thresholds that earn them: they weigh targets, they are none. */
export const scoring: Refiner = {
  name: 'scoring',
  reads: ['fragment', 'quantity', 'right'],
  writes: [],
  run: (view) => {
    for (const draft of standing(view)) {
      const before = view.text.slice(view.fragments[draft.fragment]?.start ?? view.sentence.start, draft.quantity.start)
      if (STEP.test(before)) drop(draft, 'scoring/step')
      else if (draft.quantity.unit === '分' && GIVES.test(before)) drop(draft, 'scoring/points')
      else if (isJudged(view, draft)) drop(draft, 'scoring/threshold')
    }
  },
}

/** A threshold earns points or a grade right behind it, in a sentence that gives them. */
function isJudged(view: SentenceView, draft: Draft): boolean {
  const behind = view.text.slice(draft.right.start, draft.right.start + 12)
  if (!JUDGED.test(behind)) return false
  if (draft.quantity.unit === '分') return true
  return (
    SCALE.test(view.text.slice(draft.right.start, view.sentence.end)) && /^的?,?(?:[得扣加减计记]|不得)/.test(behind)
  )
}
