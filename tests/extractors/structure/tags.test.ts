import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { documentOf, tagsIn } from './read.ts'

/** A clause with something in front of the tag, as tags stand in documents. */
const clause = (tag: string): string =>
  `一、重点任务\n（一）完善服务网络。加快建设县乡村三级物流网络，提升服务能力。${tag}\n（二）加强宣传引导。营造良好氛围。`

describe('tags with labels', () => {
  test.each([
    ['（牵头单位：市科学技术局；责任单位：市财政局、市教育局）', '市科学技术局 | 市财政局 市教育局 | '],
    [
      '（牵头单位：市商务局；责任单位：市财政局，市教育局；配合单位：各县（市、区）政府）',
      '市商务局 | 市财政局 市教育局 | 各县(市、区)政府',
    ],
    ['〔责任单位:公安厅、省法院,各市(州)人民政府〕', ' | 公安厅 省法院 各市(州)人民政府 | '],
    ['【责任单位：区发展改革局、区财政局】', ' | 区发展改革局 区财政局 | '],
    ['［牵头部门：省卫生健康委，参与部门：省医保局、省药监局］', '省卫生健康委 |  | 省医保局 省药监局'],
    ['（省教育厅，省编办、省财政厅配合）', ' | 省教育厅 | 省编办 省财政厅'],
    ['（省农委牵头，省编办、省财政厅配合）', '省农委 |  | 省编办 省财政厅'],
    ['（各市、州、县人民政府，省教育厅）', ' | 各市、州、县人民政府 省教育厅 | '],
    ['（省教育厅、各高等学校）', ' | 省教育厅 各高等学校 | '],
    ['（主办单位：市民政局；协办单位：市残联）', '市民政局 |  | 市残联'],
    ['（主责单位：市科委、中关村管委会；协办单位：市财政局）', ' | 市科委 中关村管委会 | 市财政局'],
    ['（责任单位：市住房城乡建设委；完成时限：2019年12月底）', ' | 市住房城乡建设委 | '],
    ['（完成时限：2019年6月底前；牵头单位：市公安局；配合单位：市城管局）', '市公安局 |  | 市城管局'],
    [
      '（市水利局牵头，市住建局参与，各县区政府负责落实。以下均需各县区政府落实，不再列出）',
      '市水利局 | 各县区政府 | 市住建局',
    ],
    ['（责任领导：张明；责任单位：市水利局）', ' | 市水利局 | '],
    ['（责任单位：市水利局　责任人：王海）', ' | 市水利局 | '],
    ['（责任单位：市工业和信息化局牵头，市财政局配合）', '市工业和信息化局 |  | 市财政局'],
    ['（责任单位：市财政局等）', ' | 市财政局 | '],
    ['（各中等职业学校）', ' | 各中等职业学校 | '],
    ['（各乡镇）', ' | 各乡镇 | '],
    ['（丰江供电公司、中国电信丰江分公司）', ' | 丰江供电公司 中国电信丰江分公司 | '],
    ['（旗农牧局、各苏木镇）', ' | 旗农牧局 各苏木镇 | '],
    ['（责任单位为市水利局、市财政局）', ' | 市水利局 市财政局 | '],
    ['（责任分工：市水利局牵头，市财政局配合）', '市水利局 |  | 市财政局'],
    ['（此项工作由市水利局牵头负责）', '市水利局 |  | '],
    ['（市水利局、市财政局牵头负责、各区政府组织落实）', '市水利局 市财政局 | 各区政府 | '],
    ['（水利部、财政部等部门和各省级人民政府负责）', ' | 水利部 财政部 各省级人民政府 | '],
    ['（市消防救援支队、丰江军分区）', ' | 市消防救援支队 丰江军分区 | '],
    ['（责任单位：市财政局、市税务局（按职责分工））', ' | 市财政局 市税务局 | '],
    ['（责任单位：市发展改革委（市铁建办）、市交通运输局）', ' | 市发展改革委(市铁建办) 市交通运输局 | '],
    [
      '（牵头单位：省工业和信息化厅，参加单位：省财政厅、各市、县（市、区）人民政府）',
      '省工业和信息化厅 |  | 省财政厅 各市、县(市、区)人民政府',
    ],
    [
      '（责任单位：省直有关部门，各设区市人民政府、平潭综合实验区管委会）',
      ' | 省直有关部门 各设区市人民政府 平潭综合实验区管委会 | ',
    ],
    [
      '（责任单位：各市县政府、洋浦经济开发区管委会，省住房城乡建设厅）',
      ' | 各市县政府 洋浦经济开发区管委会 省住房城乡建设厅 | ',
    ],
    [
      '（牵头单位：市发展改革委、市商务局；配合单位：市级有关部门和单位）',
      '市发展改革委 市商务局 |  | 市级有关部门和单位',
    ],
    ['（牵头单位：市A公司；督办单位：市政府督查室）', '市A公司 |  | '],
    ['（责任单位：市水利局、市财政局，9月底前完成试点，12月底前全面完成）', ' | 市水利局 市财政局 | '],
    ['〔市水利局牵头，市财政局负责，完成时限：2021年12月〕', '市水利局 | 市财政局 | '],
    ['（责任单位：市水利局、青山、白水镇人民政府）', ' | 市水利局 青山、白水镇人民政府 | '],
    ['（责任单位：市教育局\\市科技局\\市文旅局）', ' | 市教育局 市科技局 市文旅局 | '],
    ['（牵头单位：县发改局 配合单位：县财政局、县水利局 完成时限：2021年12月）', '县发改局 |  | 县财政局 县水利局'],
  ])('%s', (tag, expected) => expect(tagsIn(clause(tag))).toEqual([expected]))
})

