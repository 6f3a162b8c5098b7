import { putLettersRight } from './correct.ts'
import type { RecognisedLine } from './recognised-line.ts'
import type { ReadCharacter } from './read-line.ts'

/** A character that was read with this confidence is what was read. */
const SURE = 0.85
/** One of less confidence may be another, which has this much at least. */
const LEAST_OTHER = 0.04
/** Signs are small and never sure: ‰ and a dash would become the % and 一 that stand everywhere. */
const LETTER = /[\u4E00-\u9FFF]/

/**
 * Lines of one document in which a rare character is not read as another where it is blurred: 霁 is taken for 雾. One that was
 * read surely nowhere becomes the one that the model thought of as well, where that was read surely.
 * @param pages the lines of each page
 */
export function withOneReading<T extends Pick<RecognisedLine, 'characters' | 'text'>>(
  pages: readonly (readonly T[])[],
): T[][] {
  const surest = new Map<string, number>()
  for (const { characters } of pages.flat())
    for (const { text, confidence } of characters) surest.set(text, Math.max(surest.get(text) ?? 0, confidence))
  const isSure = (text: string) => (surest.get(text) ?? 0) >= SURE
  /** What a doubtful letter was as well thought to be; null where it stays. */
  const rareAt = ({ text, confidence, others }: ReadCharacter): string | null => {
    const other = others?.[0]
    if (confidence >= SURE || other === undefined || other.confidence < LEAST_OTHER) return null
    return LETTER.test(text) && !isSure(text) && isSure(other.text) ? other.text : null
  }
  return pages.map((lines) =>
    lines.map((line) => {
      if (line.characters.every((one) => rareAt(one) === null)) return line
      const characters = line.characters.map((one) => ({ ...one, text: rareAt(one) ?? one.text }))
      // One that stands once, in a word that leaves no doubt, was read right: 老旧小区.
      putLettersRight(characters)
      return { ...line, characters, text: characters.map(({ text }) => text).join('') }
    }),
  )
}
