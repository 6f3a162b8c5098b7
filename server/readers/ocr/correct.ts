import type { ReadCharacter } from './read-line.ts'

const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF“”‘’]/

/** Signs that the model takes for one another where a year of a document number stands between brackets. */
const NUMBER = /([〔［[【（({「])\s*([12][\dOoＯlI〇]{3})\s*([〕］\]】）)}」])(?=\s*[\dOolI第]{1,4}\s*号)/g
const DIGIT_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', Ｏ: '0', 〇: '0', l: '1', I: '1' }

/** Puts right what is sure from what stands beside it. Every character keeps its place. */
export function corrected(line: readonly ReadCharacter[]): ReadCharacter[] {
  const withRings = line.map((one, i) => (one.text === '%' && isRing(line, i + 1) ? { ...one, text: '‰' } : one))
  const kept = withRings
    .filter(({ text }, i) => (text.trim() !== '' || !touchesWide(line, i)) && !isNoteMark(line, i) && !isRing(line, i))
    .map((one) => ({ ...one }))
  // A ruled line at the end of a cell is read as a letter.
  while (/^[|｜丨]$/.test(kept.at(-1)?.text ?? '')) kept.pop()
  while (/^[|｜丨]$/.test(kept[0]?.text ?? '')) kept.shift()
  const text = kept.map((one) => one.text).join('')
  if (text.length !== kept.length) return kept
  for (const match of text.matchAll(NUMBER)) {
    const open = match.index
    const close = open + match[0].length - 1
    kept[open]!.text = '〔'
    kept[close]!.text = '〕'
  }
  putLettersRight(kept)
  kept.forEach((one, i) => {
    const digit = DIGIT_LIKE[one.text]
    const [before, after] = [kept[i - 1]?.text ?? '', kept[i + 1]?.text ?? '']
    if (digit !== undefined && /\d/.test(before) && endsNumber(digit, after)) one.text = digit
    else if (POINT.test(one.text) && /\d/.test(before) && DECIMALS.test(text.slice(i + 1))) one.text = '.'
    else if (one.text === ',' && WIDE.test(before) && WIDE.test(after)) one.text = '，'
    else if (one.text === ':' && WIDE.test(before) && !/\d/.test(after)) one.text = '：'
    else if (one.text === ';' && WIDE.test(before)) one.text = '；'
  })
  return kept
}

/** Puts letters right of which what stands beside them leaves no doubt; characters are of one letter each. */
export function putLettersRight(line: readonly ReadCharacter[]): void {
  const text = line.map((one) => one.text).join('')
  if (text.length !== line.length) return
  for (const [pattern, right] of CONFUSED) for (const { index } of text.matchAll(pattern)) line[index]!.text = right
}

/** Letters that the model takes for one another where what stands beside them leaves no doubt: 千亩, 老旧小区, 污水处理厂. */
const CONFUSED: readonly (readonly [pattern: RegExp, right: string])[] = [
  [/干(?=[亩瓦克吨伏亿]|家万户)/g, '千'],
  [/(?<=每)干(?=人)/g, '千'],
  [/(?<=[主骨若高快])千(?=[道线])|(?<=[骨若])千|千(?=[净旱燥]|部(?![门件分]))/g, '干'],
  [/丶|(?<=[局委办院厅部司])[~～](?=[市区县省州各国])/g, '、'],
  [/·(?=[到至]?20\d\d年)/g, '。'],
  // No name is parted behind the heading that opens an item, and none behind a quantity.
  [/(?<=^[（(]?[一二三四五六七八九十]{1,3}[）)、.·][\u4E00-\u9FFF]{2,14})·(?=[\d\u4E00-\u9FFF])/g, '。'],
  [/(?<=\d(?:[%‰]|[\u4E00-\u9FFF]{1,4})(?:以[上下内]|左右)?)·(?=[\d\u4E00-\u9FFF])/g, '，'],
  [/(?<=^[一二三四五六七八九十]{1,3})[·，：](?=[\u4E00-\u9FFF])/g, '、'],
  [/(?<=[婴幼孤少女]|新生)几|几(?=童)/g, '儿'],
  [
    /(?<=小微|普惠|涉农|信用|绿色|助学|抵押|贴息|不良|科创|融资|企业|农户|项目)货(?=款)|货(?=款(?:余额|利率|贴息|投放|增速|规模))/g,
    '贷',
  ],
  [/(?<=租)货(?=[住房合补市])/g, '赁'],
  [/(?<=[\d几])干(?=[个户人家余多米元])/g, '千'],
  [/(?<=[老陈破废])日(?=[城小住街厂管工房村物改电设建])/g, '旧'],
  [/(?<=以)日(?=换新)/g, '旧'],
  [/(?<=工|处理|焚烧|发电|净水|供水|自来水|加工|钢铁|化工|水泥)广(?![东西州告播场])/g, '厂'],
  [/广(?=房)/g, '厂'],
]