test('a tag between the number of an item and its words answers for the item', () => {
  const [tag] = documentOf('一、重点任务\n1.（市水利局牵头）改造管网30公里。\n2.加强宣传引导。').tags
  expect([tag?.lead, tag?.clause.slice(0, 10)]).toEqual([['市水利局'], '1.（市水利局牵头）'])
})

describe('tags with verbs', () => {
  test.each([
    [
      '（市发展改革委、人民银行云州中心支行牵头，相关部门和单位配合）',
      '市发展改革委 人民银行云州中心支行 |  | 相关部门和单位',
    ],
    ['（市卫生健康委、市医保局分别负责）', ' | 市卫生健康委 市医保局 | '],
    ['（市卫生健康委、市财政局、市教育局负责，市残联参与）', ' | 市卫生健康委 市财政局 市教育局 | 市残联'],
    ['（国家发展改革委、工业和信息化部等负责）', ' | 国家发展改革委 工业和信息化部 | '],
    ['（教育部牵头，发展改革委、财政部等按职责分工负责）', '教育部 | 发展改革委 财政部 | '],
    ['（各省级人民政府负责）', ' | 各省级人民政府 | '],
    ['（财政部、税务总局牵头，人力资源社会保障部配合，2019年底前完成）', '财政部 税务总局 |  | 人力资源社会保障部'],
    ['（国务院国资委负责，持续推进）', ' | 国务院国资委 | '],
    ['（2014年底前完成。国家发展改革委牵头，财政部参加）', '国家发展改革委 |  | 财政部'],
    ['（市科技局牵头；市教育局、市国资委配合）', '市科技局 |  | 市教育局 市国资委'],
    ['（由市教育局负责）', ' | 市教育局 | '],
    ['（市市场监管局会同市公安局负责）', ' | 市市场监管局 市公安局 | '],
    [
      '（省发展改革委牵头，省直有关部门配合，各市〔州〕人民政府落实）',
      '省发展改革委 | 各市〔州〕人民政府 | 省直有关部门',
    ],
    ['（自治区工业和信息化厅牵头，各盟市配合）', '自治区工业和信息化厅 |  | 各盟市'],
    [
      '（省工业和信息化厅、科技厅、财政厅，各地级以上市政府按职责分工负责）',
      ' | 省工业和信息化厅 科技厅 财政厅 各地级以上市政府 | ',
    ],
    ['（省科技厅牵头，省发展改革委等部门、单位配合）', '省科技厅 |  | 省发展改革委'],
    ['（市委政法委牵头，市法院、市检察院负责）', '市委政法委 | 市法院 市检察院 | '],
    ['（市农业农村局牵头，市水利局、市气象局参加）', '市农业农村局 |  | 市水利局 市气象局'],
    ['（市A局牵头负责）', '市A局 |  | '],
    ['（县直有关部门、各乡镇人民政府按职责抓好落实）', ' | 县直有关部门 各乡镇人民政府 | '],
    ['（市水务局、市城管局按各自职责分工抓好落实，各县区政府具体组织实施）', ' | 市水务局 市城管局 各县区政府 | '],
    ['（市财政局会同市教育局制定，2021年6月底前完成）', ' | 市财政局 市教育局 | '],
    ['（市住建局会同市发展改革委等部门推动落实）', ' | 市住建局 市发展改革委 | '],
    ['（市水务局牵头、市财政局配合）', '市水务局 |  | 市财政局'],
    ['（市发展改革委（牵头）、市财政局、市教育局（配合））', '市发展改革委 | 市财政局 | 市教育局'],
  ])('%s', (tag, expected) => expect(tagsIn(clause(tag))).toEqual([expected]))
})

