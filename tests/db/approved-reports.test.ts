import fc from 'fast-check'
import { expect, it } from 'vitest'
import { previousApproved } from '../../db/approved-reports.ts'
import { lastApproved } from '../../db/domain/open-return.ts'
import { openDatabase } from '../../db/open.ts'
import { REPORT_SOURCE_CODES, REPORT_STATUS_CODES, storedDay, storedInstant } from '../../db/stored.ts'

const DATES = ['2026-01-31', '2026-02-28', '2026-03-31']
const report = fc.record({
  unitId: fc.constantFrom(1, 2, null),
  status: fc.constantFrom('approved' as const, 'submitted' as const, 'returned' as const),
  source: fc.constantFrom('unit' as const, 'unit' as const, 'statistics' as const),
  asOf: fc.constantFrom(...DATES),
  value: fc.integer({ min: 0, max: 99 }),
  decidedAt: fc.constantFrom(null, '2026-04-01T00:00:00.000Z', '2026-04-02T00:00:00.000Z'),
  corrects: fc.option(fc.nat(6)),
})

it('the approved value before a report is the one that the rule finds among all of them', () => {
  const { $client: client } = openDatabase(':memory:')
  client.pragma('foreign_keys = OFF')
  const insert =
    client.prepare(`INSERT INTO reports (id, target_id, unit_id, status, source, as_of, value, decided_at, corrects_id, created_at)
    VALUES (:id, 1, :unitId, :status, :source, :asOf, :value, :decidedAt, :correctsId, 0)`)
  fc.assert(
    fc.property(fc.array(report, { maxLength: 7 }), (made) => {
      client.exec('DELETE FROM reports')
      const reports = made.map(({ corrects, ...one }, i) => ({
        ...one,
        id: i + 1,
        correctsId: corrects === null || corrects >= i ? null : corrects + 1,
      }))
      for (const one of reports)
        insert.run({
          ...one,
          status: REPORT_STATUS_CODES[one.status],
          source: REPORT_SOURCE_CODES[one.source],
          asOf: storedDay(one.asOf),
          decidedAt: one.decidedAt && storedInstant(one.decidedAt),
        })
      for (const unit of [null, 1])
        for (const asOf of [...DATES, '2026-12-31']) {
          const known = reports.filter(
            (one) => one.source === 'unit' && one.asOf < asOf && (unit === null || one.unitId === unit),
          )
          const last = lastApproved(known)
          expect(previousApproved(client, 1, asOf, unit)).toEqual(last && { value: last.value, asOf: last.asOf })
        }
    }),
    { numRuns: 200 },
  )
  client.close()
})
