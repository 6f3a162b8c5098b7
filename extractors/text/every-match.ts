/**
 * Every match of a pattern with the flag `g`, from left to right. The same as `matchAll`, which makes the pattern anew for
 * each text it is asked about: for patterns that are asked of every line.
 */
export function everyMatch(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match)
    if (match[0] === '') pattern.lastIndex++
  }
  return found
}
