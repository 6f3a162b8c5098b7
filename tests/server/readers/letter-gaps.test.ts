import { expect, test } from 'vitest'
import { partedAtGaps } from '../../../server/readers/ocr/letter-gaps.ts'

/** A line with letters 20 pixels apart; a blank is a place without a letter. */
function line(text: string, ends: { left?: number; right?: number } = {}) {
  const characters = [...text].flatMap((one, i) =>
    one === '　' ? [] : [{ text: one, confidence: 1, x: 110 + i * 20 }],
  )
  const [first, last] = [characters[0]!.x, characters.at(-1)!.x]
  return {
    characters,
    text: characters.map((one) => one.text).join(''),
    left: first - 10,
    right: last + 10,
    top: 0,
    bottom: 28,
    ...ends,
  }
}
const parts = (given: ReturnType<typeof line>) =>
  partedAtGaps(given).map(({ text, left, right }) => [text, left, right])

test('a line that was read over the room between two columns is parted there', () => {
  expect(parts(line('新建书屋九座　　扩建泵站四处。'))).toEqual([
    ['新建书屋九座', 100, 221],
    ['扩建泵站四处。', 259, 400],
  ])
})

test('a sign that was not read parts nothing', () => {
  expect(parts(line('新建书屋九座　扩建泵站四处'))).toEqual([['新建书屋九座扩建泵站四处', 100, 360]])
})

test('ink of the column beside is no end of a line; the dash that opens one is', () => {
  expect(parts(line('新建书屋九座', { left: 60, right: 280 }))).toEqual([['新建书屋九座', 99, 221]])
  expect(parts(line('—新建书屋九座', { left: 80 }))).toEqual([['—新建书屋九座', 80, 240]])
})

test('too few letters do not tell how far apart they are', () => {
  expect(parts(line('九　　　　座'))).toEqual([['九座', 100, 220]])
})
