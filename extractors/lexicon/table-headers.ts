import { BLANKS, CharacterSet } from '../parsers/character-set.ts'
import type { ColumnRole } from '../structure/types.ts'

/** Words of a header cell → what the column holds; the first that fits. */
const ROLES: readonly (readonly [pattern: RegExp, role: ColumnRole])[] = [
  [/^(?:序 ?号|编 ?号|项次|序列|№|No\.?)$/i, 'number'],
  [/^(?:当前|目前|最新|现阶段|截至.{0,8}|形象|完成)(?:工作|项目)?进度(?:情况)?$|进展$|(?:进展|完成|推进|落实|整改|工作成效|取得)(?:情况|成效)$|^截至|^下一?步/, 'report'],
  [/^(?:任务|项目|指标|工作|措施)(?:类型|类别|分类|性质|属性)$/, 'other'],
  [/来源|出处|责任人|负责人|领导|联系|电话|科室负责|^(?:评分|考核|监考|考评|评价|验收|监督|督查|督办|审核)(?:责任)?(?:部门|单位|处室|科室)/, 'other'],
  [/牵头|主办|抓总/, 'lead'],
  [/(?:责任|承办|实施)(?:主体|单位|部门)?[和与及、](?:配合|协办|协助|参与|参加|协同)/, 'responsible'],
  [/配合|协办|协助|参与|参加|协同/, 'support'],
  [/责任|负责|承办|主管部门|实施单位|实施主体|落实单位|落实部门|承担单位|推进(?:单位|部门|主体)|主体单位|分工|主责|完成单位|建设单位|业主/, 'responsible'],
  [/时限|时间|期限|进度|完成日期|节点|截止|年限|工期/, 'deadline'],
  [/^备 ?注$|说明|依据/, 'note'],
  [/计量单位|^单 ?位$/, 'unit'],
  [/基期|基准|现状|现值|基数|上年|完成值|实际/, 'baseline'],
  [/指标名称|^指 ?标$|指标内容|主要指标|考核指标|具体指标|绩效指标/, 'indicator'],
  [/规模[及和与、]?(?:主要|建设)?内容|内容[及和与、]?(?:建设)?规模|^(?:项目)?建设规模$/, 'task'],
  [/目标值|目标数|目标$|目标要求|目标任务值|规划值|预期值|预测值|指标值|期望值|终期值|规划期末|末值|20\d\d年|计划数|任务数|数量|规模|总量/, 'value'],
  // 储能计划(兆瓦), 年度任务(个): what is planned is told in numbers.
  [/^(?!.{0,12}(?:投资|资金|金额|经费|预算)).{0,12}(?:计划|任务|目标)[数量值]?\([a-z%\u4e00-\u9fff/]{1,6}\)$/i, 'value'],
  [/任务|事项|实事|内容|工作|项目|举措|措施|要求|要点|名称|问题|政策/, 'task'],
]

/** Header words of columns that hold nothing a target needs. */
const PLAIN_HEADER = /^(?:类 ?别|类 ?型|分 ?类|性 ?质|属 ?性|(?:指标|任务|项目|工作|措施)(?:属性|类型|类别|分类|性质)|板块|类目|级 ?别|权 ?重|(?:各项|单项|考核|标准)?(?:分 ?值|得分|满分)|(?:评分|计分|考评|扣分)(?:标准|办法|细则|方法)|领 ?域|维 ?度|一级指标|二级指标|三级指标|年均.{0,8}|增长率.{0,4}|增 ?速.{0,4}|累计.{0,6}|(?:评分|考核|监考|考评|评价|验收|监督|督查|督办|审核)(?:责任)?(?:部门|单位|处室|科室)|(?:责任|分管|包联|牵头|督办|联系)领导|(?:责任|负责|联系|经办)人|联系电话|(?:计划|估算|当年|年度|累计|总|概算)?投资额?(?:\([^()]{1,4}\))?|资金来源|建设(?:性质|地点|地址|单位)|地 ?区|县市区|区县|所在地)$/

/** 总投资(万元), 补助资金: a column of amounts of money, which nothing is to reach. */
const AMOUNT = /(?:投资|资金|金额|经费|预算|造价)额?(?:\([^()]{1,8}\))?$/
export const isAmountHeader = (header: string): boolean => header.length <= LONGEST_AMOUNT && AMOUNT.test(header)
const LONGEST_AMOUNT = 20

/** What a column with this header holds; `other` where the words tell nothing. */
export const roleOfHeader = (header: string): ColumnRole => ROLES.find(([pattern]) => pattern.test(header))?.[1] ?? 'other'

