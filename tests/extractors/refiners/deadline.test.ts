import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import type { FoundQuantity } from '../../../extractors/types.ts'
import { milestones, notice, quantities } from './found.ts'

const deadlines = (...sentences: string[]) =>
  quantities(...sentences).map(({ value, deadline, deadlineBasis }) => [value, deadline, deadlineBasis])

describe('the year that a hand-over names', () => {
  test('in the sentence before it', () => {
    const text = [
      '云江市人民政府办公室关于分解重点任务的通知',
      '云政办〔2022〕11号',
      '各县（市、区）人民政府：',
      '李四市长所作的报告，提出了2022年要做好的8项重点工作。现将任务分解如下：',
      '一、扩大产业',
      '1.装备板块收入超400亿元。',
    ].join('\n')
    expect(extract(text).targets.map(({ deadline }) => deadline)).toEqual(['2022-12-31'])
  })
})

test('a time inside one point of a paragraph is none of the next point', () => {
  const { targets } = extract(
    [
      '云江市2022年工作要点',
      '一、产业',
      '启动三个行动：一是产业行动。力争“十四五”末做优做强4个产业集群。二是企业行动。新认定企业30家以上。',
      '到2024年，抓好两件事：一是培育基地5个。二是打造园区6个。',
    ].join('\n'),
  )
  expect((targets as FoundQuantity[]).map(({ value, deadline }) => [value, deadline])).toEqual([
    [4, '2025-12-31'],
    [30, '2022-12-31'],
    [5, '2024-12-31'],
    [6, '2024-12-31'],
  ])
})

test('what is said of the whole year is due at its end, whatever a month before it opens', () => {
  expect(deadlines('2022年10月31日前，盘活取得进展，力争全年盘活资产7亿元。')).toEqual([[7, '2022-12-31', 'explicit']])
})

describe('when a page was put up', () => {
  test('is no time by which anything is due', () => {
    const text = [
      '新闻详情',
      '云江市关于做好2022年林业工作的实施意见',
      '2022-05-19 14:17',
      '为全面推进林业工作，提出如下意见。',
      '一、重点任务',
      '推广滴灌技术20万亩，大力发展花卉。',
    ].join('\n')
    const { documents, targets } = extract(text)
    expect(documents[0]!.title).toBe('云江市关于做好2022年林业工作的实施意见')
    expect(targets.map(({ deadline }) => deadline)).toEqual(['2022-12-31'])
  })
})

test('a part on a plan and its first year turns to the year where that opens a paragraph', () => {
  const { targets } = extract(
    [
      '云江市政府工作报告',
      '——2026年1月12日在云江市第九届人民代表大会第六次会议上',
      '二、“十五五”时期目标任务和2026年工作安排',
      '主要指标是：森林覆盖率达到48%。',
      '今年是开局之年，要迈好第一步。',
      '主要预期目标是：粮食产量达到90万吨。',
      '（一）扩大消费。新增便民商店60家。',
    ].join('\n'),
  )
  expect(targets.filter(({ kind }) => kind === 'quantity').map(({ deadline }) => deadline)).toEqual([
    '2030-12-31',
    '2026-12-31',
    '2026-12-31',
  ])
})

describe('values dealt out to the quarters of a year', () => {
  const quarters = ['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31']
  test.each([
    '2025年，全市植树任务不低于8万株，按季度分别完成种植总数的15%、40%、70%和100%。',
    '2025年，各县植树任务不低于8万株，一、二、三、四季度分别完成15%、40%、70%、100%。',
  ])('%s', (sentence) =>
    expect(quantities(sentence).map(({ deadline }) => deadline)).toEqual(['2025-12-31', ...quarters]),
  )
  test('four values that do not rise are of something else', () =>
    expect(
      quantities('2025年，按季度检查，甲、乙、丙、丁覆盖率分别达到90%、80%、70%、60%。').map(
        ({ deadline }) => deadline,
      ),
    ).toEqual(quarters.map(() => '2025-12-31')))
})

