import type { Likely, ReadCharacter } from './read-line.ts'
import type { RecognisedLine } from './recognised-line.ts'

/** A dot in the middle that was read with more confidence parts a name: 阿依古丽·买买提. */
const SURE_DOT = 0.9
/** Signs as which a blurred dot is read, and how likely one has to be. */
const STOPS = '。，；、'
const LEAST_STOP = 0.02
/** How likely a semicolon has to be where a colon was read, which shows little of what is longer, and how likely another stop. */
const LEAST_SEMICOLON = 0.02
const LEAST_OTHER_STOP = 0.06
/** How likely a sign of hundredths has to be where a digit was read. */
const LEAST_PERCENT = 0.05
/** What stands before a colon: the name of what follows. */
const OPENS =
  /(?:[是为即注如名]|如下|以下|分别|其中|包括|单位|部门|领导|责任|时限|时间|目标|任务|措施|要求|指标|内容|原则|重点|方式|电话|地址|来源|范围|对象|要点|摘要|主题|意见|通知|下列)$/

/** What stands behind the sign of a rate and behind no digit that is counted. */
const BEHIND_RATE = /^(?:[，。；、,;)）]|以[上下内]|左右|$)/

/**
 * A line in which signs that are blurred are what they may be where they stand: a full stop or a comma that was read as a dot in
 * the middle of the line, a semicolon that was read as a colon, a % that was read as a digit.
 */
export function withLikelySigns<T extends Pick<RecognisedLine, 'characters' | 'text'>>(read: T): T {
  const characters = read.characters.map((one, i) => {
    if (one.others === undefined || one.others.length === 0) return one
    const before = wordsOf(read.characters.slice(0, i))
    const text = signAt(one, before, wordsOf(read.characters.slice(i + 1, i + 3)))
    return text === null ? one : { ...one, text }
  })
  return { ...read, characters, text: wordsOf(characters) }
}

const wordsOf = (characters: readonly ReadCharacter[]): string => characters.map(({ text }) => text).join('')

/** The sign that one which was not read surely may be; null where it stays. */
function signAt(one: ReadCharacter, before: string, behind: string): string | null {
  const { text, confidence, others = [] } = one
  if (text === '·') return confidence < SURE_DOT ? likeliest(others, STOPS, LEAST_STOP) : null
  if (text === '：' && !OPENS.test(before))
    return likeliest(others, '；;', LEAST_SEMICOLON) ?? likeliest(others, STOPS, LEAST_OTHER_STOP)
  // A bracket within a bracket, between two names.
  if (text === '（' && before.lastIndexOf('（') > before.lastIndexOf('）')) return likeliest(others, '、', LEAST_STOP)
  if (/\d/.test(text) && /[\d.]$/.test(before) && BEHIND_RATE.test(behind))
    return likeliest(others, '%‰', LEAST_PERCENT)
  return null
}

/** The likeliest of some signs, where it is likely enough. */
function likeliest(others: readonly Likely[], signs: string, least: number): string | null {
  const found = others.find(({ text }) => signs.includes(text))
  return found !== undefined && found.confidence >= least ? found.text : null
}
