import { describe, expect, it } from 'vitest'
import { reportedProblem } from '../../db/domain/report-parts.ts'

describe('what a report has for 问题清单', () => {
  it.each([
    ['资金未到位', null, '资金未到位'],
    ['资金未到位', '无', '资金未到位'],
    ['资金未到位', '请市财政局协调', '资金未到位\n需要协调的事项：请市财政局协调'],
    ['无', '请市财政局协调', '需要协调的事项：请市财政局协调'],
    ['无。', '没有', null],
    ['', ' 暂无 ', null],
    [null, null, null],
    ['无人值守', null, '无人值守'],
  ])('%s and %s: %s', (problems, needs, expected) => expect(reportedProblem({ problems, needs })).toBe(expected))
})
