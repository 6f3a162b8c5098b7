import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { milestones, notice, quantities } from './found.ts'

const found = (...lines: string[]) =>
  quantities(...lines).map(({ indicator, op, value, unit, measure, deadline, baseline }) => [
    indicator,
    op,
    value,
    unit,
    measure,
    deadline,
    baseline?.value ?? null,
  ])

const names = (...lines: string[]) => quantities(...lines).map(({ indicator }) => indicator)

describe('names and tasks that take turns as lines', () => {
  const tasks = (...names: string[]) => names.flatMap((name, i) => [name, `推进管网维护工作，新建泵房${i + 11}座。`])
  test('a name answers for what stands below it', () => {
    expect(quantities(...tasks('青石镇', '白水乡', '红岩街道')).map(({ responsible }) => responsible)).toEqual([
      ['青石镇'],
      ['白水乡'],
      ['红岩街道'],
    ])
  })
  test('two names are no column', () => {
    expect(quantities(...tasks('青石镇', '白水乡')).map(({ responsible }) => responsible)).toEqual([[], []])
  })
})

describe('an amount shared out among bodies, its cells parted by blanks', () => {
  const { duties, targets } = extract(
    [
      '云江县人民政府关于下达2025年植绿任务的通知',
      '云政〔2025〕6号',
      '各乡镇人民政府：',
      '云江县人民政府',
      '2025年2月15日',
      '2025年部门单位植绿任务汇总表',
      '责任单位 植绿任务（含折算面积）（亩） 植绿内容 备注',
      '全县 610',
      '县城北组团 300 园区绿化、道路绿化',
      '县交通局 220 县乡道路两侧补植70公里',
      '县妇联 90 组织妇女参与义务植树',
    ].join('\n'),
  )
  test('is called as its head says, whatever is done with it', () =>
    expect(
      targets.flatMap((one) => (one.kind === 'quantity' ? [[one.indicator, one.value, one.responsible]] : [])),
    ).toEqual([
      ['植绿任务', 300, ['县城北组团']],
      ['植绿任务', 220, ['县交通局']],
      ['县乡道路两侧补植', 70, ['县交通局']],
      ['植绿任务', 90, ['县妇联']],
    ]))
  test('and the sum of all is nobody’s', () =>
    expect(duties.map(({ responsible }) => responsible)).toEqual([['县城北组团'], ['县交通局'], ['县妇联']]))
})

test('rows of a numbered table without their merged name, the column of notes empty', () => {
  const { duties } = extract(
    [
      '云江市综合管理任务分解表',
      '序号',
      '内容',
      '牵头部门',
      '配合部门',
      '2025年工作任务',
      '2026年工作计划',
      '备注',
      '1',
      '编制停车规划',
      '综合规划处',
      '—',
      '启动规划编制，开展调研。',
      '完成规划编制，开展评估。',
      '2',
      '推进道路建设',
      '道路建设处',
      '设施养护处',
      '有序推进东环路项目建设。',
      '有序推进东环路项目建设。',
      '3',
      '道路建设处',
      '设施养护处',
      '有序推进北环路项目建设。',
      '有序推进西环路项目建设。',
      '4',
      '提升站点品质',
      '客运管理处',
      '—',
      '完成站点调研工作。',
      '完成站点改造工作。',
    ].join('\n'),
  )
  expect(duties.map(({ lead, support }) => [lead, support])).toEqual([
    [['综合规划处'], []],
    [['道路建设处'], ['设施养护处']],
    [['道路建设处'], ['设施养护处']],
    [['客运管理处'], []],
  ])
})

