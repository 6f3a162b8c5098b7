import { describe, expect, it } from 'vitest'
import { FILTER_KEYS, filterOf, ledgerLink, lightLink } from '../../web/src/domain/ledger-query.ts'
import { targetFilters } from '../../server/core/target-schemas.ts'

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
