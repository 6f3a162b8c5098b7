import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'

const YEARLY =
  /年均(?!浓度|气温|值|降)|每年|逐年|(?<![\d今明去全当])年(?:度(?![计划工目])|[产供用]|平均|收入|吞吐|处理|接待|培训|利用|销售|发电|综合|节约|减排|交易|营业|加工|出栏|输送|服务)/

/** Marks rates and amounts of every single year: 年均增长, 每年新增, 年产能. */
export const perYear: Refiner = {
  name: 'per-year',
  reads: ['left', 'quantity', 'right', 'unit'],
  writes: ['per'],
  run: (view) => {
    for (const draft of standing(view)) {
      const range = wordsAround(view, draft)
      const found = YEARLY.exec(view.text.slice(range.start, range.end))
      const inUnit = draft.frame.unit.words.endsWith('/年')
      if (!found && !inUnit) continue
      draft.per = 'year'
      const start = range.start + (found?.index ?? 0)
      draft.reasons.per = { range: found ? { start, end: start + found[0].length } : draft.quantity, rule: 'per-year' }
    }
  },
}

/** Its own words, without those of a part before it. */
const wordsAround = (view: SentenceView, draft: Draft): Draft['left'] => {
  const behind = Math.min(draft.right.end, draft.right.start + 8)
  return { start: Math.max(view.sentence.start, draft.left.start), end: Math.max(behind, draft.left.end) }
}