describe('the coming five years', () => {
  const report = (year: number, ...lines: string[]) =>
    extract([`云江市政府工作报告`, `——${year}年1月12日在云江市第九届人民代表大会第一次会议上`, ...lines].join('\n'))
  test('of a report in the first year of a plan are those of the plan, and of the points counted below', () => {
    const { targets } = report(
      2026,
      '一、未来五年的目标任务',
      '未来五年，我们要办好以下几件大事。',
      '一是振兴产业。建成特色园区8个。',
      '二是改善民生。人均预期寿命达到81岁。',
      '二、2026年重点工作',
      '一是振兴产业。新建厂房6万平方米。',
    )
    expect(targets.filter(({ kind }) => kind === 'quantity').map(({ deadline }) => deadline)).toEqual([
      '2030-12-31',
      '2030-12-31',
      '2026-12-31',
    ])
  })
  test('of a report later in that year end five years on', () => {
    const { targets } = extract(
      '云江县2021年政府工作报告\n——2021年8月17日在云江县第九届人民代表大会第一次会议上\n今后五年的主要目标是：富民强县。\n（一）建设园区。建成特色园区8个。',
    )
    expect(targets.filter(({ kind }) => kind === 'quantity').map(({ deadline }) => deadline)).toEqual(['2026-12-31'])
  })
  test('end where the report turns to its own year', () => {
    const { targets } = report(
      2022,
      '刚刚过去的2021年，建成苗圃9个。',
      '今后五年，我们要富民强县，建成特色园区8个。',
      '今年是关键的一年。今年发展的主要预期目标是：居民收入增长7%。',
      '一、扩大内需',
      '新建厂房6万平方米。',
    )
    expect(targets.filter(({ kind }) => kind === 'quantity').map(({ deadline }) => deadline)).toEqual([
      '2027-12-31',
      '2022-12-31',
      '2022-12-31',
    ])
  })
  test('of a report in another year end five years on', () => {
    const { targets } = report(2022, '未来五年，全市建成特色园区8个。')
    expect(targets.map(({ deadline }) => deadline)).toEqual(['2027-12-31'])
  })
})

describe('what opens a sentence before its time', () => {
  test('by what it is done', () => {
    expect(
      deadlines('按照“一年起步、三年成型”的总体要求，到2030年末，全市基本建成林业强市；单位林地产值突破3万元。'),
    ).toEqual([[3, '2030-12-31', 'explicit']])
  })
})

describe('a period in the name of what a plan rests on', () => {
  test('is not its own', () => {
    const text = [
      '云江市温室改造实施方案',
      '按照《云江市农业发展规划》《云江市设施农业行动方案（2024-2027年）》要求，现就温室改造制定如下方案。',
      '一、工作目标',
      '推广节能温室，新建温室覆膜率达到60%以上。',
    ].join('\n')
    expect(extract(text).targets.map(({ deadline }) => deadline)).toEqual([null])
  })
})

describe('a table that reports of a part of the year', () => {
  test('sets the limits of the whole year', () => {
    const text = ['云江市2021年重点工作一季度进展情况表', '1.蔬菜产量达到20万吨。'].join('\n')
    expect(extract(text).targets.map(({ deadline }) => deadline)).toEqual(['2021-12-31'])
  })
})

