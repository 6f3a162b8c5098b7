/**
 * The departments that nearly every government in China has at its level, with the names by which documents call them, and
 * what the reforms of 2018 and 2023 made of their predecessors. Written from general knowledge of how governments are
 * set up; an office takes out what it does not have.
 */

import type { StartingLevel } from '../../db/domain/intake-terms.ts'

/** A department by level: its name behind the place, null where that level seldom has it. */
interface Department {
  names: readonly [province: string | null, city: string | null, county: string | null]
  /** Short name behind 省, 市, 县 by level; the name itself where left out. */
  short?: readonly [string | null, string | null, string | null]
  /** Further ways of calling it, behind 省, 市, 县. */
  also?: readonly string[]
}

/** One name at every level. */
const everywhere = (name: string, short?: string, ...also: string[]): Department => ({
  names: [name, name, name],
  ...(short !== undefined && { short: [short, short, short] }),
  also,
})
/** 厅 in a province, 局 below. `教育` is 教育厅 and 教育局. */
const hall = (line: string, short?: string, ...also: string[]): Department => ({
  names: [`${line}厅`, `${line}局`, `${line}局`],
  ...(short !== undefined && { short: [`${short}厅`, `${short}局`, `${short}局`] }),
  also,
})
const office = (...names: [string | null, string | null, string | null]): Department => ({ names })

interface Group {
  name: string
  /** Names stand behind `委`: 省委宣传部. */
  ofParty?: true
  departments: readonly Department[]
}

export const GROUPS: readonly Group[] = [
  {
    name: '党委部门',
    ofParty: true,
    departments: [
      office('办公厅', '办公室', '办公室'),
      everywhere('组织部'),
      everywhere('宣传部'),
      everywhere('统一战线工作部', '统战部'),
      everywhere('政法委员会', '政法委'),
      everywhere('社会工作部'),
      everywhere('网络安全和信息化委员会办公室', '网信办'),
      everywhere('机构编制委员会办公室', '编办'),
    ],
  },
  {
    name: '政府组成部门',
    departments: [
      {
        names: ['人民政府办公厅', '人民政府办公室', '人民政府办公室'],
        short: ['政府办公厅', '政府办公室', '政府办公室'],
        also: ['政府办'],
      },
      {
        names: ['发展和改革委员会', '发展和改革委员会', '发展和改革局'],
        short: ['发展改革委', '发展改革委', '发展改革局'],
        also: ['发改委', '发改局'],
      },
      hall('教育'),
      hall('科学技术', '科技'),
      hall('工业和信息化', undefined, '工信厅', '工信局'),
      {
        names: ['民族宗教事务委员会', '民族宗教事务局', '民族宗教事务局'],
        short: ['民族宗教委', '民族宗教局', '民族宗教局'],
        also: ['民宗委', '民宗局'],
      },
      hall('公安'),
      hall('民政'),
      hall('司法'),
      hall('财政'),
      hall('人力资源和社会保障', '人力资源社会保障', '人社厅', '人社局'),
      {
        names: ['自然资源厅', '自然资源和规划局', '自然资源和规划局'],
        also: ['自然资源局', '自然资源规划局', '资规局'],
      },
      hall('生态环境'),
      hall('住房和城乡建设', '住房城乡建设', '住建厅', '住建局'),
      hall('交通运输'),
      { names: ['水利厅', '水利局', '水利局'], also: ['水务局'] },
      hall('农业农村'),
      hall('商务'),
      {
        names: ['文化和旅游厅', '文化广电旅游局', '文化广电旅游局'],
        also: ['文旅厅', '文化和旅游局', '文旅局', '文广旅局'],
      },
      {
        names: ['卫生健康委员会', '卫生健康委员会', '卫生健康局'],
        short: ['卫生健康委', '卫生健康委', '卫生健康局'],
        also: ['卫健委', '卫健局'],
      },
      hall('退役军人事务', undefined, '退役军人局'),
      hall('应急管理', undefined, '应急局'),
      hall('审计'),
    ],
  },
  {
    name: '政府直属机构',
    departments: [
      office('外事办公室', '外事办公室', null),
      {
        names: ['国有资产监督管理委员会', '国有资产监督管理委员会', '国有资产服务中心'],
        short: ['国资委', '国资委', null],
      },
      { names: ['林业和草原局', '林业局', '林业局'], short: ['林草局', null, null] },
      everywhere('市场监督管理局', '市场监管局'),
      office('广播电视局', null, null),
      everywhere('体育局'),
      everywhere('统计局'),
      everywhere('医疗保障局', '医保局'),
      office('地方金融管理局', '地方金融管理局', null),
      everywhere('信访局'),
      everywhere('数据局', undefined, '大数据局', '数据资源局'),
      { names: [null, '行政审批局', '行政审批局'], also: ['政务服务局', '审批局'] },
      { names: [null, '城市管理局', '综合行政执法局'], also: ['城管局', '城管执法局', '城市管理行政执法局'] },
      {
        names: ['粮食和物资储备局', '粮食和物资储备局', null],
        short: ['粮食和储备局', '粮食和储备局', null],
        also: ['粮储局'],
      },
      { names: ['国防动员办公室', '国防动员办公室', '国防动员办公室'], also: ['人民防空办公室', '人防办', '国动办'] },
      everywhere('机关事务管理局', '机关事务局'),
      { names: ['供销合作社联合社', '供销合作社联合社', '供销合作社联合社'], short: ['供销社', '供销社', '供销社'] },
    ],
  },
  {
    name: '垂直管理和驻地机构',
    departments: [
      everywhere('税务局'),
      everywhere('气象局'),
      office('消防救援总队', '消防救援支队', '消防救援大队'),
      { names: ['烟草专卖局', '烟草专卖局', '烟草专卖局'], also: ['烟草局'] },
    ],
  },
  {
    name: '群团组织',
    departments: [
      everywhere('总工会'),
      everywhere('妇女联合会', '妇联'),
      everywhere('科学技术协会', '科协'),
      everywhere('工商业联合会', '工商联'),
      everywhere('残疾人联合会', '残联'),
    ],
  },
]

