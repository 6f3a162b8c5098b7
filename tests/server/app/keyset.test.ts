import { describe, expect, it } from 'vitest'
import { Problem } from '../../../server/errors.ts'
import { pageAfter } from '../../../server/keyset.ts'

type Key = (string | number | null)[]

const ROWS: Key[] = [
  ['', null, -1.5],
  ['到2025年"', 3, 0],
  ['到2025年"', 3, 1],
  [null, null, 7],
]

/** A page of the rows as they stand. */
const page = (cursor: string | undefined, limit: number, width = 3) =>
  pageAfter(
    { cursor, limit },
    width,
    (after, most) => {
      const from = after === null ? 0 : ROWS.findIndex((row) => JSON.stringify(row) === JSON.stringify(after)) + 1
      return ROWS.slice(from, from + most)
    },
    (row) => row,
  )

describe('pages by keys', () => {
  it.each([1, 2, 3, 4, 5])('of %i rows go once through all, whatever the keys are', (limit) => {
    const seen: Key[] = []
    let cursor: string | undefined
    do {
      const { items, nextCursor } = page(cursor, limit)
      seen.push(...items)
      cursor = nextCursor ?? undefined
    } while (cursor !== undefined && seen.length <= ROWS.length)
    expect(seen).toEqual(ROWS)
  })

  it.each([
    ['no cursor at all', 'abc'],
    ['an object', Buffer.from('{"a":1}').toString('base64url')],
    ['keys that are lists', Buffer.from('[[1],2,3]').toString('base64url')],
    ['another number of keys', Buffer.from('[1,2]').toString('base64url')],
  ])('refuse %s', (_name, cursor) => expect(() => page(cursor, 1)).toThrow(Problem))
})