describe('deadline', () => {
  test.each<[string, string[], unknown[]]>([
    ['in the sentence', ['到2025年，床位达到900张。'], [[900, '2025-12-31', 'explicit']]],
    [
      'the nearest of two',
      ['2023年，床位达到700张，2025年，床位达到900张。'],
      [
        [700, '2023-12-31', 'explicit'],
        [900, '2025-12-31', 'explicit'],
      ],
    ],
    ['behind the number', ['新建学校6所，2022年底前投入使用。'], [[6, '2022-12-31', 'explicit']]],
    [
      'a date with an object of its own governs nothing before it',
      ['新建学校6所，2022年底前上线统一平台。'],
      [[6, null, 'none']],
    ],
    [
      'dates by which the work is to have got so far',
      ['按照6月底前，完成投资40%以上，9月底前，完成投资70%以上的进度要求推进。'],
      [
        [40, '2021-06-30', 'explicit'],
        [70, '2021-09-30', 'explicit'],
      ],
    ],
    [
      'a month with its year before all else is that of every part',
      ['2022年9月底前，启动公园建设，新增凉亭35个；步道7条。'],
      [
        [35, '2022-09-30', 'explicit'],
        [7, '2022-09-30', 'explicit'],
      ],
    ],
    [
      'places counted by 处, no penalty; a cipher of the goals told in numbers',
      ['2022年底前，凉亭总数达到90处以上。', '2022年底前完成“2+60”任务，其中，“60”是指新建花木园60座。'],
      [
        [90, '2022-12-31', 'explicit'],
        [60, '2022-12-31', 'explicit'],
      ],
    ],
    ['an earlier sentence', ['到2025年，短板基本补齐。床位达到900张。'], [[900, '2025-12-31', 'inherited']]],
    [
      'an earlier paragraph of a goal section',
      ['到2025年，短板基本补齐。', '床位达到900张。'],
      [[900, '2025-12-31', 'inherited']],
    ],
    [
      'a part of a year keeps to its fragment',
      ['到2025年，平台6月底前上线，床位达到900张。'],
      [[900, '2025-12-31', 'explicit']],
    ],
    [
      'a part of the running year keeps to the verb behind it',
      ['今年6月底前完成搬迁，培训800人。'],
      [[800, null, 'none']],
    ],
    [
      'behind a semicolon only what opens the sentence governs',
      ['到2025年，床位达到900张；泊位达到700个。'],
      [
        [900, '2025-12-31', 'explicit'],
        [700, '2025-12-31', 'explicit'],
      ],
    ],
    [
      'goals that the year announces',
      ['2022年全市发展主要预期目标是：床位达到900张；泊位达到700个；路灯达到500盏。'],
      [
        [900, '2022-12-31', 'explicit'],
        [700, '2022-12-31', 'explicit'],
        [500, '2022-12-31', 'explicit'],
      ],
    ],
    [
      'a date of the clause before the semicolon',
      ['2022年建成学校6所；入园率达到95%。'],
      [
        [6, '2022-12-31', 'explicit'],
        [95, null, 'none'],
      ],
    ],
    [
      'a limit in mid-sentence with a deliverable of its own',
      ['到2025年，优良比例达到88%，2023年底前全面消除劣质断面，达标比例保持95%，黑臭水体控制在10%以内。'],
      [
        [88, '2025-12-31', 'explicit'],
        [95, '2025-12-31', 'explicit'],
        [10, '2025-12-31', 'explicit'],
      ],
    ],
    ['a limit behind its subject', ['改造任务2022年底前完成，灌溉面积达到120万亩。'], [[120, null, 'none']]],
    ['a limit of the next subject', ['新建农田12万亩，划定任务3月底前全面完成。'], [[12, null, 'none']]],
    ['a limit of what was counted', ['新建学校6所，全部于2022年底前完成。'], [[6, '2022-12-31', 'explicit']]],
    [
      'a later date puts an end to the first',
      ['到2023年，床位达到700张，2025年达到900张；泊位达到80个。'],
      [
        [700, '2023-12-31', 'explicit'],
        [900, '2025-12-31', 'explicit'],
        [80, null, 'none'],
      ],
    ],
    ['how long a rule holds', ['缓缴政策延长至2022年底。床位达到900张。'], [[900, null, 'none']]],
    ['the name of a goal', ['顺利实现2030年前达峰目标，床位达到900张。'], [[900, null, 'none']]],
    [
      'a numbered item is no heading of itself',
      ['1.床位达到900张，2022年9月底前开通平台；泊位达到80个。'],
      [
        [900, null, 'none'],
        [80, null, 'none'],
      ],
    ],
    ['two years together', ['今明两年培训800人。'], [[800, '2022-12-31', 'explicit']]],
    ['a month does not reach the next sentence', ['2022年8月底前完成对接。培训800人。'], [[800, null, 'none']]],
    ['a month keeps to the verb behind it', ['2022年8月底前完成对接，全年培训800人。'], [[800, null, 'none']]],
    [
      'a month before a comma governs its clause',
      ['2022年8月底前，床位达到900张，泊位达到700个。'],
      [
        [900, '2022-08-31', 'explicit'],
        [700, '2022-08-31', 'explicit'],
      ],
    ],
    ['a month in which something else is done with it', ['新建学校6所，今年8月底前投入使用。'], [[6, null, 'none']]],
    [
      'a month in which all of it is completed',
      ['新建学校6所，今年8月底前全部完工。'],
      [[6, '2021-08-31', 'explicit']],
    ],
    [
      'a time behind is that of the numbers of its fragment',
      ['开发岗位60个，建成车间9个并于今年7月底前全部投产。'],
      [
        [60, null, 'none'],
        [9, '2021-07-31', 'explicit'],
      ],
    ],
    [
      'years in a row',
      ['整改率2021、2022、2023年分别达到90%、95%、99%。'],
      [
        [90, '2021-12-31', 'explicit'],
        [95, '2022-12-31', 'explicit'],
        [99, '2023-12-31', 'explicit'],
      ],
    ],
    [
      'an item of a part on goals speaks for itself',
      ['1.到2023年，床位达到700张。', '2.2022年底前，泊位达到80个。', '3.入园率达到95%。'],
      [
        [700, '2023-12-31', 'explicit'],
        [80, '2022-12-31', 'explicit'],
        [95, '2023-12-31', 'inherited'],
      ],
    ],
    ['measured by another year', ['到2025年，接待人次恢复到2019年的95%以上。'], [[95, '2025-12-31', 'explicit']]],
    ['which things are meant', ['2022年底前淘汰2010年底前注册的车辆900辆。'], [[900, '2022-12-31', 'explicit']]],
    ['an outlook is none', ['为2035年远景目标打好基础，床位达到900张。'], [[900, null, 'none']]],
  ])('%s', (_, sentences, expected) => expect(deadlines(...sentences)).toEqual(expected))

  test('the years of a plan are counted by the plan', () => {
    const text = notice('一、重点任务', '五年内新建学校6所。', '到规划期末，床位达到900张。')
      .replaceAll('提升行动实施方案', '“十四五”教育规划')
      .replaceAll('2021年3月10日', '2021年11月10日')
    expect((extract(text).targets as FoundQuantity[]).map(({ value, deadline }) => [value, deadline])).toEqual([
      [6, '2025-12-31'],
      [900, '2025-12-31'],
    ])
  })

  test('five years are those of the plan begun in the year of issue, where the text speaks of it', () =>
    expect(
      [['五年内新建学校6所。'], ['五年内新建学校6所。', '到“十四五”期末，床位达到900张。']].map(
        (sentences) => deadlines(...sentences)[0],
      ),
    ).toEqual([
      [6, '2026-12-31', 'explicit'],
      [6, '2025-12-31', 'explicit'],
    ]))

  test('who counts a term from a year writes in it', () =>
    expect(
      extract(
        '关于推进园艺兴镇工程的意见\n一、目标\n2019年起4年内，全镇花木基地达到900亩。\n二、任务\n4年内培训花农170名。（县林业局负责）\n',
      ).targets.map(({ deadline }) => deadline),
    ).toEqual(['2023-12-31', '2023-12-31']))

  test('from the title alone', () => {
    const text = notice('一、重点任务', '新建学校6所。').replaceAll('提升行动实施方案', '2021年教育工作要点')
    const [target] = extract(text).targets as FoundQuantity[]
    expect(target).toMatchObject({ deadline: '2021-12-31', deadlineBasis: 'document' })
  })

  test('says which words and which rule gave it', () => {
    const [target] = quantities('到2025年，床位达到900张。')
    expect(target?.explanation.deadline).toMatchObject({ words: '到2025年', rule: 'deadline-explicit/time-point' })
    expect(target?.explanation.op).toMatchObject({ words: '达到', rule: 'own/达到' })
  })
})

