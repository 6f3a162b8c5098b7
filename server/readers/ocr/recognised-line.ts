import type { ReadCharacter } from './read-line.ts'

/** A line, or a part of one, that was read from a picture. */
export interface RecognisedLine {
  characters: ReadCharacter[]
  text: string
  /** Pixels of the straightened picture. */
  left: number
  right: number
  top: number
  bottom: number
}
