import { firstVerb } from '../../verb-words.ts'
import { wordsIn } from '../frame.ts'
import { hasWordsBehind, type Source } from '../situation.ts'

/** What every industry has: its output, its size, what is invested in it. */
const OF_ANY = /^(?:产业)?(?:产值|总产值|工业总产值|规模|产业规模|营业收入|主营业务收入|销售收入|增加值|投资)$/
/** 石化产业持续…: the industry that a sentence opens with, before what it does. Not 产业链, 产业园, 产业和. */
const OPENS = /^\s*([\u4e00-\u9fff]{2,8}?(?:产业|行业|集群|经济))(?![链园带区体结发化的和、与及,:;。]|政策|协同)/

/** 「**石化产业**优化结构，壮大集群。产值突破900亿元」: what is measured of any industry is that of the one this sentence or the one before opens with. */
export const ofIndustry: Source = (frame, { view, draft }) => {
  if (!OF_ANY.test(frame.name) || wordsIn(frame, 'owner') !== '' || hasWordsBehind(draft)) return null
  const { text, sentence, clause } = view
  const before = clause.sentences.findLast(({ end }) => end <= sentence.start)
  const [industry] = [sentence, ...(draft.fragment === 0 && before ? [before] : [])].flatMap(
    ({ start }) => OPENS.exec(text.slice(start, start + LONGEST_OPENING))?.[1] ?? [],
  )
  // 发展产业集群: what is done, not who does.
  if (industry === undefined || firstVerb(industry) >= 0) return null
  // 低空经济 and 产业规模, 石化产业 and 产值: the word is said once.
  const owner = frame.name.startsWith('产业') ? industry.replace(/产业$/, '') : industry
  return { from: 'part-before', rule: 'industry', slots: { owner }, doubt: 'name-shared' }
}
const LONGEST_OPENING = 16