describe('bare lists', () => {
  test.each([
    [
      '〔商务厅、农业厅、团省委，各市（州）、县（市、区）人民政府〕',
      ' | 商务厅 农业厅 团省委 各市(州)、县(市、区)人民政府 | ',
    ],
    ['（商务厅等省直相关部门）', ' | 商务厅 省直相关部门 | '],
    ['（市科委）', ' | 市科委 | '],
    ['（2024年6月底前印发。市国资委）', ' | 市国资委 | '],
    [
      '（市委金融办、人民银行北江市分行、国家金融监督管理总局北江监管分局）',
      ' | 市委金融办 人民银行北江市分行 国家金融监督管理总局北江监管分局 | ',
    ],
    ['（各州、市人民政府，省发展改革委）', ' | 各州、市人民政府 省发展改革委 | '],
    ['（市交通运输局、市公安局、各区、县级市政府）', ' | 市交通运输局 市公安局 各区、县级市政府 | '],
    // Levels of places behind one 各 are one name, whatever is said of them.
    ['（牵头单位：市水务局，配合单位：市园林局，各区、县级市）', '市水务局 |  | 市园林局 各区、县级市'],
    ['（牵头单位：市水务局，配合单位：各有关县、市、区）', '市水务局 |  | 各有关县、市、区'],
    ['（市文旅局、各旗、县、区）', ' | 市文旅局 各旗、县、区 | '],
    ['（责任单位：县林业局，各乡镇、街道）', ' | 县林业局 各乡镇、街道 | '],
    ['（县林业局、各镇、街道办事处）', ' | 县林业局 各镇、街道办事处 | '],
    // Departments that are called as a development zone likes, beside one with its level.
    ['（县教育局、环境与国土资源局、规划和市容局）', ' | 县教育局 环境与国土资源局 规划和市容局 | '],
    ['（县党群工作部、行政审批局、经济发展局）', ' | 县党群工作部 行政审批局 经济发展局 | '],
    // Who answers for one part beside who answers for all.
    ['（县教育局、县林业局，评价机制由县财政局牵头）', '县财政局 | 县教育局 县林业局 | '],
  ])('%s', (tag, expected) => expect(tagsIn(clause(tag))).toEqual([expected]))
})

