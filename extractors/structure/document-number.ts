import { isNumberLine } from '../text/marks.ts'

/** 发文字号: sign of the issuer, year, running number (《党政机关公文处理工作条例》第九条). */
const NUMBER = /[\u4e00-\u9fff]{1,14}[〔[(【](?:19|20)\d\d[〕\])】]第?\d{1,5}号/
const LABEL = /^[(【〔]?(?:发文|公文)?[字文]号[】:〕]?:?/

/** The first 发文字号 in the words, half-width and with 〔〕; null where there is none. */
export function numberIn(words: string): string | null {
  const match = NUMBER.exec(words.replace(LABEL, ''))
  if (!match) return null
  const number = match[0].replace(/[[(【]/, '〔').replace(/[\])】]/, '〕')
  // 云川市人民政府令〔2010〕第15号: orders are counted so.
  return /令〔/.test(number) ? number : number.replace('第', '')
}

/** 发文字号 of a line that holds nothing else, null for any other line. */
export const readNumber = (text: string): string | null => (isNumberLine(text) ? numberIn(text) : null)