describe('indicator tables', () => {
  test('name, unit, old value, goal and growth', () => {
    expect(
      found(
        '指标\t单位\t2020年\t2025年\t年均增长（%）',
        '粮食产量\t万吨\t90\t100\t2.1',
        '森林覆盖率（%）\t\t40\t≥45\t—',
      ),
    ).toEqual([
      ['粮食产量', '>=', 100, '万吨', 'level', '2025-12-31', 90],
      ['粮食产量', '>=', 2.1, '%', 'growth', '2025-12-31', null],
      ['森林覆盖率', '>=', 45, '%', 'level', '2025-12-31', 40],
    ])
  })
  test('a value with a Latin unit, and a measure called a 标准 above its row', () => {
    expect(
      found(
        '三、主要指标',
        '类别',
        '指标名称',
        '指标属性',
        '现状值（2020年）',
        '目标值（2025年）',
        '1',
        '水安全',
        '堤防达标率',
        '预期性',
        '—',
        '90%',
        '2',
        '滨水步道长度',
        '预期性',
        '18km',
        '26km',
      ),
    ).toEqual([
      ['堤防达标率', '>=', 90, '%', 'level', '2025-12-31', null],
      ['滨水步道长度', '>=', 26, 'km', 'level', '2025-12-31', 18],
    ])
  })
  test('bare names, and names that the table has twice, are those of their group', () => {
    expect(
      found(
        '指标\t单位\t2020年\t2025年',
        '初中教育\t\t\t',
        '毛入学率\t%\t97\t99',
        '在校生\t万人\t30\t32',
        '高中教育\t\t\t',
        '毛入学率\t%\t88\t95',
        '劳动人口受教育年限\t年\t9\t11',
      ).map(([name]) => name),
    ).toEqual(['初中教育毛入学率', '初中教育在校生', '高中教育毛入学率', '劳动人口受教育年限'])
  })
  test('a cell a line below a caption, whose period is the deadline; numbers that belong to a name', () => {
    expect(
      found(
        '专栏1　“十四五”时期主要指标',
        '',
        '序号',
        '',
        '指　　标',
        '',
        '预期值',
        '',
        '属性',
        '',
        '1',
        '',
        '甲类事故死亡人数',
        '',
        '下降15%',
        '',
        '约束性',
        '',
        '2',
        '',
        '十万人受灾人次',
        '',
        '＜15000',
        '',
        '预期性',
        '',
        '3',
        '',
        '5G用户普及率',
        '',
        '60%',
        '',
        '预期性',
      ),
    ).toEqual([
      ['甲类事故死亡人数', '>=', 15, '%', 'reduction', '2025-12-31', null],
      ['十万人受灾人次', '<=', 15000, '', 'level', '2025-12-31', null],
      ['5G用户普及率', '>=', 60, '%', 'level', '2025-12-31', null],
    ])
  })
  test('rows of one line each, whose values open with a sign or a word', () => {
    expect(
      found(
        '“十四五”时期主要指标',
        '    指标                      2020年    2025年    性质',
        '    人均寿命（岁）            77.9      提高1岁   预期性',
        '    孕产妇死亡率（/10万）     16.9      ≤14.5     预期性',
        '    5岁以下儿童死亡率（‰）    7.5       ≤6.6      预期性',
        '    实名用户规模（亿）        4.0       8         预期性',
      ).map((row) => row.slice(0, 4)),
    ).toEqual([
      ['人均寿命', '>=', 1, '岁'],
      ['孕产妇死亡率', '<=', 14.5, '/10万'],
      ['5岁以下儿童死亡率', '<=', 6.6, '‰'],
      ['实名用户规模', '>=', 8, '亿'],
    ])
  })
  test('a cell a line or parted by blanks, the first column merged over several rows', () => {
    const rows = [
      ['类别', '指标', '2025年目标值', '属性'],
      ['绿色发展', '1.绿地覆盖率（%）', '40', '约束性'],
      ['2.人均公园面积（平方米）', '15以上', '预期性'],
      ['便民服务', '3.托位数（个）', '900', '预期性'],
    ]
    const expected = [
      ['绿地覆盖率', '>=', 40, '%'],
      ['人均公园面积', '>=', 15, '平方米'],
      ['托位数', '>=', 900, '个'],
    ]
    expect(found(...rows.flat()).map((row) => row.slice(0, 4))).toEqual(expected)
    expect(found(...rows.map((row) => row.join('  '))).map((row) => row.slice(0, 4))).toEqual(expected)
  })
  test('rows whose last cells are empty are as good as those that have them', () => {
    const header = '序号\t指标名称\t计量单位\t2026年目标值\t责任单位\t备注'
    const rows = ['1\t新建泵站\t座\t14\t市水利局', '2\t污水处理率\t%\t95', '3\t河道清淤\t公里\t37\t市水利局\t含支流']
    expect(found(header, ...rows).map((row) => row.slice(0, 4))).toEqual([
      ['新建泵站', '>=', 14, '座'],
      ['污水处理率', '>=', 95, '%'],
      ['河道清淤', '>=', 37, '公里'],
    ])
    const tasks = [
      '序号\t工作任务\t目标值（个）\t牵头单位\t进展',
      '1\t新增候车亭\t40\t市交通局',
      '2\t新增书屋\t12\t市文旅局\t在建',
    ]
    expect(found(...tasks).map((row) => row.slice(0, 4))).toEqual([
      ['新增候车亭', '>=', 40, '个'],
      ['新增书屋', '>=', 12, '个'],
    ])
  })
  test('stages are counted in what the goal is counted in, where their headers say nothing but when', () => {
    const [, ...stages] = found('工作任务\t目标值（座）\t一季度\t上半年', '新建泵站\t14\t3\t7')
    expect(stages.map((row) => [row[2], row[3]])).toEqual([
      [3, '座'],
      [7, '座'],
    ])
  })
  test('rows run together', () => {
    expect(
      found(
        '到2025年，体系更加完善。',
        '专栏1核心指标序号指标预期值属性1火灾死亡人数下降15%约束性2经济损失占比<1.3%预期性',
      ),
    ).toEqual([
      ['火灾死亡人数', '>=', 15, '%', 'reduction', '2025-12-31', null],
      ['经济损失占比', '<=', 1.3, '%', 'level', '2025-12-31', null],
    ])
  })
  test('a title row or merged cell completes a name that says only how much; parts of a plan complete none', () => {
    expect(
      names(
        '指标\t单位\t2020年\t2025年',
        '畜牧业\t\t\t',
        '总产值\t亿元\t20\t25',
        '渔业\t\t\t',
        '总产值\t亿元\t2\t3',
        '经济发展\t\t\t',
        '增加值\t亿元\t9\t12',
      ),
    ).toEqual(['畜牧业总产值', '渔业总产值', '增加值'])
    expect(names('类别\t指标名称\t单位\t2025年', '高职教育\t就业率\t%\t96', '\t在校生数\t万人\t2')).toEqual([
      '高职教育就业率',
      '高职教育在校生数',
    ])
  })
  test('其中 takes the noun of the row that it is a part of', () => {
    expect(
      names(
        '序号\t指标\t单位\t2025年',
        '1\t蔬菜产量\t万吨\t30',
        '\t其中：番茄\t万吨\t9',
        '2\t铁路里程\t公里\t200',
        '\t其中：高铁里程\t公里\t80',
      ),
    ).toEqual(['蔬菜产量', '番茄产量', '铁路里程', '高铁里程'])
  })
  test('of indicators in levels the last is the name', () => {
    expect(names('一级指标\t二级指标\t单位\t2025年', '服务\t床位护理占比\t%\t60', '\t上门服务覆盖率\t%\t90')).toEqual([
      '床位护理占比',
      '上门服务覆盖率',
    ])
  })
  test('a unit for the whole table, not for its rates', () => {
    expect(
      found('单位：万元', '指标\t2020年\t2025年', '财政收入\t300\t500', '税收占比\t60\t70').map((row) =>
        row.slice(0, 4),
      ),
    ).toEqual([
      ['财政收入', '>=', 500, '万元'],
      ['税收占比', '>=', 70, ''],
    ])
  })
  test('a plan of investment by years: no year of the plan is a base', () => {
    expect(
      found('年度投资计划（单位：万元）', '项目\t2021年\t2022年\t2023年', '东湖水厂\t800\t900\t700').map((row) => [
        ...row.slice(0, 4),
        row[5],
        row[6],
      ]),
    ).toEqual([
      ['东湖水厂投资', '>=', 800, '万元', '2021-12-31', null],
      ['东湖水厂投资', '>=', 900, '万元', '2022-12-31', null],
      ['东湖水厂投资', '>=', 700, '万元', '2023-12-31', null],
    ])
  })
  test('growth over one year is no yearly rate', () => {
    expect(quantities('指标\t2021年目标\t增速（%）', '用电量（亿千瓦时）\t30\t6').map(({ per }) => per)).toEqual([
      null,
      null,
    ])
  })
  test('HTML line breaks inside the cells of a Markdown table part units', () => {
    const [target] = quantities(
      '| 序号 | 任务 | 责任单位 | 完成时限 |',
      '| --- | --- | --- | --- |',
      '| 1 | 新建泵站6座 | 市水务局<br>市财政局 | 2021年10月 |',
    )
    expect(target?.responsible).toEqual(['市水务局', '市财政局'])
  })
  test('a cell that holds a value for each of several kinds', () => {
    expect(
      found(
        '指标\t单位\t2020年\t2025年',
        '管道检测率（%）\t—\t—\t90',
        '污水处理率\t%\t大城市85 小城市70\t大城市≥95 小城市≥90',
      ).map((row) => row.slice(0, 4)),
    ).toEqual([
      ['管道检测率', '>=', 90, '%'],
      ['大城市污水处理率', '>=', 95, '%'],
      ['小城市污水处理率', '>=', 90, '%'],
    ])
  })
  test('what falls from its base is a cap; a ratio is a number', () => {
    expect(
      found('指标\t单位\t2020年\t2025年', '管网漏损率\t%\t10\t9', '收入比\t—\t2.5:1\t2.4:1').map((row) => [
        ...row.slice(0, 4),
        row[6],
      ]),
    ).toEqual([
      ['管网漏损率', '<=', 9, '%', 10],
      ['收入比', '<=', 2.4, '', 2.5],
    ])
  })
  test('the total of a plan and what one year of it is to bring', () => {
    expect(
      found('项目\t单位\t计划任务\t其中2022年\t责任单位', '管网改造\t公里\t300\t80\t市住建局').map((row) => [
        ...row.slice(0, 4),
        row[5],
      ]),
    ).toEqual([
      ['管网改造', '>=', 300, '公里', null],
      ['管网改造', '>=', 80, '公里', '2022-12-31'],
    ])
  })
  test.each([
    ['what was reached', ['“十三五”指标完成情况表', '指标\t单位\t目标\t完成值', '粮食产量\t万吨\t90\t95']],
    ['what was reached by a year that is over', ['指标\t规划目标\t2020年完成值', '粮食产量（万吨）\t90\t95']],
    ['norms', ['表2 设计标准', '名称\t重现期\t数量', '东堤防洪\t100\t3']],
    ['points', ['序号\t考核指标\t分值', '1\t造林工作\t20']],
  ])('no targets in a table of %s', (_, lines) => expect(found(...lines)).toEqual([]))
  test('the name of a table above a header with a cell a line', () => {
    const cells = [
      '主要指标',
      '序号',
      '指标',
      '单位',
      '2020年',
      '2025年',
      '属性',
      '1',
      '供水普及率',
      '%',
      '98',
      '99',
      '预期性',
    ]
    expect(found(...cells).map((row) => row.slice(0, 4))).toEqual([['供水普及率', '>=', 99, '%']])
  })
  test('indicators in three levels', () => {
    expect(
      names('一级指标\t二级指标\t三级指标\t2025年目标值\t责任部门', '创新\t投入\t研发强度（%）\t3.2\t市科技局'),
    ).toEqual(['研发强度'])
  })
  test('cells that run together: base, goal and how sure the parting is', () => {
    const [sure, unsure] = quantities(
      '专栏1 主要指标序号指标单位2020年2025年属性1茶园面积占比％41.248预期性2泵站数座123预期性',
    )
    expect([sure?.value, sure?.baseline?.value, sure?.unit, sure?.deadline]).toEqual([48, 41.2, '%', '2025-12-31'])
    expect(unsure?.confidence).toBeLessThan(0.7)
    expect(sure?.confidence).toBeGreaterThan(0.85)
  })
})