describe('lines of their own', () => {
  test.each([
    ['\n牵头单位：市农牧局\n责任单位：市水务局、市林业局', '市农牧局 | 市水务局 市林业局 | '],
    ['\n责任单位：市民政局、市卫生健康委、各区（县）政府。', ' | 市民政局 市卫生健康委 各区(县)政府 | '],
    [
      '\n牵头负责领导：周明。\n牵头责任单位：省商务厅。\n协同责任单位：省财政厅、省税务局等。',
      '省商务厅 |  | 省财政厅 省税务局',
    ],
    ['\n主办单位：市残联\n协办单位：市民政局\n参与单位：各街道办事处', '市残联 |  | 市民政局 各街道办事处'],
    ['\n牵头单位：市住建局　　配合单位：市城管局、市财政局', '市住建局 |  | 市城管局 市财政局'],
    ['责任单位：县交通运输局、县财政局。', ' | 县交通运输局 县财政局 | '],
    ['\n【牵头单位】市数据局\n【责任单位】市级各部门', '市数据局 | 市级各部门 | '],
    ['\n责任单位：市教育局\n完成时限：2025年12月底前', ' | 市教育局 | '],
    ['\n责任单位：\n市教育局\n市财政局、市人力资源社会保障局', ' | 市教育局 市财政局 市人力资源社会保障局 | '],
    ['\n责任单位：市教育局　市财政局　各区政府', ' | 市教育局 市财政局 各区政府 | '],
    ['\n牵头单位：市教育局\n责任领导：李华\n配合单位：市财政局', '市教育局 |  | 市财政局'],
    ['\n责任领导：周明 责任单位：县水务局 责任人：李华', ' | 县水务局 | '],
    ['\n责任单位 市水务局、市财政局', ' | 市水务局 市财政局 | '],
    ['\n牵头：市发改委 配合：市财政局、市水务局', '市发改委 |  | 市财政局 市水务局'],
  ])('%s', (tag, expected) => expect(tagsIn(clause(tag))).toEqual([expected]))

  test("a limit on a line beside the units is the tag's own", () => {
    const {
      tags: [tag],
    } = documentOf(clause('\n责任单位：市教育局\n完成时限：2025年12月底前'))
    expect(tag?.deadlineRange).not.toBeNull()
  })
})

describe('conventions of the document', () => {
  test.each([
    ['（责任单位：林业厅，财政厅、科技厅。逗号前为牵头单位，下同）', '林业厅 | 财政厅 科技厅 | '],
    ['（责任单位：市民政局、市财政局。列第一位者为牵头单位，下同）', '市民政局 | 市财政局 | '],
    ['\n责任单位：市民政局、市财政局（除标注“分别牵头”外，列第一位为牵头单位，下同）', '市民政局 | 市财政局 | '],
    ['（各县区政府具体落实，市水利局依责落实）', ' | 各县区政府 市水利局 | '],
    [
      '\n责任单位：市民政局，市财政局，各县（区）政府。（排在第一位的为牵头单位，下同）',
      '市民政局 | 市财政局 各县(区)政府 | ',
    ],
    ['（市发展改革委、市财政局负责。排在第一位部门的为牵头部门，下同）', '市发展改革委 | 市财政局 | '],
    ['（责任单位：市教委、市财政局，各区县政府；排首位的为牵头单位，下同）', '市教委 | 市财政局 各区县政府 | '],
  ])('%s', (tag, expected) => expect(tagsIn(clause(tag))).toEqual([expected]))

  test('it holds for the tags behind it, but not for 分别负责 and not where a lead is named', () => {
    const text =
      '（一）甲。做好工作。（责任单位：市民政局、市财政局。列第一位者为牵头单位，下同）\n（二）乙。做好工作。（责任单位：市教育局、市公安局）\n' +
      '（三）丙。做好工作。（市水利局、市农业局分别负责）\n（四）丁。做好工作。（牵头单位：市司法局；责任单位：市信访局）'
    expect(tagsIn(text)).toEqual([
      '市民政局 | 市财政局 | ',
      '市教育局 | 市公安局 | ',
      ' | 市水利局 市农业局 | ',
      '市司法局 | 市信访局 | ',
    ])
  })

  test.each([
    ['在责任单位中，排名第一的责任单位为牵头单位，其他列入单位为参与单位。', '市教育局 |  | 市财政局'],
    ['列第一位的责任单位为牵头单位或汇总单位。', '市教育局 | 市财政局 | '],
    ['每项任务排名第一的单位牵头。', '市教育局 | 市财政局 | '],
    [
      '市委书记是第一责任人。第一时间由市应急局牵头处置，始终把安全放在首位，由市安委办牵头。',
      ' | 市教育局 市财政局 | ',
    ],
  ])('said elsewhere: %s', (note, expected) =>
    expect(tagsIn(`${note}\n${clause('（责任单位：市教育局、市财政局）')}`)).toEqual([expected]),
  )

  test('units marked with a star lead', () => {
    expect(tagsIn(`注：带★的为牵头单位。\n${clause('（责任单位：市财政局、★市教育局）')}`)).toEqual([
      '市教育局 | 市财政局 | ',
    ])
  })

  test('a note in the preamble', () => {
    expect(
      tagsIn(`现就责任分工通知如下（各项工作列第一位的为牵头单位，下同）。\n${clause('（市教育局、市财政局负责）')}`),
    ).toEqual(['市教育局 | 市财政局 | '])
  })
})

