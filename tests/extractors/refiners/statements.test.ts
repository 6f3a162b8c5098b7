import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { brief, notice } from './found.ts'

/** The same words in a plan that its title dates: nothing but the words themselves can take a number out. */
const inPlan = (sentence: string) =>
  extract(notice('一、重点任务', `1．${sentence}`).replaceAll('提升行动实施方案', '2021年工作要点')).targets

describe('what states is no target', () => {
  test.each([
    '今年以来，全市累计排查隐患900处，整改率达到95%。',
    '据统计，全市平均每年发生火灾60起。',
    '满意率为96%，比上年提高2个百分点。',
    '森林覆盖率提高了4个百分点，达到52%。',
    '抽样调查显示，群众满意率为94%。',
    '全县辖12个镇、5个乡，总人口40万人。',
    '该项目总占地200亩，建筑面积9万平方米。',
    '会议由主任主持，每季度召开2次，须有三分之二以上成员到会。',
    '注册资本不低于300万元，从业人员不少于8人。',
    '土地出让起始价不低于基准地价的80%。',
    '规模养殖场是指年出栏600头以上的养殖场。',
    '造成4人以上受伤的，依法追究责任。',
    '对吸纳就业30人以上的企业，给予补助。',
    '甲市请求，联合乙集团等企业，投入5亿元，建设厂房3万平方米。',
  ])('%s', (sentence) => expect(inPlan(sentence).filter(({ kind }) => kind === 'quantity')).toEqual([]))
})

describe('what looks ahead is', () => {
  test.each<[string, string[]]>([
    ['到2025年，机械化水平位居全省前列，养殖机械化率达到85%。', ['养殖机械化率 >= 85%']],
    ['力争到2025年，平均担保费率不超过1%。', ['平均担保费率 <= 1%']],
    ['到2025年，服务中心规范化达标率为100%。', ['服务中心规范化达标率 >= 100%']],
  ])('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))
})
