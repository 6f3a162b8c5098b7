import fc from 'fast-check'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { STATES } from '../../../db/domain/states.ts'
import { KINDS } from '../../../db/domain/target-terms.ts'
import { dayOf, LAST_DAY, type StandingInterval } from '../../../server/counting/columns.ts'

/** The first day of which something is told in these tests. */
export const FIRST = dayOf('2026-01-01')

/** Every number of a set of units that an interval has is below this. */
export const UNIT_SETS = 4

const interval = fc.record({
  days: fc.integer({ min: 1, max: 20 }),
  gap: fc.constantFrom(0, 0, 0, 3),
  state: fc.constantFrom(...STATES),
  kind: fc.constantFrom(...KINDS),
  deadline: fc.constantFrom(null, '2026-01-20', '2026-02-10', '2026-12-31', '2027-06-30'),
  units: fc.nat(UNIT_SETS - 1),
  missingBaseline: fc.boolean(),
  light: fc.constantFrom(null, ...LIGHTS),
  late: fc.boolean(),
  hasValue: fc.boolean(),
})

/** What a target was on which days: they follow each other, now and then with a gap, the last one open. */
export const intervals: fc.Arbitrary<StandingInterval[]> = fc.array(interval, { maxLength: 6 }).map((list) => {
  let next = FIRST
  return list.map(({ days, gap, ...rest }, i) => {
    const fromDay = next + gap
    next = fromDay + days
    return { ...rest, fromDay, toDay: i === list.length - 1 ? LAST_DAY : next - 1 }
  })
})