describe('what is no tag', () => {
  test.each([
    '（同时设计、同时施工、同时投入生产和使用）',
    '（以下简称市卫健委）',
    '（含中医、中西医结合医院，下同）',
    '（谁主管谁负责）',
    '（政府主导、部门配合、社会参与）',
    '（县级文化场馆招聘管理、乡镇文化站使用）',
    '（2018—2020年）',
    '（市、区）',
    '（试行）',
    '（三台县、盐亭县）',
    '（由企业自行负责）',
    '（牵头组织申报的企业）',
    '（详见附件2）',
    '（公立医院、社区卫生服务中心）',
    '（责任到人）',
  ])('%s', (words) => expect(tagsIn(clause(`对项目${words}给予支持。`))).toEqual([]))

  test('who does what within a sentence is told by the sentence', () => {
    expect(tagsIn('市发展改革委牵头制定实施方案，市财政局配合落实资金。市级有关部门负责组织实施。')).toEqual([])
  })
})

describe('what a tag governs', () => {
  const governed = (text: string): string[] => {
    const tree = documentOf(text)
    const start = tree.start
    return tree.tags.map(({ governs }) => text.replace(/\s/g, '').slice(0, 0) + String(governs.start - start))
  }

  test('each sentence of a paragraph has its own', () => {
    const tree = documentOf('（一）甲。完成改造（市住建局负责）。推进绿化（市林业局负责）。')
    const [first, second] = tree.tags
    expect(first && second && first.governs.end <= second.governs.start).toBe(true)
  })

  test('a tag behind the last of several items without tags closes the whole clause', () => {
    const text = '（二）推广应用。\n1．甲。内容。\n2．乙。内容。\n3．丙。内容。\n责任单位：市民政局'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual(['（二）推广应用'])
    expect(governed(text)).toEqual(['0'])
  })

  test('tasks that are counted in words have the fields below them', () => {
    const text =
      '任务一：推进老街改造\n年内改造老街60条。\n牵头单位：市住建局\n责任领导：王某\n\n任务二：建设口袋公园\n目标要求：建成公园25个。\n牵头单位：市城管局'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual([
      '任务一：推进老街改造',
      '任务二：建设口袋公园',
    ])
  })

  test('items that have their own tags keep them', () => {
    const text =
      '（二）推广应用。\n1．甲。内容。（市民政局牵头）\n2．乙。内容。（市教育局牵头）\n3．丙。内容。（市公安局牵头）'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual(['1.甲', '2.乙', '3.丙'])
  })

  test('a tag right below its heading governs what follows', () => {
    const tree = documentOf(
      '（一）甲工程\n牵头单位：市民政局\n建成养老院10所。\n（二）乙工程\n牵头单位：市教育局\n新建学校5所。',
    )
    expect(tree.clauses.filter(({ kind }) => kind === 'paragraph').map(({ tag }) => tag?.lead)).toEqual([
      ['市民政局'],
      ['市教育局'],
    ])
  })
})

