/** What people and units are called, by their numbers: each is looked up once, when it is asked for. */
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** Tells of a number what it is called; undefined where there is none. */
type Names = (id: number) => string | undefined

function named(client: Sqlite.Database, text: string): Names {
  const known = new Map<number, string | undefined>()
  const statement = prepared(client, text).pluck()
  return (id) => {
    if (!known.has(id)) known.set(id, statement.get(id) as string | undefined)
    return known.get(id)
  }
}

/** Display names of people. */
export const peopleNames = (client: Sqlite.Database): Names =>
  named(client, 'SELECT display_name FROM users WHERE id = ?')

/** Registered names of units. */
export const unitNames = (client: Sqlite.Database): Names => named(client, 'SELECT name FROM units WHERE id = ?')
