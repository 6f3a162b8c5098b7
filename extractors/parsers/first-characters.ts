import { BLANKS, type Span } from './character-set.ts'

/** What a part of a pattern may begin with, and whether it may also be empty, so that what follows it begins the match. */
interface First {
  spans: readonly Span[]
  empty: boolean
}

const NOTHING: First = { spans: [], empty: true }
const ANY: readonly Span[] = [[0, 0xffff]]
const DIGITS: readonly Span[] = [[0x30, 0x39]]
const BLANK: readonly Span[] = [...BLANKS].map((blank) => span(blank.charCodeAt(0)))
/** Characters written as an escape. */
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', 0: '\0' }

/**
 * The code units that a match of an anchored pattern may begin with. Never too few; too many where the pattern
 * looks ahead, or names characters by their kind.
 * @throws Error where an alternative does not begin with `^`, where the pattern may match without a character, and for flags
 * that move where a match begins (g, y, m)
 */
export function firstCharacters({ source, flags }: RegExp): readonly Span[] {
  if (/[gym]/.test(flags)) throw new Error(`no pattern of a beginning: /${source}/${flags}`)
  const { spans, empty } = new PatternReader(source).read()
  if (empty) throw new Error(`may match nothing: /${source}/${flags}`)
  return flags.includes('i') ? [...spans, ...spans.flatMap(inOtherCase)] : spans
}

/** Letters in the other case, for a pattern that does not tell the two apart. */
function inOtherCase([first, last]: Span): Span[] {
  const others: Span[] = []
  for (let code = first; code <= last; code++) {
    const letter = String.fromCharCode(code)
    others.push(span(letter.toLowerCase().charCodeAt(0)), span(letter.toUpperCase().charCodeAt(0)))
  }
  return others
}

/** Reads the source of a pattern from left to right. */
class PatternReader {
  private at = 0

  constructor(private readonly source: string) {}

  read(): First {
    return this.alternatives(true)
  }

  /** Alternatives up to the end of their group; at the top each must be anchored. */
  private alternatives(anchored: boolean): First {
    const all: First[] = []
    do {
      if (anchored && !this.takes('^')) throw new Error(`an alternative is not anchored: /${this.source}/`)
      all.push(this.alternative())
    } while (this.takes('|'))
    return { spans: all.flatMap(({ spans }) => spans), empty: all.some(({ empty }) => empty) }
  }

  private alternative(): First {
    const spans: Span[] = []
    let empty = true
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] as string)) {
      const part = this.quantified(this.atom())
      if (empty) spans.push(...part.spans)
      empty &&= part.empty
    }
    return { spans, empty }
  }

  private atom(): First {
    const character = this.source[this.at++] as string
    if (character === '(') return this.group()
    if (character === '[') return { spans: this.characterClass(), empty: false }
    if (character === '\\') return this.escape()
    if (character === '^' || character === '$') return NOTHING
    if (character === '.') return { spans: ANY, empty: false }
    return { spans: [span(character.charCodeAt(0))], empty: false }
  }

  private group(): First {
    const kind = /^(?:\?(?:<?[=!]|:|<[^>]{1,40}>))?/.exec(this.source.slice(this.at, this.at + 50))?.[0] ?? ''
    this.at += kind.length
    const inside = this.alternatives(false)
    this.at++
    return /[=!]$/.test(kind) ? NOTHING : inside
  }

  private quantified(part: First): First {
    const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 12))
    if (!quantifier) return part
    this.at += quantifier[0].length
    return /^[?*]/.test(quantifier[0]) || quantifier[1] === '0' ? { ...part, empty: true } : part
  }

  private escape(): First {
    const letter = this.source[this.at] as string
    if (letter === 'b' || letter === 'B') {
      this.at++
      return NOTHING
    }
    // What a group has matched may be nothing.
    if (letter === 'k' || /[1-9]/.test(letter)) throw new Error(`a reference to a group: /${this.source}/`)
    return { spans: this.escaped(), empty: false }
  }

  /** The characters behind a backslash, in a class or outside. */
  private escaped(): readonly Span[] {
    const letter = this.source[this.at++] as string
    if (letter === 'd') return DIGITS
    if (letter === 's') return BLANK
    if (/[DSWwpP]/.test(letter)) return this.kind(letter)
    if (letter === 'u' || letter === 'x') {
      const digits = letter === 'u' ? 4 : 2
      const code = Number.parseInt(this.source.slice(this.at, this.at + digits), 16)
      if (Number.isNaN(code)) return this.kind('p')
      this.at += digits
      return [span(code)]
    }
    return [span((CONTROLS[letter] ?? letter).charCodeAt(0))]
  }

  /** A kind of characters, taken for any; `\p{…}` and `\u{…}` with what stands in their braces. */
  private kind(letter: string): readonly Span[] {
    if ('pP'.includes(letter) && this.source[this.at] === '{') this.at = this.source.indexOf('}', this.at) + 1
    return ANY
  }

  private characterClass(): readonly Span[] {
    const negated = this.takes('^')
    const spans: Span[] = []
    while (!this.takes(']')) {
      const low = this.member()
      if (this.source[this.at] !== '-' || this.source[this.at + 1] === ']') {
        spans.push(...low)
        continue
      }
      this.at++
      const high = this.member()
      // A kind of characters has no order to reach from or to: the stroke beside it stands for itself.
      if (isOne(low) && isOne(high)) spans.push([low[0][0], high[0][1]])
      else spans.push(...low, span('-'.charCodeAt(0)), ...high)
    }
    return negated ? without(spans) : spans
  }

  private member(): readonly Span[] {
    if (this.takes('\\')) return this.escaped()
    return [span(this.source.charCodeAt(this.at++))]
  }

  private takes(character: string): boolean {
    if (this.source[this.at] !== character) return false
    this.at++
    return true
  }
}

function span(code: number): Span {
  return [code, code]
}

const isOne = (spans: readonly Span[]): spans is readonly [Span] =>
  spans.length === 1 && spans[0]?.[0] === spans[0]?.[1]

/** All code units but these. */
function without(spans: readonly Span[]): Span[] {
  const left: Span[] = []
  let from = 0
  for (const [first, last] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (first > from) left.push([from, first - 1])
    from = Math.max(from, last + 1)
  }
  if (from <= 0xffff) left.push([from, 0xffff])
  return left
}