describe('tags as assessment schemes, divisions of work and copied text have them', () => {
  test.each([
    [
      'a name that holds 牵头, and a body known by the group beside it',
      clause('（市财政局、10个帮扶集团牵头单位和有关区县政府具体负责）'),
      ' | 市财政局 10个帮扶集团牵头单位 有关区县政府 | ',
    ],
    [
      'a body of no level and no field before a group',
      clause('（市商务委、人行云川营管部和各区县政府分别负责）'),
      ' | 市商务委 人行云川营管部 各区县政府 | ',
    ],
    ['points, a time and who assesses', clause('（3分）（9月底前见到成效，考评牵头单位：市水利局）'), '市水利局 |  | '],
    [
      'brackets in brackets',
      clause('（市水利局（市河长办）、市公安局〔市局交警支队〕负责）'),
      ' | 市水利局(市河长办) 市公安局〔市局交警支队〕 | ',
    ],
    ['the role behind a name', clause('（责任单位：市水务局〔牵头〕、市住建局）'), '市水务局 | 市住建局 | '],
    [
      'a body whose name a bracket says again, behind a comma',
      '2.北湾植绿工程2000亩，实施单位：北湾片区管理局（北湾乡政府）和县森林管理局。',
      ' | 北湾片区管理局(北湾乡政府) 县森林管理局 | ',
    ],
    [
      'behind a comma',
      '（一）甲。新建泵站6座，责任单位：市水务局，配合单位：市财政局，完成时限：2025年6月底。',
      ' | 市水务局 | 市财政局',
    ],
    ['one body behind the heading of an item', '1.推进水厂建设（市水务局）\n新建水厂2座。', ' | 市水务局 | '],
  ])('%s', (_, text, expected) => expect(tagsIn(text)).toEqual([expected]))

  test.each([
    ['several acts in a row', clause('（市水务局、市住建局分工负责抓落实）'), ' | 市水务局 市住建局 | '],
    ['acts that lead and answer', clause('（市水务局牵头组织实施，市住建局积极参与配合）'), '市水务局 |  | 市住建局'],
    [
      'a headquarters among those who take part',
      clause('（市水务局牵头，市防汛指挥部成员单位、各街办（园区）参与）'),
      '市水务局 |  | 市防汛指挥部成员单位 各街办(园区)',
    ],
    [
      'a role in brackets behind the first name, others behind it',
      clause('（责任单位：市水务局（牵头）、市住建局、市财政局）'),
      '市水务局 | 市住建局 市财政局 | ',
    ],
    [
      'labels of other offices',
      clause('（牵头办理单位：市水务局；承担单位：市住建局；协管单位：市财政局）'),
      '市水务局 | 市住建局 | 市财政局',
    ],
    [
      'labels in square brackets',
      '一、任务\n（一）甲。新建泵站6座。\n[牵头单位]市水务局 [配合单位]市财政局',
      '市水务局 |  | 市财政局',
    ],
    ['labels before a blank', clause('（牵头单位 市水务局；配合单位 市财政局）'), '市水务局 |  | 市财政局'],
    [
      'a line of names and what they do',
      '（一）甲。新建泵站6座。\n市水务局牵头，市财政局、各县（市、区）政府按职责分工负责',
      '市水务局 | 市财政局 各县(市、区)政府 | ',
    ],
    ['names that a blank parts', clause('（责任单位：水务局 财政局 教育局）'), ' | 水务局 财政局 教育局 | '],
    ['a dash for the colon', clause('（牵头单位——市水务局；配合单位——市财政局）'), '市水务局 |  | 市财政局'],
    ['为 for the colon', clause('（牵头单位为水务局，配合单位为财政局）'), '水务局 |  | 财政局'],
    ['a task force', clause('（市重点项目推进工作专班负责）'), ' | 市重点项目推进工作专班 | '],
  ])('said in another way: %s', (_, text, expected) => expect(tagsIn(text)).toEqual([expected]))

  test.each([
    '1.成立市水务局（市河长办）',
    '（一）甲。各责任单位各司其职。',
    '（一）甲。由市水务局统筹协调，发挥社会组织作用。',
    '（一）甲。由市水利局牵头，市财政局参加，成立工作专班，负责日常工作。',
    '（一）甲。牵头单位要加强统筹，配合单位要加强协作。',
  ])('none: %s', (text) => expect(tagsIn(`一、任务\n${text}`)).toEqual([]))

  test('two tags in one paragraph with opposite roles', () => {
    expect(
      tagsIn(
        '（一）甲。新建泵站。（牵头单位：市水务局；配合单位：市财政局）加强管护。（责任单位：市财政局，各乡镇人民政府）',
      ),
    ).toEqual(['市水务局 |  | 市财政局', ' | 市财政局 各乡镇人民政府 | '])
  })

  test('the next heading on the line of a tag', () => {
    const text =
      '一、任务\n（一）甲。新建泵站。\n牵头单位：市水务局；责任单位：市财政局 （二）乙\n新建水厂。（市水务局负责）（三）丙。新建管网。（市住建局负责）'
    expect(documentOf(text).tags.map((tag) => [tag.clause, ...tag.lead, ...tag.responsible])).toEqual([
      ['（一）甲', '市水务局', '市财政局'],
      ['（二）乙', '市水务局'],
      ['（三）丙', '市住建局'],
    ])
  })

  test('a tag with its own limit: the words of the time, what is to be seen by then included', () => {
    const text = '（一）甲。巡河。（3分）（9月底前见到成效并长期坚持，考评牵头单位：市水利局）'
    expect(documentOf(text).tags.map(({ deadlineRange }) => deadlineRange !== null)).toEqual([true])
  })
})

