import fc from 'fast-check'
import { expect, it } from 'vitest'
import { REPORT_SOURCES, REPORT_STATUSES } from '../../db/domain/report-terms.ts'
import { countedReports } from '../../db/domain/trajectory.ts'
import { lightInputs } from '../../db/light-inputs.ts'
import { openDatabase } from '../../db/open.ts'
import { documents, files, reports, targets } from '../../db/schema/index.ts'

const AT = '2026-01-01T00:00:00.000Z'

/** Reports of few days and instants, so that they meet: corrected ones, two of one date, statistics, drafts, texts without a value. */
const written = fc.record({
  asOf: fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-31'),
  value: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
  source: fc.constantFrom(...REPORT_SOURCES),
  status: fc.constantFrom(...REPORT_STATUSES, 'approved' as const, 'approved' as const),
  decidedAt: fc.constantFrom('2026-04-01T00:00:00.000Z', '2026-04-02T00:00:00.000Z'),
  corrects: fc.option(fc.nat(), { nil: null }),
})

/** The page draws what {@link countedReports} says, the lights are computed from {@link lightInputs}. */
it('what the trajectory draws is what the lights count, whatever was reported', () => {
  const db = openDatabase(':memory:')
  db.insert(files).values({ sha256: 'x', name: 'a.txt', format: 'txt', size: 1, rawText: '', importedAt: AT }).run()
  db.insert(documents).values({ fileId: 1, title: '关于建设用地的通知', start: 0, end: 0, createdAt: AT }).run()
  db.insert(targets)
    .values({
      documentId: 1,
      kind: 'quantity',
      state: 'in_progress',
      indicator: '建设用地',
      confidence: 1,
      start: 0,
      end: 0,
      clauseStart: 0,
      clauseEnd: 0,
      clausePath: [],
      evidence: '',
      createdAt: AT,
      updatedAt: AT,
    })
    .run()
  fc.assert(
    fc.property(fc.array(written, { maxLength: 8 }), (list) => {
      db.delete(reports).run()
      const rows = list.map(({ corrects, ...report }, i) => ({
        ...report,
        id: i + 1,
        targetId: 1,
        createdAt: AT,
        correctsId: corrects === null || i === 0 ? null : (corrects % i) + 1,
      }))
      for (const row of rows) db.insert(reports).values(row).run()
      const counted = countedReports(rows, '2026-12-31').map(({ asOf, value }) => ({ asOf, value }))
      const lit = lightInputs(db.$client, [1])[0]!.reports.map(({ asOf, value }) => ({ asOf, value }))
      expect(lit).toEqual(counted)
    }),
    { numRuns: 300 },
  )
  db.$client.close()
})
