import type { Refiner } from './draft.ts'
import { speakAgainst, standing } from './draft.ts'

/** 单户贷款, 单个项目, 每户信用贷款: what one gets at most. 单位面积投资 and 单产 measure something. */
const FOR_ONE = /单[个一项户笔家只宗次人套车台](?!产业)|^每[户人家个项笔][^,;]{0,12}(?:贷款|补|奖|支持|资助|额度)/
const CAPPED = new Set(['<=', '~'])
/** The sum is said to be the most there is: 最高500万元, 累计不超过200万元. */
const MOST = /最高|不超过|以内|上限|封顶/

/** Takes out the limits of a loan, a grant or a prize: 单户贷款不超过5万元, 单个项目最高不超过500万元. */
export const benefitLimits: Refiner = {
  name: 'benefit-limits',
  reads: ['after', 'before', 'fragment', 'quantity'],
  writes: [],
  run: (view) => {
    for (const draft of standing(view)) {
      if (draft.quantity.kind !== 'money') continue
      const fragment = view.fragments[draft.fragment] ?? view.sentence
      const before = view.text.slice(fragment.start, draft.quantity.start)
      const capped =
        CAPPED.has(draft.before?.comparator.op ?? '') ||
        CAPPED.has(draft.after?.comparator.op ?? '') ||
        MOST.test(before)
      if (capped && FOR_ONE.test(before)) speakAgainst(draft, 'limit-of-benefit')
    }
  },
}
