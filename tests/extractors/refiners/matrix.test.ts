import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { quantities } from './found.ts'

const found = (...lines: string[]) =>
  quantities(...lines).map(({ indicator, value, unit, deadline, responsible }) => [
    indicator,
    value,
    unit,
    deadline,
    responsible.join('、'),
  ])

describe('tables of tasks with their values', () => {
  test('the task is what is counted', () => {
    expect(
      found(
        '序号\t任务\t目标值\t单位\t责任单位\t完成时间',
        '1\t新建充电桩\t500\t个\t市发展改革委\t2021/12/31',
        '2\t培训农民\t3000\t人次\t市农业农村局\t2021-10-31',
      ),
    ).toEqual([
      ['新建充电桩', 500, '个', '2021-12-31', '市发展改革委'],
      ['培训农民', 3000, '人次', '2021-10-31', '市农业农村局'],
    ])
  })
  test('a row is due when it ends, not when it begins; stages by the quarters of their columns', () => {
    expect(
      found(
        '项目名称\t建设内容\t责任单位\t计划开工时间\t计划竣工时间',
        '云川大桥\t新建桥梁3座\t市交通运输局\t2021年4月\t2022年10月',
      ),
    ).toEqual([['新建桥梁', 3, '座', '2022-10-31', '市交通运输局']])
    expect(
      found(
        '项目名称\t年度目标\t二季度\t四季度\t责任单位',
        '农村公路\t新建公路90公里\t建成30公里\t建成90公里\t市交通运输局',
      ).map(([, value, , deadline]) => [value, deadline]),
    ).toEqual([
      [90, null],
      [30, '2021-06-30'],
      [90, '2021-12-31'],
    ])
  })
  test('what was done and what comes next is no target', () => {
    expect(
      found(
        '工作任务\t责任单位\t完成时限\t完成情况\t下一步打算',
        '新建公路90公里\t市交通运输局\t2021年12月\t已建成20公里\t7月底前建成40公里',
      ),
    ).toEqual([['新建公路', 90, '公里', '2021-12-31', '市交通运输局']])
  })
})

