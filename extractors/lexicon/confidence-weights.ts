/**
 * How sure a field is: each cue of doubt multiplies the confidence of a target by its factor. The factors were set on
 * annotated documents so that of the targets at 90 % and above nine in ten stand as they are.
 */

/** Confidence of a number about which nothing is doubtful. */
export const SURE = 0.97

/** Below this factor a field is shown as doubtful. */
export const DOUBTFUL = 0.9

export const DOUBTS = {
  /** A second, independent reading of the words around the number names it otherwise. */
  'readings-differ': 0.7,
  /** The name was filled up with words of another number or part. */
  'name-shared': 0.92,
  /** The name is taken from the part before, which has no number. */
  'name-of-part-before': 0.75,
  /** 分别 deals out more numbers than there are names. */
  'names-missing': 0.5,
  /** A name of so few characters seldom says of what. */
  'name-short': 0.7,
  /** A name of so many characters seldom stands as it is. */
  'name-long': 0.8,
  /** No word says how the number compares, and no verb delivers it. */
  'bare-statement': 0.85,
  /** What speaks for a promise hardly outweighs what speaks against it. */
  'hardly-promised': 0.6,
  'weakly-promised': 0.85,
  /** Its year stands only in the document's number. */
  'year-assumed': 0.8,
  /** Several times in a row dealt out to several numbers. */
  'times-paired': 0.92,
  /** (含) or (不含) behind the number. */
  'including': 0.85,
  /** Digits of several columns ran together and were parted. */
  'squashed-row': 0.75,
  /** The sum of several years stands in one cell. */
  'cell-cumulated': 0.75,
  /** Glued digits could be parted in two ways. */
  'cell-parted-two-ways': 0.57,
  /** What is due is told by its words alone, no number bears it out. */
  'deliverable-in-words': 0.93,
  /** A year without 底 or 前 as the date of a deliverable. */
  'plain-year': 0.8,
} as const

export type DoubtCue = keyof typeof DOUBTS
