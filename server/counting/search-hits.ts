import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { clientOf } from '../../db/client.ts'
import { users } from '../../db/schema/index.ts'
import { targetsWithWord } from '../../db/search.ts'
import { memoize } from '../memo.ts'
import { marksOfLeaders } from './leaders.ts'
import { Marks } from './marks.ts'
import type { Hits } from './select.ts'
import type { Standing } from './standing.ts'
import { containsPattern, containsWord, isIndexable, matchExpression, searchWords } from '../search.ts'

/** Signs of a leader's name at least: one alone is part of half the texts, and a name is meant by more. */
const LEAST_OF_NAME = 2

/**
 * For each word of the search the targets in whose indicator, evidence, unit names or document number it stands now, or
 * which are a leader's whose name it is part of. The page, its count and the counts beside it ask for the same: it is looked
 * for once for as long as nothing is written.
 */
export function searchHits(db: Db, q: string | undefined, standing: Standing): Hits {
  const { ids } = standing.columns
  let only: Int32Array | null = null
  const marks = searchWords(q).map((word) => {
    const client = clientOf(db)
    const leaderIds = leadersNamed(db, word)
    const match = isIndexable(word) ? matchExpression([word]) : null
    const hits = memoize(client, JSON.stringify(['hits', word]), () =>
      distinct(targetsWithWord(client, match, containsPattern(word))),
    )
    if (leaderIds.length === 0 && (only === null || hits.length < only.length)) only = hits
    const found = leaderIds.length > 0 ? marksOfLeaders(db, standing, leaderIds) : new Uint8Array(ids)
    for (const id of hits) if (id < ids) found[id] = 1
    return found
  })
  return { marks, only }
}

/** The numbers, each once. */
function distinct(ids: readonly number[]): Int32Array {
  const seen = new Marks()
  const once = new Int32Array(ids.length)
  let found = 0
  for (const id of ids) {
    if (seen.has(id)) continue
    seen.set(id, true)
    once[found++] = id
  }
  return once.slice(0, found)
}

/** Leaders in whose name a word stands; there are some dozens. */
const leadersNamed = (db: Db, word: string): number[] =>
  [...word].length < LEAST_OF_NAME
    ? []
    : db
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.role, 'leader'), containsWord(users.displayName, word)))
        .all()
        .map(({ id }) => id)
