import { describe, expect, it } from 'vitest'
import type { ProposedUnit } from '../../web/src/api/assign-calls.ts'
import type { NamedUnit } from '../../web/src/components/steps/step-items.ts'
import {
  type AssignedFields,
  fieldsOf,
  fittingFields,
  isReady,
  openProposals,
  takenProposals,
  withoutUnit,
  registered,
  withUnits,
} from '../../web/src/domain/assignment.ts'

const unit = (unitId: number | null, role: NamedUnit['role'] = 'lead'): NamedUnit => ({
  unitId,
  role,
  name: `单位${unitId}`,
})
const proposed = (
  unitId: number,
  precedent: ProposedUnit['precedent'],
  role: NamedUnit['role'] = 'lead',
): ProposedUnit => ({
  ...{ unitId, role, precedent, name: `单位${unitId}`, count: 1 },
  example: { id: 9, indicator: '森林覆盖率', deadline: null },
})
const STORED: AssignedFields = {
  startOn: null,
  reportFrequency: null,
  reporting: 'any',
  rollUp: 'worst',
  supervisorId: null,
  contactLeaderId: null,
}

describe('what would be sent with 交办', () => {
  it.each([
    ['as is usual where nobody has said', STORED, undefined, { reportFrequency: 'quarterly', supervisorId: 7 }],
    [
      'as the record has it',
      { ...STORED, reportFrequency: 'yearly', supervisorId: 3 },
      undefined,
      { reportFrequency: 'yearly', supervisorId: 3 },
    ],
    [
      'as was said, also that it has none',
      STORED,
      { reportFrequency: null, startOn: '2026-01-01' },
      { reportFrequency: null, startOn: '2026-01-01' },
    ],
  ] as const)('is %s', (_name, stored, fields, expected) => {
    expect(fieldsOf(stored, fields && { fields }, 7, null)).toMatchObject({ reporting: 'any', ...expected })
  })

  it('leaves out of what is said for many how numbers make the whole, where there is no number', () => {
    const said = { rollUp: 'average', reportFrequency: 'monthly' } as const
    expect(fittingFields(said, 12)).toEqual(said)
    expect(fittingFields(said, null)).toEqual({ reportFrequency: 'monthly' })
    expect(fittingFields({ rollUp: 'all' }, null)).toEqual({ rollUp: 'all' })
  })

  it('is for a group reported by each member, and rolled up as was said, else as is likely', () => {
    const rolled = (stored: AssignedFields, fields?: Partial<AssignedFields>) => {
      const { reporting, rollUp } = fieldsOf(stored, fields && { fields }, 7, 'sum')
      return [reporting, rollUp]
    }
    expect(rolled(STORED)).toEqual(['each', 'sum'])
    expect(rolled(STORED, { rollUp: 'average', reporting: 'lead' })).toEqual(['each', 'average'])
    expect(rolled({ ...STORED, reporting: 'each' })).toEqual(['each', 'worst'])
  })

  it('needs somebody who answers, and units that are known', () => {
    expect([[], [unit(1)], [unit(1, 'support')], [unit(1), unit(null, 'support')]].map(isReady)).toEqual([
      false,
      true,
      false,
      false,
    ])
  })
})

describe('units of a target', () => {
  it('are added once, and the first role stays', () => {
    expect(withUnits([unit(1, 'support')], [unit(1), unit(2)])).toEqual([unit(1, 'support'), unit(2)])
    expect(withoutUnit([unit(1), unit(1, 'support')], unit(1))).toEqual([unit(1, 'support')])
  })

  it('are proposed where they are not there yet', () => {
    expect(openProposals([unit(1)], [proposed(1, 'indicator'), proposed(2, 'words')])).toEqual([proposed(2, 'words')])
  })

  it.each([
    [
      'all with the same indicator',
      [],
      [proposed(1, 'indicator'), proposed(2, 'indicator', 'support'), proposed(3, 'words')],
      [unit(1), unit(2, 'support')],
    ],
    [
      'else the one most alike',
      [unit(5, 'support')],
      [proposed(2, 'words', 'support'), proposed(3, 'words'), proposed(4, 'words')],
      [unit(5, 'support'), unit(3)],
    ],
    ['nothing where somebody answers', [unit(1)], [proposed(2, 'indicator')], null],
    ['nothing where nobody would answer', [], [proposed(2, 'indicator', 'support')], null],
  ] as [string, NamedUnit[], ProposedUnit[], NamedUnit[] | null][])('are taken: %s', (_name, units, all, expected) => {
    expect(takenProposals(units, all)).toEqual(expected)
  })
})

describe('units as the registry calls them', () => {
  it('stand once in a role, whichever two names the document has for one', () => {
    const named = (name: string, unitId: number | null, role: NamedUnit['role'] = 'lead') => ({ role, name, unitId })
    const names = new Map([[1, '霁川市农业农村局']])
    expect(
      registered(
        [named('市农业农村委', 1), named('市乡村振兴局', 1), named('市乡村振兴局', 1, 'support'), named('甲办', null)],
        (id) => names.get(id),
      ),
    ).toEqual([named('霁川市农业农村局', 1), named('霁川市农业农村局', 1, 'support'), named('甲办', null)])
  })
})
