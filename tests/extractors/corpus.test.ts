import { describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import type { FoundDuty, FoundTarget } from '../../extractors/types.ts'
import { type AnnotatedText, corpusFolder, corpusIn, readCorpus } from '../score/corpus.ts'

/** A gazette outside the repository holds several documents: each must read the same when it is alone in its file. */
const folder = corpusFolder()

describe.skipIf(!folder)('a document of the corpus', () => {
  const cases = (folder ? readCorpus(corpusIn(folder)) : []).flatMap(partsOf)
  test.each(cases)('$name $doc reads the same alone as among its neighbours', ({ whole, start, part }) => {
    const alone = extract(part)
    const among = extract(whole)
    const inside = <Found extends { start: number }>(list: readonly Found[]) =>
      list.filter((found) => found.start >= start && found.start < start + part.length)
    expect(inside(among.targets).map((found) => plain(found, start))).toEqual(
      alone.targets.map((found) => plain(found, 0)),
    )
    expect(inside(among.duties).map((found) => plain(found, start))).toEqual(
      alone.duties.map((found) => plain(found, 0)),
    )
  })
})

function partsOf({ name, raw, gold }: AnnotatedText) {
  const lines = raw.split('\n')
  return gold
    .filter((item) => item.kind === 'range')
    .map(({ doc, from, to }) => ({
      name,
      doc,
      whole: raw,
      start: from === 1 ? 0 : lines.slice(0, from - 1).join('\n').length + 1,
      part: lines.slice(from - 1, to).join('\n'),
    }))
}

/** What was found, with offsets counted from the document's start, without what the explanation points at. */
function plain(found: FoundTarget | FoundDuty, from: number): unknown {
  const { documentIndex: _, start, end, clauseStart, clauseEnd, ...rest } = found
  const { explanation: __, ...kept } = { explanation: undefined, ...rest }
  return { ...kept, start: start - from, end: end - from, clauseStart: clauseStart - from, clauseEnd: clauseEnd - from }
}
