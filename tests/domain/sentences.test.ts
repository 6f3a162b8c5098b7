import { describe, expect, it } from 'vitest'
import { withoutEnd } from '../../db/domain/sentences.ts'

describe('a sentence that others go on from', () => {
  it.each([
    ['请说明原因。', '请说明原因'],
    ['请说明原因；', '请说明原因'],
    ['请说明原因。。 ', '请说明原因'],
    ['请说明原因', '请说明原因'],
    ['行不行？', '行不行？'],
    ['分为甲、乙。再报', '分为甲、乙。再报'],
    ['', ''],
  ])('%j goes on as %j', (text, expected) => {
    expect(withoutEnd(text)).toBe(expected)
  })
})