describe('milestones', () => {
  test.each<[string, string[]]>([
    ['到2025年，服务体系基本健全。', ['2025-12-31']],
    ['2021年6月底前制定实施细则。', ['2021-06-30']],
    ['平台2021年9月底前上线，2022年推广到全部县区。', ['2021-09-30', '2022-12-31']],
    ['到2025年，床位达到900张，为2030年前达峰奠定坚实基础。', []],
    ['2022年8月底前完成土地承包到期后延包试点方案。', ['2022-08-31']],
    ['贷款2022年8月底前到期。', []],
    ['到2025年，床位达到900张。', []],
    ['本办法自2021年5月1日起施行，有效期5年。', []],
    ['“十四五”时期是转型的关键时期。', []],
    ['2020年，平台上线运行。', []],
    ['为2035年基本实现现代化打好基础。', []],
    ['2020年底前建立标准体系。', ['2020-12-31']],
    ['2020年底前建成的管网已移交。', []],
    ['已于2020年底前完成移交工作。', []],
    ['客运站2021年6月底前封顶、年内开始装修，东江大桥国庆节前通车。', ['2021-06-30', '2021-12-31', '2021-09-30']],
    ['改造管网30公里，11月底通过省级验收。', ['2021-11-30']],
    ['11月底通过招标确定施工单位，新建泵站2座。', []],
    ['5月11日，市长主持召开市长办公会议，专题研究汛期安全工作。', []],
    ['2021年5月底前召开全市现场推进会议。', ['2021-05-31']],
    ['今年1—4月，全市降水量较常年偏多两成，库区水位上涨。', []],
    ['3年内不得提拔任用。', []],
    ['3年内完成老旧管网更新。', ['2024-12-31']],
    ['2021年7月底前全面停产，逾期未停产的收回用地指标。', ['2021-07-31']],
    ['2021年7月底前完成考核办法修订的得2分，否则不得分。', []],
    ['2021年9月，印发医共体建设实施方案。', ['2021-09-30']],
    ['已于2021年2月1日印发各县区。', []],
    ['2021年秋季学期起所有中小学开展近视筛查建档。', []],
    ['2021年工作总体要求是：坚持稳中求进，加快建设交通强市。', []],
    ['不符合本方案规定的，应当自印发之日起12个月内完成改造。', []],
    ['自印发之日起12个月内完成设施改造。', ['2022-03-10']],
    ['承租国有房屋的企业，2021年减免3个月租金。', []],
    ['2021年，全面落实租金减免政策。', ['2021-12-31']],
    ['凡在2021年12月31日前完成注销的企业，不再追缴欠费。', []],
    ['2021年12月31日前完成僵尸企业注销。', ['2021-12-31']],
    ['请将联络员名单于2021年4月15日前报市政府办公室。', []],
  ])('%s', (sentence, expected) => expect(milestones(sentence).map(({ deadline }) => deadline)).toEqual(expected))

  test.each([
    [
      'a predicate alone behind a month',
      '光伏项目6月并网、古镇9月试营业，产业园年底前投产。',
      ['2021-06-30', '2021-09-30', '2021-12-31'],
    ],
    ['what is reported to an office', '各县区要于2021年6月5日前向市水务局报送自查报告。', ['2021-06-05']],
    ['the name of a table is none', '2021年云江市水利工程责任分解表', []],
    ['in what spirit something is done is none', '2021年，把群众满意作为检验工作的标准。', []],
  ])('%s', (_, sentence, expected) => expect(milestones(sentence).map(({ deadline }) => deadline)).toEqual(expected))

  test('a stage that its heading dates is due when it ends', () =>
    expect(
      milestones(
        '（一）动员阶段（2021年4月底前）。各县区制定方案。',
        '（二）整治阶段（2021年5月至8月）。排查风险隐患。',
      ).map(({ task, deadline }) => [task, deadline]),
    ).toEqual([
      ['动员阶段', '2021-04-30'],
      ['整治阶段', '2021-08-31'],
    ]))

  test('in a part on how things stand, a forecast is none', () =>
    expect(
      extract(notice('一、面临的形势', '据测算，2025年全市学龄人口将达到30万人，到2026年入学压力持续加大。')).targets,
    ).toEqual([]))

  test('a row of a table that promises numbers only is no milestone as well', () => {
    const table = ['序号\t任务\t责任单位\t时限', '1\t新建公园3个\t市园林局\t6月底', '2\t编制绿地规划\t市园林局\t9月底']
    expect(extract(notice(...table)).targets.map(({ kind, deadline }) => [kind, deadline])).toEqual([
      ['quantity', '2021-06-30'],
      ['milestone', '2021-09-30'],
    ])
  })

  test('a report of the half-year is none', () =>
    expect(milestones('上半年，全市生产总值同比增长6.2%，完成年度任务的48.6%。')).toEqual([]))

  test('a month without a year takes that of the number where nothing else dates the document, and says so', () => {
    const head = '云江市人民政府\n市长办公会议纪要\n〔2021〕14号\n'
    const [assumed] = extract(`${head}一、防汛工作\n市水务局6月底前完成水库隐患排查。\n`).targets
    expect([assumed?.deadline, assumed?.explanation.deadline?.rule, assumed?.doubts]).toEqual([
      '2021-06-30',
      'deadline-explicit/relative-time/bare-year/year-of-number',
      ['deadline'],
    ])
    const [stated] = milestones('市水务局6月底前完成水库隐患排查。')
    expect([stated?.explanation.deadline?.rule, stated?.doubts]).toEqual([
      'deadline-explicit/relative-time/bare-year',
      [],
    ])
    expect(assumed?.confidence).toBeLessThan(stated?.confidence ?? 0)
  })

  test('parts of one clause share its subject', () => {
    expect(milestones('客运站2021年6月底前封顶、年内开始装修。').map(({ task }) => task)).toEqual([
      '客运站封顶',
      '客运站开始装修',
    ])
  })
})

