import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import type { FoundMilestone } from '../../../extractors/types.ts'
import { notice } from './found.ts'

/** `task @deadline lead | responsible | support` of each milestone of a notice of March 2021 with one part, 一、重点任务. */
const milestones = (...lines: string[]): string[] =>
  extract(notice('一、重点任务', ...lines))
    .targets.filter((target): target is FoundMilestone => target.kind === 'milestone')
    .map(({ task, deadline, lead, responsible, support }) => {
      const units = [lead, responsible, support].map((names) => names.join(' ')).join(' | ')
      return `${task} @${deadline}${units === ' |  | ' ? '' : ` ${units}`}`
    })

const values = (...lines: string[]): unknown[] =>
  extract(notice('一、重点任务', ...lines)).targets.flatMap((target) =>
    target.kind === 'quantity' ? [[target.value, target.deadline]] : [],
  )

describe('what has no end', () => {
  test.each([
    '2021年，全市牢牢把握稳字当头的总基调。',
    '2021年，水务系统将始终贯彻绿色发展的理念。',
    '到2021年底，如工作推进依旧缓慢，',
    '结合全市“十四五”规划，将救援工作纳入总体安排。',
    '推动校车在2021年底前，90%安装定位装置。',
    '居民收入增长与经济增长基本同步。',
    '2021年要继续办好“十件民生实事”。',
    '加强日常巡查、年中抽查、年末考核。',
    '2021年，请各单位认真抓好落实。',
    '2021年年初的会议对林业工作作出全面部署。',
    '2021年，全面落实全会精神。',
    '年中将对重点工作进展情况进行专项督查。',
    '制订全市花卉产业至2030年的发展规划。',
    '2021年为第三阶段。',
    '云江日报2021年5月6日讯',
  ])('%s', (line) => expect(milestones(line)).toEqual([]))
})

describe('which time is the limit', () => {
  test.each([
    ['于11月底前将本年度出台的制度报送市政府。', ['出台的制度报送市政府 @2021-11-30']],
    ['配合“十四五”期间达标，6月底前报送编制计划。', ['报送编制计划 @2021-06-30']],
    ['（一）论证审查阶段（9月16日至9月30日）：完成论证。', ['论证审查阶段 @2021-09-30']],
    ['（一）论证审查阶段（9月16日至9月30）：完成论证。', ['论证审查阶段 @2021-09-30']],
    ['2021年底前，为促进苗圃工作，建立专家库。', ['建立专家库 @2021-12-31']],
  ])('%s', (line, expected) => expect(milestones(line)).toEqual(expected))
})

describe('a heading that is a limit dates what stands below it', () => {
  test('a paragraph, and items one by one; what has a date of its own keeps it', () => {
    expect(
      milestones(
        '（一）2021年5月底前',
        '向全市渡口开展安全宣传。编写检查手册。',
        '（二）2021年8月底前',
        '1.召开现场会，启动申报工作。',
        '2.编制发布操作规程。',
        '（三）2021年底前',
        '2021年10月底前完成验收。',
      ),
    ).toEqual([
      '向全市渡口开展安全宣传 @2021-05-31',
      '召开现场会 @2021-08-31',
      '编制发布操作规程 @2021-08-31',
      '完成验收 @2021-10-31',
    ])
  })

  test('numbers below it are due then, and no milestone stands beside them', () => {
    expect(milestones('（一）2021年8月底前', '建成检查站7座。')).toEqual([])
    expect(values('（一）2021年8月底前', '建成检查站7座。')).toEqual([[7, '2021-08-31']])
  })

  test('a date that a page sets in pieces is one', () => {
    expect(milestones('（一）整改阶段', '2021', '年11月5日', '前，各乡镇完成对占道经营的整改。')).toEqual([
      '各乡镇完成对占道经营的整改 @2021-11-05',
    ])
  })

  test('what is told of today has no end', () => {
    expect(milestones('目前全县建设用地规模到2021年底已严重超标。')).toEqual([])
  })
})