/** A department of before a reform: its name by level, in which reform it ended, and whose name at that level took it over. */
interface Former {
  names: readonly [province: string | null, city: string | null, county: string | null]
  reform: 2018 | 2023
  successor: readonly [string | null, string | null, string | null]
  also?: readonly string[]
}

const ended = (
  reform: Former['reform'],
  names: Former['names'],
  successor: Former['successor'],
  ...also: string[]
): Former => ({ names, reform, successor, also })
const bureau = (name: string): Former['names'] => [name, name, name]

/** What the reforms ended: those of 2018 in most places by the spring of 2019, those of 2023 by the autumn of 2024. */
export const FORMER: readonly Former[] = [
  ended(2018, ['国土资源厅', '国土资源局', '国土资源局'], ['自然资源厅', '自然资源和规划局', '自然资源和规划局']),
  ended(2018, [null, '城乡规划局', '城乡规划局'], [null, '自然资源和规划局', '自然资源和规划局'], '规划局'),
  ended(
    2018,
    ['环境保护厅', '环境保护局', '环境保护局'],
    ['生态环境厅', '生态环境局', '生态环境局'],
    '环保厅',
    '环保局',
  ),
  ended(2018, ['农业厅', '农业局', '农业局'], ['农业农村厅', '农业农村局', '农业农村局'], '农业委员会', '农委'),
  ended(
    2018,
    ['文化厅', '文化广电新闻出版局', '文化广电新闻出版局'],
    ['文化和旅游厅', '文化广电旅游局', '文化广电旅游局'],
    '文广新局',
  ),
  ended(
    2018,
    ['旅游发展委员会', '旅游局', '旅游局'],
    ['文化和旅游厅', '文化广电旅游局', '文化广电旅游局'],
    '旅游委',
    '旅发委',
  ),
  ended(
    2018,
    ['卫生和计划生育委员会', '卫生和计划生育委员会', '卫生和计划生育局'],
    ['卫生健康委员会', '卫生健康委员会', '卫生健康局'],
    '卫生计生委',
    '卫计委',
    '卫计局',
  ),
  ended(2018, bureau('安全生产监督管理局'), ['应急管理厅', '应急管理局', '应急管理局'], '安监局'),
  ended(2018, bureau('工商行政管理局'), bureau('市场监督管理局'), '工商局'),
  ended(2018, bureau('质量技术监督局'), bureau('市场监督管理局'), '质监局'),
  ended(2018, bureau('食品药品监督管理局'), bureau('市场监督管理局'), '食药监局'),
  ended(2018, bureau('物价局'), ['发展和改革委员会', '发展和改革委员会', '发展和改革局']),
  ended(
    2018,
    ['人民政府法制办公室', '人民政府法制办公室', '人民政府法制办公室'],
    ['司法厅', '司法局', '司法局'],
    '法制办',
    '政府法制办',
  ),
  ended(2018, bureau('国家税务局'), bureau('税务局'), '国税局'),
  ended(2018, bureau('地方税务局'), bureau('税务局'), '地税局'),
  ended(2018, ['粮食局', '粮食局', null], ['粮食和物资储备局', '粮食和物资储备局', null]),
  ended(
    2023,
    bureau('乡村振兴局'),
    ['农业农村厅', '农业农村局', '农业农村局'],
    '扶贫开发局',
    '扶贫办',
    '扶贫开发办公室',
  ),
  ended(2023, ['大数据管理局', '大数据发展管理局', '大数据发展管理局'], bureau('数据局'), '大数据发展局', '大数据中心'),
  ended(
    2023,
    ['地方金融监督管理局', '金融工作局', null],
    ['地方金融管理局', '地方金融管理局', null],
    '金融办',
    '地方金融监管局',
  ),
]

/** The governments of the next level down, which documents name as a group. */
export const LOWER_GOVERNMENTS: Readonly<Record<StartingLevel, readonly string[]>> = {
  province: ['各市（州）人民政府'],
  city: ['各县（市、区）人民政府'],
  county: ['各乡镇人民政府（街道办事处）'],
}
