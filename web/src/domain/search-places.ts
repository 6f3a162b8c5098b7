import type { Role } from '../../../db/domain/roles.ts'
import { SEARCH_KIND_TITLES, type SearchKind, withoutBrackets } from '../../../db/domain/search-terms.ts'
import type { SearchHit } from '../api/search-calls.ts'

/** Where a hit leads, as an address of this app; null where there is nothing to open. */
export function placeOfHit(kind: SearchKind, hit: SearchHit, viewer: Role | null): string | null {
  switch (kind) {
    case 'target':
      return `/targets/${hit.id}`
    case 'document':
      return `/documents/${hit.id}`
    case 'order':
      return `/targets/${hit.targetId}/orders/${hit.id}`
    case 'instruction':
      return `/instructions/${hit.id}`
    case 'unit':
      // who keeps the register wants its entry, everybody else what the unit has to do
      return viewer === 'admin' ? `/system?q=${encodeURIComponent(hit.title)}` : `/targets?unitId=${hit.id}`
    case 'person':
      if (viewer === 'admin') return `/system?part=people&q=${encodeURIComponent(hit.title)}`
      if (hit.role === 'leader') return `/targets?leaderId=${hit.id}`
      return hit.unitId === null ? null : `/targets?unitId=${hit.unitId}`
  }
}

/** Where all of a group are listed; null where the group has no list that can be searched. */
export function placeOfAll(kind: SearchKind, q: string): string | null {
  const words = encodeURIComponent(withoutBrackets(q))
  if (kind === 'target') return `/targets?q=${words}`
  if (kind === 'document') return `/documents?q=${words}`
  return null
}

/** What somebody has opened, as 最近打开 lists it. */
export interface Opened {
  kind: SearchKind
  title: string
  about: string
  to: string
}

/** So many are kept. */
const MOST = 8

/** The list with one more, which stands first and once. */
export const withOpened = (list: readonly Opened[], one: Opened): Opened[] =>
  [one, ...list.filter(({ to }) => to !== one.to)].slice(0, MOST)

export const isOpenedList = (value: unknown): value is Opened[] =>
  Array.isArray(value) &&
  value.every(
    (one: unknown) =>
      typeof one === 'object' &&
      one !== null &&
      'kind' in one &&
      typeof one.kind === 'string' &&
      one.kind in SEARCH_KIND_TITLES &&
      'title' in one &&
      typeof one.title === 'string' &&
      'about' in one &&
      typeof one.about === 'string' &&
      'to' in one &&
      typeof one.to === 'string' &&
      /^\/(?!\/)/.test(one.to),
  )
