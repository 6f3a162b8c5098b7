import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { targetsNamed } from '../../db/search.ts'
import { containsPattern, isIndexable, matchExpression } from '../search.ts'
import { targetPage } from './page.ts'
import type { Viewer } from './own-lights.ts'

/**
 * The targets in which all words stand, as the ledger finds them; those first whose indicator has all of them, and of
 * either the newest first.
 * @returns some of them by number, and how many there are
 */
export function findTargets(
  db: Db,
  viewer: Viewer,
  words: readonly string[],
  day: string,
  limit: number,
): { ids: number[]; total: number } {
  const q = words.join(' ')
  const { ids: newest, total } = targetPage(db, viewer, { q }, day, '-id', undefined, limit)
  if (total <= 1) return { ids: newest, total }
  const named = numbersNamed(db, words)
  if (named.length === 0) return { ids: newest, total }
  const { ids: first } = targetPage(db, viewer, { q, ids: named }, day, '-id', undefined, limit)
  return { ids: [...new Set([...first, ...newest])].slice(0, limit), total }
}

/** Targets with all words in their indicator, as it stands now. */
function numbersNamed(db: Db, words: readonly string[]): number[] {
  const [first = [], ...others] = words.map((word) =>
    targetsNamed(clientOf(db), isIndexable(word) ? matchExpression([word]) : null, containsPattern(word)),
  )
  return others.reduce((both, ids) => {
    const known = new Set(ids)
    return both.filter((id) => known.has(id))
  }, first)
}