describe('a limit in a bracket or line of its own is that of what it closes', () => {
  test.each<[string, string[], string[]]>([
    ['behind the sentence', ['1.制定出台管理办法。（2021年6月底前完成）'], ['制定出台管理办法 @2021-06-30']],
    ['before its mark', ['2.建立联席会议制度（2021年9月底前完成）。'], ['建立联席会议制度 @2021-09-30']],
    ['without a verb', ['3.搭建信息平台（2021年底前）；'], ['搭建信息平台 @2021-12-31']],
    [
      'each sentence its own',
      ['1.完善制度。修订管理办法（2021年6月底前完成）。建立会商制度（2021年9月底前建立）。'],
      ['完善制度 @2021-06-30', '建立会商制度 @2021-09-30'],
    ],
    [
      'a mere date, where several items end in one',
      ['4.重点工程：大坝填筑到设计高程（9月30日）；灌区续建配套完工（11月30日）。'],
      ['大坝填筑到设计高程 @2021-09-30', '灌区续建配套完工 @2021-11-30'],
    ],
    ['behind a label', ['4.整合服务热线。完成时限：2021年12月底。'], ['整合服务热线 @2021-12-31']],
    ['on the line below', ['5.整合服务热线，统一受理渠道。', '完成时限：2021年9月底'], ['整合服务热线 @2021-09-30']],
    [
      'before the units on the same line',
      ['6.整合服务热线。完成时限：2021年12月底。责任单位：市政务服务局。'],
      ['整合服务热线 @2021-12-31  | 市政务服务局 | '],
    ],
    [
      'two tags of one paragraph, each with its limit',
      ['7.完善设施。改造供水管网（市水务局负责，6月底前完成）。建设滨河绿道（市园林局负责，9月底前完成）。'],
      ['完善设施 @2021-06-30  | 市水务局 | ', '建设滨河绿道 @2021-09-30  | 市园林局 | '],
    ],
  ])('%s', (_, lines, expected) => expect(milestones(...lines)).toEqual(expected))

  test('numbers too', () => expect(values('1.新建学校6所（2021年8月底前完成）。')).toEqual([[6, '2021-08-31']]))

  test.each([
    '1.落实服务业发展规划（2021年3月5日市政府第4次会议通过）。',
    '1.做好管理办法（2019年修订）的宣传。',
    '1.推进信用体系建设（2018—2020年）。',
    '1.会议时间：2021年4月2日。',
  ])('none: %s', (line) => expect(milestones(line)).toEqual([]))
})

describe('a predicate alone behind a date speaks of what stands before', () => {
  test.each<[string, string[]]>([
    ['优化审批流程，压缩办理环节，2021年9月底前完成。', ['优化审批流程 @2021-09-30']],
    ['推进图书借阅流程规范化。2021年6月底前完成。', ['图书借阅流程规范化 @2021-06-30']],
    ['完善标准体系，2021年年底前出台。', ['完善标准体系 @2021-12-31']],
    ['新机场计划2021年9月开工，2023年6月竣工。', ['新机场计划开工 @2021-09-30', '新机场竣工 @2023-06-30']],
    ['一季度完成选址论证，三季度开工。', ['完成选址论证 @2021-03-31', '开工 @2021-09-30']],
    ['对违建点位逐一销号，全部于2021年11月底前整改到位。', ['对违建点位逐一销号 @2021-11-30']],
    ['推动钢铁行业碳达峰。力争2025年前达峰。', ['钢铁行业碳达峰 @2025-12-31']],
    ['制定总额付费办法，2021年三季度实施。', ['制定总额付费办法 @2021-09-30']],
    ['建设城南水厂（一期5万吨/日），2023年6月底前通水。', ['建设城南水厂（一期5万吨/日） @2023-06-30']],
    ['今年建成东湖水厂，6月底前通水。', ['建成东湖水厂 @2021-12-31', '通水 @2021-06-30']],
  ])('%s', (sentence, expected) => expect(milestones(sentence)).toEqual(expected))
})

