import { HEADING_ADVERBS, HEADING_VERBS, VERBAL_NOUNS } from '../lexicon/headings.ts'
import { WordTree } from '../parsers/word-tree.ts'
import { labelOf } from '../structure/labels.ts'
import type { Heading } from '../structure/types.ts'

/** A heading says what its part is about in its first words. */
const TOLD_BY = 30

const VERBS = new WordTree<true>()
for (const verb of HEADING_VERBS) VERBS.add(verb, true)
const ADVERBS = new WordTree<true>()
for (const adverb of HEADING_ADVERBS) ADVERBS.add(adverb, true)

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
