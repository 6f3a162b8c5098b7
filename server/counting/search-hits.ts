import type { Db } from '../../db/open.ts'
import { clientOf } from '../../db/client.ts'
import { targetsWithWord } from '../../db/search.ts'
import { memoize } from '../memo.ts'
import { containsPattern, isIndexable, matchExpression, searchWords } from '../search.ts'

/**
 * For each word of the search the targets in whose indicator, evidence, unit names or document number it stands now, as
 * marks by their numbers up to `ids`. The page, its count and the counts beside it ask for the same: it is looked for
 * once for as long as nothing is written.
 */
export const searchHits = (db: Db, q: string | undefined, ids: number): Uint8Array[] =>
  searchWords(q).map((word) => {
    const client = clientOf(db)
    const match = isIndexable(word) ? matchExpression([word]) : null
    const hits = memoize(client, JSON.stringify(['hits', word]), () =>
      Int32Array.from(targetsWithWord(client, match, containsPattern(word))),
    )
    const marks = new Uint8Array(ids)
    for (const id of hits) if (id < ids) marks[id] = 1
    return marks
  })