describe('tags as offices lay them out', () => {
  test.each<[string, string, string[]]>([
    [
      'people, units and what was done in one line',
      '1.建成滨湖绿道。 牵头领导：周某 责任单位：市园林局 项目责任人：李某 配合单位：市财政局、市水务局 实际完成情况：已完成3公里。',
      [' | 市园林局 | 市财政局 市水务局'],
    ],
    [
      'people before the office on a line of its own',
      '（一）地名图编纂。完成地名图编纂。\n分管领导：周某 责任科室：区划科 责任人：李某 完成时限：6月',
      [' | 区划科 | '],
    ],
    ['points before the units', '1.全年检查企业不少于300家次（10分，市应急局）。', [' | 市应急局 | ']],
    ['points before groups', '2.隐患整改率不低于96%（20分，各街道、市级有关部门）。', [' | 各街道 市级有关部门 | ']],
    [
      'points before labels',
      '3.建成调度平台（10分，牵头单位：市应急局；责任单位：市数据局）。',
      ['市应急局 | 市数据局 | '],
    ],
    ['a part of the office that writes', '一、抓收入。全年组织收入90亿元。（收入核算科）', [' | 收入核算科 | ']],
    ['parts of it', '二、抓执法。组织案卷评查2次。（法规科、稽查局）', [' | 法规科 稽查局 | ']],
    ['with what they do', '三、抓服务。推出便民措施。（办税服务科牵头，各区县局落实）', ['办税服务科 | 各区县局 | ']],
    ['a part of it and its limit', '四、抓安全。开展评估。（特设处，12月10日前）', [' | 特设处 | ']],
    [
      'places and bodies that blanks part',
      '1.修建产业路。\n责任单位：石桥镇 枣林镇 县交通局 责任人：王某',
      [' | 石桥镇 枣林镇 县交通局 | '],
    ],
    ['bodies in a bracket that blanks part', '2.设立服务站。（消保处 投诉中心）', [' | 消保处 投诉中心 | ']],
    ['为 behind a sentence', '4.新增管网15公里。牵头单位为县城管局，责任单位为县住建局。', ['县城管局 | 县住建局 | ']],
  ])('%s', (_, text, expected) => expect(tagsIn(`一、任务\n${text}`)).toEqual(expected))

  test.each([
    '1.推进社区医院（口腔科、儿科）建设。',
    '2.设立专科门诊。（见附表）',
    '3.得分在90分以上（含90分，不含加分）的。',
  ])('none: %s', (text) => expect(tagsIn(`一、任务\n${text}`)).toEqual([]))

  const limits = (text: string): boolean[] => documentOf(text).tags.map(({ deadlineRange }) => deadlineRange !== null)
  test.each([
    ['behind the units, as a sentence', '1.压缩办理时间（牵头单位：市数据局；配合单位：市公安局。2027年8月）。'],
    [
      'among the fields before them',
      '2.体育公园。建设内容：新建公园4个。建设期限：2027年。投资：8000万元。责任单位：市体育局。',
    ],
  ])('a limit %s', (_, text) => expect(limits(text)).toEqual([true]))

  test('lines of bodies and what they do, as a page without brackets sets them below what they answer for', () => {
    const { duties, targets } = extract(
      [
        '云江市2027年就业工作要点',
        '扩大招录规模',
        '开发社区岗位260个',
        '市教育局、市民政局、市农发银行等按职责分工负责',
        '加强就业指导',
        '为毕业生开设生涯课程',
        '市教育局牵头，市财政局、市民政局配合',
      ].join('\n'),
    )
    expect(duties.map(({ lead, responsible, support }) => [lead, responsible, support])).toEqual([
      [[], ['市教育局', '市民政局', '市农发银行'], []],
      [['市教育局'], [], ['市财政局', '市民政局']],
    ])
    expect(targets.map(({ responsible }) => responsible)).toEqual([['市教育局', '市民政局', '市农发银行']])
  })

  test('above the lines that say what is to be mended, with its limit between', () => {
    const tree = documentOf(
      '一、管网建设滞后。督察发现，9个镇中仍有4个未建污水厂。\n责任单位：县住建局\n整改时限：2027年6月底前\n整改目标：实现设施全覆盖。\n整改措施：\n1.新建管网38公里。\n二、矿山修复缓慢。\n责任单位：县自然资源局\n整改时限：长期坚持\n整改目标：完成24个图斑修复。',
    )
    expect(tree.clauses.map(({ tag }) => tag?.responsible[0])).toEqual([
      '县住建局',
      '县住建局',
      '县住建局',
      '县住建局',
      '县自然资源局',
      '县自然资源局',
    ])
  })

  test('tasks that no colon parts from their number', () => {
    const text =
      '任务三 治理面源污染\n目标：建成处理中心3处。\n牵头单位：市农业农村局\n任务四 保护饮用水源\n目标：完成14处勘界。\n牵头单位：市生态环境局'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual([
      '任务三治理面源污染',
      '任务四保护饮用水源',
    ])
  })

  test('items that a form calls projects', () => {
    const text =
      '一、改革项目：推进财政体制改革\n目标任务：制定方案。\n牵头单位：市财政局\n二、改革项目：深化审批改革\n目标任务：压减材料。\n牵头单位：市数据局'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual([
      '一、改革项目：推进财政体制改革',
      '二、改革项目：深化审批改革',
    ])
  })

  test('items counted as 1.1 have the fields below them', () => {
    const text = '任务1：优化布局\n1.1 收入占比达到25%。\n责任部门：规划处\n1.2 完成专业化整合。\n责任部门：改革处'
    expect(documentOf(text).tags.map(({ clause: words }) => words)).toEqual(['1.1收入占比达到25%', '1.2完成专业化整合'])
  })
})

test('a federation of cooperatives is one body', () =>
  expect(tagsIn('一、重点任务\n新建冷库3座。（省商务厅、省供销合作社联合社按职责分工负责）')).toEqual([
    ' | 省商务厅 省供销合作社联合社 | ',
  ]))

test('the names behind the comma help, where the document says so in other words', () =>
  expect(
    tagsIn(
      '一、重点任务\n新建起降点3个。（市交通局、青石区政府，市规划局、云川通航公司。列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同）\n新建航线2条。（市公安局，市气象局）',
    ),
  ).toEqual(['市交通局 青石区政府 |  | 市规划局 云川通航公司', '市公安局 |  | 市气象局']))
