/** Ways in which word processors write the number of a paragraph. */
export type NumberStyle =
  | 'decimal'
  | 'padded'
  | 'full-width'
  | 'upper-roman'
  | 'lower-roman'
  | 'upper-letter'
  | 'lower-letter'
  | 'chinese'
  | 'chinese-formal'
  | 'chinese-digits'
  | 'stems'
  | 'branches'
  | 'circled'
  | 'bracketed'
  | 'dotted'
  | 'chinese-bracketed'
  | 'none'

/** Codes of Word's binary format and of RTF, MSONFC of [MS-OSHARED] 2.2.1.3; what is not here is written in digits. */
const BY_CODE: Readonly<Record<number, NumberStyle>> = {
  0x00: 'decimal',
  0x01: 'upper-roman',
  0x02: 'lower-roman',
  0x03: 'upper-letter',
  0x04: 'lower-letter',
  0x0a: 'chinese-digits',
  0x0b: 'chinese',
  0x0e: 'full-width',
  0x0f: 'decimal',
  0x10: 'chinese-formal',
  0x11: 'chinese',
  0x12: 'circled',
  0x13: 'full-width',
  0x16: 'padded',
  0x17: 'none',
  0x1a: 'dotted',
  0x1b: 'bracketed',
  0x1c: 'circled',
  0x1d: 'chinese-bracketed',
  0x1e: 'stems',
  0x1f: 'branches',
  0x21: 'chinese',
  0x22: 'chinese-formal',
  0x23: 'chinese',
  0x24: 'chinese-digits',
  0x25: 'chinese',
  0x26: 'chinese-formal',
  0x27: 'chinese',
  0x28: 'chinese-digits',
  0xff: 'none',
}

/** The style of a code of Word's binary format. */
export const styleOfCode = (code: number): NumberStyle => BY_CODE[code] ?? 'decimal'

const DIGITS = '〇一二三四五六七八九'
const FORMAL_DIGITS = '零壹贰叁肆伍陆柒捌玖'

/** A number from 1 as it stands before its paragraph; one that a style has no sign for is written in digits. */
export function formatNumber(value: number, style: NumberStyle): string {
  const digits = String(value)
  switch (style) {
    case 'none':
      return ''
    case 'padded':
      return digits.padStart(2, '0')
    case 'full-width':
      return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    case 'upper-roman':
      return roman(value)
    case 'lower-roman':
      return roman(value).toLowerCase()
    case 'upper-letter':
      return letters(value)
    case 'lower-letter':
      return letters(value).toLowerCase()
    case 'chinese':
      return chinese(value, DIGITS, '十百千')
    case 'chinese-formal':
      return chinese(value, FORMAL_DIGITS, '拾佰仟')
    case 'chinese-digits':
      return digits.replace(/\d/g, (digit) => DIGITS[Number(digit)]!)
    case 'stems':
      return '甲乙丙丁戊己庚辛壬癸'[value - 1] ?? digits
    case 'branches':
      return '子丑寅卯辰巳午未申酉戌亥'[value - 1] ?? digits
    case 'circled':
      return sign(value, 0x2460, 20)
    case 'bracketed':
      return sign(value, 0x2474, 20)
    case 'dotted':
      return sign(value, 0x2488, 20)
    case 'chinese-bracketed':
      return sign(value, 0x3220, 10)
    case 'decimal':
      return digits
  }
}

const sign = (value: number, first: number, count: number) =>
  value >= 1 && value <= count ? String.fromCharCode(first + value - 1) : String(value)

function chinese(value: number, digits: string, ranks: string): string {
  if (value < 1 || value > 9999) return String(value)
  let text = ''
  let zero = false
  for (let rank = String(value).length - 1; rank >= 0; rank--) {
    const digit = Math.floor(value / 10 ** rank) % 10
    if (digit === 0) {
      zero = text !== ''
      continue
    }
    if (zero) text += digits[0] === '〇' ? '零' : digits[0]
    zero = false
    // 十 and not 一十, but 一百一十.
    if (!(digit === 1 && rank === 1 && text === '')) text += digits[digit]
    if (rank > 0) text += ranks[rank - 1]
  }
  return text
}

/** A … Z, AA, BB …: the letter again for each round, as Word and Writer do. */
const letters = (value: number) =>
  value < 1 || value > 780 ? String(value) : String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))

const ROMAN: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value)
  let left = value
  let text = ''
  for (const [size, letter] of ROMAN) for (; left >= size; left -= size) text += letter
  return text
}

/** Counts the paragraphs of one list, level by level from 0. */
export class ListCounter {
  private counts: (number | undefined)[] = []

  /** Counts a paragraph of a level; what lies deeper begins anew. `startAt` is the first number of a level. */
  next(level: number, startAt: (level: number) => number): void {
    this.counts[level] = (this.counts[level] ?? startAt(level) - 1) + 1
    this.counts.length = level + 1
    for (let above = 0; above < level; above++) this.counts[above] ??= startAt(above)
  }

  /** Sets the number that a paragraph of this level has. */
  set(level: number, value: number): void {
    this.counts[level] = value
    this.counts.length = level + 1
  }

  at(level: number): number {
    return this.counts[level] ?? 1
  }
}
