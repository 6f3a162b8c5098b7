import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import type { FoundQuantity } from '../../../extractors/types.ts'
import { brief, milestones, notice, quantities } from './found.ts'

describe('what a list shares is said of every part of it', () => {
  test.each<[string, string[]]>([
    ['实施2个公园、3公里绿道和5块绿地等工程。', ['实施公园 >= 2个', '实施绿道 >= 3公里', '实施绿地 >= 5块']],
    [
      '重点实施4个养蜂场、8万亩药材基地、90万株苗木培育等项目建设。',
      ['实施养蜂场项目建设 >= 4个', '实施药材基地项目建设 >= 8万亩', '实施苗木培育项目建设 >= 90万株'],
    ],
    [
      '要确保12公里供热主管网复线、30公里庭院管网改造等工程按时完工。',
      ['供热主管网复线工程完工 >= 12公里', '庭院管网改造工程完工 >= 30公里'],
    ],
    [
      '培育龙头企业2家，专业型15家，示范型60家。',
      ['培育龙头企业 >= 2家', '培育专业型龙头企业 >= 15家', '培育示范型龙头企业 >= 60家'],
    ],
    ['存栏鸡、鸭分别达到2亿只、800万只。', ['存栏鸡 >= 2亿只', '存栏鸭 >= 800万只']],
    [
      '设有实验室、技术中心的企业占比分别达到40%、60%以上。',
      ['设有实验室的企业占比 >= 40%', '设有技术中心的企业占比 >= 60%'],
    ],
    ['确保甲糖厂、乙纸厂、丙酒厂等16个以上项目建成投产。', ['项目建成投产 >= 16个']],
    ['对杏园、梅园、松园等12个小区进行供暖改造。', ['小区进行供暖改造 >= 12个']],
    ['建成云岭路等4条景观道路、建成东湖天桥、安装西山路护栏。', ['建成景观道路 >= 4条']],
    ['引进30名能够攻克关键技术、发展新兴产业的创业人才。', ['引进能够攻克关键技术、发展新兴产业的创业人才 >= 30名']],
    ['建设月湖变等3座35千伏变电站。', ['建设35千伏变电站 >= 3座']],
    [
      '绿色建材、新型储能产业规模分别达1.1万亿、8000亿元。',
      ['绿色建材产业规模 >= 1.1万亿元', '新型储能产业规模 >= 8000亿元'],
    ],
    ['新建和改造高标准果园30万亩，水果总产90万吨以上。', ['新建和改造高标准果园 >= 30万亩', '水果总产 >= 90万吨']],
    ['布局建设4条专用线、20条产业路。', ['布局建设专用线 >= 4条', '布局建设产业路 >= 20条']],
    ['为3万名听障老人提供助听服务。', ['听障老人提供助听服务 >= 3万名']],
    ['城乡居民收入分别增长7%。', ['城镇居民收入 >= 7% growth', '农村居民收入 >= 7% growth']],
    ['国家和市级合作社分别达到40家、180家。', ['国家级合作社 >= 40家', '市级合作社 >= 180家']],
    [
      '游客人数突破30万人次，门票收入达到8亿元，分别增长12%。',
      ['游客人数 >= 30万人次', '门票收入 >= 8亿元', '游客人数 >= 12% growth', '门票收入 >= 12% growth'],
    ],
  ])('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))
})

describe('whose measure a number is', () => {
  test.each<[string, string[]]>([
    ['梨园面积8万亩，年产量3万吨。', ['梨园面积 >= 8万亩', '梨年产量 >= 3万吨']],
    ['核桃总面积达到60万亩，年产量达到4万吨。', ['核桃总面积 >= 60万亩', '核桃年产量 >= 4万吨']],
    ['全年计划投资3亿元，实施交通重点项目9个。', ['交通重点项目计划投资 >= 3亿元', '实施交通重点项目 >= 9个']],
    ['省级每年对40%以上的市和10%以上的县督查。', ['市督查 >= 40%', '县督查 >= 10%']],
    ['打造集种植、加工、观光为一体的产业园3个。', ['打造产业园 >= 3个']],
    ['每年分区域、分批次组织演练20场。', ['组织演练 >= 20场']],
    ['实现小区门禁全覆盖。', ['小区门禁覆盖率 >= 100%']],
  ])('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))
})

describe('one verb with several values', () => {
  test('by how much and to what', () =>
    expect(brief('审批时限压缩四成以上至6个工作日以内。')).toEqual([
      '审批时限 >= 4成 reduction',
      '审批时限 <= 6个工作日',
    ]))

  test('step by step, each by its own date', () =>
    expect(
      quantities('开办时间2021年底前压至9天，2022年底前进一步压至7天，五年内压至5天。').map(
        ({ indicator, value, deadline }) => [indicator, value, deadline],
      ),
    ).toEqual([
      ['开办时间', 9, '2021-12-31'],
      ['开办时间', 7, '2022-12-31'],
      ['开办时间', 5, '2026-12-31'],
    ]))
})

describe('numbers in words', () => {
  test.each<[string, string[]]>([
    ['审批时间压减一半。', ['审批时间 >= 50% reduction']],
    ['事故率控制在万分之三以内。', ['事故率 <= 3‱']],
    ['粮食产量突破百亿斤。', ['粮食产量 >= 100亿斤']],
    ['发电量达到一千千瓦时。', ['发电量 >= 1000千瓦时']],
    ['城乡居民收入比下降到2.35：1。', ['城乡居民收入比 <= 2.35']],
    ['打造百亿级产业集群。', []],
    ['房租减半征收。', []],
  ])('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))
})

describe('what is no target', () => {
  test.each([
    '对示范平台给予奖补，最高500万元。',
    '奖补总额不超过15%。',
    '推进总投资10亿元的物流园项目开工。',
    '打造一批年产值20亿元以上园区。',
    '甲镇、乙镇、丙镇3个沿江乡镇重点发展生态旅游。',
  ])('%s', (sentence) => expect(brief(sentence)).toEqual([]))

  test('a word of payment says little of a span of time', () =>
    expect(brief('抵押登记时间压缩至3日。')).toEqual(['抵押登记时间 <= 3日']))
})

describe('the tense of a section', () => {
  test('the innermost heading that tells one decides', () => {
    const text = notice(
      '一、总体形势和目标',
      '（一）发展基础',
      '累计建成绿道300公里，绿化率达到45%。',
      '（二）发展目标',
      '到2025年，绿化率达到50%。',
    )
    expect((extract(text).targets as FoundQuantity[]).map(({ value }) => value)).toEqual([50])
  })
})

describe('how far a date reaches', () => {
  test('a term keeps to its sentence', () =>
    expect(
      quantities('用三年时间建成驿站60个。新建步道20公里。').map(({ value, deadline }) => [value, deadline]),
    ).toEqual([
      [60, '2024-12-31'],
      [20, null],
    ]))

  test('how long ago somebody graduated is no term', () =>
    expect(milestones('对毕业2年内的高校毕业生提供就业指导。')).toEqual([]))

  test('what a time means is no deliverable', () =>
    expect(milestones('“十四五”时期推进乡村建设，对缩小城乡差距具有重要意义。')).toEqual([]))
})

describe('what is doubtful', () => {
  test('a name that both readings give is sure', () => {
    const [sure] = quantities('到2025年，自来水普及率达到95%以上。')
    expect(sure?.doubts).toEqual([])
    expect(sure?.confidence).toBeGreaterThanOrEqual(0.9)
  })

  test('a name taken from elsewhere is not', () => {
    const [, shared] = quantities('到2025年，旅游综合收入占全市比重达到8%，提高到10%。')
    expect(shared?.doubts).toContain('indicator')
    expect(shared?.confidence).toBeLessThan(0.9)
  })

  test('says what spoke for and against', () => {
    const [found] = quantities('到2025年，自来水普及率达到95%以上。')
    expect(found?.evidence.map(({ cue }) => cue)).toEqual(
      expect.arrayContaining(['deadline', 'comparator', 'indicator']),
    )
  })
})
