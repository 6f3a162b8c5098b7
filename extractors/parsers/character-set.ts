/** What `\s` stands for in a pattern. */
export const BLANKS =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** A set of characters that is asked by code unit, as fast as an array: for the loops that look at every character. */
export class CharacterSet {
  private readonly marked = new Uint8Array(65_536)

  constructor(characters: Iterable<string>) {
    for (const character of characters) this.marked[character.charCodeAt(0)] = 1
  }

  /** Whether the character at the offset is in the set; false outside the text, which has no code there: it is asked as 0, that of no character. */
  holds(text: string, at: number): boolean {
    return this.marked[text.charCodeAt(at) | 0] === 1
  }
}
