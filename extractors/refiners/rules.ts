import { CONDITION_WORDS, RULE_WORDS } from '../lexicon/not-targets.ts'
import type { Refiner } from './draft.ts'
import { drop, standing } from './draft.ts'
import { asideAt } from './sentence-view.ts'

/** Takes out parameters of rules: payments, prizes, fees, conditions, terms, limits of a procedure. */
export const rules: Refiner = (view) => {
  for (const draft of standing(view)) {
    const fragment = view.fragments[draft.fragment] ?? view.sentence
    const words = view.text.slice(fragment.start, fragment.end)
    const rule = RULE_WORDS.find((word) => words.includes(word))
    if (rule) {
      drop(draft, `rules/${rule}`)
      continue
    }
    const before = view.text.slice(fragment.start, draft.quantity.start)
    const condition = CONDITION_WORDS.find((word) => before.includes(word))
    if (condition) drop(draft, `rules/condition-${condition}`)
    else if (/^对/.test(before) && /的$/.test(words)) drop(draft, 'rules/addressed')
    else if (asideAt(view, draft.quantity.start)?.kind === 'bracket') drop(draft, 'rules/in-bracket')
  }
}

/** Nouns that a span of time can be a target of; other spans of time are limits of a procedure. */
const TIMED = /(?:时间|时限|周期|天数|寿命|年限|课时|学时|工时|日数|环节时间|耗时|时长|工作日)/

/** Takes out spans of time that are no indicator, bare numbers that are no coefficient, and Chinese numerals that only name. */
export const kinds: Refiner = (view) => {
  for (const draft of standing(view)) {
    const { quantity } = draft
    const left = view.text.slice(draft.left.start, draft.left.end)
    if (quantity.kind === 'time' && (!TIMED.test(left) || draft.before === null)) drop(draft, 'kinds/time')
    else if (quantity.kind === 'bare' && quantity.writing !== 'words' && !isCoefficient(left, draft.before !== null)) drop(draft, 'kinds/bare')
    else if (quantity.writing === 'chinese' && !isCountedChinese(view.text, draft)) drop(draft, 'kinds/chinese')
  }
}

const isCoefficient = (left: string, compared: boolean): boolean => /(?:系数|指数|强度|弹性|容积率|基尼|恩格尔|比值|密度|值|得分|评分)$/.test(left) || (compared && /(?:率|比|数|度|量)$/.test(left))

/** Chinese numerals count only with a comparator (一所以上, 至少两次) or directly behind a verb of delivery with a firm counter. */
function isCountedChinese(text: string, draft: Parameters<typeof drop>[0]): boolean {
  const { quantity } = draft
  if (/^[大方阶环步级类种层批期次些套轮项]/.test(quantity.unit) && draft.before === null) return false
  if (draft.after && quantity.value !== 0) return true
  if (draft.before && (draft.before.comparator.strict || draft.before.comparator.word.length >= 2) && draft.before.comparator.word !== '实现') return true
  const behind = text.slice(quantity.end, quantity.end + 4)
  if (/^(?:方面|阶段|环节|体系|机制|领域|重点|关键|工作|问题|行动|工程|原则|层面|维度|统一|转变|坚持|强化)/.test(behind)) return false
  return typeof quantity.value === 'number' && quantity.value >= 10 && quantity.unit !== '' && !/^[年个]?$/.test(quantity.unit)
}
