import { SENTENCE_RULE_WORDS } from '../lexicon/not-targets.ts'
import { wordFinder } from '../parsers/word-finder.ts'

const find = wordFinder(SENTENCE_RULE_WORDS)
/** 网上办税率, 按期缴税率: shares of those who pay, no rate of a tax. */
const SHARE_OF_PAYING = /[办缴报退]税率/g

/** The first word of taxes or penalties in a sentence, which makes its numbers parameters; undefined where it has none. */
export const sentenceRuleIn = (words: string): string | undefined =>
  find(words.includes('税率') ? words.replace(SHARE_OF_PAYING, '') : words)
