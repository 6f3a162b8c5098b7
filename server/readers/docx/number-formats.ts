const DIGITS = '〇一二三四五六七八九'
const PLACES = ['', '十', '百', '千']
const LEGAL_DIGITS = '零壹贰叁肆伍陆柒捌玖'
const LEGAL_PLACES = ['', '拾', '佰', '仟']

/** 1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; to 9999. */
function counted(n: number, digits: string, places: readonly string[], zero: string): string {
  if (n === 0) return digits[0]!
  let text = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10
    if (digit === 0) gap = text !== ''
    else {
      text += (gap ? zero : '') + digits[digit]! + places[place]!
      gap = false
    }
  }
  return text
}

const chinese = (n: number): string => counted(n, DIGITS, PLACES, '零').replace(/^一十/, '十')

function roman(n: number): string {
  const values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
  const words = ['M', 'CM', 'D', 'CD', 'C', 'XC', 'L', 'XL', 'X', 'IX', 'V', 'IV', 'I']
  let left = n
  return values
    .map((value, i) => {
      const times = Math.floor(left / value)
      left -= times * value
      return words[i]!.repeat(times)
    })
    .join('')
}

/** a…z, aa, bb, as Word counts. */
const letter = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(10, Math.ceil(n / 26)))

const pick =
  (signs: string) =>
  (n: number): string =>
    [...signs][n - 1] ?? String(n)
const range =
  (first: number, count: number) =>
  (n: number): string =>
    n >= 1 && n <= count ? String.fromCodePoint(first + n - 1) : String(n)
/** ①…⑳, ㉑…㉟, ㊱…㊿ */
const circled = (n: number): string =>
  n <= 20 ? range(0x2460, 20)(n) : n <= 35 ? range(0x3251, 15)(n - 20) : range(0x32b1, 15)(n - 35)

/** How Word writes a number, by the names of ECMA-376 part 1, 17.18.59. */
const FORMATS: Readonly<Record<string, (n: number) => string>> = {
  decimal: String,
  decimalZero: (n) => String(n).padStart(2, '0'),
  decimalHalfWidth: String,
  decimalFullWidth: (n) => String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
  decimalFullWidth2: (n) => String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedFullstop: range(0x2488, 20),
  decimalEnclosedParen: range(0x2474, 20),
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  japaneseCounting: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  ideographDigital: (n) => String(n).replace(/\d/g, (d) => DIGITS[Number(d)]!),
  japaneseDigitalTenThousand: (n) => String(n).replace(/\d/g, (d) => DIGITS[Number(d)]!),
  taiwaneseDigital: (n) => String(n).replace(/\d/g, (d) => DIGITS[Number(d)]!),
  chineseLegalSimplified: (n) => counted(n, LEGAL_DIGITS, LEGAL_PLACES, '零'),
  japaneseLegal: (n) => counted(n, LEGAL_DIGITS, LEGAL_PLACES, '零'),
  ideographLegalTraditional: (n) => counted(n, LEGAL_DIGITS, LEGAL_PLACES, '零'),
  ideographTraditional: pick('甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: pick('子丑寅卯辰巳午未申酉戌亥'),
  ideographEnclosedCircle: range(0x3280, 10),
  upperRoman: roman,
  lowerRoman: (n) => roman(n).toLowerCase(),
  upperLetter: (n) => letter(n).toUpperCase(),
  lowerLetter: letter,
  ordinal: String,
  none: () => '',
}

/** A number as the list shows it; formats that are not known are written in digits. */
export const formatNumber = (n: number, format: string): string =>
  n < 0 || n > 9999 ? String(n) : (FORMATS[format] ?? String)(n)