describe('ways of writing a date', () => {
  test.each<[string, string[]]>([
    ['秋季开学前新校区投入使用。', ['新校区投入使用 @2021-08-31']],
    ['第三季度前完成方案编制。', ['完成方案编制 @2021-09-30']],
    ['各县（市、区）要在6月底前制定本地区方案。', ['各县（市、区）要制定本地区方案 @2021-06-30  | 各县(市、区) | ']],
    ['6月20日18:00前报送自查报告。', ['报送自查报告 @2021-06-20']],
    ['6月20日下午5时前报送自查报告。', ['报送自查报告 @2021-06-20']],
    ['于6月20日前通过公文传输平台向市政府报送自查报告。', ['通过公文传输平台向市政府报送自查报告 @2021-06-20']],
    ['定于2021年10月20日至11月30日在各镇开展巡回展演。', ['定在各镇开展巡回展演 @2021-11-30']],
    ['各牵头单位于2021年4月8日前，将办理方案报市政府督查室。', ['办理方案报市政府督查室 @2021-04-08  | 各牵头单位 | ']],
    ['5月底前完成“三定”规定。', ['完成“三定”规定 @2021-05-31']],
    ['确保6月底前完成征地，不影响9月开工。', ['完成征地 @2021-06-30']],
    ['截至2021年2月底，已完成主体工程的60%，预计6月底完工。', ['完工 @2021-06-30']],
    ['本月底前完成预案修订。', ['完成预案修订 @2021-03-31']],
    ['下月15日前公布名录。', ['公布名录 @2021-04-15']],
    ['三、5月25日前完成预案修订。', ['完成预案修订 @2021-05-25']],
    ['4、5月25日前完成预案修订。', ['完成预案修订 @2021-05-25']],
  ])('%s', (sentence, expected) => expect(milestones(sentence)).toEqual(expected))

  test('what was reached by a day before the date of issue is no target', () =>
    expect(values('截至2021年2月底，项目已完成总工程量的60%，预计6月底完工。')).toEqual([]))
})

