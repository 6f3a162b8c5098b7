import type { Operator } from '../types.ts'

/** A word that says how the value reached is compared with the number. */
export interface Comparator {
  word: string
  op: Operator
  /** It is the verb of the sentence (达到, 控制在): what stands before it is the subject, so the indicator. */
  verb: boolean
  /** It says so itself: a later 左右 or 以上 does not weaken it (不低于). */
  strict?: boolean
}

const verbs = (op: Operator, words: string): Comparator[] => words.split(' ').map((word) => ({ word, op, verb: true }))
const strict = (op: Operator, words: string): Comparator[] =>
  words.split(' ').map((word) => ({ word, op, verb: true, strict: true }))
const marks = (op: Operator, words: string): Comparator[] => words.split(' ').map((word) => ({ word, op, verb: false }))

/** Comparators before a number, any length; the longest that ends there counts. */
export const BEFORE: readonly Comparator[] = [
  ...strict('>=', '不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 不应低于 不应少于 应不低于 应不少于 不短于 不亚于 不弱于 不宜低于 不宜少于 不宜小于'),
  ...strict('>=', '≥ ≧ >= > ＞ ≮ 大于等于'),
  ...strict('<=', '≤ ≦ <= < ＜ ≯ 小于等于'),
  ...strict('>=', '低限为 至少 至少达到 最少 最低 起码 至少为 最低达到 下限为'),
  ...strict('<=', '不高于 不超过 不大于 不多于 不得高于 不得超过 不得大于 不得多于 不能高于 不能超过 不应高于 不应超过 不宜超过 不宜高于 不宜大于 不准超过 不应大于 不应多于 不超 不突破 不得突破 不超出'),
  ...strict('<=', '最多 最高 至多 最长 最高不超过 最多不超过 最长不超过 上限为 低于 小于 少于 短于 不到 不足 不满 未超过 控制在不高于 控制在不超过'),
  ...verbs('>=', '达到 达 可达 可达到 要达到 应达到 均达到 均达 各达到 分别达到 分别达 达至 达成 达到并稳定在 达到或超过 实现'),
  ...verbs('>=', '超过 超 突破 高于 大于 多于 跨越 越过 迈上 迈过 跃上 站上 登上 冲刺 冲上 高出 超出 逾 跨过 过'),
  ...verbs('>=', '提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至 扩大到 扩大至 增至 升至 增到 升到 扩展到 扩展至 延长到 延长至 发展到 发展至 壮大到 加大到 加大至 攀升至 攀升到 拓展到 拓展至 扩充到 扩充至 推进到 推进至 恢复到 恢复至 回升到 回升至 跃升到 跃升至 上浮到 上浮至 提速到 提速至 提标至 提标到 上调至 增强到 提高为 扩大为 增加为 增为'),
  ...verbs('>=', '调整到 调整至 调整为 优化到 优化至 整合到 整合至 整合为 归并到 归并至'),
  ...verbs('<=', '压至 压到 缩至 缩到 降至 降到 降为 下降到 下降至 降低到 降低至 减少到 减少至 减至 减到 缩小到 缩小至 压缩到 压缩至 压减到 压减至 压缩为 缩短到 缩短至 缩短为 缩减到 缩减至 削减到 削减至 下调至 下调到 回落到 回落至 压降至 压降到 精简到 精简至 精简为 压减为 缩减为 减为 下调为 放缓至 降低为 下降为 减少为 缩小为 精减到 精减至 缩小成 压缩成 收窄到 收窄至'),
  ...verbs('<=', '控制到 控制在 控制为 严格控制在 限制在 限定在 低至 压低到 管控在 控制 有效控制在'),
  ...verbs('~', '稳定在 稳定到 维持在 稳定于 基本稳定在 稳定'),
  ...verbs('>=', '保持在 保持 保持到 巩固在 稳步保持在 确保在 巩固保持在 保证在 保持达到'),
  ...marks('~', '约 大约 约为 约达 约占 接近 近 将近 大致在 大致为 大体在 大概 力争在'),
  ...marks('>=', '为 占 是 在 有 上 共 共计 合计 总计 累计 累计达到 累计达 累计超过 计'),
].sort((a, b) => b.word.length - a.word.length)

/** Comparators behind a number and its unit. */
export const AFTER: readonly Comparator[] = [
  ...marks('>=', '以上 及以上 或以上 之上 及其以上 多 余 起'),
  ...marks('<=', '以内 以下 及以下 或以下 之内 之下 内 以里'),
  ...marks('~', '左右 上下 前后 附近 之间'),
].sort((a, b) => b.word.length - a.word.length)
