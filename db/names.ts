/** What people and units are called, by their numbers: some hundreds of each, read in one go for lists that name many. */
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

const named = (client: Sqlite.Database, statement: string): Map<number, string> =>
  new Map(prepared(client, statement).raw().all() as [number, string][])

/** Display names of all people. */
export const peopleNames = (client: Sqlite.Database): Map<number, string> =>
  named(client, 'SELECT id, display_name FROM users')

/** Registered names of all units. */
export const unitNames = (client: Sqlite.Database): Map<number, string> => named(client, 'SELECT id, name FROM units')