describe('stages of a work', () => {
  test.each<[string, string[], string[]]>([
    [
      'parts of the steps, dated in brackets',
      [
        '二、实施步骤',
        '（一）动员部署（2021年3月）。召开动员会议。',
        '（二）自查自纠（4月1日至5月31日）。全面自查。',
        '（三）总结提升（6月底前完成）。总结经验。',
      ],
      ['动员部署 @2021-03-31', '自查自纠 @2021-05-31', '总结提升 @2021-06-30'],
    ],
    [
      'a stage by number',
      ['第一阶段：宣传发动（2021年3月20日前）。广泛宣传。', '第二阶段：集中整治（3月21日—9月30日）。全面整治。'],
      ['第一阶段：宣传发动 @2021-03-20', '第二阶段：集中整治 @2021-09-30'],
    ],
    [
      'named as stages are, whatever stands above',
      ['1、宣传动员（3月5日至3月15日）。流动宣传。', '2、集中整治（3月16日至4月10日）。清理三堆。'],
      ['宣传动员 @2021-03-15', '集中整治 @2021-04-10'],
    ],
    [
      'the time behind a colon',
      ['（一）启动阶段：2021年3月。印发方案。', '（二）推进阶段：2021年4月至11月。全面实施。'],
      ['启动阶段 @2021-03-31', '推进阶段 @2021-11-30'],
    ],
    [
      'one behind the other in a sentence',
      [
        '行动分三步：（一）动员阶段（4月底前），制定方案；（二）普查阶段（5月至8月），逐村核对；（三）总结阶段（9月），报送成果。',
      ],
      ['动员阶段 @2021-04-30', '普查阶段 @2021-08-31', '总结阶段 @2021-09-30'],
    ],
    [
      'one behind the other in a paragraph',
      ['（一）动员阶段（4月底前）。召开会议。（二）普查阶段（5月至8月）。逐村核对。（三）总结阶段（9月）。报送成果。'],
      ['动员阶段 @2021-04-30', '普查阶段 @2021-08-31', '总结阶段 @2021-09-30'],
    ],
    [
      'what a counted stage is called stands behind its time',
      [
        '普查从2021年4月开始，至10月结束，分三个阶段进行：第一阶段（4月上旬）为动员阶段；第二阶段（4月中旬至9月底）为入户阶段；第三阶段（10月）为验收阶段。',
      ],
      ['第一阶段：动员阶段 @2021-04-10', '第二阶段：入户阶段 @2021-09-30', '第三阶段：验收阶段 @2021-10-31'],
    ],
    [
      'from, to and what it is',
      ['第一阶段，从2021年4月至5月，为动员阶段。', '第二阶段，从6月至9月，为入户阶段。'],
      ['第一阶段：动员阶段 @2021-05-31', '第二阶段：入户阶段 @2021-09-30'],
    ],
    [
      'the bodies that a stage begins with are to do it',
      [
        '（一）动员阶段（2021年4月）各乡镇果园普查领导小组结合实际制定方案。',
        '（二）普查阶段（5月至8月）。县果园普查领导小组组织人员入户核对。',
      ],
      ['动员阶段 @2021-04-30  | 各乡镇果园普查领导小组 | ', '普查阶段 @2021-08-31  | 县果园普查领导小组 | '],
    ],
    [
      'a part of a document in one line, blanks in place of its line breaks',
      [
        '普查要有计划、有步骤，县、乡两级都要配足人员，落实经费，确保数据真实可靠。普查对象为全县所有果园，内容包括面积、品种、树龄、产量、销路和灌溉设施，由普查员入户登记，乡镇逐级汇总上报，县普查办公室抽查复核，抽查的样本按村随机抽取，误差超过规定的要返工重查，直到合格为止，抽查结果逐村张榜公布，接受群众监督。 二、时间安排 （一）动员阶段（4月） 制定方案，培训人员。 （二）普查阶段（5月—8月） 入户登记，逐级汇总。 （三）总结阶段（9月） 分析数据，形成报告。',
      ],
      ['动员阶段 @2021-04-30', '普查阶段 @2021-08-31', '总结阶段 @2021-09-30'],
    ],
  ])('%s', (_, lines, expected) => expect(milestones(...lines)).toEqual(expected))

  const table = (...heads: string[]) => [
    ['序号', '项目', ...heads, '责任单位'].join('\t'),
    '1\t滨河公园\t完成可研批复\t完成施工招标\t开工建设\t完成投资3000万元\t市住建局',
    '2\t城北水厂\t完成选址论证\t——\t完成征地拆迁\t开工建设\t市水务局',
  ]
  test.each<[string, string[]]>([
    ['quarters', ['一季度', '二季度', '三季度', '四季度']],
    ['months', ['3月底前', '6月底前', '9月底前', '12月底前']],
    ['with words beside', ['一季度目标', '上半年目标', '三季度目标', '全年目标']],
  ])('columns of a table: %s', (_, heads) => {
    expect(milestones(...table(...heads))).toEqual([
      '滨河公园完成可研批复 @2021-03-31  | 市住建局 | ',
      '滨河公园完成施工招标 @2021-06-30  | 市住建局 | ',
      '滨河公园开工建设 @2021-09-30  | 市住建局 | ',
      '城北水厂完成选址论证 @2021-03-31  | 市水务局 | ',
      '城北水厂完成征地拆迁 @2021-09-30  | 市水务局 | ',
      '城北水厂开工建设 @2021-12-31  | 市水务局 | ',
    ])
    expect(values(...table(...heads))).toEqual([[3000, '2021-12-31']])
  })
})

describe('several dates in the cell of a table', () => {
  const row = (dates: string) => milestones('序号\t任务\t责任单位\t进度安排', `1\t滨河绿道\t市园林局\t${dates}`)
  test.each<[string, string[]]>([
    [
      '4月完成设计，5月开工，11月底建成',
      ['滨河绿道完成设计 @2021-04-30', '滨河绿道开工 @2021-05-31', '滨河绿道建成 @2021-11-30'],
    ],
    ['2021年6月—11月', ['滨河绿道 @2021-11-30']],
    ['6月、11月底', ['滨河绿道 @2021-11-30']],
    [
      '1、南门广场7月1日开放 2、绿道计划2022年底建成 3、驿站10月1日前启用',
      ['滨河绿道南门广场开放 @2021-07-01', '滨河绿道绿道建成 @2022-12-31', '滨河绿道驿站启用 @2021-10-01'],
    ],
    ['1.2021年8月 2.2021年12月', ['滨河绿道 @2021-08-31', '滨河绿道 @2021-12-31']],
  ])('%s', (dates, expected) => expect(row(dates)).toEqual(expected.map((each) => `${each}  | 市园林局 | `)))
})

