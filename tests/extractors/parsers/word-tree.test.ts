import { describe, expect, it } from 'vitest'
import { WordTree } from '../../../extractors/parsers/word-tree.ts'

const WORDS = ['水', '水库', '水库大坝', '河道', '道路', '一二三四']

describe('a tree of words', () => {
  const ahead = new WordTree<string>()
  const behind = new WordTree<string>()
  for (const word of WORDS) {
    ahead.add(word, word)
    behind.addEnd(word, word)
  }

  it('gives the longest word that begins at an offset', () => {
    expect(ahead.longest('修水库大坝', 1)).toEqual({ end: 5, value: '水库大坝' })
    expect(ahead.longest('修水库大', 1)).toEqual({ end: 3, value: '水库' })
    expect(ahead.longest('修水库大坝', 0)).toBeNull()
    expect(ahead.longest('水', 1)).toBeNull()
  })

  it('gives the longest word that ends at an offset, not beyond the first that is looked at', () => {
    expect(behind.longestBefore('修水库大坝', 5)).toEqual({ start: 1, value: '水库大坝' })
    expect(behind.longestBefore('修河道路', 4)).toEqual({ start: 2, value: '道路' })
    expect(behind.longestBefore('修河道路', 4, 3)).toBeNull()
    expect(behind.longestBefore('', 0)).toBeNull()
  })

  it('keeps the last value of a word that comes twice', () => {
    const tree = new WordTree<number>()
    tree.add('堤', 1)
    tree.add('堤', 2)
    expect(tree.longest('堤', 0)).toEqual({ end: 1, value: 2 })
  })

  it('finds each of many words and no other', () => {
    const many = new WordTree<number>()
    const words = Array.from({ length: 3000 }, (_, i) =>
      String.fromCharCode(0x4e00 + (i % 89), 0x5e00 + (i % 97), 0x9f00 + (i % 7)),
    )
    words.forEach((word, i) => many.add(word, i))
    for (const [i, word] of words.entries()) expect(many.longest(word, 0)).toEqual({ end: 3, value: i })
    expect(many.longest('\u4e00\u5e01\u9f00', 0)).toBeNull()
  })
})