describe('tables that share out', () => {
  test('a row for each county, a column for each indicator', () => {
    expect(
      found(
        '2022年高标准农田和造林任务分解表',
        '县（市、区）\t高标准农田（万亩）\t造林面积（万亩）\t备注',
        '合计\t9\t8\t',
        '青禾县\t5\t—\t含农场3个',
        '云川区\t4\t3.5\t',
      ),
    ).toEqual([
      ['高标准农田', 9, '万亩', '2022-12-31', ''],
      ['造林面积', 8, '万亩', '2022-12-31', ''],
      ['青禾县高标准农田', 5, '万亩', '2022-12-31', '青禾县'],
      ['云川区高标准农田', 4, '万亩', '2022-12-31', '云川区'],
      ['云川区造林面积', 3.5, '万亩', '2022-12-31', '云川区'],
    ])
  })
  test('a cell a line, the row of each place due when it says', () => {
    expect(
      found(
        '2022年苗圃建设任务分解表',
        ...['乡镇', '苗圃面积', '（亩）', '灌溉水渠（公里）', '完成时间'],
        ...['合计', '81', '12.5', '2022年12月底'],
        ...['青石镇', '46', '9', '2022年9月底'],
        ...['白水乡', '35', '3.5', '2022年12月底'],
        '各乡镇要按月报送进度。',
      ),
    ).toEqual([
      ['苗圃面积', 81, '亩', '2022-12-31', ''],
      ['灌溉水渠', 12.5, '公里', '2022-12-31', ''],
      ['青石镇苗圃面积', 46, '亩', '2022-09-30', '青石镇'],
      ['青石镇灌溉水渠', 9, '公里', '2022-09-30', '青石镇'],
      ['白水乡苗圃面积', 35, '亩', '2022-12-31', '白水乡'],
      ['白水乡灌溉水渠', 3.5, '公里', '2022-12-31', '白水乡'],
    ])
  })
  test('one rate for every place, some told by their bare names; areas answer for nothing', () => {
    expect(
      found(
        '2021年度用水强度目标分解表',
        '地区\t单位工业增加值用水量降幅目标（%）',
        '全市\t2.6',
        '港区（含北岸）\t2.6',
        '城 南\t2.6',
        '溪口\t2.6',
      ),
    ).toEqual([
      ['单位工业增加值用水量', 2.6, '%', '2021-12-31', ''],
      ['港区（含北岸）单位工业增加值用水量', 2.6, '%', '2021-12-31', ''],
      ['城南单位工业增加值用水量', 2.6, '%', '2021-12-31', ''],
      ['溪口单位工业增加值用水量', 2.6, '%', '2021-12-31', ''],
    ])
    expect(found('2021年造林任务分解表', '乡镇\t造林面积（亩）', '溪口\t300', '石坝\t200')).toEqual([
      ['溪口造林面积', 300, '亩', '2021-12-31', '溪口'],
      ['石坝造林面积', 200, '亩', '2021-12-31', '石坝'],
    ])
  })
  test('what was and what is to be, side by side; bodies instead of places', () => {
    expect(
      found(
        '招商引资目标分解表',
        '责任单位\t到位资金（亿元）2020年完成\t到位资金（亿元）2021年目标\t排名',
        '市商务局\t8\t10\t1',
        '经济开发区管委会\t20\t24\t2',
      ),
    ).toEqual([
      ['市商务局到位资金', 10, '亿元', '2021-12-31', '市商务局'],
      ['经济开发区管委会到位资金', 24, '亿元', '2021-12-31', '经济开发区管委会'],
    ])
  })
  test('a row for each indicator, a column for each county', () => {
    expect(
      found(
        '2021年农业生产任务分解表',
        '序号\t指标名称\t单位\t全市\t青禾县\t云川区',
        '1\t粮食播种面积\t万亩\t300\t180\t120',
        '2\t生猪出栏（万头）\t\t60\t25\t35',
      ),
    ).toEqual([
      ['粮食播种面积', 300, '万亩', '2021-12-31', ''],
      ['青禾县粮食播种面积', 180, '万亩', '2021-12-31', '青禾县'],
      ['云川区粮食播种面积', 120, '万亩', '2021-12-31', '云川区'],
      ['生猪出栏', 60, '万头', '2021-12-31', ''],
      ['青禾县生猪出栏', 25, '万头', '2021-12-31', '青禾县'],
      ['云川区生猪出栏', 35, '万头', '2021-12-31', '云川区'],
    ])
  })
  test.each([
    ['what was done', '2020年造林完成情况统计表', '县区\t造林面积（万亩）\t抚育面积（万亩）'],
    ['points', '考核指标表', '县区\t得分\t排名'],
    ['no plan', '各县区基本情况', '县区\t面积（万亩）\t户数（户）'],
  ])('%s holds no target', (_, caption, header) => {
    expect(found(caption, header, '青禾县\t5\t6', '云川区\t4\t3')).toEqual([])
  })
})

test('a cell a line: amounts beside a count, a part of them, a column of remarks that is empty', () => {
  const lines = [
    ...['序号', '责任单位', '签约茶企（家）', '到位资金', '其中：市外资金', '备注'],
    ...['1', '县经济开发区', '14', '33', '26', '2', '县商务局', '5', '9', '7', '3', '县农业农村局', '4', '6', '2.5'],
  ]
  const { targets } = extract(
    `云江县人民政府关于下达2022年招商任务的通知\n云政发〔2022〕3号\n各乡镇人民政府：\n云江县人民政府\n2022年3月1日\n附件\n2022年招商引资任务分解表\n单位：亿元\n${lines.join('\n')}`,
  )
  expect(
    targets.map((target) =>
      target.kind === 'quantity' ? `${target.indicator} ${String(target.value)}${target.unit}` : target.kind,
    ),
  ).toEqual([
    '县经济开发区签约茶企 14家',
    '县经济开发区到位资金 33亿元',
    '县经济开发区市外资金 26亿元',
    '县商务局签约茶企 5家',
    '县商务局到位资金 9亿元',
    '县商务局市外资金 7亿元',
    '县农业农村局签约茶企 4家',
    '县农业农村局到位资金 6亿元',
    '县农业农村局市外资金 2.5亿元',
  ])
})
