import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { MEMORY_OF_TARGETS } from './target-versions.ts'

/** What an import writes of a target itself, and what is made from it. */
const OWN = ['target_units', ...MEMORY_OF_TARGETS]

/** Every column that points at a target, in whatever table. */
const POINTING = `SELECT m.name AS "table", f."from" AS "column" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
  WHERE m.type = 'table' AND f."table" = 'targets' AND m.name NOT IN (SELECT value FROM json_each(?))`

/** Those of some targets that something else hangs on: a report, an instruction, a target that was merged into it. */
export function targetsInUse(client: Sqlite.Database, ids: readonly number[]): number[] {
  if (ids.length === 0) return []
  const pointing = prepared(client, POINTING).all(JSON.stringify(OWN)) as { table: string; column: string }[]
  const list = JSON.stringify(ids)
  const used = pointing.flatMap(
    ({ table, column }) =>
      client
        .prepare(`SELECT DISTINCT "${column}" FROM "${table}" WHERE "${column}" IN (SELECT value FROM json_each(?))`)
        .pluck()
        .all(list) as number[],
  )
  return [...new Set(used)]
}
