import { idsOf } from './vocabulary.ts'

/** What 搜索 looks for, in the order in which its groups are shown. */
export const SEARCH_KIND_TITLES = {
  target: '目标',
  document: '文件',
  order: '督办单',
  instruction: '批示',
  unit: '单位',
  person: '人员',
} as const
export type SearchKind = keyof typeof SEARCH_KIND_TITLES
export const SEARCH_KINDS = idsOf(SEARCH_KIND_TITLES)

/** What stands around the year of a document's number; who types one has other brackets at hand, or none. */
const BRACKETS = /[〔〕［］[\]【】（）()]/g

/** A number typed without any: 霁政发20263号. */
const NUMBER = /(?<=^|\s)(\p{Script=Han}{2,12})((?:19|20)\d\d)(\d{1,4}号?)?(?=\s|$)/gu

/** A search as it is meant where a number stands in it: 霁政发[2026]3号 is 霁政发, 2026 and 3号. */
export const withoutBrackets = (q: string): string => q.replace(BRACKETS, ' ').replace(NUMBER, '$1 $2 $3').trim()
