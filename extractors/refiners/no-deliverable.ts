import { PLAN_KINDS, RULE_KINDS } from '../lexicon/document-kinds.ts'
import type { FoundTime } from '../parsers/time.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { SentenceView } from './draft.ts'

/** Says how things stand against another year or season: 较常年偏多, 同比增长6.2%. */
const COMPARED_STATE =
  /(?:较|比)(?:常年|往年|上年|去年|历史)?(?:同期|常年|往年|上年|去年).{0,4}[偏多少增降]|同比(?:增长|下降|上升|提高)\d/
/** 目前我市…已严重倒挂: how things stand today. */
const STANDS = /^(?:目前|当前|现阶段)[^,;]{0,30}[已仍还尚]|^已(?:经|有|[建完签启开]\S)/
/** 牢牢把握稳中求进的总基调, 始终贯彻以人民为中心的理念: by what words everything is done. */
const GUIDED =
  /以[^,;]{2,40}为(?:发展)?(?:主线|统领|引领|导向|根本遵循)$|^(?:紧紧|紧密)?围绕[^,;、]{2,24}(?:发展|目标|任务|战略|主题)$|(?:把握|坚持|贯彻|落实|秉持|围绕|紧扣|践行|遵循)[^,;]{0,40}(?:总基调|理念|思想|精神|主线|总要求|方针|原则)$/
/** 作为推进…的依据, 如工作依旧缓慢: what something serves for, and a condition. */
const SERVES = /^作为[^,;]{2,40}(?:依据|参考|抓手|支撑|保障)$|^(?:如(?![期实约何上下皋])|若(?!干)|倘)/
/** What a meeting was, in its minutes: 5月11日,市长主持召开市长办公会议. */
const MEETING = /主持召开|^[^,;]{2,16}(?:出席|会见)|赴[^,;]{2,12}(?:调研|考察)/
/** 对重点工作进展情况进行专项督查: how the office looks after what others do. */
const SUPERVISED = /对[^,;]{2,40}(?:进展|完成|落实|推进)情况[^,;]{0,6}(?:督[查导]|检查|通报|考核|调度)$/
/** 为促进绿化工作: what for, where the work itself stands behind it. */
const PURPOSE =
  /^为(?:了|(?=促进|推[动进]|加[快强]|进一步|贯彻|落实|做好|切实|确保|规范|深入|全面|有效|更好|提[升高]|完成))[^,;]*$/
/** 云川日报讯, 局网讯: who reports. */
const REPORTS_NEWS = /[网社报台]讯$|发文称|播发/
/** What befalls those who do not comply: 逾期未开工的收回用地指标. */
const CONSEQUENCE =
  /^逾期|^未(?:按|能|完成|达到)[^,;]{1,20}的|^对[^,;]{2,60}的(?:单位|企业|个人|人员|机构|行为|地区|部门|干部|项目|[县市区]+)?$/
/** 请认真组织落实, 作出全面部署: how a notice closes, and what a meeting did. */
const CALLED_ON =
  /^请(?:各[^,;]{0,10})?(?:认真|切实)?(?:抓好|组织|遵照|贯彻|做好)*(?:落实|执行|实施)$|[作做]出[^,;]{0,6}部署$/
/** What is sent to an office, not done for the public: 请将联络员名单报市政府办公室. */
const SENT_IN = /^请?将[^,;]{2,24}(?:名单|名册|人选|联系方式|信息表)[^,;]{0,4}(?:[报送发]|反馈)/
/** Money or time given to those who qualify: 减免3个月租金, 再奖励10万元, 3年内享受生活补贴. */
const BENEFIT =
  /^享受[^,;]{0,20}(?:补贴|补助|津贴|待遇|优惠|减免|政策|奖励)|(?:减免|免收|缓缴|返还|奖励|补助|补贴|贴息|资助)[^,;\d]{0,6}\d[\d.]*(?:[万亿]?元|个月|%|‰)/
