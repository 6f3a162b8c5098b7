/** The words without any of the marks at their end. By hand: `X+$` in a pattern takes quadratic time. */
export function trimEnd(words: string, marks: string): string {
  let end = words.length
  while (end > 0 && marks.includes(words[end - 1] as string)) end--
  return words.slice(0, end)
}

/** The words without any of the marks at either end. */
export function trimBoth(words: string, marks: string): string {
  let start = 0
  while (start < words.length && marks.includes(words[start] as string)) start++
  return trimEnd(words.slice(start), marks)
}
