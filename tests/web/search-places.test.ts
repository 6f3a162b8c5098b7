import { describe, expect, it } from 'vitest'
import type { Role } from '../../db/domain/roles.ts'
import type { SearchKind } from '../../db/domain/search-terms.ts'
import type { SearchHit } from '../../web/src/api/search-calls.ts'
import { isOpenedList, type Opened, placeOfHit, withOpened } from '../../web/src/domain/search-places.ts'

const hit = (more: Partial<SearchHit> = {}): SearchHit => ({
  id: 7,
  title: '甲局',
  about: '',
  light: null,
  targetId: null,
  role: null,
  unitId: null,
  ...more,
})

describe('where a hit leads', () => {
  it.each<[SearchKind, Role, Partial<SearchHit>, string | null]>([
    ['target', 'reporter', {}, '/targets/7'],
    ['document', 'leader', {}, '/documents/7'],
    ['order', 'supervisor', { targetId: 3 }, '/targets/3/orders/7'],
    ['instruction', 'leader', { targetId: 3 }, '/instructions/7'],
    ['unit', 'supervisor', {}, '/targets?unitId=7'],
    ['unit', 'admin', {}, '/system?q=%E7%94%B2%E5%B1%80'],
    ['person', 'admin', { role: 'leader' }, '/system?part=people&q=%E7%94%B2%E5%B1%80'],
    ['person', 'supervisor', { role: 'leader' }, '/targets?leaderId=7'],
    ['person', 'leader', { role: 'reporter', unitId: 2 }, '/targets?unitId=2'],
    ['person', 'supervisor', { role: 'admin' }, null],
  ])('%s for %s', (kind, viewer, more, place) => {
    expect(placeOfHit(kind, hit(more), viewer)).toBe(place)
  })
})

describe('最近打开', () => {
  const one = (id: number): Opened => ({ kind: 'target', title: `目标${id}`, about: '', to: `/targets/${id}` })

  it('has the newest first, each once, and so many', () => {
    const all = Array.from({ length: 12 }, (_, id) => one(id)).reduce<Opened[]>(withOpened, [])
    expect(all.map(({ to }) => to)).toEqual([11, 10, 9, 8, 7, 6, 5, 4].map((id) => `/targets/${id}`))
    expect(withOpened(all, one(5))[0]).toEqual(one(5))
    expect(withOpened(all, one(5))).toHaveLength(8)
  })

  it.each([
    [[one(1)], true],
    [[], true],
    [{}, false],
    [[{ ...one(1), kind: 'secret' }], false],
    [[{ ...one(1), to: 'https://elsewhere.example' }], false],
    [[null], false],
  ])('is taken from the browser only as it was written: %j', (value, expected) => {
    expect(isOpenedList(value)).toBe(expected)
  })
})
