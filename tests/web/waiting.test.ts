import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Today } from '../../web/src/api/office-calls.ts'

vi.stubGlobal('window', { location: { origin: 'http://localhost' } }) // the client of the API asks for it when loaded
const { dutiesOf, useWaiting } = await import('../../web/src/stores/waiting.ts')

describe('what waits for a person', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('counts for a unit everything but the reminders', () => {
    const totals = {
      returned: 1,
      toSign: 2,
      orders: 4,
      instructions: 8,
      problems: 16,
      toReport: 32,
      drafts: 64,
      overdue: 128,
      dueSoon: 256,
    }
    expect(dutiesOf(totals)).toBe(127)
  })

  it('counts every list of the office once, where it is decided', () => {
    const waiting = useWaiting()
    const of = (total: number, others = 0) => ({ total, others, oldest: [] })
    const lists: Today = {
      reports: of(1),
      requests: of(2),
      answers: of(4),
      problems: of(8),
      instructions: of(16),
      proposals: of(32, 5),
      close: of(512, 3),
      appeals: of(64),
    }
    const page = (total: number) => ({ items: [], nextCursor: null, total })
    waiting.office = { lists, targets: { assign: page(128), meet: page(256) } }
    expect(waiting.badges).toMatchObject({ '/today': 1023, '/supervision': 959, '/bulletins': 64 })
    // what the lists of the page 督查 show as to be done
    expect(waiting.due).toEqual({
      ...{ reports: 1, requests: 2, orders: 4, problems: 8, instructions: 16, proposals: 32 },
      ...{ assign: 128, meet: 256, close: 512 },
    })
    // and what of them waits for a colleague or a leader
    expect(waiting.leftToOthers).toMatchObject({ reports: 0, proposals: 5, close: 3 })
  })
})
