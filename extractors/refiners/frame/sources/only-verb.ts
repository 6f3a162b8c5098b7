import type { Draft } from '../../draft.ts'
import { allWords, type Frame, openingVerb, wordsIn } from '../frame.ts'
import { withoutRate } from '../rates.ts'
import { hasWordsBehind, partBefore, type Source } from '../situation.ts'

/** 「孵化器达到6家，今年**新增**2家」: a verb without its object. */
const ONLY_VERB =
  /^(?:累计|每年|年均)?(?:新增|净增|新建|新建成|完成|建成|新开工|竣工|投产|增加|续建|改建|扩建|改扩建|改造|改造提升|提质改造|维修改造)$/
/** The same, where the thing before it is counted in the same unit: 开工建设165个, **竣工**80个. */
const STAGE_OF_COUNTED =
  /^(?:累计|已|全部)?(?:完工|建成通车|建成投产|竣工交付|开工建设|启动建设|启动实施|启动|动工|开建|开工|竣工投产|竣工验收|建成投用|基本建成|全面建成|投产达效|交付|交付使用|交付入住|投用|投入使用|投运|通车|封顶|新改建|拆除|更新|更换|关停|销号|验收|通过验收|签约|落地|入驻|创成|获批|认定|达标)$/

/** 其中新开工150个: the object is what was counted last, a sum between them (完成投资680亿元) is not. */
export const objectOfVerb: Source = (frame, { draft, previous, counted }) => {
  if (!previous || hasWordsBehind(draft) || !isOnlyVerb(frame, draft, counted ?? previous)) return null
  const of = draft.quantity.kind === 'counter' && previous.quantity.kind !== 'counter' && counted ? counted : previous
  const verb = openingVerb(of.frame)
  if (verb !== '' && verb === frame.name) return { from: 'number-before', rule: 'same-verb', slots: allWords(of.frame) }
  const object = objectOf(of.frame)
  // 棚户区改造开工5000套、基本建成3000套: the verb of the first number is not that of the second.
  const owner = draft.quantity.unit === of.quantity.unit ? object.replace(STAGE_BEHIND, '') : object
  if (owner === '') return null
  return {
    from: 'number-before',
    rule: 'object',
    slots: { owner },
    moved: { place: '', verb: frame.name, thing: '' },
    doubt: 'name-shared',
  }
}

const STAGE_BEHIND = /(?<=.{3})(?:基本|全面|累计)?(?:开工|竣工|开建|建成|完工|新开工)$/

const isOnlyVerb = ({ name }: Frame, draft: Draft, counted: Draft): boolean =>
  ONLY_VERB.test(name) ||
  (STAGE_OF_COUNTED.test(name) &&
    draft.quantity.unit === counted.quantity.unit &&
    draft.fragment - counted.fragment <= 2)

/** What a number is about, without its verb: 建设任务5万亩，其中新建3万亩、改造2万亩. */
function objectOf(frame: Frame): string {
  const elided = wordsIn(frame, 'thing') === '' && wordsIn(frame, 'noun') === '' ? wordsIn(frame, 'owner') : ''
  return (
    elided ||
    withoutRate(frame.name)
      .slice(openingVerb(frame).length)
      .replace(/(?:建设)?任务$/, '')
  )
}

/** 每年**培训**2万人: a verb whose object is the plan before it. */
const ACT_ALONE = /^(?:每年|累计|年均)?(培训|培养|培育|引进|资助|扶持|救助|帮扶|改造)$/
const PLAN = /^(?:继续)?(?:实施|开展|组织|推进|启动|落实)“?(.{2,20}?)”?(?:计划|工程|行动|项目|活动)$/

/** 「实施养老护理员培训计划，每年培训2万人」: whom the plan of the part before does it to. */
export const objectOfPlan: Source = (frame, situation) => {
  const act = ACT_ALONE.exec(frame.name)?.[1]
  if (act === undefined || hasWordsBehind(situation.draft)) return null
  const planned = PLAN.exec(partBefore(situation))?.[1]
  if (!planned || !planned.endsWith(act) || planned === act) return null
  return {
    from: 'part-before',
    rule: 'plan',
    slots: { owner: planned.slice(0, -act.length) },
    moved: { place: '', verb: act, thing: '' },
  }
}
