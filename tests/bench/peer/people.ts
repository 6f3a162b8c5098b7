import Sqlite from 'better-sqlite3'
import { databasePath } from '../../../server/paths.ts'
import { BENCH_USER } from '../person.ts'

/** The names of a unit's reporter and of who reviews what that person reports. */
interface Pair {
  reporter: string
  reviewer: string
  unitId: number
}

/**
 * Makes pairs of accounts in a running version's database, each reporter in a unit of its own. They are copies of the
 * benchmark's own person, whatever columns that version keeps of people, and have the same password.
 */
export function addPeople(dataDir: string, pairs: number): Pair[] {
  const db = new Sqlite(databasePath(dataDir), { timeout: 60_000 })
  try {
    const { id: _id, ...person } = db.prepare('SELECT * FROM users WHERE username = ?').get(BENCH_USER) as object & {
      id: number
    }
    const columns = Object.keys(person)
    const insert = db.prepare(
      `INSERT INTO users (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
    )
    return Array.from({ length: pairs }, (_, i) => {
      const pair = { reporter: `reporter${i + 1}`, reviewer: `reviewer${i + 1}`, unitId: i + 1 }
      insert.run({ ...person, username: pair.reporter, role: 'reporter', unit_id: pair.unitId })
      insert.run({ ...person, username: pair.reviewer })
      return pair
    })
  } finally {
    db.close()
  }
}
