import { describe, expect, test } from 'vitest'
import { isUnreadable } from '../../../server/readers/unreadable.ts'

const TEXT = '到2027年，公共机构节水器具普及率达到95%以上，万元工业增加值用水量下降10%。（牵头单位：市水务局）'
const shifted = (by: number) =>
  [...TEXT].map((letter) => String.fromCharCode((letter.charCodeAt(0) + by) % 0xd800)).join('')
const counted = [...TEXT].map((_, i) => String.fromCharCode(1 + i)).join('')

describe('a page whose letters are nonsense', () => {
  test.each([
    ['the places of letters in a font', counted, true],
    ['letters of foreign scripts', shifted(0x4000), true],
    ['rare ideographs', [...TEXT].map((_, i) => String.fromCharCode(0x4e04 + i * 37)).join(''), true],
    ['simplified', TEXT, false],
    ['traditional', '各機關應於年底前完成節水器具普及率百分之九十五以上之目標，並將辦理情形報請備查。', false],
    ['English', 'By the end of 2027 the share shall reach 95 %, and 30 stations shall be built.', false],
    ['a few strange marks', `\uF06C\uF06C${TEXT}`, false],
    ['too short to tell', '\u0001\u0002', false],
  ])('%s', (_, text, expected) => {
    expect(isUnreadable([{ text: text.slice(0, 25) }, { text: text.slice(25) }])).toBe(expected)
  })
})
