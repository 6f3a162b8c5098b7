import type Sqlite from 'better-sqlite3'
import { changeStamp } from '../db/change-stamp.ts'

/** Answers that are kept per database. */
const MAX_ANSWERS = 200

interface Memo {
  stamp: string
  answers: Map<string, unknown>
}
const memos = new WeakMap<Sqlite.Database, Memo>()

/**
 * Computes an answer once for as long as nothing at all has been written to the database. For counts over everything,
 * which many people ask for at once.
 */
export function memoize<T>(client: Sqlite.Database, key: string, compute: () => T): T {
  const stamp = changeStamp(client)
  let memo = memos.get(client)
  if (memo?.stamp !== stamp || memo.answers.size >= MAX_ANSWERS)
    memos.set(client, (memo = { stamp, answers: new Map() }))
  if (!memo.answers.has(key)) memo.answers.set(key, compute())
  return memo.answers.get(key) as T
}
