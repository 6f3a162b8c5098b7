import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { documentOf, tagsIn } from './read.ts'

const HEAD = '附件\n重点任务分工及进度安排表\n'

describe('unit columns', () => {
  test.each([
    [
      '负责单位',
      '序号\t工作任务\t负责单位\t时间进度\n1\t组建投资集团。\t省国资委、省旅游发展委等\t2017年6月底前\n',
      [' | 省国资委 省旅游发展委 | '],
    ],
    [
      '牵头部门 责任部门 配合单位',
      '序号\t任务\t牵头部门\t责任部门\t配合单位\n1\t新建公园\t市园林局\t市住建局、市财政局\t各区政府\n',
      ['市园林局 | 市住建局 市财政局 | 各区政府'],
    ],
    ['单位 in a table of tasks', '序号\t任务\t单位\n1\t新建公园\t市园林局\n', [' | 市园林局 | ']],
    ['verbs in a cell', '序号\t任务\t责任单位\n1\t新建公园\t市园林局牵头，市财政局配合\n', ['市园林局 |  | 市财政局']],
    [
      'a merged cell holds for the rows below',
      '序号\t任务\t责任单位\n1\t新建公园\t市园林局\n2\t新建绿道\t\n',
      [' | 市园林局 | ', ' | 市园林局 | '],
    ],
    [
      'the header once more on the next page',
      '序号\t任务\t责任单位\n1\t新建公园\t市园林局\n序号\t任务\t责任单位\n2\t新建学校\t市教育局\n',
      [' | 市园林局 | ', ' | 市教育局 | '],
    ],
    [
      'a role behind a name, and names with a blank between',
      '序号\t任务\t责任单位\n1\t新建公园\t市园林局、市财政局（配合）\n2\t新建绿道\t市园林局 市财政局 各县（市、区）\n',
      [' | 市园林局 | 市财政局', ' | 市园林局 市财政局 各县(市、区) | '],
    ],
    [
      'only blanks between the cells, and between the characters of a header word',
      '序号 工 作 任 务 牵头负责部门\n1 编制绿地规划 市园林局\n2 建立会商制度 市应急局\n',
      ['市园林局 |  | ', '市应急局 |  | '],
    ],
    [
      'what a table is about, with its points, above its header',
      '履职情况\t60分\n序号\t考核内容\t计分\t分值\t责任部门\n1\t未制定年度计划的，扣4分\t-4\t60\t县平安办\n签订责任书\t20分\n序号\t考核内容\t计分\t分值\t责任部门\n2\t未签订责任书的，扣5分\t-5\t20\t县民政局\n',
      [' | 县平安办 | ', ' | 县民政局 | '],
    ],
    [
      'a label of its own behind a stop',
      '序号\t任务\t责任单位\n1\t新建公园\t市园林局；配合部门：市财政局、市水务局\n',
      [' | 市园林局 | 市财政局 市水务局'],
    ],
    [
      'rows below merged cells lack the first ones',
      '序号\t任务\t措施\t完成时限\t牵头部门\t主责单位\n1\t减排\t清洗道路。\t年底前\t区住建局\t各街道\n淘汰旧车。\t11月底前\t区商务局\t各街道\n2\t治水\t疏浚河道。\t年底前\t区水务局\t各街道\n',
      ['区住建局 | 各街道 | ', '区商务局 | 各街道 | ', '区水务局 | 各街道 | '],
    ],
    [
      'the header once more with an empty cell at its end',
      '序号\t任务\t2024年目标\t2025年目标\t牵头单位\n1\t换灯\t换灯20盏\t换灯30盏\t区城管局\n序号\t任务\t2024年目标\t2025年目标\t牵头单位\t\n2\t换管\t换管20公里\t换管30公里\t区水务局\t\n',
      ['区城管局 |  | ', '区水务局 |  | '],
    ],
    [
      'bodies of their own behind a bureau, with nothing between',
      '序号\t任务\t牵头单位\n1\t更换路灯\t区交通局云川公安分局\n2\t购置洒水车\t区城管局城投集团\n',
      ['区交通局 云川公安分局 |  | ', '区城管局 城投集团 |  | '],
    ],
    ['people are no units', '序号\t任务\t责任领导\t责任单位\n1\t新建公园\t王海\t市园林局\n', [' | 市园林局 | ']],
    ['an indicator table has none', '指标\t单位\t2020年\t2025年\n森林覆盖率\t%\t40\t43\n', []],
  ])('%s', (_, table, expected) => expect(tagsIn(HEAD + table)).toEqual(expected))
})

