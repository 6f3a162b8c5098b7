import { describe, expect, it } from 'vitest'
import { nextSort, sortState } from '../../web/src/components/data-table.ts'
import { ApiProblem, asProblem, toProblem } from '../../web/src/api/problem.ts'

describe('problems', () => {
  it('keep the words, the code and the fields of the server', () => {
    const problem = toProblem(400, {
      title: '填写有误',
      code: 'invalid-input',
      detail: '请改正',
      errors: [{ path: 'body.value', message: '应为数' }],
    })
    expect(problem).toMatchObject({
      status: 400,
      code: 'invalid-input',
      message: '填写有误：请改正',
      fields: { value: '应为数' },
    })
  })

  it('have words of their own where the answer has none', () => {
    expect(toProblem(503, '<html>').title).toBe('服务正忙')
    expect(toProblem(500, null).code).toBe('not-json')
    expect(toProblem(409, { current: { version: 3 } }).current).toEqual({ version: 3 })
  })

  it('are made of anything that was thrown', () => {
    expect(asProblem(new TypeError('x'))).toBeInstanceOf(ApiProblem)
    expect(asProblem('x').detail).toBe('x')
  })
})

it('sorts up, then down, then up again', () => {
  const column = { key: 'a', word: '甲', width: '1px', sort: 'deadline' }
  expect([nextSort(column, undefined), nextSort(column, 'deadline'), nextSort(column, '-deadline')]).toEqual([
    'deadline',
    '-deadline',
    'deadline',
  ])
  expect([
    sortState(column, 'deadline'),
    sortState(column, '-deadline'),
    sortState(column, 'id'),
    sortState({ ...column, sort: undefined }, 'id'),
  ]).toEqual(['ascending', 'descending', 'none', undefined])
})
