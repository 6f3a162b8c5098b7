import type Sqlite from 'better-sqlite3'

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

/** Puts `rows` rows into every table, whatever its columns at this version: row i refers to row i of other tables. */
export function fillEveryTable(client: Sqlite.Database, rows: number): void {
  const tables = client
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
    AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[]
  client.pragma('foreign_keys = OFF')
  for (const table of tables) {
    const columns = client.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(table) as Column[]
    const references = new Set(
      client.prepare('SELECT "from" FROM pragma_foreign_key_list(?)').pluck().all(table) as string[],
    )
    const insert = client.prepare(
      `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    for (let i = 1; i <= rows; i++)
      insert.run(columns.map((column) => valueFor(column, references.has(column.name), i)))
  }
  client.pragma('foreign_keys = ON')
  const broken = client.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new Error(`the filler made ${broken.length} broken foreign keys`)
}

function valueFor({ name, type }: Column, isReference: boolean, i: number): string | number {
  if (name === 'start') return 0
  if (name === 'end') return 20
  if (isReference || name === 'id' || type.toLowerCase() !== 'text') return i
  if (name === 'raw_text') return `第${i}条\u3000到2025年，森林\n覆盖率达到${i}%以上。`
  return `${name} 数值 ${i}`
}
