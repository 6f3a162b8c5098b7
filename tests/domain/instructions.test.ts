import { describe, expect, it } from 'vitest'
import {
  instructionAt,
  type InstructionEvent,
  instructionRefusal,
  instructionStanding,
  instructionSteps,
} from '../../db/domain/instructions.ts'

const LEADER = { id: 1, role: 'leader', unitId: null } as const
const OFFICE = { id: 2, role: 'supervisor', unitId: null } as const
const UNIT = { id: 3, role: 'reporter', unitId: 7 } as const
const OTHER = { id: 4, role: 'reporter', unitId: 8 } as const
const named = (answered: boolean, unitId: number | null = 7) => ({ unitId, answered })

describe('批示', () => {
  it.each([
    ['2026-06-30', [named(false)], false, 'open'],
    ['2026-07-01', [named(false)], false, 'overdue'],
    ['2026-07-01', [named(true), named(false, 8)], false, 'overdue'],
    ['2026-07-01', [named(true)], false, 'done'],
    ['2026-07-01', [named(false)], true, 'done'],
    ['2026-07-01', [], false, 'done'],
  ] as const)('with the limit 2026-06-30 on %s, %j, closed %s is %s', (day, addressees, closed, standing) => {
    expect(instructionStanding({ dueOn: '2026-06-30', addressees, closed }, day)).toBe(standing)
  })

  it.each([
    ['whom it names', UNIT, [named(false)], ['answer']],
    ['whom it does not name', OTHER, [named(false)], []],
    ['whoever has answered', UNIT, [named(true), named(false, 8)], []],
    ['the office, where it is named', OFFICE, [named(false, null)], ['answer']],
    ['the office, where all have answered', OFFICE, [named(true)], ['close']],
    ['its leader, before all have answered', LEADER, [named(true), named(false, 8)], []],
    ['its leader, where all have answered', LEADER, [named(true)], ['satisfied', 'again']],
    ['another leader', { ...LEADER, id: 9 }, [named(true)], []],
  ] as const)('lets %s do what belongs to them', (_who, actor, addressees, steps) => {
    const subject = { leaderId: 1, dueOn: null, closed: false, addressees }
    expect(instructionSteps(subject, actor)).toEqual(steps)
    expect(instructionRefusal('answer', { ...subject, closed: true }, actor)).toContain('已经办结')
  })

  it('was on an earlier day what had been done by then', () => {
    const course: InstructionEvent[] = [
      { step: 'answer', at: '2026-06-02', who: null, unitId: 7, text: '' },
      { step: 'again', at: '2026-06-05', who: null, text: '', dueOn: '2026-06-20' },
      { step: 'answer', at: '2026-06-10', who: null, unitId: 7, text: '' },
      { step: 'close', at: '2026-06-12', who: null, text: null },
    ]
    const at = (day: string) => instructionStanding(instructionAt('2026-06-03', [7], course, day), day)
    expect(['2026-06-01', '2026-06-04', '2026-06-06', '2026-06-11', '2026-06-30'].map(at)).toEqual([
      'open',
      'done',
      'open',
      'done',
      'done',
    ])
  })
})
