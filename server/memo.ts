import type Sqlite from 'better-sqlite3'
import { prepared } from '../db/prepared.ts'

/** Answers that are kept per database. */
const MAX_ANSWERS = 200

interface Memo {
  stamp: string
  answers: Map<string, unknown>
}
const memos = new WeakMap<Sqlite.Database, Memo>()

/** Rows changed on a connection that no count looks at. */
const uncounted = new WeakMap<Sqlite.Database, number>()

const totalChanges = (client: Sqlite.Database) => prepared(client, 'SELECT total_changes()').pluck().get() as number

/** Another text as soon as anything has been written, by this connection (total_changes) or another (data_version). */
export function changeStamp(client: Sqlite.Database): string {
  return `${client.pragma('data_version', { simple: true })}.${totalChanges(client) - (uncounted.get(client) ?? 0)}`
}

/** Runs a write that changes no answer (when somebody was last seen), so that kept answers stay. */
export function withoutStamp<T>(client: Sqlite.Database, write: () => T): T {
  const before = totalChanges(client)
  try {
    return write()
  } finally {
    uncounted.set(client, (uncounted.get(client) ?? 0) + totalChanges(client) - before)
  }
}

/** Whether {@link memoize} has the answer. */
export function isKept(client: Sqlite.Database, key: string): boolean {
  const memo = memos.get(client)
  return memo?.stamp === changeStamp(client) && memo.answers.has(key)
}

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