describe('parts of one sentence that are counted in words', () => {
  test.each<[string, string[]]>([
    ['一是建强医共体，6月底前挂牌运行；二是提升服务能力。', ['建强医共体 @2021-06-30']],
    ['一是到2025年，实现设施共享；二是9月底前出台奖补办法。', ['设施共享 @2025-12-31', '出台奖补办法 @2021-09-30']],
  ])('%s', (sentence, expected) => expect(milestones(sentence)).toEqual(expected))
})

describe('forms', () => {
  test('stages on lines of their own', () =>
    expect(milestones('一季度：完成征地拆迁', '二季度：完成土方60%', '三季度：桥梁主体完工')).toEqual([
      '完成征地拆迁 @2021-03-31',
      '桥梁主体完工 @2021-09-30',
    ]))
  test('a fault is not due, what mends it is', () =>
    expect(
      milestones(
        '1.管网建设滞后。督察发现，管护缺位。',
        '责任单位：县住建局',
        '整改时限：2021年6月底前',
        '整改目标：健全管护机制。',
      ),
    ).toEqual(['健全管护机制 @2021-06-30  | 县住建局 | ']))
  test('nor is a person', () =>
    expect(
      milestones('1.建成平台12个。', '牵头领导：副县长周某', '牵头单位：县科技局', '完成时限：2021年12月'),
    ).toEqual([]))
  test('who is to act stands before a colon or behind the date', () =>
    expect(milestones('县水务局：负责日常工作，4月10日前下达计划。', '5月25日前，各县（区）要完成预案修订。')).toEqual([
      '下达计划 @2021-04-10  | 县水务局 | ',
      '各县（区）要完成预案修订 @2021-05-25  | 各县(区) | ',
    ]))
})

describe('what is no milestone', () => {
  test.each([
    '2018年以前竣工的小区，由各街道登记。',
    '2025年，紧紧围绕高质量发展，重点抓好八方面工作：',
    '对引进的园艺师，三年内享受生活补贴。',
    '对2021年9月15日前到期的贷款给予展期，加快办理续贷手续。',
    '三年内培育花木大户90户，形成一支稳定的队伍。',
    '2021年内蒙古自治区花木产业工作要点',
    '2021年云川省',
    '落实建馆60周年庆祝活动上的讲话精神，推进公园建设。',
    '为认真总结2021年全县花木产业工作，现将有关事项通知如下。',
    '2021年，我镇将做好以下工作：',
    '对5月底前可以搬进新厂房的企业，给予20%的补助。',
    '2021年一季度承租国有房屋的，可减半或全免房租。',
    '据气象部门预报，3月18日至20日有一次强降雨过程。',
    '本报讯（记者周某）3月14日，记者从市住建局获悉，新区建设提速。',
    '2021年，城乡低保标准提高到每人每月750元。',
    '2021年，区委、区政府为民办好12件实事。',
    '2021年，市发展改革委、市农业农村局、市水务局等。',
    '2021年，县委作出了建设湿地公园的决策。',
    '各级各部门要加强统筹，确保2021年各项年度目标任务圆满完成。',
    '为全面做好报告中确定的2021年各项工作任务，建立联席会议制度。',
    '为缓解未来五年的用水缺口，统筹布局水厂。',
    '去年，全市旅游改革稳步推进。',
    '为做好2021年工作，现提出如下意见。',
  ])('%s', (words) => expect(milestones(words)).toEqual([]))

  test('in a row a goal of one cell dates nothing in another', () =>
    expect(milestones('工作任务\t工作要求', '到2025年，再生水利用率达到35%以上。\t各镇因地制宜细化供水办法。')).toEqual(
      [],
    ))

  test('the year that a limit names is that of what the clause says next', () =>
    expect(milestones('2022年8月底前，制定供水方案。年底前，建成供水调度中心。')).toEqual([
      '制定供水方案 @2022-08-31',
      '建成供水调度中心 @2022-12-31',
    ]))

  test('dates in a row have one task', () =>
    expect(
      milestones('请各单位于2021年3月30日、6月30日、9月30日前将进展情况书面报送市政府督查室。').map(
        (each) => /\d{4}(?:-\d\d){2}/.exec(each)?.[0],
      ),
    ).toEqual(['2021-03-30', '2021-06-30', '2021-09-30']))

  test('a row that lacks its project says what is built', () =>
    expect(
      milestones(
        '项目名称\t建设内容\t责任单位\t完成时间',
        '绿道\t新建绿道\t市园林局\t6月',
        '\t改造驿站设施\t市文旅局\t9月底',
      ),
    ).toEqual(['绿道 @2021-06-30  | 市园林局 | ', '改造驿站设施 @2021-09-30  | 市文旅局 | ']))
})