/** 造林任务**(含折算面积)**(亩): what is counted in says nothing of what the column holds. */
export const withoutRemark = (header: string): string => header.replace(/\((?:不?含|包括)[^()]*\)(?=.)/g, '')

const BLANK = new CharacterSet(BLANKS)
/** Words without their blanks, null where more characters are left than a header may have: of a sentence only the first are looked at. */
function bareWithin(most: number, words: string): string | null {
  let seen = 0
  for (let at = 0; at < words.length; at++) if (!BLANK.holds(words, at) && ++seen > most) return null
  return seen === words.length ? words : words.replace(/\s/g, '')
}

const LONGEST_YEAR_HEADER = 4
const LONGEST_PLACE_HEADER = 14

/** Header words of a column of years, each the limit of its row in a plan. */
export const isYearHeader = (header: string): boolean => {
  const words = bareWithin(LONGEST_YEAR_HEADER, header)
  return words !== null && /^(?:计划|实施|建设|完成)?年[份度]$/.test(words)
}

/** Header words of a column of places or bodies: 县(市、区), 乡镇(街道), 单位. */
const PLACE_HEADER =
  /^(?:[各省市县区州盟旗乡镇、()]|街道|办事处|园区|开发区|功能区|地区|区域|行政区划?|责任|承担|任务|实施|所在)+(?:名称|单位|别)?$/

/** Whether a column holds the places or bodies among which a table shares out. */
export const isPlaceHeader = (header: string): boolean => {
  const bare = bareWithin(LONGEST_PLACE_HEADER, header)
  if (bare === null || bare.length < 2) return false
  const words = bare.replace(/（/g, '(').replace(/）/g, ')')
  return /^(?:单位|地区|区域|行政区划?)(?:名称)?$/.test(words) || (PLACE_HEADER.test(words) && !/^(?:责任|任务|承担|实施|所在)+$/.test(words))
}

/** The name of a table stands above its header and often ends in the same words: 专栏1“十四五”时期主要指标. */
const CAPTION = /^(?:专栏|附?表|附件|附录|图)[\d一二三四五六七八九十]|[“”《》]/

/** Whether a short paragraph is the name of a table: it says what the rows below it are about. */
export const isCaption = (words: string): boolean => words.length <= 40 && CAPTION.test(words) && !/[。;:]/.test(words)

/** 重点任务分工表, 目标任务清单: the name of a table that no number parts from its header. */
const TABLE_NAME = /[\u4e00-\u9fff]{3}(?:表|清单|台账)$/

/** Whether a short line can be the header of a column. */
export const isHeaderWord = (words: string): boolean =>
  words.length >= 2 && words.length <= 14 && !CAPTION.test(words) && !TABLE_NAME.test(words) && !/^(?:\(|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、]|第[一二三四五六七八九十\d]{1,3}[章节部条])|[。,;:]/.test(words) && !/^\d{1,3}$/.test(words) && (roleOfHeader(words) !== 'other' || PLAIN_HEADER.test(words))

/** Characters of what stands below a head that spans several columns. */
const LONGEST_PART = 14
/** A part is named in words, or by a year, a quarter or a month. */
const HEAD_PART = /^(?![\d%+~—/-])|^20\d\d年|^(?:1[0-2]|[1-9])月|^[1-4]季度/

/** Whether words can name one of the columns that a head spans: 2027年 and 2028年 below 目标值. */
export const isHeadPart = (words: string): boolean =>
  words !== '' && words.length <= LONGEST_PART && HEAD_PART.test(words) && !/[。;,:]/.test(words)

/** What a column holds that is named by a head over it and its own words: 时间进度 says no more than the times below it. */
export const partOfHead = (head: string, part: string): string => (roleOfHeader(head) === 'deadline' ? part : head + part)

/** How parts of a plan end that group the rows of its table (一、经济发展, 绿色生态): they are no subject of what is measured. */
export const CATEGORY_ENDINGS: readonly string[] = [
  '发展', '驱动', '福祉', '生态', '保障', '环境', '民生', '生活', '结构', '升级', '开放', '设施', '服务', '文明', '创新', '效益', '质量', '能力', '水平', '建设', '安全', '治理', '指标', '类', '性', '情况', '目标', '任务', '改革', '振兴', '转型', '融合', '统筹', '协调', '共享', '经济', '社会', '文化', '活力', '潜力', '支撑', '供给', '速度', '总量', '规模', '绩效', '成效', '效果', '产出', '效率', '投入',
]
