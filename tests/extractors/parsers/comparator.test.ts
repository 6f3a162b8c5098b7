import { describe, expect, test } from 'vitest'
import { comparatorAfter, comparatorBefore, comparatorOfShare } from '../../../extractors/parsers/comparator.ts'

describe('comparatorBefore', () => {
  test.each([
    ['覆盖率达到', '达到', '>='],
    ['比重不低于', '不低于', '>='],
    ['浓度控制在', '控制在', '<='],
    ['占比降至', '降至', '<='],
    ['规模稳定在', '稳定在', '~'],
    ['总量约', '约', '~'],
    ['应不少于', '应不少于', '>='],
    ['用时不超过', '不超过', '<='],
    ['数量≥', '≥', '>='],
  ])('%s', (text, word, op) => expect(comparatorBefore(text, text.length, 0)?.comparator).toMatchObject({ word, op }))
  test.each(['建成', '作为', '以上', '所有', '设计'])('%s compares nothing', (text) =>
    expect(comparatorBefore(text, text.length, 0)).toBeNull(),
  )
  test('looks no further back than it may', () =>
    expect(comparatorBefore('不低于', 3, 2)?.comparator.word).toBeUndefined())
})

describe('comparatorAfter', () => {
  test.each([
    ['以上的村', '以上', '>='],
    ['以内', '以内', '<='],
    ['左右', '左右', '~'],
    ['及以下', '及以下', '<='],
  ])('%s', (text, word, op) => expect(comparatorAfter(text, 0)?.comparator).toMatchObject({ word, op }))
  test.each(['内部', '多样', '的比例', ''])('%s compares nothing', (text) =>
    expect(comparatorAfter(text, 0)).toBeNull(),
  )
})

describe('comparatorOfShare', () => {
  test.each([
    ['管理费用不超过总支出的', '不超过', '<='],
    ['体育课时不低于总课时的', '不低于', '>='],
    ['费用控制在融资成本', '控制在', '<='],
  ])('%s', (words, word, op) => expect(comparatorOfShare(words)).toMatchObject({ word, op }))
  test.each(['完成总工程量的', '占总人口的', '不低于'])('%s has none', (words) =>
    expect(comparatorOfShare(words)).toBeNull(),
  )
})
