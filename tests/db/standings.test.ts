import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { StandingsReader } from '../../db/standings.ts'

let db: OpenDb
beforeEach(() => {
  db = openDatabase(':memory:')
  db.$client.pragma('foreign_keys = OFF')
})
afterEach(() => db.$client.close())

const IN_VIEW = `SELECT target_id, valid_from, valid_until, state, kind, deadline, value, measure, baseline_value, units
  FROM target_versions WHERE target_id BETWEEN ? AND ? ORDER BY target_id, valid_from, id`

const small = fc.integer({ min: 1, max: 4 })
const steps = fc.array(
  fc.record({
    target: fc.integer({ min: 1, max: 9 }),
    // two steps at one instant, and an instant that is no number
    from: fc.constantFrom(1_700_000_000_000, 1_700_000_000_000, 1_710_000_000_000, '2025-02-30T00:00:00'),
    until: fc.constantFrom(null, 1_710_000_000_000),
    state: fc.constantFrom(0, 4, 8, 11, 'of an older time'),
    content: small,
    units: small,
  }),
  { maxLength: 30 },
)
/** The parts of versions that there are, by target and number: some of those that steps name are not. */
const parts = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), small), {
  maxLength: 36,
  selector: ([target, n]) => 10 * target + n,
})

test('versions put together from their parts are those of the view', () => {
  const { $client: client } = db
  const step = client.prepare(
    `INSERT INTO version_steps (target_id, valid_from, valid_until, step, state, content, units) VALUES (?, ?, ?, 'import', ?, ?, ?)`,
  )
  const content = client.prepare(
    `INSERT INTO version_contents (target_id, n, kind, indicator, value, measure, deadline, parts) VALUES (?, ?, ?, '', ?, ?, ?, '[]')`,
  )
  const list = client.prepare('INSERT INTO version_units (target_id, n, units) VALUES (?, ?, ?)')
  fc.assert(
    fc.property(steps, parts, parts, fc.integer({ min: 1, max: 9 }), fc.nat(9), (all, contents, lists, first, more) => {
      client.exec('DELETE FROM version_steps; DELETE FROM version_contents; DELETE FROM version_units')
      for (const [target, n] of contents)
        content.run(target, n, n % 2 ? 'quantity' : 'duty', n % 3 ? n / 2 : null, n % 2 ? 'level' : null, 20_000 + n)
      for (const [target, n] of lists) list.run(target, n, `[[0,${n},"甲${n}"]]`)
      for (const one of all) step.run(one.target, one.from, one.until, one.state, one.content, one.units)
      const { versions } = new StandingsReader(client).read(first, first + more)
      expect(versions).toEqual(
        client
          .prepare(IN_VIEW)
          .raw()
          .all(first, first + more),
      )
    }),
    { numRuns: 300 },
  )
})