describe('a plan shared out among kinds that no header of a task names', () => {
  const rows = [
    ['序号', '品类', '布点范围', '十四五储能计划（MW）', '责任单位'],
    ['1', '工厂', '厂房、堆场', '22-25', '云江工业集团'],
    ['2', '校园', '食堂、宿舍', '12', '市教育局'],
    ['3', '医院', '门诊楼、机房', '6', '云江医疗集团'],
  ]
  const head = ['云江市储能实施方案', '附表1', '分品类储能布点分配表']
  test.each([
    ['in rows', [...head, ...rows.map((row) => row.join('\t'))].join('\n')],
    ['a cell a line', [...head, ...rows.flat()].join('\n\n')],
  ])('%s', (_, text) => {
    const { targets, duties } = extract(text)
    expect(
      targets.map((target) =>
        target.kind === 'quantity'
          ? [target.indicator, target.value, target.unit, target.deadline, target.responsible.join()]
          : target.task,
      ),
    ).toEqual([
      ['工厂储能计划', [22, 25], 'MW', '2025-12-31', '云江工业集团'],
      ['校园储能计划', 12, 'MW', '2025-12-31', '市教育局'],
      ['医院储能计划', 6, 'MW', '2025-12-31', '云江医疗集团'],
    ])
    expect(duties.map(({ responsible }) => responsible.join())).toEqual(['云江工业集团', '市教育局', '云江医疗集团'])
  })
})

