import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { brief, milestones, notice, quantities } from './found.ts'

type Row = [sentence: string, expected: string[]]
const read = (rows: Row[]) => test.each(rows)('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))

describe('whose a measure or a verb is that names nothing', () => {
  read([
    ['3.城市供水管网。漏损率控制在9%以内。', ['城市供水管网漏损率 <= 9%']],
    ['（二）全科医生。每万人口达到4人以上。', ['每万人口全科医生 >= 4人']],
    ['6.推进秸秆综合利用。利用率达到95%以上。', ['秸秆综合利用率 >= 95%']],
    ['4.农村公路：新建100公里，养护500公里。', ['新建农村公路 >= 100公里', '养护农村公路 >= 500公里']],
    ['实施重大项目260个。开工率达到60%以上。', ['实施重大项目 >= 260个', '重大项目开工率 >= 60%']],
    [
      '继续推进安居工程建设，2021年基本建成320套，新开工460套以上。',
      ['建成安居工程 >= 320套', '新开工安居工程 >= 460套'],
    ],
    ['2021年安居住房基本建成240套、新开工350套。', ['安居住房基本建成 >= 240套', '安居住房新开工 >= 350套']],
    ['九大工程全面有序推进，完成投资60亿元。', ['九大工程完成投资 >= 60亿元']],
    ['为全区65岁以上老年人免费体检，体检率达70%以上。', ['65岁以上老年人体检率 >= 70%']],
    ['学前教育毛入园率达88%、普惠率达85%。', ['学前教育毛入园率 >= 88%', '学前教育普惠率 >= 85%']],
    ['城镇生活污水处理率达到95%，农村达到40%。', ['城镇生活污水处理率 >= 95%', '农村生活污水处理率 >= 40%']],
    [
      '建设保障性住房3000套，其中租赁型占60%以上。',
      ['建设保障性住房 >= 3000套', '租赁型保障性住房占保障性住房比例 >= 60%'],
    ],
    ['床位数、门诊量均达到全市总量的15%以上。', ['床位数占全市总量 >= 15%', '门诊量占全市总量 >= 15%']],
    ['开展涉农积压案件清理行动，力争案件办结率90%以上。', ['涉农积压案件办结率 >= 90%']],
    ['河道断面水质保持稳定，水质优良比例达到85%。', ['河道断面水质优良比例 >= 85%']],
    ['为农村65岁以上老人开展一次免费体检，健康体检覆盖率达到95%。', ['农村65岁以上老人健康体检覆盖率 >= 95%']],
    ['造纸产业优化结构，提升竞争力。产值突破240亿元。', ['造纸产业产值 >= 240亿元']],
    ['冰雪经济加快布局，产业规模达到36亿元。', ['冰雪经济产业规模 >= 36亿元']],
    ['对在用的公办养老院实施消防改造，2022年底前完成70%以上。', ['在用的公办养老院实施消防改造的比例 >= 70%']],
    ['加快发展智能家居产业，扶持甲公司、乙公司等企业扩产，实现产值90亿元。', ['智能家居产业产值 >= 90亿元']],
    ['发展蜂蜜、花茶、菌菇等特色产业，实现产值50亿元。', ['特色产业产值 >= 50亿元']],
    ['确保蔬菜面积稳定在20万亩、总产60万吨以上。', ['蔬菜面积 ~ 20万亩', '蔬菜总产 >= 60万吨']],
    ['建成高标准农田4万亩，确保粮食播种面积在20万亩以上。', ['建成高标准农田 >= 4万亩', '粮食播种面积 >= 20万亩']],
    ['新增学位5000个，其中幼儿园400个。', ['新增学位 >= 5000个', '新增幼儿园学位 >= 400个']],
    ['新增参保职工5000人，“零就业家庭”动态清零。', ['新增参保职工 >= 5000人', '“零就业家庭” <= 0']],
    ['《纲要》提出到2025年村庄绿化率达到30%。', ['村庄绿化率 >= 30%']],
    ['有管网的村庄要确保污水接入率达到100%。', ['污水接入率 >= 100%']],
    ['和美乡镇、行政村比例分别达到60%以上。', ['和美乡镇比例 >= 60%', '行政村比例 >= 60%']],
    ['山区提供100Mbps以上接入服务能力。', ['山区提供接入服务能力 >= 100Mbps']],
    ['全镇GDP达3亿元，增长9%。', ['GDP >= 3亿元', 'GDP >= 9% growth']],
    ['完成农村改厕2万户、改灶1万户。', ['完成农村改厕 >= 2万户', '完成农村改灶 >= 1万户']],
  ])

  test('people are no part of the work that an earlier part names', () =>
    expect(brief('实施数字农业工程，每年培训60万人以上。')).toEqual(['培训 >= 60万人']))
})

describe('ways of writing around a number', () => {
  read([
    ['建设农村公路75公里，新投放公交车40辆。', ['建设农村公路 >= 75公里', '新投放公交车 >= 40辆']],
    ['完成家庭医生签约23万人。', ['完成家庭医生签约 >= 23万人']],
    ['市水务局要在7月底前完成4座水库加固，其余9座力争年底前完工。', ['完成水库加固 >= 4座', '完成水库加固 >= 9座']],
    ['推出便民办税措施20条，全年网上办税率稳定在97%以上。', ['推出便民办税措施 >= 20条', '网上办税率 >= 97%']],
    ['市财政局、市水投公司于5月底前落实资本金2亿元。', ['落实资本金 >= 2亿元']],
    ['守牢安全底线，粮食播种面积稳定在86万亩。', ['粮食播种面积 ~ 86万亩']],
    ['查处超限车辆1.2万台次以上，超限率控制在2%以内。', ['查处超限车辆 >= 1.2万台次', '超限率 <= 2%']],
    ['今冬明春全州计划完成水利投资4.6亿元。', ['完成水利投资 >= 4.6亿元']],
    ['办好民生实事：一是新建幼儿园3所；二是改造危桥11座。', ['新建幼儿园 >= 3所', '改造危桥 >= 11座']],
    ['发展产业集群，上半年举办对接会，年底前产值达到260亿元。', ['产值 >= 260亿元']],
    ['●城镇新增就业3万人以上', ['城镇新增就业 >= 3万人']],
    ['整治125个村庄（包括63个省级示范村）。', ['整治村庄 >= 125个']],
    ['按省定标准新建幼儿园80所。', ['新建幼儿园 >= 80所']],
    ['为全市中小学新增图书70万册，电子书90万册。', ['中小学新增图书 >= 70万册', '新增电子书 >= 90万册']],
    ['维修改造60条内街小巷。', ['维修改造内街小巷 >= 60条']],
    ['提高机顶盒占比至75%以上。', ['机顶盒占比 >= 75%']],
    ['实现“产值达到90亿元，利润达到8亿元”的目标。', ['产值 >= 90亿元', '利润 >= 8亿元']],
    ['城区晴好天数达到260天以上，比2019年增加15天以上。', ['城区晴好天数 >= 260天', '城区晴好天数 >= 15天 growth']],
    ['蔬菜自给率提高并稳定在75%左右。', ['蔬菜自给率 ~ 75%']],
    [
      '水质优良比例为85%，其中云江流域82%、石河流域100%。',
      ['水质优良比例 >= 85%', '云江流域水质优良比例 >= 82%', '石河流域水质优良比例 >= 100%'],
    ],
    ['推进北山煤矿、南湾油田等开发，煤矿产能达到300万吨。', ['煤矿产能 >= 300万吨']],
    ['地区生产总值增长4.5%左右、力争更好结果。', ['地区生产总值 ~ 4.5% growth']],
    ['拆除北岭、天水等5个收费站。', ['拆除收费站 >= 5个']],
    ['加快建设750千伏输变电工程。', []],
    ['为民兴办10件实事。', []],
  ])
})

describe('what a work report tells of the past', () => {
  const values = (...lines: string[]) =>
    extract(lines.join('\n')).targets.map((target) => (target.kind === 'quantity' ? target.value : null))

  test('an excerpt that begins within the review', () =>
    expect(
      values(
        '2026年云江省政府工作报告',
        '建成绿道300公里。农村供水普及率提升至96%。',
        '二、2026年主要工作',
        '建成绿道400公里。',
      ),
    ).toEqual([400]))

  test('what goes on behind a sentence of the past in its paragraph', () =>
    expect(
      values('2022年云江市工作要点', '2021年全市投资完成300亿元，增长9%。人均水耗下降2%。', '新建绿道80公里。'),
    ).toEqual([80]))

  test('its first part, which says what was achieved', () =>
    expect(
      values(
        '2026年云江省政府工作报告',
        '一、一步一个脚印，云江建设取得新进展',
        '粮食加工提质增效。新建梯田23万亩，新增加工园4个。',
        '二、凝心聚力，奋力谱写云江篇章',
        '新建梯田25万亩。',
      ),
    ).toEqual([25]))

  test('what opens a paragraph, of all of it', () =>
    expect(
      values(
        '2026年云江省政府工作报告',
        '二、目标任务',
        '五年来，我们坚持绿色发展。森林面积增长6%，新建苗圃18个。',
        '“十四五”时期，农业建设取得进展。牛奶年产量保持在30万吨以上。',
        '新建苗圃20个。',
      ),
    ).toEqual([20]))

  test('points whose first one tells it', () =>
    expect(
      values(
        '2026年云江市工作安排',
        '——经济实力明显提升。与“十三五”末相比，2025年全市生产总值达到426亿元，净增90亿元。',
        '——集镇面貌焕然一新。新建花园36个，铺设步道15条。',
        '——居民日子越过越好。新建学校12所。',
        '一、重点任务',
        '——打造宜居城乡。新建游园40个。',
      ),
    ).toEqual([40]))

  test('what a paragraph opens as done, up to the next heading', () =>
    expect(
      values(
        '2027年云江县政府工作报告',
        '一、政府工作报告的开头',
        '2026年地区生产总值90亿元。一年来，我们重点抓了以下三方面工作：',
        '推进老屋修缮。发布修缮方案，实施危墙加固300处。',
        '二、2027年主要工作',
        '实施危墙加固500处。',
      ),
    ).toEqual([500]))

  test('an excerpt that tells of nothing but achievements', () =>
    expect(
      values(
        '（三）生态建设走在前列。成功创建省级森林县，林长制在全省推广。',
        '绿化覆盖率达到52%，两次荣获绿叶奖。',
        '（五）教育事业进步。新增学位3万个，托育模式获评全省样板。',
      ),
    ).toEqual([]))

  test('how many indicators a plan has', () =>
    expect(values('2026年云江市工作要点', '提出18个主要指标，其中约束性指标7个。', '新建游园40个。')).toEqual([40]))

  test('a part on how things stand turns where a limit ahead opens a paragraph', () =>
    expect(
      values(
        '“十三五”云江市信息化规划',
        '一、发展现状与形势',
        '宽带普及率达到50%。',
        '到2020年，数字云江建设取得显著成效。',
        '信息消费规模达到600亿元。',
      ),
    ).toEqual([600]))

  test('not where it only foretells', () =>
    expect(
      values('“十三五”云江市交通规划', '一、发展形势', '到2020年，预计全市人口达到300万人。', '客运量达到9000万人次。'),
    ).toEqual([]))
})

describe('which year a text is of that no head dates', () => {
  const found = (...lines: string[]) =>
    extract(['县卫健局在推进会上的发言', '同志们：', ...lines].join('\n')).targets.flatMap((target) =>
      target.kind === 'quantity' ? [[target.value, target.deadline]] : [],
    )
  test('the year that it turns to; what it tells of the year before is past', () =>
    expect(found('2020年，我局建成卫生室96个。', '2021年，我们将新建卫生室12个，年底前就诊率达到90%。')).toEqual([
      [12, '2021-12-31'],
      [90, '2021-12-31'],
    ]))
  test('a year alone may be a deadline', () => expect(found('2020年，建成卫生室96个。')).toEqual([[96, '2020-12-31']]))
})

describe('which year a date is of', () => {
  const report = (...paragraphs: string[]) =>
    extract(
      [
        '政府工作报告',
        '——2019年12月30日在云江县第十七届人民代表大会第五次会议上',
        '云江县人民政府县长　李四',
        '各位代表：',
        ...paragraphs,
      ].join('\n'),
    ).targets.map((target) => target.deadline)

  test('months under a heading of a year are of that year', () =>
    expect(report('三、2020年重点工作', '力争云江大桥6月底前建成通车。')).toEqual(['2020-06-30']))
  test('a part that no label numbers and that names its time', () =>
    expect(report('“十四五”时期的主要目标任务', '一是森林覆盖率达到40%。')).toEqual(['2025-12-31']))
  test('a meeting that news tell of is no limit', () =>
    expect(milestones('2月14日下午，全市造林工作会议召开，部署春季造林。')).toEqual([]))
  test('what a target is multiplied from is no target', () =>
    expect(
      quantities('林业总产值在现有300亿元的基础上翻一番。').map(({ value, baseline }) => [value, baseline?.value]),
    ).toEqual([[2, 300]]))
})

describe('tables that only blanks part', () => {
  const rows = (...lines: string[]) =>
    extract(notice('一、任务', ...lines)).targets.map((target) => [
      target.kind === 'quantity' ? target.value : target.task,
      target.deadline,
      ...target.lead,
      ...target.responsible,
    ])

  test('what a cell goes on with stands between two rows', () =>
    expect(
      rows(
        '序号    主要任务                    牵头单位      完成时限',
        '1       建成城市平台一期            市数据局      2021年9月',
        '        接入部门数据                ',
        '2       培育软件企业50家            市工信局      2021年12月',
      ),
    ).toEqual([
      ['建成城市平台一期', '2021-09-30', '市数据局'],
      [50, '2021-12-31', '市工信局'],
    ]))

  test('titles of groups, one blank between cells', () =>
    expect(
      rows(
        '序号 任务 内容 责任单位 完成时间',
        '一 源头减量',
        '1 绿色工厂 培育绿色工厂30家 市工信局 2024年',
        '二 资源利用',
        '2 建筑垃圾 出台管理办法 综合科 法规股 2023年6月',
      ),
    ).toEqual([
      [30, '2024-12-31', '市工信局'],
      ['建筑垃圾', '2023-06-30', '综合科', '法规股'],
    ]))
})

describe('documents of nothing but goals', () => {
  const read = (...lines: string[]) =>
    extract(['关于下达2014年残疾人事业任务指标的通知', '云残联〔2014〕9号', '各镇残联：', ...lines].join('\n')).targets
  test('need no verb for a count to be one', () =>
    expect(
      read('1、康复：复明手术280例。', '2、就业：培训200人。').map((target) =>
        target.kind === 'quantity' ? target.value : 0,
      ),
    ).toEqual([280, 200]))
})

describe("news and reports of one's own work", () => {
  const found = (...lines: string[]) =>
    extract(lines.join('\n')).targets.map((target) => [
      target.kind === 'quantity' ? target.value : target.task,
      target.deadline,
    ])

  test('what stands already is no target, whatever day it was told on', () =>
    expect(
      found(
        '云江市推进冬季清洁取暖',
        '发布日期：2023-10-18',
        '记者10月17日从市住建局获悉，截至目前，全市已完成改造3.6万户，占年度任务的82%。按照计划，11月5日前完成4.4万户改造任务。',
        '今年我市争取中央资金2.1亿元，目前已拨付1.5亿元，剩余资金将于年底前拨付到位。',
      ),
    ).toEqual([
      [4.4, '2023-11-05'],
      [2.1, '2023-12-31'],
      ['剩余资金将拨付到位', '2023-12-31'],
    ]))

  test('sentences behind one of the past go on with it', () =>
    expect(
      found(
        '云江县应急局2021年法治建设自查报告',
        '今年以来，我局开展检查320次，罚款96万元。修订预案12个，组织演练46场次。',
        '三、2022年工作打算',
        '招录专业人员6名。',
      ),
    ).toEqual([[6, '2022-12-31']]))
})

describe('tables with a cell a line', () => {
  const table = (...lines: string[]) => extract(notice(...lines))

  test('a task list that begins within a longer one, with titles between its rows', () => {
    const { duties, targets } = table(
      ...['序号', '任务', '内容', '责任单位'],
      ...['9', '发展软件产业', '培育软件企业30家。', '省工业厅牵头'],
      '加快产业转型',
      ...['10', '发展智慧农业', '建设示范基地5个。', '省农业农村厅牵头，省商务厅按职责分工负责'],
    )
    expect(duties.map(({ lead, responsible }) => [lead, responsible])).toEqual([
      [['省工业厅'], []],
      [['省农业农村厅'], ['省商务厅']],
    ])
    expect(targets.map(({ lead }) => lead)).toEqual([['省工业厅'], ['省农业农村厅']])
  })

  test('kinds before the number, titles of groups, units that stand once for several rows', () => {
    const { duties } = table(
      ...['任务类型', '序号', '工作任务', '推进单位'],
      '行动一：焕新老街（老街整体提升行动）',
      ...['1', '编制老街修缮图则', '县住建局、县文旅局、南桥街道'],
      ...['2', '整修沿街门面', '县住建局、城运集团'],
      '行动二：畅通水路（水路整体提升行动）',
      '码头改造',
      ...['3', '改造客运码头4座', '县交通局、各相关街镇'],
      ...['4', '加固候船廊道'],
      '航道疏浚',
      ...['5', '疏浚航道19公里', '县水利局'],
      '产业园区',
      ...['6', '园区管网更新', '县工信局、园区管委会'],
    )
    expect(duties.map(({ clause, responsible }) => [clause, responsible.join()])).toEqual([
      ['1 编制老街修缮图则', '县住建局,县文旅局,南桥街道'],
      ['2 整修沿街门面', '县住建局,城运集团'],
      ['3 改造客运码头4座', '县交通局,各相关街镇'],
      ['5 疏浚航道19公里', '县水利局'],
      ['6 园区管网更新', '县工信局,园区管委会'],
    ])
  })

  test('units broken over lines, the header again on a new page, a last column of documents', () => {
    const header = ['序号', '任务类型', '重点内容', '责任单位', '参考文件']
    const { duties, targets } = table(
      ...header,
      ...[
        '1',
        '堤防',
        '加固提升',
        '到2028年底，加固堤防26公里，落实巡查制度，健全险工险段台账。',
        '县水利局、县财政局、',
        '县应急局，各乡镇',
        '《云川县堤防建设',
        '“十五五”规划》',
      ],
      ...[
        '2',
        '泵站',
        '整体改造',
        '改造老旧泵站7座，统一运行监测平台，完善值守制度。',
        '县水利局',
        '《泵站改造技术指引》',
      ],
      ...header,
      ...[
        '3',
        '河道型湿地',
        '新建河口湿地3处，落实日常养护，开放沿岸步道。',
        '县林业局、县水利局、',
        '县资源局，各乡镇',
        '《云川县湿地环境保护',
        '“十五五”规划》',
      ],
      ...[
        '4',
        '雨水',
        '排放系统',
        '排查混接点位，逐处整改。',
        '重点整治老城排口。',
        '到2028年底，雨水排口达标率达到91%。',
        '县城管局、县水利局、',
        '县住建局，各乡镇',
        '《云川县排水',
        '“十五五”规划》',
      ],
    )
    expect(duties.map(({ responsible }) => responsible.join())).toEqual([
      '县水利局,县财政局,县应急局,各乡镇',
      '县水利局',
      '县林业局,县水利局,县资源局,各乡镇',
      '县城管局,县水利局,县住建局,各乡镇',
    ])
    expect(targets.map(({ responsible }) => responsible.length)).toEqual([4, 4, 1, 4, 4])
  })

  test('lines go where they fit where cells are empty', () => {
    const { targets } = table(
      ...['序号', '考核指标', '考核内容', '单位', '年度目标', '责任部门', '评分部门'],
      ...['1', '保障有效供给', '粮食播种面积', '万亩', '7', '县农业农村局', '市农业农村局'],
      ...['2', '家禽出栏', '万只', '3', '县农业农村局', '市农业农村局'],
      ...['3', '水产品产量', '万吨', '42', '县海洋渔业局', '市海洋渔业局'],
    )
    expect(
      targets.map((target) => (target.kind === 'quantity' ? [target.indicator, target.value, target.responsible] : [])),
    ).toEqual([
      ['粮食播种面积', 7, ['县农业农村局']],
      ['家禽出栏', 3, ['县农业农村局']],
      ['水产品产量', 42, ['县海洋渔业局']],
    ])
  })
})
