/** Verbs of change, up and down: what stands before them changes by, or to, the number behind them. */
const VERBS_OF_GROWTH = ['增长', '增加', '提高', '提升', '上升', '扩大', '增强', '延长', '上涨', '递增', '净增', '上浮'] as const
export const VERBS_OF_REDUCTION = [
  '下降', '降低', '减少', '缩减', '压缩', '压减', '削减', '缩短', '缩小', '精简', '节约', '下调', '压降', '减轻', '递减', '下浮', '核减', '消减', '节省', '降减', '减免', '减负',
] as const
export const VERBS_OF_CHANGE: readonly string[] = [...VERBS_OF_GROWTH, ...VERBS_OF_REDUCTION]

/** Verbs and nouns of change: how a number that stands behind them is measured. */
export const GROWTH_WORDS = [
  ...VERBS_OF_GROWTH, '增速', '增幅', '增长率', '增长速度', '提速', '增收', '增速达到', '增长达到', '加快', '攀升', '增值', '增长目标', '增长幅度', '增量', '年均增长', '平均增长', '同比增长', '增长不低于', '涨幅', '提标',
] as const

export const REDUCTION_WORDS = [
  ...VERBS_OF_REDUCTION, '降幅', '下降率', '减排', '减量', '减幅', '降本', '降耗', '节能', '下降幅度', '减少率', '降低率', '节水', '改善',
] as const

/** How a growth is called before what is aimed at, and what it is called then: 货币供应量增长**预期目标**. Parts of patterns. */
export const GROWTH_BEFORE_AIM = '(?:增长|增速|增长速度)的?'
export const AIM = '(?:预期|调控)?目标'

/** Nouns that name a change as an indicator of its own: what follows is a growth even behind 达到. */
export const RATE_OF_GROWTH_NOUNS = ['增速', '增幅', '增长率', '增长速度', '增长幅度', '上涨幅度', '上升幅度', '提高幅度', '增加幅度', '年增长', '涨幅', '平均提速'] as const
export const RATE_OF_REDUCTION_NOUNS = ['下降率', '降幅', '下降幅度', '降低幅度', '减少幅度', '减排率', '削减率', '减少率', '降低率', '压减率', '递减率', '减幅', '消减率'] as const
