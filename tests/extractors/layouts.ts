/** Other layouts of the same words: what a page, a typesetter or a converter makes of a document. */

/** Digits, letters and signs that the office software writes in either width. */
const FULL_WIDTH: Readonly<Record<string, string>> = { '%': '％', '(': '（', ')': '）', ':': '：', ';': '；' }
const HALF_WIDTH = Object.fromEntries(Object.entries(FULL_WIDTH).map(([half, full]) => [full, half]))

/** Digits and the dot between them, letters, % and brackets in full width. */
export function toFullWidth(text: string): string {
  return text
    .replace(/(?<=\d)\.(?=\d)/g, '．')
    .replace(/[0-9A-Z]/gi, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    .replace(/[%():;]/g, (sign) => FULL_WIDTH[sign] ?? sign)
}

/** The same signs in half width. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF0E\uFF10-\uFF19\uFF21-\uFF3A]/gi, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[％（）：；]/g, (sign) => HALF_WIDTH[sign] ?? sign)
}

/** A paragraph long enough to be told from a title, an address or a signature. Shorter lines keep their own line. */
const RUNNING_TEXT = /[。；：]/

/**
 * Breaks running text into lines of at most `width` Chinese characters, numbers too, as the typesetter of a gazette does: the first line of
 * a paragraph is indented by two characters, no line begins with a closing sign. Rows of a table stay whole.
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const words = line.trim()
      return line.includes('\t') || !RUNNING_TEXT.test(words) ? [line] : breakLine(`\u3000\u3000${words}`, width)
    })
    .join('\n')
}

function breakLine(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let filled = 0
  for (const sign of paragraph) {
    const wide = sign < '\u0100' ? 0.5 : 1
    if (filled + wide > width && !/[。，、；：！？）”》〉】〕％%]/.test(sign)) {
      lines.push(line)
      line = ''
      filled = 0
    }
    line += sign
    filled += wide
  }
  return line === '' ? lines : [...lines, line]
}

/** Puts an empty line after every line. */
export const doubleSpaced = (text: string): string => text.replace(/\n/g, '\n\n')

/** Puts a page's foot and the next page's head after every `height` lines, in mid-sentence where it happens to fall. */
export function paged(text: string, height: number): string {
  const lines = text.split('\n')
  const pages: string[] = []
  for (let from = 0, page = 1; from < lines.length; from += height, page++) {
    pages.push(lines.slice(from, from + height).join('\n'))
    if (from + height < lines.length) pages.push(`— ${page} —`)
  }
  return pages.join('\n')
}
