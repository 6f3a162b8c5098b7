/** A set of characters that is asked by code unit, as fast as an array: for the loops that look at every character. */
export class CharacterSet {
  private readonly marked = new Uint8Array(65_536)

  constructor(characters: Iterable<string>) {
    for (const character of characters) this.marked[character.charCodeAt(0)] = 1
  }

  /** Whether the character at the offset is in the set; false behind the end. */
  holds(text: string, at: number): boolean {
    return this.marked[text.charCodeAt(at)] === 1
  }
}
