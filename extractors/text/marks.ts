import { DIVISION_KINDS, OFFICIAL_KINDS, PLAN_KINDS, RULE_KINDS } from '../lexicon/document-kinds.ts'
import { METADATA_LABELS } from '../lexicon/head-metadata.ts'
import { COUNTED_THINGS } from '../lexicon/headings.ts'
import { CharacterSet } from '../parsers/character-set.ts'
import { opensWith } from '../parsers/opening-pattern.ts'
import { anyOf } from '../parsers/word-finder.ts'

/** What the first and last characters of a line say about it. All patterns are for folded text. */

const CHINESE_NUMERAL = '一二三四五六七八九十百〇零'

/** Labels that open a paragraph: `一、` `(一)` `1.` `(1)` `1)` `①` `第三章 ` `第三条 ` `任务一:`; not `二、三产业` and not `3.5亿`. */
const LABEL = new RegExp(
  `^(?:[${CHINESE_NUMERAL}]{1,4} ?[、.](?![${CHINESE_NUMERAL}])` +
    `|\\( ?[${CHINESE_NUMERAL}]{1,4} ?\\)` +
    `|\\d{1,2} ?[.、](?=\\d{1,2} ?月|(?:19|20)\\d\\d ?年)|\\d{1,2} ?[.、](?![\\d ])|\\d{1,2} ?[.、] (?!\\d)` +
    `|\\( ?\\d{1,2} ?\\)|\\d{1,2}\\)` +
    `|第[${CHINESE_NUMERAL}\\d]{1,4}[章节编篇条款](?:[ :、]|$)|第[${CHINESE_NUMERAL}\\d]{1,3}部分` +
    `|(?:重点)?(?:${COUNTED_THINGS.join('|')})(?:[${CHINESE_NUMERAL}]{1,4}|\\d{1,3})(?: ?[:、.]| (?=[\\u4e00-\\u9fff]))` +
    `|\\d{1,2}(?:\\.\\d{1,2}){1,2} (?=[\\u4e00-\\u9fff])` +
    `|—{2,}|[●◆■▲★☆◇□►➢※\\u2460-\\u249b\\u3220-\\u3229]` +
    `|附件 ?[\\d一二三四五六七八九十]{0,3} ?(?:[:.、]|$)|附件 ?\\d{1,2} (?=[\\u4e00-\\u9fff\\d])|附表 ?\\d{0,2} ?(?:[:.、]|$)|专栏 ?\\d{1,2})`,
  'u',
)

