import type Sqlite from 'better-sqlite3'

/** What is wrong with a database file: `null` for its pages where they are whole, and how many foreign keys are broken. */
interface DatabaseFaults {
  pages: string | null
  brokenKeys: number
}

/** Makes a database one single file, without a write-ahead log beside it, and checks its pages and foreign keys. */
export function checkDatabase(client: Sqlite.Database): DatabaseFaults {
  client.pragma('journal_mode = DELETE')
  const integrity = client.pragma('integrity_check', { simple: true })
  return {
    pages: integrity === 'ok' ? null : String(integrity),
    brokenKeys: integrity === 'ok' ? (client.pragma('foreign_key_check') as unknown[]).length : 0,
  }
}