/** A dash that opens an item, or parts a title, is as wide as two letters; the model reads strokes: 一一, or one. */
export function withDashes(line: readonly ReadCharacter[], left: number): ReadCharacter[] {
  const kept = line.map((one) => ({ ...one }))
  kept.forEach((one, i) => {
    const next = kept[i + 1]
    if (one.text === '一' && next?.text === '一' && !EACH.test(kept[i + 2]?.text ?? '')) one.text = next.text = '—'
  })
  const [first, second] = kept
  if (first?.text === '一' && second !== undefined && first.x - left > (second.x - first.x) * OPENING_DASH)
    first.text = '——'
  return kept
}

/** What stands behind 一一: 一一对应, 一一落实. */
const EACH = /[对落列梳核回明解比排登整]/
/** The middle of a dash stands this far from its left end, in steps from letter to letter; of a letter it is half of one. */
const OPENING_DASH = 1.15

/** What is read where the point of a number stands, and decimals: no year begins a sentence there. */
const POINT = /[。·．]/
const DECIMALS = /^\d{1,2}(?![\d年])/

/** Whether what stands behind a letter that looks like a digit shows that it is one: 9O%, 1OO个; 5l may be litres. */
const endsNumber = (digit: string, after: string): boolean =>
  /[\d年月日%％号〕.]/.test(after) ||
  DIGIT_LIKE[after] !== undefined ||
  (digit === '0' && /[\u4E00-\u9FFF]/.test(after))

function touchesWide(line: readonly ReadCharacter[], at: number): boolean {
  return WIDE.test(line[at - 1]?.text ?? '　') || WIDE.test(line[at + 1]?.text ?? '　')
}

/** The raised number of a footnote is read as a small ring: 用水量°. Degrees stand behind digits. */
const isNoteMark = (line: readonly ReadCharacter[], at: number): boolean =>
  line[at]!.text === '°' && /[\u4E00-\u9FFF]/.test(line[at - 1]?.text ?? '')

/** The last ring of ‰ is read once more, or alone behind a %. */
const isRing = (line: readonly ReadCharacter[], at: number): boolean =>
  /[0o]/i.test(line[at]?.text ?? '') && /[%‰]/.test(line[at - 1]?.text ?? '') && !/\d/.test(line[at + 1]?.text ?? '')

const OPEN = '（(〔［[【「『'
const CLOSE = '）)〕］]】」』'

/**
 * Brackets that the model took for one another: where a pair does not match, both become the round ones that offices
 * write most, or 〔〕 around a year. Every character keeps its place.
 */
export function withMatchedBrackets(text: string): string {
  const letters = [...text]
  if (letters.length !== text.length) return text
  const open: number[] = []
  letters.forEach((letter, at) => {
    if (OPEN.includes(letter)) open.push(at)
    else if (CLOSE.includes(letter)) {
      const from = open.pop()
      if (from === undefined || OPEN.indexOf(letters[from]!) === CLOSE.indexOf(letter)) return
      const isYear = /^[12]\d{3}$/.test(letters.slice(from + 1, at).join(''))
      letters[from] = isYear ? '〔' : '（'
      letters[at] = isYear ? '〕' : '）'
    } else if (letter === '\f') open.length = 0
  })
  return letters.join('')
}

/**
 * Rates that are told in thousandths and no others: of infants and small children that die, of births. Their sign has one
 * ring more, which small type does not show. Every character keeps its place.
 */
export const withThousandths = (text: string): string => text.replace(THOUSANDTHS, (rate) => `${rate.slice(0, -1)}‰`)

/** By how much such a rate falls is told in hundredths. */
const THOUSANDTHS =
  /(?:(?:婴儿|新生儿|儿童|围产儿|人口)死亡|人口自然增长|人口出生)率(?:(?!下降[^到至]|[降减][低少][^到至])[^%‰\n。；，]){0,14}%/g

/** A text in which all brackets of one side are one, and % and ‰, to find in it what was read with others. */
export const withOneSign = (text: string): string =>
  text
    .replaceAll('‰', '%')
    .replace(/[(〔［[【「『]/g, '（')
    .replace(/[)〕］\]】」』]/g, '）')
