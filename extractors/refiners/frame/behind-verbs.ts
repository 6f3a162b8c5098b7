import { HEADING_ADVERBS, HEADING_VERBS } from '../../lexicon/headings.ts'
import { WordTree } from '../../parsers/word-tree.ts'
import { leadingVerb } from '../verb-words.ts'
import { stripOpening } from '../words.ts'

const OPENING = new WordTree<true>()
for (const word of [...HEADING_VERBS, ...HEADING_ADVERBS]) OPENING.add(word, true)

/** A thing is named in no fewer characters. */
const SHORTEST_THING = 2

/** What a heading or a part of a sentence is about: its words behind the verbs and adverbs that open them (扎实做好**秸秆利用**). */
export function behindVerbs(words: string): string {
  let rest = words
  for (;;) {
    const verb = Math.max(OPENING.longest(rest, 0)?.end ?? 0, leadingVerb(rest).length)
    const next = stripOpening(rest.slice(verb))
    if (next === rest || next.length < SHORTEST_THING) return rest
    rest = next
  }
}
