import type { UnitNames } from '../types.ts'
import type { ParsedTag, TagName } from './tag-grammar.ts'

/** How a document marks the lead in a list without a label for it, and what the other names of the list do. */
export interface Convention {
  lead: 'before-comma' | 'first-name'
  rest: 'responsible' | 'support'
}

const BEFORE_COMMA = /(?:逗号|分号)之?前[^。;()\n]{0,10}[为是系](?:牵头|主办|主责|主要责任|第一责任)/
const FIRST_NAME = /(?:第一|首位|首个|首家|最前|排前|列前)[^。;()\n]{0,12}[为是系](?:牵头|主办|主责|主要责任|第一责任|抓总)/
/** `其余为配合单位`, behind the words on the lead. */
const REST_SUPPORTS = /(?:第一|首位|首个|逗号前)[^。;()\n]{0,40}(?:其他|其余|其它|之后|后面|逗号后)[^。;()\n]{0,12}[为是系](?:配合|参与|协办|协助)/
/** Where in a tag the note on the convention begins. */
const NOTE = /[。;,(]?[^。;,()\n]{0,12}(?:逗号|分号|第一|首位|首个|首家|最前|排前|列前)[^。;()\n]{0,24}[为是系](?:牵头|主办|主责|主要责任|第一责任|抓总)[^。()\n]*/

/**
 * The convention a document states: 「逗号前为牵头单位,下同」, 「排在第一位的为牵头单位」, 「列第一位者为牵头单位」. Null where none.
 */
export function findConvention(text: string): Convention | null {
  if (!text.includes('为牵头') && !/[为是系](?:牵头|主办|主责|主要责任|第一责任)/.test(text)) return null
  const rest = REST_SUPPORTS.test(text) ? 'support' : 'responsible'
  if (BEFORE_COMMA.test(text)) return { lead: 'before-comma', rest }
  return FIRST_NAME.test(text) ? { lead: 'first-name', rest } : null
}

/** The words of a tag without a note on the convention. */
export const withoutNote = (words: string): string => words.replace(NOTE, '').replace(/[,;。]?下同。?$/, '')

/** Puts the names of a tag into roles; the document's convention rules where the tag does not name the lead itself. */
export function namesInRoles(tag: ParsedTag, convention: Convention | null): UnitNames {
  const units: UnitNames = { lead: [], responsible: [], support: [] }
  const leadStated = tag.names.some(({ role, stated }) => role === 'lead' && stated)
  const open = leadStated || convention === null ? [] : tag.names.filter(({ role, stated }) => role === 'responsible' && !stated)
  const leads = new Set(leadsOf(open, convention))
  for (const entry of tag.names) {
    const rest = convention && leads.size > 0 && entry.role === 'responsible' && !entry.stated ? convention.rest : entry.role
    const list = units[leads.has(entry) ? 'lead' : rest]
    if (!list.includes(entry.name)) list.push(entry.name)
  }
  return units
}

function leadsOf(names: readonly TagName[], convention: Convention | null): TagName[] {
  if (names.length === 0 || convention === null) return []
  if (convention.lead === 'first-name') return names.slice(0, 1)
  const comma = names.findIndex(({ afterComma }) => afterComma)
  if (comma > 0) return names.slice(0, comma)
  return names.length === 1 ? [...names] : []
}
