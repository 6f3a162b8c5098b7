import { LIMIT_SUFFIXES } from '../lexicon/periods.ts'

const SINCE_SUFFIX = /起|以来|开始|之后|以后|后(?![续期备勤半年方台评])/y
const SUFFIXES = [...LIMIT_SUFFIXES].sort((a, b) => b.length - a.length)

/** 6月20日18:00前, 6月20日下午5时前: an hour of the day. */
const HOUR = /(?:[上下]午|中午|晚)?\d{1,2}(?::\d\d|[时点](?:\d{1,2}分)?)(?=[之以]?前)/y

function behindHour(text: string, at: number): number {
  if (text[at - 1] !== '日') return at
  HOUR.lastIndex = at
  return HOUR.test(text) ? HOUR.lastIndex : at
}

/** The words behind a time that make it a limit (底前, 末, 期间) or a beginning (起, 以来). */
export function readLimit(text: string, at: number): { end: number; role: 'limit' | 'since' | null } {
  // 2017年6月月底前: a 月 written twice.
  const from = text.startsWith('月底', at) || text.startsWith('月末', at) ? at + 1 : behindHour(text, at)
  const suffix = SUFFIXES.find((word) => text.startsWith(word, from))
  if (suffix) {
    const end = from + suffix.length
    if (suffix === '前' && /[期列后沿景提三]/.test(text[end] ?? '')) return { end: at, role: null }
    // 2027年内蒙古自治区…: the first character of a place.
    if (suffix === '内' && /^(?:[容部外蒙]|江市|[黄丘乡]县)/.test(text.slice(end, end + 2)))
      return { end: at, role: null }
    if (suffix === '止' && text[end] === '血') return { end: at, role: null }
    if (suffix === '期间' || suffix === '时期') return { end, role: null }
    return { end, role: 'limit' }
  }
  SINCE_SUFFIX.lastIndex = at
  const since = SINCE_SUFFIX.exec(text)
  return since ? { end: SINCE_SUFFIX.lastIndex, role: 'since' } : { end: at, role: null }
}
