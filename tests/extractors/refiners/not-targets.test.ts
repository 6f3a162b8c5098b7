import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { brief, notice } from './found.ts'

describe('what is no target', () => {
  test.each([
    '2020年，全市粮食产量达到90万吨。',
    '截至2020年底，全市共有医院30家。',
    '近年来，全市累计建成公园40个。',
    '对首次认定的企业，一次性奖励20万元。',
    '减按15%的税率征收企业所得税。',
    '首套住房最低首付款比例为20%。',
    '对总投资5亿元以上的项目，给予贷款贴息支持。',
    '自收到申请之日起5个工作日内作出答复。',
    '全面落实《云江市促进办法》中的12条措施。',
    '贯彻党的十九届五中全会精神。',
    '坚持“5+3”产业体系，抓住三个关键环节。',
    '培育一批骨干企业。',
    '连续两次未达到要求的，处以3万元罚款。',
    '全市13个镇均已纳入范围。',
    '每人资助2万元。',
    '围绕80%居家养老，15%社区养老，5%机构养老的总体部署，完善服务。',
    '2020年底老年人口已达80万，2025年将达到95万。',
    '2022年前消除56人以上“大班额”。',
    '工商业电价5%政策延长到今年年底。',
    '全市高耗能行业占比仍在70%以上。',
    '寄宿生每生每年1200元。',
    '单户贷款不超过5万元。',
    '健全隐患动态清零机制。',
  ])('%s', (sentence) => expect(brief(sentence)).toEqual([]))

  test.each<[string, string[]]>([
    ['到2025年，具备条件的自然村通硬化路比例达到98%。', ['具备条件的自然村通硬化路比例 >= 98%']],
    ['到2025年，新建公园6个，对浪费行为处2000元罚款。', []],
    ['到2025年，新建公园6个；对浪费行为处以2000元罚款。', ['新建公园 >= 6个']],
    ['到2025年，成交额达到60亿元、同比增长30%。', ['成交额 >= 60亿元', '成交额 >= 30%']],
    ['到2025年，制定养老、托育等30项以上规范。', ['制定规范 >= 30项']],
    ['到2025年，实施技改项目三百个。', ['实施技改项目 >= 300个']],
    ['到2025年，产值三年翻一番。', ['产值 >= 2倍']],
    ['到2025年，淘汰落后产能30万吨以上。', ['淘汰落后产能 >= 30万吨']],
  ])('but %s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))

  test('an amount that says which things are counted stays in the name', () => {
    expect(brief('到2025年，引进年产值超10亿元的企业4家。')).toEqual(['引进年产值超10亿元的企业 >= 4家'])
    expect(brief('到2025年，装配率达到50%以上的建筑，占新建建筑的比例达到40%。')).toEqual(['装配率达到50%以上的建筑占新建建筑的比例 >= 40%'])
  })
})

describe('which part of the outline a number stands in', () => {
  const under = (...headings: string[]): number => extract(notice(...headings, '新增停车位900个，建成绿道30公里。')).targets.length

  test.each(['发展基础', '主要成效', '面临形势', '存在问题', '发展环境', '建设成效', '创新工作基础', '认清形势', '完成情况', '机遇与挑战', '以往工作回顾'])(
    '%s reports', (heading) => expect(under(`一、${heading}`)).toBe(0))

  test.each(['优化发展环境', '营造良好发展环境', '着力巩固现有成效', '推动改革取得成效', '进一步做实工作基础', '化解存在问题', '应对形势变化', '对外开放取得新成效', '推进解决存在的问题'])(
    '%s is to be done', (heading) => expect(under(`一、${heading}`)).toBe(2))

  test('a goal inside a part that reports, a result inside a part on goals', () => {
    expect(under('一、发展基础和目标', '（一）主要目标')).toBe(2)
    expect(under('一、主要目标', '（一）城市更新成效显著')).toBe(2)
    expect(under('一、现状', '（一）目标任务完成情况')).toBe(0)
  })
})
