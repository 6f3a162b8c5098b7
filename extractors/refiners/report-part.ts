import { AIM_HEADING, HEADING_ADVERBS, HEADING_VERBS, REPORT_HEADING, VERBAL_NOUNS } from '../lexicon/headings.ts'
import { WordTree } from '../parsers/word-tree.ts'
import type { DocumentContext } from './draft.ts'
import { labelOf } from '../structure/labels.ts'
import type { Heading } from '../structure/types.ts'

/** A heading says what its part is about in its first words. */
const TOLD_BY = 30

const VERBS = new WordTree<true>()
for (const verb of HEADING_VERBS) VERBS.add(verb, true)
const ADVERBS = new WordTree<true>()
for (const adverb of HEADING_ADVERBS) ADVERBS.add(adverb, true)

/**
 * Whether a place in the outline lies in a part that reports: under 发展现状, 主要成效, 面临形势. The innermost heading that
 * tells a tense decides: 第一节 发展基础 reports though its chapter is called 总体形势和思路目标, a 目标 under 现状 does not. A part
 * whose heading says nothing reports where its sentences do (`toldParts`).
 */
export function inReportPart(path: readonly Heading[], { toldParts }: Pick<DocumentContext, 'toldParts'>): boolean {
  const known = reporting.get(path)
  if (known !== undefined) return known
  const reports = endsInReport(path, toldParts)
  reporting.set(path, reports)
  return reports
}
/** What was found of each place: asked for every number and every date there. */
const reporting = new WeakMap<readonly Heading[], boolean>()

function endsInReport(path: readonly Heading[], toldParts: DocumentContext['toldParts']): boolean {
  for (let i = path.length - 1; i >= 0; i--) {
    const heading = path[i] as Heading
    const says = saidBy(heading)
    if (says !== 'nothing') return says === 'report'
    if (toldParts.has(heading)) return true
  }
  return path.length === 0 && toldParts.opening
}

type Says = 'aims' | 'report' | 'nothing'
/** What each heading says of what stands below it: asked for every number there. */
const said = new WeakMap<Heading, Says>()

function saidBy(heading: Heading): Says {
  const known = said.get(heading)
  if (known !== undefined) return known
  const title = titleOf(heading)
  const reports = REPORT_HEADING.test(title) && !beginsWithTask(title)
  const says = AIM_HEADING.test(title) ? 'aims' : reports ? 'report' : 'nothing'
  said.set(heading, says)
  return says
}

/** The title of a heading without its label, as far as it says what the part is about. */
export const titleOf = ({ text }: Heading): string =>
  text
    .slice(labelOf(text)?.text.length ?? 0)
    .trim()
    .slice(0, TOLD_BY)

/** What a verbal noun qualifies: 治理**工作成效**. */
const OF_A_NOUN = /^(?:工作|发展|建设|实施)?(?:成效|成就|现状|背景|基础|形势|进展|环境|情况|回顾)/

/** 优化发展环境, 着力夯实工作基础: what begins with a verb is to be done, whatever noun it ends in. */
export function beginsWithTask(title: string): boolean {
  let at = 0
  while (at < title.length) {
    const verb = VERBS.longest(title, at)
    if (verb) return !VERBAL_NOUNS.has(title.slice(at, verb.end)) || !OF_A_NOUN.test(title.slice(verb.end))
    const adverb = ADVERBS.longest(title, at)
    if (!adverb) return false
    at = adverb.end
  }
  return false
}
