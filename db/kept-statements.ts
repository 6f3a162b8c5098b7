import type Sqlite from 'better-sqlite3'
import { fillPlaceholders } from 'drizzle-orm'
import { rowMapper } from './row-mapper.ts'

/** Texts of statements that are kept for a connection; the oldest make place. */
const KEPT = 500

/**
 * Lets drizzle's session keep the statements it has prepared, by their text: preparing one takes longer than most of
 * them run; and make the rows of a selection quicker. Whoever uses the bare connection gets statements of their own as before.
 */
export function keepStatements<S extends object>(session: S): void {
  const { client, prepareQuery } = session as unknown as {
    client: Sqlite.Database
    prepareQuery: (...query: unknown[]) => unknown
  }
  const kept = new Map<string, Sqlite.Statement>()
  const prepare = (text: string): Sqlite.Statement => {
    const known = kept.get(text)
    // one that is being stepped through cannot begin anew
    if (known !== undefined && !known.busy) {
      // rows as objects again, as after `prepare`; a caller that wants arrays asks for them each time
      if (known.reader) known.raw(false)
      return known
    }
    const statement = client.prepare(text)
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(text, statement)
    return statement
  }
  const keeping: object = Object.create(session, { client: { value: { prepare } } })
  Object.assign(session, {
    prepareQuery: (...query: unknown[]) => mapQuickly(prepareQuery.apply(keeping, query) as PreparedQuery),
  })
}

/** What of drizzle's prepared query is asked for here. */
interface PreparedQuery {
  fields?: Parameters<typeof rowMapper>[0]
  joinsNotNullableMap?: Record<string, boolean>
  customResultMapper?: unknown
  query: { params: unknown[] }
  stmt: Sqlite.Statement
  values: (placeholders?: Record<string, unknown>) => unknown[][]
  all: (placeholders?: Record<string, unknown>) => unknown[]
  get: (placeholders?: Record<string, unknown>) => unknown
}

/** Lets the rows of a selection be made by {@link rowMapper}. */
function mapQuickly(query: PreparedQuery): PreparedQuery {
  if (!query.fields || query.customResultMapper) return query
  const { all, get } = query
  let known: ReturnType<typeof rowMapper> | undefined
  // which tables are joined is told only after the query has been prepared
  const mapper = () => (known === undefined ? (known = rowMapper(query.fields!, query.joinsNotNullableMap)) : known)
  query.all = (placeholders) => {
    const map = mapper()
    return map === null ? all.call(query, placeholders) : query.values(placeholders).map(map)
  }
  query.get = (placeholders) => {
    const map = mapper()
    if (map === null) return get.call(query, placeholders)
    const row = query.stmt.raw().get(...fillPlaceholders(query.query.params, placeholders ?? {}))
    return row === undefined ? undefined : map(row as unknown[])
  }
  return query
}
