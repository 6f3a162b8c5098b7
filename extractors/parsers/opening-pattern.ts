import { CharacterSet } from './character-set.ts'
import { firstCharacters } from './first-characters.ts'

/**
 * A pattern anchored at the beginning (`^…`) that is asked of every line or sentence. The characters it can begin with are read
 * from the pattern itself, so most texts are told by their first character without starting the machine of patterns.
 */
export class OpeningPattern {
  private readonly first: CharacterSet

  /** @throws Error where the pattern is not anchored, may match nothing, or has a flag that moves its beginning (g, y, m) */
  constructor(private readonly pattern: RegExp) {
    this.first = CharacterSet.of(firstCharacters(pattern))
  }

  test(text: string): boolean {
    return this.first.holds(text, 0) && this.pattern.test(text)
  }

  exec(text: string): RegExpExecArray | null {
    return this.first.holds(text, 0) ? this.pattern.exec(text) : null
  }
}

/** Whether a text opens with a pattern (`^…`), as a question. */
export function opensWith(pattern: RegExp): (text: string) => boolean {
  const opening = new OpeningPattern(pattern)
  return (text) => opening.test(text)
}
