import type { UnitNames } from '../types.ts'
import type { TagName } from './tag-grammar.ts'

/** How a document marks the lead in a list without a label for it, and what the other names of the list do. */
export interface Convention {
  lead: 'before-comma' | 'first-name' | 'marked'
  rest: 'responsible' | 'support'
}

const LEADS = '(?:[为是系](?:工作|任务|该项)?(?:牵头|主办|主责|主要责任|第一责任|抓总)|(?:单位|部门|负责|的)牵头)'
const FIRST_PLACE =
  '(?:排名?|排列|排序|列|位列|名列|位居|居)[在于]?(?:第一|首|最前)|第一(?:[位个家名]|(?:责任)?(?:单位|部门))|首[位个家]'
const BEFORE_COMMA = new RegExp(`(?:逗号|分号)之?前[^,。;()\\n]{0,10}${LEADS}`)
const FIRST_NAME = new RegExp(`(?:${FIRST_PLACE})[^,。;()\\n]{0,12}${LEADS}`)
const MARKED = new RegExp(`[带有加标注打][有为]?[“"]?[★☆*▲△#][”"]?号?[^,。;()\\n]{0,10}${LEADS}`)
/** `其余为配合单位`, behind the words on the lead. */
const REST_SUPPORTS = new RegExp(
  `(?:${FIRST_PLACE}|[逗分]号之?前)[^。;()\\n]{0,40}(?:其[他余它]|之后|后面|逗号后)[^。;()\\n]{0,12}[为是系]?(?:配合|参与|协办|协助)`,
)
/** The note on the convention, from the words that tell the place of the lead. */
const NOTE = new RegExp(`(?:逗号|分号|${FIRST_PLACE})[^。;,()\\n]{0,24}${LEADS}`)
/** How a note in a bracket begins that tells first where it does not hold. */
const EXCEPT = /^\((?:[除凡未]|没有)/
/** Words of the note that stand before those. */
const LONGEST_OPENING_OF_NOTE = 12

/**
 * The convention a document states: 「逗号前为牵头单位,下同」, 「排在第一位的为牵头单位」, 「列第一位者为牵头单位」,
 * 「排名第一的单位牵头,其余为配合单位」, 「标★的为牵头单位」. Null where none.
 */
export function findConvention(text: string): Convention | null {
  const lead = placeOfLead(wordsAboutLeads(text))
  return lead && { lead, rest: REST_SUPPORTS.test(text) ? 'support' : 'responsible' }
}

function placeOfLead(notes: string): Convention['lead'] | null {
  if (MARKED.test(notes)) return 'marked'
  if (BEFORE_COMMA.test(notes)) return 'before-comma'
  return FIRST_NAME.test(notes) ? 'first-name' : null
}

/** The last words of {@link LEADS}. */
const LEAD_WORDS = ['牵头', '主办', '主责', '主要责任', '第一责任', '抓总']
/** A note with the words on the lead at its end is no longer, in characters. */
const LONGEST_NOTE = 40

/** What stands before each word of a lead, a line each: a document is long, its notes are few. */
function wordsAboutLeads(text: string): string {
  const notes: string[] = []
  for (const word of LEAD_WORDS)
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      notes.push(text.slice(Math.max(0, at - LONGEST_NOTE), at + word.length))
  return notes.join('\n')
}

/** The words of a tag without a note on the convention. */
export const withoutNote = (words: string): string => cutNote(words).replace(/[,;。]?下同。?$/, '')

/** The note goes with the words before it up to a mark, the mark too, and with all behind it up to the sentence's end. */
function cutNote(words: string): string {
  const note = NOTE.exec(words)
  if (!note) return words
  let from = note.index
  while (from > 0 && note.index - from < LONGEST_OPENING_OF_NOTE && !'。;,()\n'.includes(words[from - 1] as string))
    from--
  if (from > 0 && '。;,('.includes(words[from - 1] as string)) from--
  // (除另有标注外,列第一位的为牵头单位): the whole bracket is the note.
  const opened = words.lastIndexOf('(', from)
  if (opened >= 0 && EXCEPT.test(words.slice(opened, from)) && !words.slice(opened, from).includes(')')) from = opened
  let to = note.index + note[0].length
  while (to < words.length && !'。()\n'.includes(words[to] as string)) to++
  if (words[from] === '(' && words[to] === ')') to++
  return words.slice(0, from) + words.slice(to)
}

/** Puts the names of a tag into roles; the document's convention rules where the tag does not name the lead itself. */
export function namesInRoles(names: readonly TagName[], convention: Convention | null): UnitNames {
  const units: UnitNames = { lead: [], responsible: [], support: [] }
  const leadStated = names.some(({ role, stated }) => role === 'lead' && stated)
  const open =
    leadStated || convention === null ? [] : names.filter(({ role, stated }) => role === 'responsible' && !stated)
  const leads = new Set(convention ? leadsOf(open, convention.lead) : [])
  const rest = convention && leads.size > 0 ? convention.rest : 'responsible'
  for (const entry of names) {
    const role = leads.has(entry) ? 'lead' : entry.role === 'responsible' && !entry.stated ? rest : entry.role
    if (!units[role].includes(entry.name)) units[role].push(entry.name)
  }
  return units
}

function leadsOf(names: readonly TagName[], lead: Convention['lead']): TagName[] {
  if (lead === 'marked') return names.filter(({ marked }) => marked)
  if (lead === 'first-name') return names.slice(0, 1)
  const comma = names.findIndex(({ afterComma }) => afterComma)
  if (comma > 0) return names.slice(0, comma)
  return names.length === 1 ? [...names] : []
}