/** The title of a table or list: 水安全保障主要指标, 各镇目标任务. */
const CAPTION =
  /^[^,;]{2,32}(?:主要指标|指标体系|目标任务|任务分解|责任分解|任务分工|进度安排|责任分工)表?$|^[^,;]{2,32}(?:[\u4e00-\u9fff](?<![代发外手仪电水报图])表|清单|台账|一览)$/
/** 第一章 某某工作的总体形势和目标: what a part of the document is about. */
const CHAPTER =
  /^[^,;]{0,40}(?:形势|思路|目标|任务|原则|要求|意义|基础|环境)(?:以?及|[和与])?(?:[^,;]{0,6}(?:目标|任务|要求|措施))?$/
/** 把人民满意作为一切工作的标准: in what spirit, not what. */
const IN_SPIRIT = /^举全[省市县区州旗][之的]力|^矢志不渝|^把[^,;]{2,30}(?:作为|放在|摆[在上]|贯穿)/
/** 低保标准提高到每人每月700元: what each gets. */
const RATE_OF_PAY = /(?:标准|待遇|补贴|津贴)[^,;]{0,16}\d[\d.]*元/
/** …的得2分, 分别奖6分、3分, 否则不得分: how an assessment counts. */
const COUNTED = /(?:[得扣加减计记奖]\d{1,3}(?:\.\d+)?分(?:、\d{1,3}(?:\.\d+)?分)*|不得分|酌情[得扣加减]分)$/
/** 全年目标任务圆满完成: all that there is to do, and nothing of it. */
const ALL_OF_IT =
  /(?:全年|年度|各项)(?:各项|目标|工作|年度){0,3}任务(?:的?(?:圆满|全面|如期|顺利|按期|高质量|高效))*(?:完成|落实|落地)|(?:完成|落实)好?(?:《[^《》]{2,30}》)?[^,;]{0,8}(?:全年|年度)(?:各项|目标|工作){0,3}任务$/
/** 为民兴办10件实事: the name of the list. */
const LIVELIHOOD = /^[^,;]{0,20}(?:为民兴?办|[兴办]好)[^,;]{0,8}实事”?(?:工作|项目)?$/
/** 居民收入与经济增长基本同步: how one measure goes beside another, which is no work with an end. */
const IN_STEP = /^[^,;]{2,16}[与和同跟][^,;]{2,16}(?:基本|保持|大体)*(?:同步|持平|相适应|相协调)(?:增长|提高)?$/
/** 做好以下工作, 分三个阶段进行, 第一阶段为宣传阶段: what the next lines say. */
const WHAT_FOLLOWS =
  /提出(?:如下|以下)[^,;]{0,6}(?:要求|意见|方案|措施|目标)$|^[一二三四五六七八九十]个?(?:方面|大)(?:重点)?(?:工作|任务)$|^分[二两三四五六]个(?:阶段|步骤)[^,;]{0,4}$|^第[一二三四五六]阶段(?:\(\))?[为是:]?[^,;]{2,12}阶段$|^[为是]第[一二三四五六]阶段$|(?:做好|抓好|落实|开展|推进|完成|围绕)[^,;]{0,6}(?:以下|下列|如下|下面|[一二三四五六七八九十]个?方面)[^,;]{0,8}(?:工作|任务|事项|内容|项目|方面)?$/
const VERB =
  /编制|绘制|印制|拿出|提出|梳理|制作|建好|修订|更新|推出|完成|建立|健全|制定|实现|形成|出台|落实|细化|明确|分解|下达|达到|做到|达成|确定|发布|公布/
/** What is to be issued, at the end of a task: 印发医共体建设实施方案. */
const PAPER = new RegExp(`(?:${anyOf([...PLAN_KINDS, ...RULE_KINDS, '意见', '指南', '目录', '导则'])})$`)

/** The words of a task without 印发 where what is to be done is to issue a document. */
export const withoutIssuing = (words: string): string =>
  PAPER.test(words) || DRAWN_UP.test(words) ? words.replace(/印发|批准/, '') : words