describe('the day of a page, where nothing else dates the text', () => {
  const due = (text: string) =>
    extract(text).targets.flatMap((target) => (target.kind === 'milestone' ? [target.deadline] : []))

  test('tells the year of months', () =>
    expect(due('湿地保护工作安排\n发布日期：2023-02-10 点击率：354\n一、主要任务\n6月底前完成方案编制。\n')).toEqual([
      '2023-06-30',
    ]))
  test('not against the year of the title', () =>
    expect(due('湿地保护2016年工作安排\n发布日期：2018-02-10\n一、主要任务\n6月底前完成方案编制。\n')).toEqual([
      '2016-06-30',
    ]))
  test('what was done on a day before it is not due', () =>
    expect(due('湿地保护工作安排\n发布日期：2023-02-10\n任务分解表于2月9日编制完成，2月8日公开整改方案。\n')).toEqual(
      [],
    ))
})

describe('who acts, where no tag says so', () => {
  test.each<[string, string[]]>([
    [
      '会议决定，由市住建局牵头，市财政局配合，4月底前完成项目可研编制。',
      ['完成项目可研编制 @2021-04-30 市住建局 |  | 市财政局'],
    ],
    ['责成市住建局4月底前完成项目清单。', ['责成市住建局完成项目清单 @2021-04-30  | 市住建局 | ']],
    ['市财政局、市水务局要于4月底前完成资金核算。', ['完成资金核算 @2021-04-30  | 市财政局 市水务局 | ']],
    ['市水务局会同市财政局6月底前制定管理办法。', ['制定管理办法 @2021-06-30  | 市水务局 市财政局 | ']],
    ['市住建局牵头，5月底前完成方案设计。', ['完成方案设计 @2021-05-31 市住建局 |  | ']],
    ['各县（市、区）政府要在6月底前制定具体方案。', ['制定具体方案 @2021-06-30  | 各县(市、区)政府 | ']],
    [
      '市教育局要于4月底前制定方案，市财政局要于5月底前下达资金。',
      ['制定方案 @2021-04-30  | 市教育局 | ', '下达资金 @2021-05-31  | 市财政局 | '],
    ],
  ])('%s', (sentence, expected) =>
    expect(milestones(sentence).map((each) => each.replace(/^.*?(?=完成|制定|下达)/, ''))).toEqual(
      expected.map((each) => each.replace(/^.*?(?=完成|制定|下达)/, '')),
    ),
  )
})

test('a row is due by its column; what its words date themselves is due beside it', () => {
  const { targets } = extract(
    [
      '云江市提升行动计划表',
      '任务\t完成时间\t工作内容\t责任单位',
      '升级辅助平台\t2028年\t平台不支持对接。2027年启动改造，2028年完成改造投入使用。\t车辆管理所',
      '强化督导\t2028年1-6月\t开展工作机制试运行工作\t指挥中心',
    ].join('\n'),
  )
  expect(targets.map((target) => (target.kind === 'milestone' ? [target.task, target.deadline] : null))).toEqual([
    ['升级辅助平台', '2028-12-31'],
    ['启动改造', '2027-12-31'],
    ['强化督导', '2028-06-30'],
  ])
})

test('of what a notice says, and what it lays down, is due nothing; 报名 may be what is done', () => {
  expect(
    milestones(
      '2022年12月进行的统一考试的参考学生均为在校学生。',
      '2022年，考试科目为地理、历史。',
      '2022年10月28日前学校完成电子录入报名工作。',
    ),
  ).toEqual(['学校完成电子录入报名工作 @2022-10-28'])
})