test('a header in two rows, once more on the next page: each row is read below both', () => {
  const header = '指标\t单位\t目标值\t\t责任单位\n指标\t单位\t2024年\t2025年\t责任单位\n'
  const letter = '云江市人民政府关于建设绿道的意见\n云政发〔2022〕3号\n各区人民政府：\n云江市人民政府\n2022年3月1日\n'
  const table = `${letter}附件\n主要指标表\n${header}绿道长度\t公里\t60\t90\t市园林局\n${header}公园\t个\t7\t9\t市园林局\n`
  expect(
    extract(table).targets.map((target) =>
      target.kind === 'quantity' ? [target.indicator, target.value, target.deadline, target.responsible] : null,
    ),
  ).toEqual([
    ['绿道长度', 60, '2024-12-31', ['市园林局']],
    ['绿道长度', 90, '2025-12-31', ['市园林局']],
    ['公园', 7, '2024-12-31', ['市园林局']],
    ['公园', 9, '2025-12-31', ['市园林局']],
  ])
})

test('words of a header cut over two lines, a cell a line', () => {
  const header = ['序号', '项目名称', '建设内容', '建设起', '止年限', '总投资', '(万元)', '责任', '单位']
  const rows = [
    '1',
    '管网工程',
    '改造管网30公里。',
    '2023.01-2023.12',
    '1200',
    '城投集团',
    '2',
    '公园工程',
    '新建公园3个。',
    '2023.01-2023.12',
    '460',
    '园林局',
  ]
  expect(
    documentOf(['2023年项目计划表', ...header, ...rows].join('\n')).tags.map(({ responsible }) => responsible),
  ).toEqual([['城投集团'], ['园林局']])
})

test('a table below its own name, a cell a line, a unit a line in one cell', () => {
  const raw = [
    '重点任务分工表',
    '序号',
    '重点任务',
    '具体措施及目标',
    '牵头单位',
    '责任单位',
    '完成时限',
    '1',
    '守护绿地',
    '新建绿地30公顷。',
    '市园林局',
    '市财政局',
    '各县区政府',
    '2022年12月底',
    '2',
    '健全网点',
    '新建网点12个。',
    '市商务局',
    '市财政局',
    '市公安局',
    '农发行云江分行',
    '全年',
  ].join('\n')
  expect(tagsIn(`附件\n${raw}\n`)).toEqual([
    '市园林局 | 市财政局 各县区政府 | ',
    '市商务局 | 市财政局 市公安局 农发行云江分行 | ',
  ])
})

test('a table of marks, a cell a line: totals and titles in several lines stand between its rows', () => {
  const raw = [
    ...['序号', '考核内容', '各项分值', '考核指标', '负责考核部门'],
    ...['总分', '100'],
    ...['一、', '夯实基础，提高管护水平', '28'],
    ...['1', '健全管护队伍', '4', '按村配齐护林员，人员', '变动时及时补充。', '县林业局'],
    ...['2', '开展宣传引导', '3', '1.悬挂标语，得1分。', '2.入户宣讲，得2分。', '县林业局', '县文旅局'],
    ...['二、', '落实防火责任（南坡林场）', '6'],
    ...['3', '落实值守制度', '2', '严格执行值班制度。', '县应急局'],
    ...['三、', '加强源头管理', '9', '建立进山登记制度，', '公布登记点。', '县公安局'],
    ...['4', '清理林下可燃物', '5', '5月底前完成清理。', '县林业局'],
    ...['四、', '加分项目', '6', '获市级表扬的，加6分。', '县林业局'],
  ].join('\n')
  const { tags } = documentOf(`云江县2027年度护林工作考核细则\n${raw}\n`)
  expect(tags.map(({ clause, responsible }) => [clause, ...responsible].join(' | '))).toEqual([
    '1 健全管护队伍 按村配齐护林员，人员变动时及时补充 | 县林业局',
    '2 开展宣传引导 1.悬挂标语，得1分 | 县林业局 | 县文旅局',
    '3 落实值守制度 严格执行值班制度 | 县应急局',
    '三、 加强源头管理 建立进山登记制度，公布登记点 | 县公安局',
    '4 清理林下可燃物 5月底前完成清理 | 县林业局',
    '四、 加分项目 获市级表扬的，加6分 | 县林业局',
  ])
})

test('rows that begin with their year, a cell a line', () => {
  const raw = [
    '表2 湿地修复方案编制计划表',
    ...['年份', '方案编制片区', '方案编制面积', '（公顷）', '验收计划'],
    ...['2031年', '南湾片区', '6.25', '2034年'],
    ...['2032年', '河口湿地（东段）', '18.40', '/'],
    ...['2033年', '苇荡片区', '9.00', '/'],
    '各片区方案由县林业局组织评审。',
  ].join('\n')
  const {
    tables: [table],
  } = documentOf(`云川县湿地修复实施方案\n${raw}\n`)
  expect(table?.columns.map(({ role }) => role)).toEqual(['deadline', 'task', 'other', 'other'])
  expect(table?.rows.map(({ cells }) => cells.map(({ text }) => text).join('|'))).toEqual([
    '2031年|南湾片区|6.25|2034年',
    '2032年|河口湿地(东段)|18.40|/',
    '2033年|苇荡片区|9.00|/',
  ])
  expect(
    extract(`云川县湿地修复实施方案\n${raw}\n`).targets.map((target) => target.kind === 'milestone' && target.deadline),
  ).toEqual(['2031-12-31', '2032-12-31', '2033-12-31'])
})

