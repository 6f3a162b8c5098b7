import { isPlaceName } from '../lexicon/places.ts'
import { isUnitName } from '../structure/unit-names.ts'
import type { Clause } from '../structure/types.ts'
import type { Range } from '../text/reading-text.ts'

/** A place or body and nothing else, in characters. */
const LONGEST_NAME = 16
/** What a name answers for is no shorter, in characters. */
const SHORTEST_TASK = 15
/** So many names under one heading are a column; fewer may be a signature or a heading without a number. */
const LEAST = 3

/**
 * 青石镇 / 新建泵房12座… / 白水乡 / 新建…: two columns of a table, names and tasks, that came out as lines. Each name answers
 * for the paragraphs up to the next. Gives where the name of each such paragraph stands; paragraphs of other texts are not in it.
 */
export function namesAbove(clauses: readonly Clause[], text: string): ReadonlyMap<Clause, Range> {
  const found = new Map<Clause, Range>()
  let heading: Clause['path'][number] | undefined
  let name: Range | null = null
  let under: [Clause, Range][] = []
  let names = new Set<string>()
  const close = () => {
    if (names.size >= LEAST) for (const [clause, above] of under) found.set(clause, above)
    under = []
    names = new Set()
    name = null
  }
  for (const clause of clauses) {
    if (clause.kind !== 'paragraph' || clause.path.at(-1) !== heading) {
      close()
      heading = clause.path.at(-1)
    }
    const words = clause.end - clause.start > LONGEST_NAME ? '' : text.slice(clause.start, clause.end).trim()
    if (isPlaceName(words) || (words !== '' && isUnitName(words))) name = { start: clause.start, end: clause.end }
    else if (name && clause.end - clause.start >= SHORTEST_TASK) {
      names.add(text.slice(name.start, name.end).trim())
      under.push([clause, name])
    } else name = null
  }
  close()
  return found
}
