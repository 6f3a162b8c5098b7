import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstCharacters } from '../../../extractors/parsers/first-characters.ts'
import { OpeningPattern } from '../../../extractors/parsers/opening-pattern.ts'

/** All code units of the spans, in order. */
const codes = (pattern: RegExp): number[] => {
  const all = new Set(
    firstCharacters(pattern).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
  )
  return [...all].sort((a, b) => a - b)
}
const shown = (pattern: RegExp): string => String.fromCharCode(...codes(pattern))

describe('the characters that a pattern can begin with', () => {
  test.each<[RegExp, string]>([
    [/^甲乙/, '甲'],
    [/^(?:甲|乙丙)丁/, '乙甲'],
    [/^甲?乙/, '乙甲'],
    [/^甲*乙{0,2}丙/, '丙乙甲'],
    [/^甲{1,2}乙/, '甲'],
    [/^(?:甲?|乙{0,3})丙/, '丙乙甲'],
    [/^[b-d]/, 'bcd'],
    [/^[\d\-—]/, '-0123456789—'],
    [/^\d{2}/, '0123456789'],
    [/^[\d-]\)/, '-0123456789'],
    [/^\(?(?<year>19|20)\d\d/, '(12'],
    [/^(?=.{3})甲/, '甲'],
    [/^\u7532|^\x41/, 'A甲'],
    [/^\b[a甲]/, 'a甲'],
    [/^[ab]c/i, 'ABab'],
    [/^(?:附件$|[^\0-\uFFFE])/, '附\uFFFF'],
  ])('%s', (pattern, first) => {
    expect(shown(pattern)).toBe(first)
  })

  test('of what is negated or named by its kind all others, or any', () => {
    const others = codes(/^[^甲乙]/)
    expect(others).toHaveLength(0x10000 - 2)
    expect(others).not.toContain('甲'.charCodeAt(0))
    for (const pattern of [/^./, /^\S/, /^\p{Script=Han}/u, /^\u{20000}/u]) expect(codes(pattern)).toHaveLength(0x10000)
  })

  test.each([/甲/, /^甲|乙/, /(?:^|甲)乙/, /^甲?/, /^(?=甲)/, /^$/, /^甲/g, /^甲/y, /^甲/m, /^(甲?)\1乙/])(
    '%s has none',
    (pattern) => {
      expect(() => firstCharacters(pattern)).toThrow()
    },
  )
})

test('it finds what its pattern finds', () => {
  const patterns = [
    /^(?:[一二三]{1,3} ?[、.](?![一二三])|\( ?[一二三]{1,3} ?\)|第[一二\d]{1,4}[章节](?:[ :、]|$)|—{2,}|[\u2460-\u249b])/u,
    /^[(〔[【]?(?:总?牵头|责任)(?:[^:,]{0,5}(?:单位|部门)[^:,]{0,4}:|[^:,]{0,4}:.)/,
    /^(?=.{2})(?:第|[\s—]*)[^章\d]{1,2}[条款]/,
    /^(?:Page|P\.) ?\d{1,4}$/i,
  ].map((pattern) => [pattern, new OpeningPattern(pattern)] as const)
  const words = fc
    .array(fc.constantFrom(...'一二(章节 第.、—①责任牵头单位:条款12pagP㊀'), { maxLength: 12 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(fc.constantFrom(...patterns), words, ([pattern, opening], text) => {
      expect(opening.test(text)).toBe(pattern.test(text))
      expect(opening.exec(text)).toEqual(pattern.exec(text))
    }),
    { numRuns: 3000 },
  )
})