describe('indicator tables with a cell a line', () => {
  const row = (...cells: string[]) => cells
  test('the first group stands below the header, a part below its whole', () => {
    expect(
      found(
        '表3 “十五五”湿地保护主要指标表',
        ...row('板块', '序号', '指标名称', '属性', '单位', '“十四五”现状', '“十五五”目标'),
        ...row('湿地', '1', '新建湿地', '约束性', '公顷', '81.4', '42', '其中 城市湿地', '51.3', '20.5'),
        ...row('2', '湿地保护率', '约束性', '%', '51', '55.5', '3', '湿地公园', '预期性', '个', '6', '9'),
        ...row('岸线', '4', '岸坡整治', '预期性', '处（段）', '330', '120'),
        ...row('5', '清洁船舶占比', '预期性', '%', '/', '60以上', '6', '岸线漏油事件', '预期性', '起', '5', '2'),
      ),
    ).toEqual([
      ['新建湿地', '>=', 42, '公顷', 'level', '2030-12-31', 81.4],
      ['新建城市湿地', '>=', 20.5, '公顷', 'level', '2030-12-31', 51.3],
      ['湿地保护率', '>=', 55.5, '%', 'level', '2030-12-31', 51],
      ['湿地公园', '>=', 9, '个', 'level', '2030-12-31', 6],
      ['岸坡整治', '>=', 120, '处(段)', 'level', '2030-12-31', 330],
      ['清洁船舶占比', '>=', 60, '%', 'level', '2030-12-31', null],
      ['岸线漏油事件', '<=', 2, '起', 'level', '2030-12-31', 5],
    ])
  })
  test('a header cut over lines between words that are headers too; a unit below its value', () => {
    expect(
      found(
        ...row(
          '序号',
          '指标名称',
          '指标',
          '属性',
          '基准值',
          '（2020年）',
          '目标值',
          '（2025年）',
          '目标值',
          '（2035年）',
        ),
        ...row('1', '堤岸达标率', '预期性', '41％', '≥66％', '100％'),
        ...row('2', '湖面面积', '约束性', '31.5', '平方公里', '33.8', '平方公里', '40', '平方公里'),
        ...row('3', '管网漏失率', '预期性', '（12.5％）', '≤11％', '≤8％'),
        ...row('4', '泥料利用率', '（含外运）', '预期性', '/', '≥93％（除渣土外）', '97％'),
      ),
    ).toEqual([
      ['堤岸达标率', '>=', 66, '%', 'level', '2025-12-31', 41],
      ['堤岸达标率', '>=', 100, '%', 'level', '2035-12-31', 41],
      ['湖面面积', '>=', 33.8, '平方公里', 'level', '2025-12-31', 31.5],
      ['湖面面积', '>=', 40, '平方公里', 'level', '2035-12-31', 31.5],
      ['管网漏失率', '<=', 11, '%', 'level', '2025-12-31', 12.5],
      ['管网漏失率', '<=', 8, '%', 'level', '2035-12-31', 12.5],
      ['泥料利用率（含外运）', '>=', 93, '%', 'level', '2025-12-31', null],
      ['泥料利用率（含外运）', '>=', 97, '%', 'level', '2035-12-31', null],
    ])
  })
  test('kinds that stand once for several rows are no half of a header', () => {
    const cells = [
      ...row('序号', '类目', '指标名称', '单位', '现状值', '2030年'),
      ...row(
        '1',
        '林地',
        '造林面积',
        '亩',
        '300',
        '410',
        '2',
        '苗圃面积',
        '亩',
        '20',
        '35',
        '3',
        '林道长度',
        '公里',
        '7',
        '9',
      ),
    ]
    expect(found(...cells).map((one) => one.slice(0, 4))).toEqual([
      ['造林面积', '>=', 410, '亩'],
      ['苗圃面积', '>=', 35, '亩'],
      ['林道长度', '>=', 9, '公里'],
    ])
  })
})

