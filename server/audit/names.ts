/** What the things of the trail are called: it keeps their numbers alone, so that nothing in it changes with a name. */
import { inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import {
  apiTokens,
  attachments,
  bulletins,
  documents,
  files,
  instructions,
  intakes,
  rankings,
  savedViews,
  sourceKinds,
  targets,
  units,
  users,
} from '../../db/schema/index.ts'

interface Named {
  table: SQLiteTable
  id: SQLiteColumn
  name: SQLiteColumn
}

const named = <T extends SQLiteTable & { id: SQLiteColumn }>(table: T, name: SQLiteColumn): Named => ({
  table,
  id: table.id,
  name,
})

/** By entity, the column that people know its records by. What is not here has no name: a sign-in, a backup, a deed of many. */
const NAMES: Readonly<Record<string, Named>> = {
  target: named(targets, targets.indicator),
  attachment: named(attachments, attachments.name),
  file: named(files, files.name),
  document: named(documents, documents.title),
  user: named(users, users.displayName),
  unit: named(units, units.name),
  bulletin: named(bulletins, bulletins.title),
  ranking: named(rankings, rankings.period),
  instruction: named(instructions, instructions.text),
  intake: named(intakes, intakes.fileName),
  token: named(apiTokens, apiTokens.name),
  view: named(savedViews, savedViews.name),
  'source-kind': named(sourceKinds, sourceKinds.title),
}

/**
 * The name of what each record is about, as it is called today; null where it has none or is no more.
 * One question for each kind of thing among the records.
 */
export function withNames<T extends { entity: string; entityId: string | null }>(
  db: Db,
  records: readonly T[],
): (T & { entityName: string | null })[] {
  const found = new Map<string, string>()
  for (const entity of new Set(records.map((record) => record.entity))) {
    const of = NAMES[entity]
    if (of === undefined) continue
    const ids = new Set(records.flatMap((one) => (one.entity === entity && one.entityId !== null ? one.entityId : [])))
    for (const { id, name } of db
      .select({ id: of.id, name: of.name })
      .from(of.table)
      .where(isOneOf(of.id, ids))
      .all() as { id: number | string; name: string | null }[])
      if (name !== null) found.set(`${entity} ${id}`, name)
  }
  return records.map((record) => ({
    ...record,
    entityName: found.get(`${record.entity} ${record.entityId}`) ?? null,
  }))
}

/** The trail writes every id as text; a table's own may be a number. */
const isOneOf = (column: SQLiteColumn, ids: ReadonlySet<string>): SQL =>
  inArray(column, column.dataType === 'number' ? [...ids].map(Number) : [...ids])
