import type Sqlite from 'better-sqlite3'

/** Texts of statements that are kept for a connection; the oldest make place. */
const KEPT = 500

/**
 * Lets drizzle's session keep the statements it has prepared, by their text: preparing one takes longer than most of
 * them run. Whoever uses the bare connection gets statements of their own as before.
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
  Object.assign(session, { prepareQuery: (...query: unknown[]) => prepareQuery.apply(keeping, query) })
}