/** 修改完善方案并印发: what is drawn up and then issued. */
const DRAWN_UP = /(?:修改|完善|制定|制订|起草|修订|编制|拟定|研究|审定|按程序)[^,;]{0,24}印发(?:实施|执行)?$/

/** 对困难人员、零就业家庭: whom a rule is for; 可顺延缴纳, 执行期至: what it allows, and how long. */
const OF_A_RULE =
  /^对[^,;]{2,60}(?:人员|群体|企业|对象|家庭)$|可以?(?:[减免缓延]|顺延)|^可以[\u4e00-\u9fff]{2}|执行期|申请期限/

/** 考试科目为某某三个科目, 参加对象均为在校学生: what is laid down of a matter. */
const LAID_DOWN =
  /^[^,;]{0,24}(?:科目|对象|范围|人员|学生|考生|(?<!建设|项目)内容|地点|时间|形式|方式)(?:均|主要|分别)?为(?!了|主)/

/** Whether the words say how things stand, what befalls somebody, what is paid or how a table is called, not what is to be done. */
export const promisesNothing = (words: string): boolean =>
  OF_A_RULE.test(words) ||
  IN_SPIRIT.test(words) ||
  COMPARED_STATE.test(words) ||
  STANDS.test(words) ||
  GUIDED.test(words) ||
  SERVES.test(words) ||
  MEETING.test(words) ||
  SUPERVISED.test(words) ||
  PURPOSE.test(words) ||
  REPORTS_NEWS.test(words) ||
  CALLED_ON.test(words) ||
  LAID_DOWN.test(words) ||
  LIVELIHOOD.test(words) ||
  IN_STEP.test(words) ||
  WHAT_FOLLOWS.test(words) ||
  /期间$/.test(words) ||
  ALL_OF_IT.test(words) ||
  RATE_OF_PAY.test(words) ||
  COUNTED.test(words) ||
  CONSEQUENCE.test(words) ||
  SENT_IN.test(words.replace(/^\([一二三四五六七八九十]+\)/, '')) ||
  BENEFIT.test(words) ||
  ((CAPTION.test(words) || CHAPTER.test(words)) && !VERB.test(words.replace(/(?:责任|任务|目标)分解表?$/, '')))

/** A span in which something counts or is forbidden: 1年内发生2次, 3年内不得提拔. */
const SPAN_OF_RULE = /^[^,;。]{0,2}(?:累计|连续|发生|出现|再次|不得|不予|不能|不再|拒不)/
/** A term from which on, its name cut by the time: 秋季|学期起. */
const TERM_BEGINS = /^(?:学期|学年)(?:起|开始)/
/** A heading of the year's guiding words: 2023年工作总体要求是. */
const GUIDING = /^[^,;。:]{0,8}(?:总体要求|指导思想|总体思路|工作思路|工作主线|总要求|主题)[是:]/
/** A condition and what it obliges to, in the manner of laws: 不符合规定的,应当自施行之日起12个月内改造; 凡在6月底前注销的. */
const OBLIGED = /的,(?:应当|应|须|必须)[^,;。]{0,4}$|(?:^|[,;。)])凡[^,;。]{0,10}$/

/** 意见反馈截止2027年6月9日: until when a draft is open. */
const OPINIONS = /(?:征求意见|意见反馈|反馈意见|公示)(?:期限?|时间|日期)?(?:截[止至]|[到至为])?(?:时间|日期)?[为:]?$/

/** 为缓解未来五年的用水缺口: the time of a reason. */
const WHY = /(?:^|[,;。])为[^,;。]{2,20}$/

/** 每年2月中旬报告,2月底公布: the months of every year. */
const EVERY_YEAR = /每年度?\d{1,2}月/

/** 2月14日下午,全市某某会议召开; 10月19日消息: what the news tell of a day. */
const NEWS =
  /^(?:[上下]午|晚)?,?(?:消息|讯|电|[^,;。]{2,40}(?:会议?|大会|仪式|论坛|发布会)[^,;。]{0,6}(?:召开|举行|开幕|闭幕)|[^,;。]{2,16}(?:召开|举行|主持|出席|表示|指出|强调)(?!前))/
