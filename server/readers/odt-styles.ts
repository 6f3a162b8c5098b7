import { formatNumber } from './docx/number-formats.ts'
import type { ListCounter } from './numbering.ts'

type Attributes = Readonly<Record<string, string>>

interface Level {
  format: string
  prefix: string
  suffix: string
  /** `%1%、` and the like, where the program wrote it: tells more than prefix and suffix. */
  pattern: string | null
  startAt: number
  /** How many levels are shown, joined by full stops. */
  shown: number
}

/** Examples of the number formats of ODF, by their first sign: `一, 二, 三, ...`. */
const BY_FIRST_SIGN: Readonly<Record<string, string>> = {
  '1': 'decimal',
  A: 'upperLetter',
  a: 'lowerLetter',
  I: 'upperRoman',
  i: 'lowerRoman',
  一: 'chineseCounting',
  壹: 'chineseLegalSimplified',
  甲: 'ideographTraditional',
  子: 'ideographZodiac',
  '①': 'decimalEnclosedCircle',
  '１': 'decimalFullWidth',
  '⑴': 'decimalEnclosedParen',
  '⒈': 'decimalEnclosedFullstop',
  '㈠': 'ideographEnclosedCircle',
  '0': 'decimalZero',
  〇: 'ideographDigital',
}

/** What the styles of an OpenDocument text say about numbers and hidden words; gathered while its parts are parsed. */
export class OdtStyles {
  private readonly lists = new Map<string, Level[]>()
  private readonly hidden = new Set<string>()
  private list = ''
  private style = ''

  /** Takes an element that opens inside of styles. */
  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'list-style':
        this.list = attributes.name ?? ''
        this.lists.set(this.list, [])
        break
      case 'outline-style':
        this.list = OUTLINE
        this.lists.set(OUTLINE, [])
        break
      case 'list-level-style-number':
      case 'outline-level-style':
        this.lists.get(this.list)?.splice(levelOf(attributes), 1, numberedLevel(attributes))
        break
      case 'list-level-style-bullet':
      case 'list-level-style-image':
        this.lists.get(this.list)?.splice(levelOf(attributes), 1, { ...numberedLevel({}), format: 'none' })
        break
      case 'style':
        this.style = attributes.name ?? ''
        break
      case 'text-properties':
        if (attributes.display === 'none') this.hidden.add(this.style)
    }
  }

  isHidden(style: string | undefined): boolean {
    return style !== undefined && this.hidden.has(style)
  }

  /** What stands before a paragraph of a list; empty for bullets. */
  label(list: string, level: number, counter: ListCounter): string {
    const levels = this.lists.get(list)
    const own = levels?.[level]
    if (levels === undefined || own === undefined || own.format === 'none') return ''
    const number = (at: number) => formatNumber(counter.at(at), levels[at]?.format ?? 'decimal')
    if (own.pattern !== null) {
      return own.pattern.replace(/%(\d{1,2})%/g, (_, digits: string) => number(Number(digits) - 1))
    }
    const first = Math.max(0, level - own.shown + 1)
    const numbers = Array.from({ length: level - first + 1 }, (_, i) => number(first + i)).filter((text) => text !== '')
    return `${own.prefix}${numbers.join('.')}${own.suffix}`
  }

  startOf(list: string): (level: number) => number {
    return (level) => this.lists.get(list)?.[level]?.startAt ?? 1
  }
}

/** Name under which the numbers of headings are kept. */
export const OUTLINE = '\u0000outline'

/** Most levels that are looked at; ODF has ten. */
const MOST_LEVELS = 20

const levelOf = (attributes: Attributes): number =>
  Math.min(MOST_LEVELS, Math.max(1, Number(attributes.level) || 1)) - 1

function numberedLevel(attributes: Attributes): Level {
  const format = attributes['num-format'] ?? ''
  return {
    format: format === '' ? 'none' : (BY_FIRST_SIGN[format[0]!] ?? 'decimal'),
    prefix: attributes['num-prefix'] ?? '',
    suffix: attributes['num-suffix'] ?? '',
    pattern: attributes['num-list-format'] ?? null,
    startAt: Number(attributes['start-value']) || 1,
    shown: Math.min(MOST_LEVELS, Number(attributes['display-levels']) || 1),
  }
}
