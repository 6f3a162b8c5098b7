import { ACTS_OF_PLANS, STAGES_OF_COUNTED, VERBS_ALONE } from '../../../lexicon/elided.ts'
import type { Draft } from '../../draft.ts'
import { allWords, type Frame, openingVerb, wordsIn } from '../frame.ts'
import { withoutRate } from '../rates.ts'
import { hasWordsBehind, partBefore, type Source } from '../situation.ts'

/** 累计新增, 每年培训: how often, before a verb that stands alone. */
const HOW_OFTEN = /^(?:累计|每年|年均)/
const HOW_FAR = /^(?:累计|已|全部)/

/** 其中新开工150个: the object is what was counted last, a sum between them (完成投资680亿元) is not. */
export const objectOfVerb: Source = (frame, { draft, previous, counted }) => {
  if (!previous || hasWordsBehind(draft) || !isOnlyVerb(frame, draft, counted ?? previous)) return null
  const of =
    draft.frame.unit.kind === 'counter' && previous.frame.unit.kind !== 'counter' && counted ? counted : previous
  const verb = openingVerb(of.frame)
  if (verb !== '' && verb === frame.name) return { from: 'number-before', rule: 'same-verb', slots: allWords(of.frame) }
  const object = objectOf(of.frame)
  // 棚户区改造开工5000套、基本建成3000套: the verb of the first number is not that of the second.
  const owner = draft.frame.unit.words === of.frame.unit.words ? object.replace(STAGE_BEHIND, '') : object
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
  VERBS_ALONE.has(name.replace(HOW_OFTEN, '')) ||
  (STAGES_OF_COUNTED.has(name.replace(HOW_FAR, '')) &&
    draft.frame.unit.words === counted.frame.unit.words &&
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

const PLAN = /^(?:继续)?(?:实施|开展|组织|推进|启动|落实)“?(.{2,20}?)”?(?:计划|工程|行动|项目|活动)$/

/** 「实施养老护理员培训计划，每年培训2万人」: whom the plan of the part before does it to. */
export const objectOfPlan: Source = (frame, situation) => {
  const act = frame.name.replace(HOW_OFTEN, '')
  if (!ACTS_OF_PLANS.has(act) || hasWordsBehind(situation.draft)) return null
  const planned = PLAN.exec(partBefore(situation))?.[1]
  if (!planned || !planned.endsWith(act) || planned === act) return null
  return {
    from: 'part-before',
    rule: 'plan',
    slots: { owner: planned.slice(0, -act.length) },
    moved: { place: '', verb: act, thing: '' },
  }
}
