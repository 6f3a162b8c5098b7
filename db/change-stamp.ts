import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** Rows that were changed on a connection by writes which no kept answer depends on. */
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
