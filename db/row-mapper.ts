import { Column, getTableName, is, SQL } from 'drizzle-orm'

/** One selected column of a query as drizzle lists them: the names under which it stands in a row, and what it is. */
interface SelectedField {
  path: string[]
  field: unknown
}
interface Decoder {
  mapFromDriverValue: (value: unknown) => unknown
}
type Row = Record<string, unknown>

/** What has to be done for one column of a row. */
interface ColumnPlan {
  name: string
  /** The object of the row that it stands in; null for the row itself. */
  group: string | null
  /** Null where the value is what the driver gives. */
  decoder: Decoder | null
}

/** An object of a row that is null where its first column is: of a table that a LEFT JOIN found nothing in. */
interface NullableGroup {
  group: string
  /** Name of the first column. */
  first: string
}

/**
 * Makes the objects of rows that the driver gives as arrays, as drizzle's own mapper does. That one finds out anew for
 * each value of each row what kind of column it belongs to; here it is found out once for the query.
 * @param notNullable by name of a table whether every row has one, where the query joins some
 * @returns null for what this does not know: groups within groups, and queries in the place of a column
 */
export function rowMapper(
  fields: readonly SelectedField[],
  notNullable: Record<string, boolean> | undefined,
): ((values: readonly unknown[]) => Row) | null {
  if (fields.some(({ path, field }) => path.length > 2 || !isKnown(field))) return null
  const plan = fields.map(planOf)
  const nullable = notNullable === undefined ? [] : nullableGroups(fields, notNullable)
  return (values) => {
    const row: Row = {}
    for (let i = 0; i < plan.length; i++) {
      const { name, group, decoder } = plan[i]!
      const raw = values[i]
      const value = raw === null || decoder === null ? raw : decoder.mapFromDriverValue(raw)
      if (group === null) row[name] = value
      else ((row[group] ??= {}) as Row)[name] = value
    }
    for (const { group, first } of nullable) if ((row[group] as Row)[first] === null) row[group] = null
    return row
  }
}

const isKnown = (field: unknown): boolean => is(field, Column) || is(field, SQL) || is(field, SQL.Aliased)

/** Columns of drizzle that leave a value as it is share this function. */
const AS_IT_IS = Column.prototype.mapFromDriverValue

function planOf({ path, field }: SelectedField): ColumnPlan {
  const own = is(field, Column)
    ? field
    : is(field, SQL)
      ? (field as unknown as { decoder: Decoder }).decoder
      : (field as unknown as { sql: { decoder: Decoder } }).sql.decoder
  const isPlain = is(field, Column) && field.mapFromDriverValue === AS_IT_IS
  return { name: path.at(-1)!, group: path.length === 2 ? path[0]! : null, decoder: isPlain ? null : (own as Decoder) }
}

/** A group is one table's where all its columns are of one; its first column tells whether there was a row. */
function nullableGroups(fields: readonly SelectedField[], notNullable: Record<string, boolean>): NullableGroup[] {
  const columns = fields.flatMap(({ path, field }) =>
    path.length === 2 && is(field, Column)
      ? [{ group: path[0]!, name: path[1]!, table: getTableName(field.table) }]
      : [],
  )
  return [...new Set(columns.map(({ group }) => group))].flatMap((group) => {
    const own = columns.filter((column) => column.group === group)
    const { name: first, table } = own[0]!
    return own.every((column) => column.table === table) && !notNullable[table] ? [{ group, first }] : []
  })
}
