/** What `\s` stands for in a pattern. */
export const BLANKS =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** The letters of the Latin alphabet, large and small. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Code units by their first and last. */
export type Span = readonly [first: number, last: number]

/**
 * A set of characters that is asked by code unit, as fast as an array: for the loops that look at every character. A bit for
 * each, so that the sets of a loop stay near the processor together.
 */
export class CharacterSet {
  private readonly bits = new Uint8Array(65_536 / 8)

  constructor(characters: Iterable<string>) {
    for (const character of characters) this.add(character.charCodeAt(0))
  }

  /** The set of all characters in the spans. */
  static of(spans: readonly Span[]): CharacterSet {
    const set = new CharacterSet('')
    for (const [first, last] of spans) for (let code = first; code <= last; code++) set.add(code)
    return set
  }

  private add(code: number): void {
    this.bits[code >> 3] = (this.bits[code >> 3] as number) | (1 << (code & 7))
  }

  /** Whether the character at the offset is in the set; false outside the text. */
  holds(text: string, at: number): boolean {
    const code = codeAt(text, at)
    return ((this.bits[code >> 3] as number) & (1 << (code & 7))) !== 0
  }

  /** Whether a text has a character of the set. */
  isIn(text: string): boolean {
    for (let at = 0; at < text.length; at++) if (this.holds(text, at)) return true
    return false
  }
}

/**
 * The code of the character at an offset, 0 outside the text, where no character is. A look beyond the ends of a text, even a
 * rare one, makes every later look at the same place of the program a slow one: the ends are asked for first.
 */
export const codeAt = (text: string, at: number): number => (at >= 0 && at < text.length ? text.charCodeAt(at) : 0)
