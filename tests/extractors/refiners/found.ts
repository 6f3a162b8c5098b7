import { extract } from '../../../extractors/extract.ts'
import type { FoundMilestone, FoundQuantity } from '../../../extractors/types.ts'

/** A notice of 10 March 2021 with one section whose paragraphs are given. */
export const notice = (...paragraphs: string[]): string =>
  [
    '云江市人民政府关于印发云江市提升行动实施方案的通知',
    '云府发〔2021〕7号',
    '各县（市、区）人民政府，市政府各部门：',
    '现将《云江市提升行动实施方案》印发给你们，请认真组织实施。',
    '云江市人民政府',
    '2021年3月10日',
    '云江市提升行动实施方案',
    ...paragraphs,
  ].join('\n')

const targetsOf = (text: string) => extract(text).targets

/** The quantities of a notice whose only section, 一、工作目标, holds the sentences. */
export const quantities = (...sentences: string[]): FoundQuantity[] =>
  targetsOf(notice('一、工作目标', ...sentences)).filter(
    (target): target is FoundQuantity => target.kind === 'quantity',
  )

/** Its milestones. */
export const milestones = (...sentences: string[]): FoundMilestone[] =>
  targetsOf(notice('一、工作目标', ...sentences)).filter(
    (target): target is FoundMilestone => target.kind === 'milestone',
  )

/**
 * Every quantity, short enough to read in a table: `产值 >= 80亿元`, and the measure where it is no level (增幅 growth, 降幅
 * reduction, 倍数 multiple): `能耗 >= 13% reduction`.
 */
export const brief = (...sentences: string[]): string[] =>
  quantities(...sentences).map(
    ({ indicator, op, value, unit, measure }) =>
      `${indicator} ${op} ${Array.isArray(value) ? value.join('–') : value}${unit}${measure === 'level' ? '' : ` ${measure}`}`,
  )