/** Lines that give units: `牵头单位:…`, `责任单位:…`, `配合部门:…`, also a limit or an objective of their own. */
const FIELD =
  /^[(〔[【]?(?:总?牵头|责任|主要责任|负责|配合|主办|协办|承办|主管|主责|参与|参加|协助|协同|落实|实施|督办|督查|督导|整改|完成|时限|时间|(?:工作|主要|年度|总体)目标|目标任务|(?:工作|重点|主要|年度)任务|(?:工作|主要)措施|(?:工作|建设|实施)内容|推进)(?:[^:,。;、()]{0,5}(?:单位|部门|处室|科室|主体|领导|人|时限|时间|要求|目标|任务|措施|进度|节点)[^:,。;、()]{0,4}:|[^:,。;、()]{0,4}:.)/

/** A bracket that opens a line and names units: it closes the paragraph before. */
const TAG =
  /^[(〔[【](?:[^()]{0,12}(?:单位|部门|牵头|主体)[^()]{0,6}:|[^()。]{2,80}(?:牵头|负责|配合|[局委厅办部府])[)〕\]】、,;]|[^()。:]{2,60}$)/

const DATE =
  /^\(?(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2}) {0,2}年 {0,2}[\d一二三四五六七八九十]{1,3} {0,2}月 {0,2}[\d一二三四五六七八九十]{1,3} {0,2}日(?: ?星期[一二三四五六日天]| ?印发)?\)?\?{0,9}$/

/** Below the title of a report: ——2012年2月29日在云川区第十三届人民代表大会第六次会议上. */
const SPOKEN = /^[—(-]{0,4} ?(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?在[^。,]{2,60}(?:会议|大会|全会)上?\)?$/
/** Who gave a report, below the day: 云川区人民政府区长 张三, 云川区发展和改革局局长 李四. */
const SPEAKER =
  /^(?<body>[\u4e00-\u9fff]{0,20}?)(?:代理|代|常务副|副)?(?<post>省长|市长|区长|县长|旗长|州长|盟长|镇长|乡长|主席|主任|院长|检察长|局长|厅长) {0,8}[\u4e00-\u9fff·×]{1,4}(?: {1,4}[\u4e00-\u9fff×]{1,3})?$/
/** 各位代表: opens what is spoken. */
const SALUTATION = /^(?:各位(?:代表|委员|领导|同志)|同志们)(?:[、,](?:各位[\u4e00-\u9fff]{2,4}|同志们))*[:!,]/

/** 发文字号 that fills a line (《党政机关公文处理工作条例》第九条: 发文机关代字、年份、发文顺序号). */
const DOCUMENT_NUMBER_LINE =
  /^(?:[(【〔]? ?(?:发文|公文)?(?:字|文) ?号 ?[】:〕]?:? ?)?\(? ?[\u4e00-\u9fff]{1,14} ?[〔[(【] ?(?:19|20) ?\d ?\d ?[〕\])】] ?第? ?\d{1,5} ?号 ?\)?$/

/** What a web page says about a document: `发布日期:2025-12-22`, `来源:…`. */
const ABOUT_LINE =
  /^(?:发布|成文|发文|印发|公布|生成|施行|制定|索引|主题|信息|文件|公开|有效|效力|时效|来源|作者|编辑|责任编辑|浏览|字体|字号|名称|标题|分类|检索|废止)[^:,。]{0,6}:.{0,60}$/

/** A label of a page's table about a document, before its value: `来 源:…`, `【发文字号】…`. */
const METADATA = new RegExp(
  `^[·•]?(?:(?:${[...METADATA_LABELS.keys()].join('|')}):|【(?:${[...METADATA_LABELS.keys()].join('|')})】)`,
)

/** What a page sets around a document: where one is on the site, buttons, links. */
const PAGE_LINE =
  /^(?:返回(?:顶部|首页|列表|上一?页)|(?:网站)?首页(?:$| )|设为首页|加入收藏|收藏本[站页]|分享到?(?:$|:)|打印(?:本页)?$|关闭(?:窗口)?$|下载(?:地址|文字版|图片版)|[您你]?(?:的|现在的|当前(?:所在)?的?|所在)位置|当前页面 ?:|返 ?回$|字体(?:大小)?:|用户名|记住我|朗读$|无障碍|长者(?:模式|版)|关怀版|扫一扫|语音播报|(?:政府)?信息公开(?:$|目录|专栏|指南)|政务公开$|政务动态$|(?:最新|政策)文件$|图片$|(?:服务|咨询|监督)(?:热线|电话):|(?:收藏|打印)[ |]*(?:打印|关闭|浏览)|返回上一版|往期回顾|(?:法定主动公开内容|政府信息公开年报|公开年报)$|(?:全文检索|站群导航|手机版|适老版)$|中央人民政府网站|中国政府网(?:[\u4e00-\u9fff]{2,8}政府网?){1,4}$)|^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} {0,8}(?:来源|作者|编辑) ?:|^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} \d{1,2}:\d\d(?::\d\d)?(?:$| ?(?:来源|作者|编辑|浏览|点击|阅读|责任编辑))/
/** 网页截图, 某某日报第3版: what a picture or a page of a newspaper is called; a line is looked at where it ends or goes on so. */
const CAPTURED = /^[^,。:]{0,20}截图$/
const SHEET = /^[^,。]{0,12}第\d{1,3}版/
const FARTHEST_SHEET = 18
const isCaption = (text: string): boolean => {
  if (text.endsWith('截图')) return CAPTURED.test(text)
  const sheet = text.indexOf('版')
  return sheet > 0 && sheet < FARTHEST_SHEET && SHEET.test(text)
}
/** The name of a site, alone on its line. */
const SITE = /^[•·]? ?(?!.{0,24}(?:关于|印发))[\u4e00-\u9fff—-]{2,24}(?<![电管路气热渔光])网站?$/
/** The way to a page: 首页 > 公开 > 文件. */
const WAY = /[>»] ?[\u4e00-\u9fff\d“”]{2,16} ?-?[>»]|首页 ?-?[>»]/
const WAY_MARKS = new CharacterSet('>»')
/** Who keeps a site and under which licence, and what it is best looked at with, on each of its pages. */
const SITE_KEEPER = /设为首页|加入收藏|版权所有|ICP备|网安备|网站标识码|浏览器|升级至IE/
/** What the bar at the head of a site leads to; a line of little else is such a bar. */
const BAR_WORD =
  /首页|无障碍|长者专区|适老版|残疾人专区|智能问答|登录|注册|繁体|简体|新闻中心|政务公开|政府信息公开|信息公开|法定主动公开内容|公开年报|政务服务|办事服务|互动交流|公众参与|专题专栏|数据开放|数字报|版面导航|上一版|下一版|走进[\u4e00-\u9fff]{2}/g
const LONGEST_BAR = 60
function isBar(text: string): boolean {
  if (text.length > LONGEST_BAR || hasPunctuation(text)) return false
  const words = text.match(BAR_WORD) ?? []
  return words.length > 2 && words.join('').length * 3 >= text.replace(/ /g, '').length * 2
}

/** Names of issuing bodies that stand alone on a line: `四川省人民政府办公厅`, `国务院`, `国家发展改革委`. */
const ORGAN =
  /^(?:[\u4e00-\u9fff]{2,20} {1,8}){0,3}[\u4e00-\u9fff]{0,16}(?:政府|国务院|国 务 院|办公[厅室]|委员会|管委会|党组|领导小组|指挥部|法院|检察院|[^会制]委|人大常委会|[^大]厅|[^当结布格]局|[^全内干顶底]部|公署|总署)$/
/** The last characters of such names. */
const ORGAN_LAST = new CharacterSet('府院厅室会组部委局署')
const FUNCTION_WORD = /[的和在为对与等以将把要是于]/
/** 和 within the name of one department (国家发展和改革委员会, 水产和畜牧管理局): not behind a name that has ended, and before the last words. */
const NAMED_WITH_AND =
  /(?<=[\u4e00-\u9fff]{2}(?<![局委部厅府会院室]))和(?=[\u4e00-\u9fff]{2,10}(?:[局部厅委]|委员会|办公室)$)/

/** 中华人民共和国国务院: 和 of the state's own name. */
const STATE = /^中华人民共和国/

const TITLE_NOUNS = [
  ...OFFICIAL_KINDS,
  ...RULE_KINDS,
  ...PLAN_KINDS,
  ...DIVISION_KINDS,
  ...['纪要', '目录', '实事', '事项', '责任书', '责任状', '任务书', '行动', '名单', '图谱'],
]
const TITLE_END = new RegExp(
  `(?:${anyOf(TITLE_NOUNS)}|(?:一览|任务|分工|分解|安排|汇总|明细|统计|情况|指标|责任|清单|进度|计划|项目|登记)表)(?:\\((?:试行|暂行|修订|征求意见|送审|审议|草案|讨论|20\\d\\d)[^()]*\\))?$`,
)

/** The last characters of what a title ends with. */
const TITLE_LAST = new CharacterSet([...TITLE_NOUNS.map((word) => word.at(-1) as string), '表', ')'])

const PUNCTUATION = new CharacterSet(',。;:、!?')

/** Characters no line can begin with: what they close stands on the line before. */
const CONTINUES = new CharacterSet(',、。;:!?)〕]】》〉”’%…')

/** Characters no paragraph can end with. */
const AWAITS = new CharacterSet(',、(〔[【《〈“‘')

const TERMINAL = new CharacterSet('。!?;:…')
const CLOSING = new CharacterSet(')〕]】》〉”’')

export const startsWithLabel = opensWith(LABEL)
export const startsWithField = opensWith(FIELD)
const opensTag = opensWith(TAG)
export const startsWithTag = (text: string): boolean => opensTag(text) && /[局委厅办部府院会]|单位|牵头/.test(text)
const opensWithDate = opensWith(DATE)
/** A date of twelve characters and what may stand beside it, two blanks between its pieces. */
const LONGEST_DATE_LINE = 24
export const isDateLine = (text: string): boolean => text.length <= LONGEST_DATE_LINE && opensWithDate(text)
/** 云府发〔2015〕12号 签发人:…: the number of a document that goes up. */
const SIGNED_BY = /[ \t]{0,60}签发人[: ].{0,12}$/
/** 2004-6-23 云府发〔2004〕89号, as databases print them. */
const DAY_BEFORE = /^(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2} ?/
/** 云川办发〔2008〕20号 二○○八年四月二日: the day of a document behind its number. */
const DAY_AFTER =
  / ?(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日$/
export const isNumberLine = (text: string): boolean =>
  text.length <= 60 &&
  text.includes('号') &&
  DOCUMENT_NUMBER_LINE.test(text.replace(SIGNED_BY, '').replace(DAY_BEFORE, '').replace(DAY_AFTER, ''))
/** 发布机构 云川区政府 文 号 云政发〔2024〕3号: labels and values of a page in turn, only blanks between. */
const SPACED_LABEL =
  /索引号|文号|公开(?:方式|形式|类型)|(?:[成发印]文|发布)日期|发[文布]机[构关]|发文字号|分类|有效性|时效/g
const isSpacedMetadata = (text: string): boolean => {
  if (!text.includes(' ') || text.length > 160 || /[,。;:]/.test(text) || text.split(' ').length < 4) return false
  const labels = [...text.replace(/ /g, '').matchAll(SPACED_LABEL)]
  return labels.length > 1 && labels[0]?.index === 0
}
const opensWithMetadata = opensWith(METADATA)
export function startsWithMetadata(text: string): boolean {
  if (isSpacedMetadata(text)) return true
  const opening = text.slice(0, 24)
  if (!opening.includes(':') && !opening.includes('【')) return false
  return opensWithMetadata(opening.includes(' ') ? opening.replace(/ /g, '') : opening)
}
const opensSpoken = opensWith(SPOKEN)
export const isSpokenLine = (text: string): boolean => text.length <= 90 && opensSpoken(text)
/** ——2012年2月29日在云川区第十三届 above 人民代表大会第六次会议上: one line that its page breaks in two. */
const FIRST_OF_SPOKEN = /^[—(-]{0,4} ?(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?在[^。,;:]{2,40}$/
const LAST_OF_SPOKEN = /^[^。,;:]{2,40}(?:会议|大会|全会)上?\)?$/
const opensFirstOfSpoken = opensWith(FIRST_OF_SPOKEN)
export const isCutSpokenLine = (above: string, below: string): boolean =>
  above.length <= 60 && opensFirstOfSpoken(above) && !/上\)?$/.test(above) && LAST_OF_SPOKEN.test(below)
/** The body and the post of the one who gave a report, null for any other line. */
export function speakerOf(text: string): { body: string; post: string } | null {
  const groups = text.length <= 40 ? SPEAKER.exec(text)?.groups : undefined
  return groups ? { body: groups['body'] as string, post: groups['post'] as string } : null
}
/** (2019年4月18日云江市第九届人民代表大会常务委员会第七次会议通过), below the title of what a meeting has passed. */
const PASSED = /^\((?:19|20)\d\d年\d{1,2}月\d{1,2}日[^()。]{4,60}通过\)$/
const opensPassed = opensWith(PASSED)
export const isPassedLine = (text: string): boolean => text.length <= 80 && opensPassed(text)
/** When a page was put up, and by whom: 2024-03-05 09:30云川区政府办公室, 2024年3月5日09:30来源:云川日报. */
const DAY_AND_HOUR =
  /^(?:19|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月\d{1,2}日) ?(?:\d{1,2}:\d\d(?::\d\d)?[\u4e00-\u9fff]{0,24}|(?:\d{1,2}:\d\d(?::\d\d)?)?(?:来源|作者|编辑):[^。;]{0,40})$/
export const isDayAndHour = opensWith(DAY_AND_HOUR)
const opensPage = opensWith(PAGE_LINE)
export const isPageLine = (text: string): boolean =>
  text.length <= 120 &&
  !text.includes('。') &&
  (opensPage(text) ||
    isCaption(text) ||
    (/网站?$/.test(text) && SITE.test(text)) ||
    (WAY_MARKS.isIn(text) && WAY.test(text)) ||
    SITE_KEEPER.test(text) ||
    isBar(text))
export const isSalutation = opensWith(SALUTATION)
const opensAbout = opensWith(ABOUT_LINE)
export const isAboutLine = (text: string): boolean => text.length <= 70 && opensAbout(text)
export const isOrganLine = (text: string): boolean =>
  text.length <= 40 &&
  ORGAN_LAST.holds(text, text.length - 1) &&
  ORGAN.test(text) &&
  !FUNCTION_WORD.test(text.replace(NAMED_WITH_AND, '').replace(STATE, ''))
/**
 * 市教育局、市民政局等按职责分工负责: a line of nothing but bodies and what they do, as a page without brackets sets it below
 * what they answer for.
 */
export const isDutyLine = (text: string): boolean =>
  (text.endsWith('负责') || text.endsWith('配合')) &&
  (text.includes('牵头,') || BY_DUTY.test(text.slice(-12))) &&
  !MARKS_OF_SENTENCES.test(text)
const BY_DUTY = /(?:[按依照](?:各自)?(?:职责|职能)(?:分工)?|分工|分别)负责$/
const MARKS_OF_SENTENCES = /[。;:!?\d(]/
/** What may sign, or stand in red above a document, though it does not read like a body by itself: 县重点工程办, 柳林街道办事处, 县残联. */
const SHORT_BODY =
  /^[\u4e00-\u9fff]{2,24}(?:[^不主协包领承督查开筹举兴创试]办|办事处|中心|公司|集团|联合会|总工会|妇联|残联|文联|科协|供销社|联社|学院|大学|医院|协会|大队|支队|总队|管理[处所站]|[局厅委部会院室][\u4e00-\u9fff]{2,6}[处司科])$/
/** 2021年2月, 二〇二一年二月: the month of a cover or a signature, alone on its line. */
const MONTH = /^[\dO○〇零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月$/
const opensMonth = opensWith(MONTH)
export const isMonthLine = (text: string): boolean => text.length <= 12 && opensMonth(text)
/** 年11月5日 below 2014: the rest of a date that a page sets in pieces. */
export const isRestOfDate = opensWith(/^年\d{1,2}月/)
/** Whether a line names a body where only a body can stand: above the date of a document, before 文件, behind 发布单位. */
export const isSigner = (text: string): boolean =>
  isOrganLine(text) || (text.length <= 40 && SHORT_BODY.test(text) && !FUNCTION_WORD.test(text))
export const endsLikeTitle = (text: string): boolean =>
  TITLE_LAST.holds(text, text.length - 1) && TITLE_END.test(text.slice(-24))
export const hasPunctuation = (text: string): boolean => PUNCTUATION.isIn(text)
export const continuesLine = (text: string): boolean => CONTINUES.holds(text, 0)
export const awaitsMore = (text: string): boolean => AWAITS.holds(text, text.length - 1)

/** Whether a line ends a sentence: 。！？；： or one of them inside closing quotes or brackets. */
export function endsSentence(text: string): boolean {
  let last = text.length - 1
  while (last > 0 && CLOSING.holds(text, last)) last--
  return TERMINAL.holds(text, last)
}

/** Whether a line ends with a bracket, as a responsibility tag at a clause's end does. */
export function endsWithBracket(text: string): boolean {
  const last = text[text.length - 1]
  return last === ')' || last === '〕' || last === ']' || last === '】'
}
