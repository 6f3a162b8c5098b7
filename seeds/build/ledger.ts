/** The ledger to try 导入台账 with: a sheet as an office keeps one, with merged cells, a head of two rows, and its faults. */
import ExcelJS from 'exceljs'

/** As a file in the folder `ledgers`. */
export const LEDGER_NAME = '霁川市2026年民生实事台账.xlsx'

const HEAD = [
  ['序号', '类别', '事项', '年度目标', '', '完成时限', '责任分工', '', '推进情况', '', '', '联系领导'],
  ['', '', '', '目标值', '计量单位', '', '牵头单位', '配合单位', '完成值', '进展情况', '存在问题', ''],
]

/** 类别 stands in the first row of its rows only, as it does where cells are merged. */
const ROWS: (string | number)[][] = [
  [
    '教育',
    '新建改扩建公办幼儿园',
    8,
    '所',
    '2026年12月底',
    '市教育局',
    '市财政局、市住建局',
    6,
    '6所已投入使用，2所正在装修。',
    '',
    '韩望舒',
  ],
  [
    '',
    '新增公办义务教育学位',
    '不少于4500',
    '个',
    '2026年9月',
    '市教育局',
    '市委编办',
    4620,
    '秋季学期已全部投入使用。',
    '',
    '韩望舒',
  ],
  ['', '中小学教室照明改造', 420, '间', '2026年8月底', '市教育局', '', 420, '暑期已全部完成。', '', ''],
  [
    '医疗养老',
    '社区老年食堂',
    30,
    '个',
    '2026年12月底',
    '市民政局',
    '市市场监管局',
    21,
    '已运营21个。',
    '部分社区场地没有落实',
    '韩望舒',
  ],
  [
    '',
    '完成市中医医院门诊楼主体工程',
    '',
    '',
    '2026年11月30日',
    '市卫健委',
    '市住建局',
    '',
    '主体封顶，正在砌筑。',
    '',
    '',
  ],
  [
    '',
    '家庭医生签约服务重点人群签约率',
    '85%以上',
    '%',
    '2026年底',
    '市卫健委',
    '市医保局',
    82.4,
    '截至10月底82.4%。',
    '',
    '',
  ],
  ['城建交通', '城区积水点整治', 26, '处', '2026-12-31', '市城管局', '市水利局', 17, '17处已完工。', '', '沈清越'],
  [
    '',
    '新增公共停车泊位',
    3000,
    '个',
    '2026年12月底',
    '市城管局',
    '市公安局、市自规局',
    1850,
    '完成1850个。',
    '老城区选址困难',
    '沈清越',
  ],
  ['', '更新城区老旧供水管网', 45, '公里', '2026年12月', '市住建局', '市水利局', 38.6, '', '', ''],
  ['', '农村公路安全设施改造', 260, '', '2026年11月底', '市交通运输局', '', 190, '已完成190公里。', '', ''],
  [
    '就业创业',
    '开展职业技能培训',
    '1.2万',
    '人次',
    '2026年12月底',
    '市人社局',
    '市总工会、市残联',
    9800,
    '培训9800人次。',
    '',
    '',
  ],
  ['', '城镇新增就业', '2.1万', '人', '2026年12月底', '市人社局', '市发改委', 18900, '', '', '沈清越'],
  [
    '为民服务',
    '建成一刻钟便民生活圈',
    12,
    '个',
    '2026年12月底',
    '市商务局',
    '市供销合作社',
    9,
    '9个通过验收。',
    '',
    '',
  ],
  ['', '“一件事一次办”事项全部上线', '', '', '2026年10月底', '市数据局', '各有关部门', '', '已完成。', '', ''],
  ['', '法律援助案件办理', 1500, '件', '常年', '市司法局', '', 1310, '', '', ''],
  ['', '农村寄递物流综合服务站', 80, '个', '2026年13月', '市邮政管理局', '市商务局', 66, '', '', ''],
]

/** The workbook's bytes; they differ from one making to the next by the time that stands in them. */
export async function ledgerWorkbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('民生实事')
  sheet.addRow(['霁川市2026年民生实事推进台账'])
  sheet.addRow(['截至2026年10月31日'])
  sheet.addRows(HEAD)
  sheet.addRows(ROWS.map((row, i) => [i + 1, ...row]))
  for (const area of [
    'A1:L1',
    'A2:L2',
    'D3:E3',
    'G3:H3',
    'I3:K3',
    ...['A', 'B', 'C', 'F', 'L'].map((c) => `${c}3:${c}4`),
  ])
    sheet.mergeCells(area)
  const first = 5
  let from = 0
  for (let at = 1; at <= ROWS.length; at++) {
    if (at < ROWS.length && ROWS[at]![0] === '') continue
    if (at - from > 1) sheet.mergeCells(`B${first + from}:B${first + at - 1}`)
    from = at
  }
  const widths = [6, 10, 34, 12, 10, 16, 18, 24, 10, 30, 24, 10]
  widths.forEach((width, i) => {
    sheet.getColumn(i + 1).width = width
  })
  sheet.getRow(1).font = { size: 16, bold: true }
  for (const number of [1, 2, 3, 4]) sheet.getRow(number).alignment = { horizontal: 'center', vertical: 'middle' }
  return Buffer.from(await book.xlsx.writeBuffer())
}
