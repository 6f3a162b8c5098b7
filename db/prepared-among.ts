import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** Stands in a statement behind the column that is to be one of some numbers, however many. */
export const AMONG = 'IN (SELECT value FROM json_each(?))'

/** Statements of one number by those of many. */
const ofOne = new Map<string, string>()

/**
 * A statement that holds {@link AMONG}, prepared once, and what it takes for these numbers. Steps ask of one target: then
 * it is a comparison, because taking a list of one apart takes longer than finding the row.
 * @param sql one of few texts, with no other parameter
 */
export function preparedAmong(
  client: Sqlite.Database,
  sql: string,
  ids: readonly number[],
): [statement: Sqlite.Statement, list: string | number] {
  if (ids.length !== 1) return [prepared(client, sql), JSON.stringify(ids)]
  let one = ofOne.get(sql)
  if (one === undefined) ofOne.set(sql, (one = sql.replace(AMONG, '= ?')))
  return [prepared(client, one), ids[0]!]
}
