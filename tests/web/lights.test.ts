import { describe, expect, it } from 'vitest'
import { LIGHTS as STORED } from '../../db/domain/lights.ts'
import {
  LIGHTS,
  LIGHT_RULES,
  LIGHT_WORDS,
  flatCounts,
  lightWord,
  share,
  signed,
  totalOf,
} from '../../web/src/domain/lights.ts'
import { FILTER_KEYS, filterOf, ledgerLink, lightLink } from '../../web/src/domain/ledger-query.ts'
import { targetFilters } from '../../server/targets/schemas.ts'

describe('lights', () => {
  it('are those of the database, each with a word and a rule', () => {
    expect([...LIGHTS].sort()).toEqual([...STORED].sort())
    expect(new Set(LIGHTS.map((light) => LIGHT_WORDS[light])).size).toBe(LIGHTS.length)
    expect(LIGHTS.every((light) => LIGHT_RULES[light].length > 0)).toBe(true)
  })

  it('keep 逾期完成 apart from 已完成', () => {
    expect(lightWord('done', true)).toBe('逾期完成')
    expect(lightWord('done')).toBe('已完成')
    expect(lightWord('overdue', true)).toBe('逾期')
  })

  it('add up', () => {
    const lights = { done: { onTime: 3, late: 2 }, overdue: 1, behind: 0, due_soon: 4, normal: 5, unreported: 6 }
    expect(flatCounts(lights).done).toBe(5)
    expect(totalOf(flatCounts(lights))).toBe(21)
  })
})

describe('shares', () => {
  it.each([
    [0, 0, '—'],
    [0, 10, '0%'],
    [1, 3, '33.3%'],
    [10, 10, '100%'],
    [1, 100_000, '<0.1%'],
    [99_999, 100_000, '>99.9%'],
  ])('%d of %d is %s', (part, whole, text) => {
    expect(share(part, whole)).toBe(text)
  })

  it('have signs when compared', () => expect([signed(3), signed(-2), signed(0)]).toEqual(['+3', '−2', '持平']))
})

describe('the address of the ledger', () => {
  it('uses the same names as the API', () => {
    expect(FILTER_KEYS.filter((key) => !(key in targetFilters))).toEqual([])
  })

  it('takes only known filters and drops empty ones', () => {
    expect(filterOf({ light: 'overdue,behind', q: '', asOf: '2026-01-01', evil: 'x', unitId: ['3', '4'] })).toEqual({
      light: 'overdue,behind',
      unitId: '3',
    })
  })

  it('leads from a mark of the overview to what the overview counted', () => {
    expect(lightLink('overdue', { unitId: '3' }, '2026-01-01')).toEqual({
      path: '/targets',
      query: { scope: 'tracked', unitId: '3', light: 'overdue', asOf: '2026-01-01' },
    })
    expect(ledgerLink({ missing: 'value' })).toEqual({ path: '/targets', query: { missing: 'value' } })
  })
})