describe('a goal below its base', () => {
  const op = (name: string) => found('指标\t单位\t2020年\t2025年', `${name}\t个\t90\t35`).map((row) => row[1])
  test.each([['新建停车场'], ['危桥改造'], ['岸坡治理面积'], ['创建示范校']])('%s is an amount of work', (name) =>
    expect(op(name)).toEqual(['>=']),
  )
  test.each([['粉尘排放量'], ['建设用地总规模'], ['管网漏损率'], ['新建管网漏损率'], ['户外广告数量']])(
    '%s is a state',
    (name) => expect(op(name)).toEqual(['<=']),
  )
})

describe('rows of a longer list, a cell a line', () => {
  const row = (number: number, task: string, by: string) => [`${number}`, task, '市水利局', '市财政局', by]
  test('numbers are left out, and titles of parts and of their matters stand between', () => {
    const text = [
      '云江市水网建设任务清单',
      '序号',
      '任务',
      '牵头单位',
      '配合单位',
      '完成时间',
      '壮大骨干水网',
      '实施连通工程。',
      ...row(4, '编制水网连通方案，明确管护责任。', '2026年6月'),
      ...row(5, '新建泵站17座。', '2026年12月'),
      '加强数据利用',
      '建设感知平台。',
      ...row(9, '完善水情数据管理制度。', '2026年5月'),
      ...row(12, '新增监测点36处。', '持续推进'),
    ].join('\n')
    const { targets, duties } = extract(text)
    const said = targets.map((target) => [
      target.kind === 'quantity' ? `${target.value as number}${target.unit}` : target.kind,
      target.deadline,
      target.lead.join(),
      target.support.join(),
    ])
    expect(said).toContainEqual(['17座', '2026-12-31', '市水利局', '市财政局'])
    expect(said.filter(([kind]) => kind === 'milestone').map(([, deadline]) => deadline)).toEqual([
      '2026-06-30',
      '2026-05-31',
    ])
    expect(duties).toHaveLength(4)
  })
})

