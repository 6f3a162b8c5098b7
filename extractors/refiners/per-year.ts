import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'

const YEARLY = /年均|每年|年度|逐年|年产|年平均|每年度|年增长|年收入|年吞吐|年处理|年接待|年培训|年利用|年销售|年供|年发电|年综合|年用|年节约|年减排|年下降|年递增|一年|按年|年交易|年营业|年加工|年出栏|年输送|年服务/

/** Marks rates and amounts of every single year: 年均增长, 每年新增, 年产能. */
export const perYear: Refiner = (view) => {
  for (const draft of standing(view)) {
    const range = wordsAround(view, draft)
    const found = YEARLY.exec(view.text.slice(range.start, range.end))
    const inUnit = draft.quantity.unit.endsWith('/年')
    if (!found && !inUnit) continue
    draft.per = 'year'
    const start = range.start + (found?.index ?? 0)
    draft.reasons.per = { range: found ? { start, end: start + found[0].length } : draft.quantity, rule: 'per-year' }
  }
}

/** Its own words, without those of a part before it. */
const wordsAround = (view: SentenceView, draft: Draft): Draft['left'] => {
  const behind = Math.min(draft.right.end, draft.right.start + 8)
  return { start: Math.max(view.sentence.start, draft.left.start), end: Math.max(behind, draft.left.end) }
}
