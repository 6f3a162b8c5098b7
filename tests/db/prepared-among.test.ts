import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AMONG, preparedAmong } from '../../db/prepared-among.ts'

test('a statement finds the rows of its numbers, of one as of many', () => {
  const client = new Sqlite(':memory:')
  client.exec('CREATE TABLE numbered (id INTEGER PRIMARY KEY)')
  for (let id = 1; id <= 9; id++) client.prepare('INSERT INTO numbered VALUES (?)').run(id)
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -2, max: 12 }), { maxLength: 4 }), (ids) => {
      const [statement, list] = preparedAmong(client, `SELECT id FROM numbered WHERE id ${AMONG} ORDER BY id`, ids)
      const stored = ids.filter((id) => id >= 1 && id <= 9).sort((a, b) => a - b)
      expect(statement.pluck().all(list)).toEqual(stored)
    }),
  )
  client.close()
})