describe('a plan of years whose cells are merged over several rows', () => {
  const plan = [
    ...['主要方向', '重点任务（2022-2024）', '2022年工作项目', '2023年计划', '2024年计划', '牵头部门', '实施主体'],
    ...['1、扩大造林', '（1）营造水源林70公顷。', '营造水源林30公顷。', '营造水源林25公顷。', '营造水源林15公顷。'],
    ...['市林业局', '市种苗站'],
    ...['（2）精心养护，每年补植行道树300株。', '300株', '200株', '100株'],
    ...['2、整修步道', '（3）整修登山步道。', '整修步道4公里。', '建成东坡驿站。', '持续推进。', '市园林局'],
  ]
  test('each number is due when its column ends, a bare one is what the task counts, units are those of the merged cell', () => {
    expect(
      quantities(...plan).map(({ indicator, value, deadline, lead, responsible }) =>
        [indicator, value, deadline, ...lead, ...responsible].join(' '),
      ),
    ).toEqual([
      '营造水源林 70 2024-12-31 市林业局 市种苗站',
      '营造水源林 30 2022-12-31 市林业局 市种苗站',
      '营造水源林 25 2023-12-31 市林业局 市种苗站',
      '营造水源林 15 2024-12-31 市林业局 市种苗站',
      '补植行道树 300 2024-12-31 市林业局 市种苗站',
      '补植行道树 300 2022-12-31 市林业局 市种苗站',
      '补植行道树 200 2023-12-31 市林业局 市种苗站',
      '补植行道树 100 2024-12-31 市林业局 市种苗站',
      '整修步道 4 2022-12-31 市园林局',
    ])
  })
  test('a merged cell of units is one tag', () => {
    const duties = extract(notice('一、工作任务', ...plan)).duties
    expect(duties.map(({ clause, lead }) => [clause, ...lead])).toEqual([
      ['（1）营造水源林70公顷', '市林业局'],
      ['（3）整修登山步道', '市园林局'],
    ])
  })
  test('what goes on through a year is no deliverable of its column', () => {
    expect(milestones(...plan).map(({ task, deadline }) => [task, deadline])).toEqual([
      ['（3）整修登山步道。建成东坡驿站。', '2023-12-31'],
    ])
  })
})

test('months of a column of limits may be written with a stroke', () => {
  const { targets } = extract(
    '云江街道2027年项目表\n项目\t责任部门\t时间\t工作内容\n东街大修工程\t城管办\t2027-03\t准备立项材料\n东街大修工程\t城管办\t2027-06\t开工建设',
  )
  expect(targets.map(({ deadline }) => deadline)).toEqual(['2027-03-31', '2027-06-30'])
})
