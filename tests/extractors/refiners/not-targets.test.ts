import { describe, expect, test } from 'vitest'
import { brief } from './found.ts'

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
  ])('%s', (sentence) => expect(brief(sentence)).toEqual([]))

  test('an amount that says which things are counted stays in the name', () => {
    expect(brief('到2025年，引进年产值超10亿元的企业4家。')).toEqual(['引进年产值超10亿元的企业 >= 4家'])
    expect(brief('到2025年，装配率达到50%以上的建筑，占新建建筑的比例达到40%。')).toEqual(['装配率达到50%以上的建筑占新建建筑的比例 >= 40%'])
  })
})
