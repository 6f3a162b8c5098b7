/** Codes of Word's binary format, MSONFC of [MS-OSHARED] 2.2.1.3, by the names of ECMA-376; others are written in digits. */
const BY_CODE: Readonly<Record<number, string>> = {
  0x01: 'upperRoman',
  0x02: 'lowerRoman',
  0x03: 'upperLetter',
  0x04: 'lowerLetter',
  0x0a: 'ideographDigital',
  0x0b: 'japaneseCounting',
  0x0e: 'decimalFullWidth',
  0x10: 'japaneseLegal',
  0x11: 'japaneseCounting',
  0x12: 'decimalEnclosedCircle',
  0x13: 'decimalFullWidth2',
  0x16: 'decimalZero',
  0x17: 'none',
  0x1a: 'decimalEnclosedFullstop',
  0x1b: 'decimalEnclosedParen',
  0x1c: 'decimalEnclosedCircleChinese',
  0x1d: 'ideographEnclosedCircle',
  0x1e: 'ideographTraditional',
  0x1f: 'ideographZodiac',
  0x21: 'taiwaneseCounting',
  0x22: 'ideographLegalTraditional',
  0x23: 'taiwaneseCountingThousand',
  0x24: 'taiwaneseDigital',
  0x25: 'chineseCounting',
  0x26: 'chineseLegalSimplified',
  0x27: 'chineseCountingThousand',
  0x28: 'ideographDigital',
  0xff: 'none',
}

/** The name of a code of Word's binary format. */
export const formatOfCode = (code: number): string => BY_CODE[code] ?? 'decimal'

/** Counts the paragraphs of one list, level by level from 0. */
export class ListCounter {
  private counts: (number | undefined)[] = []

  /** Counts a paragraph of a level; what lies deeper begins anew. `startAt` is the first number of a level. */
  next(level: number, startAt: (level: number) => number): void {
    this.counts[level] = (this.counts[level] ?? startAt(level) - 1) + 1
    this.counts.length = level + 1
    for (let above = 0; above < level; above++) this.counts[above] ??= startAt(above)
  }

  /** Sets the number that a paragraph of this level has. */
  set(level: number, value: number): void {
    this.counts[level] = value
    this.counts.length = level + 1
  }

  at(level: number): number {
    return this.counts[level] ?? 1
  }
}
