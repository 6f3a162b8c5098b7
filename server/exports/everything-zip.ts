import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type Sqlite from 'better-sqlite3'
import yazl from 'yazl'
import { columnNames, ownTables, rowChunks, type TableRow } from '../../db/whole-tables.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { addStream, bytesOf } from './zip-parts.ts'

/** Tables that can be made again or open a door. */
const LEFT_OUT = new Set([
  'sessions',
  'setup_links',
  'second_factors',
  'recovery_codes',
  'calendar_feeds',
  'sign_in_links',
  'standing_changes',
])
/** Columns that are nobody's business outside. */
const SECRET: Record<string, string[]> = {
  users: ['password_hash', 'password_expires_at'],
  // a list that nobody has decided on yet
  intakes: ['bytes', 'preview'],
  api_tokens: ['token_hash'],
}

const README = `政标数据导出

tables/ 下每个数据表各有两份：
  <表名>.csv    UTF-8（带 BOM），首行为列名；以 = + - @ 开头的文字前加了单引号，以免被电子表格当作公式执行
  <表名>.jsonl  每行一条 JSON 记录，内容与数据库完全一致
files/ 下为原始文件和佐证材料，文件名为内容的 SHA-256，对应表中的 sha256 列。

时间为 UTC，日期为北京时间（Asia/Shanghai）。不含密码、两步验证密钥、会话和可重新计算的亮灯缓存。
`

/** The zip of a copy of the database and of the stored files. */
export async function everythingZip(client: Sqlite.Database, files: string): Promise<Readable> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(Buffer.from(README), '说明.txt')
  for (const table of ownTables(client).filter((name) => !LEFT_OUT.has(name))) {
    const columns = columnNames(client, table).filter((name) => !SECRET[table]?.includes(name))
    const head = CSV_BOM + csvLine(columns)
    addStream(zip, `tables/${table}.csv`, () =>
      stream(client, table, columns, head, (row) => csvLine(columns.map((c) => row[c] ?? null))),
    )
    addStream(zip, `tables/${table}.jsonl`, () =>
      stream(client, table, columns, '', (row) => `${JSON.stringify(row, columns)}\n`),
    )
  }
  for (const name of existsSync(files) ? await readdir(files) : []) {
    if (/^[0-9a-f]{64}$/.test(name) && (await stat(join(files, name))).isFile())
      zip.addFile(join(files, name), `files/${name}`, { compress: false })
  }
  zip.end()
  return bytesOf(zip)
}

function stream(
  client: Sqlite.Database,
  table: string,
  columns: string[],
  head: string,
  line: (row: TableRow) => string,
): Readable {
  return Readable.from(
    (function* () {
      if (head !== '') yield head
      for (const rows of rowChunks(client, table, columns)) yield rows.map(line).join('')
    })(),
  )
}
