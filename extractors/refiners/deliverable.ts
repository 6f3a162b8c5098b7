import { isUnitName, splitNames } from '../structure/unit-names.ts'
import { displayForm } from '../text/display.ts'
import type { Range } from '../text/reading-text.ts'
import type { Fragment, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { isOpen } from './sentence-view.ts'
import { promisesNothing, withoutIssuing } from './no-deliverable.ts'
import { stripOpening } from './words.ts'

const LONGEST_TASK = 40

/** The words of a task as the result shows them. */
export const taskWords = (words: string): string => displayForm(words).slice(0, LONGEST_TASK)

/** What a document says of itself, not of a deliverable. */
const FORMAL =
  /提请[^,;。]{0,8}审[查议]|起施行|起执行|起实施|有效期|施行之日|废止|停止执行|同时废止|日印发|期满|到期(?!后)|自动失效|生效|为准|如遇|任期|届满|以前年度|批准|报名(?!工作|审核|数据|信息)|印发|研究决定|通知如下|现就|有关事项|办法所称|签订本|本责任书|特制定|特签订|现(?:[将予对]|提出)|制定本(?![地市省县区州镇乡级]|部门|单位|系统|行业|领域)/

/** Says how or why, not what: 通过公开招考, 以…为抓手, 围绕…. */
export const ADVERBIAL =
  /给予.{0,8}(?:补助|奖励|补贴|支持|扶持|资助|倾斜)|^(?:对(?:通过|符合|新|获|完成|首次|达到).{0,20}的|通过(?!.{0,12}(?:验收|评估|审查|审核|评审|认定|考核|核查|复核|鉴定|认证|备案|审议|检查|抽查)$)(?![^,;]{2,24}(?:平台|系统|网站|邮箱|渠道)(?:向|报|提交|上传|公[布开示]|发布|办理))|依托|按照|根据|围绕|结合|在.{2,20}[下中上]$|以.{2,30}(?:为|契机|抓手)|为(?:了|认真|应对|适应|满足|迎接|顺应|防止|防范|解决|进一步|确保|保证|全面|切实|深入|加快|推动|推进|贯彻|落实|做好|完成|实现|加强|规范|提高|提升|有效|更好|充分)|是|由于|对于|除.{2,40}外$|为.{2,24}(?:奠定|打下|提供|创造|夯实|筑牢).{0,6}(?:基础|根基|支撑|条件|保障)$)/

/** 市发展改革委、市农业农村局等: the cell of those who answer. */
const namesBodies = (words: string): boolean =>
  words.includes('、') && /[局委厅部办府]/.test(words) && splitNames(words).every(({ name }) => isUnitName(name))

/** Something to be done or a state to be reached, not a form of words. */
export const isDeliverable = (words: string): boolean =>
  words.length >= 4 &&
  !/(?:[期年时]限|额度|[不未]超过.{1,12})$|没有|^不影响|[^为除]了(?![解结然])|仍然|依然|面临|处于|已经|已成为|^是|^重点|^以下|^[“”]?[一二三四五六七八九十][个大项][^,;。]{2,8}[”“]?$|^“[^”]{2,10}”$|预期目标|[为是前]$|如下$/.test(
    words,
  ) &&
  !FORMAL.test(withoutIssuing(words)) &&
  !promisesNothing(words) &&
  !namesBodies(words) &&
  /[\u4e00-\u9fff]{4}/.test(words.replace(/[“”]/g, ''))

/** What a list of rectifications finds fault with: the limit is that of its mending. */
const FAULT =
  /(?:滞后|不到位|不足|不力|不够|不严|不实|缓慢|缺失|突出|薄弱|严重|问题|未完成|不达标|超标)$|仍有\d|仅(?:完成|有)|未(?:建成|完成|落实|达标)/
/** Whether a paragraph begins with what is found fault with: 一、某某设施建设滞后。督察发现,…. */
export const tellsFault = (words: string): boolean =>
  FAULT.test(words.split(/[。,;]/, 1)[0] as string) &&
  /督察|巡[察视]|检查|审计|发现|反映|指出|反馈|仍有|仅|尚未|未能|不足|没有/.test(words)

/** 整改目标: names what follows it. */
const LONGEST_LABEL = 8

const isLabel = (words: string, { mark }: Fragment): boolean =>
  (mark === ':' || words.endsWith(':')) && words.length <= LONGEST_LABEL

const OF_PEOPLE = /(?:领导|责任人|负责人|联系人|联络员|电话|组长|成员)$/

/** The first fragment in a range of the sentence that is something to be done and holds no number, null where none is. */
export function deliverableOf(view: SentenceView, range: Range): string | null {
  // 建设城南水厂(一期5万吨/日): a size in a bracket leaves the part a deliverable in words.
  const numbered = new Set(
    standing(view)
      .filter(({ quantity }) => isOpen(view, quantity))
      .map((draft) => draft.fragment),
  )
  for (const [index, fragment] of view.fragments.entries()) {
    if (fragment.start < range.start || fragment.end > range.end || numbered.has(index)) continue
    // 牵头领导:副市长某某: who it is.
    const before = view.fragments[index - 1]
    if (before?.mark === ':' && OF_PEOPLE.test(view.text.slice(before.start, before.end))) continue
    const words = stripOpening(
      view.text.slice(fragment.start, fragment.end).replace(/^\s*\(?[\d一二三四五六七八九十]+\)?[.、)]/, ''),
    )
    if (isDeliverable(words) && !ADVERBIAL.test(words) && !FAULT.test(words) && !isLabel(words, fragment)) return words
  }
  return null
}