describe('tags on lines of their own', () => {
  const units = (...lines: string[]) =>
    (extract(notice(...lines)).targets as FoundQuantity[])
      .filter(({ kind }) => kind === 'quantity')
      .map(({ value, responsible, deadline }) => [value, responsible.join(), deadline])

  test('a limit on the line above the tag is that of the item', () => {
    expect(units('一、水质', '整改目标：改造管网30公里。', '整改时限：2022年6月底', '责任单位：市水务局')).toEqual([
      [30, '市水务局', '2022-06-30'],
    ])
  })
  test('a tag above the lines that say what is to be done answers for them, a limit below them is theirs', () =>
    expect(
      units(
        '一、管网改造滞后。去年只改造了8公里。',
        '责任单位：市水务局',
        '整改目标：改造管网30公里。',
        '整改时限：2022年6月底',
        '二、绿化滞后。',
        '责任单位：市园林局',
      ),
    ).toEqual([[30, '市水务局', '2022-06-30']]))

  test('behind the last item of every part they answer for all of its items', () => {
    expect(
      units(
        '一、桥梁',
        '（一）任务。加固桥梁8座。',
        '（二）进度。年底前验收。',
        '责任单位：市交通运输局',
        '二、学校',
        '（一）任务。新建学校3所。',
        '（二）进度。年底前开学。',
        '责任单位：市教育局',
      ).map((row) => row.slice(0, 2)),
    ).toEqual([
      [8, '市交通运输局'],
      [3, '市教育局'],
    ])
  })
})
