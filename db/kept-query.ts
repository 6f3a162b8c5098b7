import type Sqlite from 'better-sqlite3'
import { clientOf } from './client.ts'
import type { Db } from './database.ts'

/**
 * A query that is built once for a connection, for those that run with every request or step: building one takes longer
 * than it runs. What differs from call to call stands in it as `sql.placeholder(…)`. Inside a transaction it reads what
 * that has written.
 * @param build the query, which is prepared here
 */
export function keptQuery<Q>(build: (db: Db) => { prepare(): Q }): (db: Db) => Q {
  const kept = new WeakMap<Sqlite.Database, Q>()
  return (db) => {
    const client = clientOf(db)
    let query = kept.get(client)
    if (query === undefined) kept.set(client, (query = build(db).prepare()))
    return query
  }
}

/** The same for a query of which there are a few kinds, by a word or a yes or no that it is built for. */
export function keptQueries<K extends string | boolean, Q>(
  build: (db: Db, kind: K) => { prepare(): Q },
): (db: Db, kind: K) => Q {
  const kinds = new Map<K, (db: Db) => Q>()
  return (db, kind) => {
    let kept = kinds.get(kind)
    if (kept === undefined) kinds.set(kind, (kept = keptQuery((own) => build(own, kind))))
    return kept(db)
  }
}