test('rows know their table, column and group title', () => {
  const {
    tables: [table],
  } = documentOf(
    `${HEAD}指标\t单位\t2020年\t2025年\n一、经济发展\n生产总值\t亿元\t1538\t3000\n二、资源环境\n森林覆盖率\t%\t40\t43\n`,
  )
  expect(table?.columns.map(({ role }) => role)).toEqual(['indicator', 'unit', 'value', 'value'])
  expect(
    table?.rows.filter(({ cells }) => cells.length > 1).map(({ cells, groups }) => [cells[0]?.text, ...groups]),
  ).toEqual([
    ['生产总值', '一、经济发展'],
    ['森林覆盖率', '二、资源环境'],
  ])
})

test("a row's limit is the duty's deadline, no date is null", () => {
  const raw = `云川省人民政府\n关于旅游的意见\n云府发〔2016〕5号\n各市人民政府：\n为加快发展提出意见。\n云川省人民政府\n2016年11月30日\n${HEAD}序号\t工作任务\t负责单位\t时间进度\n1\t组建集团。\t省国资委\t2017年6月底前取得成果\n2\t推进合作。\t省商务厅\t持续实施\n3\t开展推介。\t省旅游局\t年内\n`
  expect(extract(raw).duties.map(({ clause, deadline }) => [clause, deadline])).toEqual([
    ['1 组建集团', '2017-06-30'],
    ['2 推进合作', null],
    ['3 开展推介', '2016-12-31'],
  ])
})

test('of three bodies in columns of those who lead and those who help, a cell a line, one leads', () => {
  const row = (number: number, task: string, lead: string, ...support: string[]) => [
    `${number}`,
    task,
    lead,
    ...support,
    `${task}，年内完成。`,
  ]
  expect(
    tagsIn(
      HEAD +
        [
          ...['序号', '内容', '牵头部门', '配合部门', '年度安排任务'],
          ...row(1, '修整登山步道', '设施科', '规划科'),
          ...row(2, '增设林间驿站', '设施科', '规划科', '养护科'),
          ...row(3, '补植行道树木', '养护科', '规划科'),
        ].join('\n'),
    ),
  ).toEqual(['设施科 |  | 规划科', '设施科 |  | 规划科 养护科', '养护科 |  | 规划科'])
})

test('projects, a cell a line: two columns of money between words', () => {
  const lines = [
    ...['序号', '项目名称', '建设内容及规模', '总投资（万元）', '年度计划投资（万元）', '年度建设目标', '责任单位'],
    ...['1', '茶市扩建', '新建交易厅2栋，建筑面积5300平方米', '4100', '2700', '主体完工', '县商务局'],
    ...['2', '茶厂改造', '新增茶炉140台', '8300', '3900', '完成基础施工', '县工信局'],
    ...['3', '茶道整修', '整修茶道26公里', '1700', '1700', '全面完工', '县林业局'],
  ]
  const [table] = documentOf(HEAD + lines.join('\n')).tables
  expect(table?.rows.map(({ cells }) => cells.map(({ text }) => text).join('|'))).toEqual([
    '1|茶市扩建|新建交易厅2栋,建筑面积5300平方米|4100|2700|主体完工|县商务局',
    '2|茶厂改造|新增茶炉140台|8300|3900|完成基础施工|县工信局',
    '3|茶道整修|整修茶道26公里|1700|1700|全面完工|县林业局',
  ])
})

test('places in the second of two columns below one head, the first left out below its merged cells', () => {
  const rows = [
    '中心片区\t青石区\t26\t14\t12',
    '白水区\t79\t41\t38\t',
    '柳河区\t67\t35\t32\t',
    '梅溪区\t50\t30\t20\t',
    '长桥区\t44\t24\t20\t',
  ]
  const table = [
    '云川市充电设施建设行动计划',
    '一、任务',
    '各区任务见下表。',
    '区域\t\t建设站点总数(座)\t2027年建站数量(座)\t2028年建站数量(座)',
    ...rows,
  ]
  expect(
    extract(table.join('\n')).targets.flatMap((target) =>
      target.kind === 'quantity' && target.deadline === '2027-12-31' ? [[target.indicator, target.value]] : [],
    ),
  ).toEqual(
    expect.arrayContaining([
      ['青石区建站数量', 14],
      ['白水区建站数量', 41],
      ['长桥区建站数量', 24],
    ]),
  )
})

test('a row that ends early stays where it is, whatever time its task speaks of', () =>
  expect(
    tagsIn(
      `${HEAD}序号\t任务\t责任单位\t完成时限\t备注\n1\t新建公园\t市园林局\t年底前\t无\n2\t开展全年招商\t市商务局\n`,
    ),
  ).toEqual([' | 市园林局 | ', ' | 市商务局 | ']))
