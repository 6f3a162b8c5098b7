import type Sqlite from 'better-sqlite3'

/** Statements of one connection; dropped with it. */
const statements = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>()

/** A statement that is prepared once for a connection. `sql` must be one of few texts: what differs goes into parameters. */
export function prepared(client: Sqlite.Database, sql: string): Sqlite.Statement {
  let own = statements.get(client)
  if (own === undefined) statements.set(client, (own = new Map()))
  let statement = own.get(sql)
  if (statement === undefined) own.set(sql, (statement = client.prepare(sql)))
  return statement
}
