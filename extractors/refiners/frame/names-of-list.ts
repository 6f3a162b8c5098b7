import { FOR_SEVERAL } from '../../lexicon/elided.ts'
import { isBareMeasure, ownerOf, shareHead, shareTail, tailOf } from '../list-names.ts'
import { leadingVerb } from '../verb-words.ts'

/** The names that one stands for where it holds the words (城乡居民): 城镇居民收入, 农村居民收入. None where it does not. */
export function membersOf(words: string, name: string): string[] {
  const found = name.includes(words) ? FOR_SEVERAL.find(([word]) => words.startsWith(word)) : undefined
  return found ? found[1].map((member) => name.replace(found[0], member)) : []
}

/** 「城乡居民收入分别增长5%和6%」: 城乡 stands for two, any other single name for itself. */
export function namedForSeveral(name: string, count: number): string[] {
  const found = FOR_SEVERAL.find(([word, members]) => members.length === count && name.includes(word))
  return found ? membersOf(found[0], name) : Array.from({ length: count }, () => name)
}

/**
 * The names of a list in full: each with the head, the tail and the verb that the list says once.
 * @param units what each is counted in
 */
export const fullNames = (names: readonly string[], units: readonly string[]): string[] =>
  shareOwner(shareOpeningVerb(shareHead(withTail(names, units))))

/**
 * 老旧供水、供热、污水**管网**: names of one length, of which only the last says the noun that all have, and the first may
 * say of what state all of them are. Null where the names do not say so.
 */
export function shareNoun(names: readonly string[]): readonly string[] | null {
  const [first, ...others] = [names[0] ?? '', ...names.slice(1, -1)]
  const last = names.at(-1) ?? ''
  const state = OF_STATE.exec(first)?.[0] ?? ''
  const length = first.length - state.length
  const noun = last.slice(length)
  if (length < 2 || noun.length < 2 || noun.length > 4 || others.some((name) => name.length !== length)) return null
  return names.map((name, i) => (i === 0 ? '' : state) + name + (i === names.length - 1 ? '' : noun))
}
const OF_STATE = /^(?:老旧|既有|新型|农村|城镇|城市|公共|各类|重点)/

/** 山羊存栏、**出栏**, 茶园面积、**产量**, 观光人次和**收入**: a measure that says only how much is of what the first is of. */
function shareOwner(names: readonly string[]): string[] {
  const first = names[0] ?? ''
  const counted = OF_COUNTED.exec(first)?.[1] ?? ''
  const owner = counted !== '' && leadingVerb(counted) === '' ? counted : ownerOf(first)
  return names.map((name, i) =>
    i > 0 && owner.length >= SHORTEST_OWNER && (isBareMeasure(name) || HERD.test(name)) ? owner + name : name,
  )
}
const HERD = /^[存出]栏[量率]?$/
const OF_COUNTED = /^(.{2,8}?)(?:[存出]栏[量率]?|人次)$/
/** In characters. */
const SHORTEST_OWNER = 2

/** 接待游客、旅游收入分别突破3000万人次、200亿元: what is counted by heads has no 收入 in common with the next. */
const withTail = (names: readonly string[], units: readonly string[]): string[] =>
  shareTail(names).map((name, i) => {
    const own = names[i] as string
    return BY_HEADS.test(units[i] ?? '') && MONEY.test(name) && !MONEY.test(own) ? own : name
  })
const BY_HEADS = /(?:人次?|[户家个])$/
const MONEY = /(?:收入|支出|产值|消费|花费|投资|总额|营收|税收)$/

/** 「存栏鸡、鸭分别达到」: the verb that opens a list of things belongs to all of them; measures have none. */
function shareOpeningVerb(names: string[]): string[] {
  const [first = '', ...others] = names
  const verb = leadingVerb(first)
  if (verb === '' || verb === first || names.some((name) => tailOf(name) !== '')) return names
  return [first, ...others.map((name) => (leadingVerb(name) === '' ? verb + name : name))]
}