/** 制订至2030年**的发展规划**: how far the plan that is to be made looks. */
const PLAN_UNTIL = /^的[^,;。、]{0,12}(?:规划|计划|纲要|蓝图)/
/** 3月14日,记者从市水务局获悉. */
const HEARD = /^(?:[上下]午|晚)?,?(?:记者)?[从在][^,;。]{2,24}(?:获悉|了解到|看到|传来)/

/** 5月底前搬进新厂房的企业,给予20%的补助: until when something is paid for, spared or allowed. */
const PAYS =
  /给予[^,;。]{0,24}(?:补[助贴]|奖励|贴息)|贴息期限|(?:减半|全免|减免)[^,;。]{0,6}(?:租金|房租|征收|缴纳)|减半或|按[\d.]+[%‰][^,;。]{0,4}(?:收取|征收|计征)|可(?:减半|全免|申请|享受|延长|延期|缓缴|再安置)/
/** A part of a sentence is looked at no further than so many characters to each side. */
const LONGEST_PART = 160

/** The part of the sentence, up to the semicolons around it, that a time stands in. */
function partAround(view: SentenceView, time: FoundTime): string {
  const from = Math.max(view.sentence.start, time.start - LONGEST_PART)
  const before = view.text.slice(from, time.start)
  const behind = view.text.slice(time.end, Math.min(view.sentence.end, time.end + LONGEST_PART))
  return before.slice(before.lastIndexOf(';') + 1) + (behind.split(';', 1)[0] as string)
}

/** 对9月15日前到期的贷款: which ones are meant, not by when something is due. */
const OF_THOSE = /(?:^|[,;。、:])(?:对于?|凡是?)[^,;。]{0,6}$/
const HAPPENED =
  /^[^,;。]{0,3}(?:到期|入库|开工|投产|注册|登记|签约|认定|设立|新增|毕业|建成|备案|取得|成立)[^,;。]{0,8}的/

/** 2000年以前建成投用的小区: which ones are meant, by when they came to be. */
const MADE_BY =
  /^(?:以前|之前|前)?(?:建成|竣工|交付|注册|登记|投产|毕业|出生|入库|制定|确定|印发|[计规拟]划?开工)(?:并?(?:投入使用|投用|使用))?的[\u4e00-\u9fff]{2}/

/** Whether a time belongs to a rule, a guiding phrase or a beginning, so that nothing is due then. */
export function setsNoLimit(view: SentenceView, time: FoundTime): boolean {
  const behind = view.text.slice(time.end, Math.min(time.end + 40, view.sentence.end))
  const before = view.text.slice(Math.max(view.sentence.start, time.start - 40), time.start)
  const opened = behind.replace(/^(?:\d{1,2}[—~至到-]\d{1,2}月份?)?,?/, '')
  const end = opened.search(/[,;。]/)
  const own = end < 0 ? opened : opened.slice(0, end)
  return (
    COMPARED_STATE.test(own) ||
    MEETING.test(own) ||
    (time.first === time.last &&
      !/[前止]$/.test(view.text.slice(time.start, time.end)) &&
      (NEWS.test(behind) || HEARD.test(behind))) ||
    (time.relative && EVERY_YEAR.test(before)) ||
    TERM_BEGINS.test(behind) ||
    GUIDING.test(behind) ||
    (time.term && SPAN_OF_RULE.test(behind)) ||
    OBLIGED.test(before) ||
    OPINIONS.test(before) ||
    MADE_BY.test(behind) ||
    (PLAN_UNTIL.test(behind) && /^[至到]/.test(view.text.slice(time.start, time.end))) ||
    (OF_THOSE.test(before) && HAPPENED.test(behind)) ||
    PAYS.test(partAround(view, time)) ||
    (behind.startsWith('的') && WHY.test(before))
  )
}
