import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../../db/domain/roles.ts'
import { STATES, type State } from '../../db/domain/states.ts'
import { answeringUnits } from '../../db/domain/answering-units.ts'
import { allowedSteps, decide, ruleOf, STEP_NAMES } from '../../db/domain/lifecycle.ts'
import type { Actor, StepContext, Subject } from '../../db/domain/step-guards.ts'

const unit = fc.record({
  unitId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  role: fc.constantFrom('lead' as const, 'responsible' as const, 'support' as const),
  isGroup: fc.boolean(),
  groupId: fc.constantFrom(null, null, 90),
  signed: fc.boolean(),
})
const subject: fc.Arbitrary<Subject> = fc.record({
  state: fc.constantFrom(...STATES),
  suspendedFrom: fc.constantFrom(null, 'assigned' as const, 'reported' as const),
  deadline: fc.constantFrom(null, '2026-06-29', '2026-06-30', '2026-07-01'),
  metBy: fc.constantFrom(null, 1, 2),
  met: fc.boolean(),
  units: fc.array(unit, { maxLength: 4 }),
  reporting: fc.constantFrom('any' as const, 'lead' as const, 'each' as const),
  pendingReports: fc.integer({ min: 0, max: 3 }),
})
const actor: fc.Arbitrary<Actor> = fc
  .record({
    id: fc.integer({ min: 1, max: 3 }),
    role: fc.constantFrom(...ROLES),
    unitId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  })
  .map((a) => (a.role === 'reporter' ? a : { ...a, unitId: null }))
const unitId = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null })
const context: fc.Arbitrary<StepContext> = fc.record({
  today: fc.constant('2026-06-30'),
  report: fc.record({
    unitId,
    reporterId: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom(
      'draft' as const,
      'submitted' as const,
      'approved' as const,
      'returned' as const,
      'withdrawn' as const,
    ),
  }),
  request: fc.record({
    kind: fc.constantFrom('extension' as const, 'suspension' as const, 'change' as const),
    unitId,
    askedBy: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom('asked' as const, 'granted' as const, 'refused' as const, 'withdrawn' as const),
  }),
  order: fc.record({ unitId, answered: fc.boolean(), closed: fc.boolean() }),
  problem: fc.record({ unitId, status: fc.constantFrom('open' as const, 'rectified' as const, 'closed' as const) }),
  partKind: fc.constantFrom('year' as const, 'unit' as const, 'stage' as const),
  openRequests: fc.subarray(['extension' as const, 'suspension' as const, 'change' as const]),
  undoTo: fc.constantFrom(null, 'extracted' as const, 'confirmed' as const),
})
const step = fc.constantFrom(...STEP_NAMES)

const real = { isGroup: false, groupId: null, signed: false }
const base: Subject = {
  state: 'in_progress',
  suspendedFrom: null,
  deadline: '2026-06-30',
  metBy: null,
  met: true,
  reporting: 'any',
  pendingReports: 0,
  units: [
    { unitId: 1, role: 'lead', ...real },
    { unitId: 2, role: 'support', ...real },
  ],
}
const office: Actor = { id: 1, role: 'supervisor', unitId: null }
const colleague: Actor = { id: 2, role: 'supervisor', unitId: null }
const leadUnit: Actor = { id: 3, role: 'reporter', unitId: 1 }
const supportUnit: Actor = { id: 4, role: 'reporter', unitId: 2 }
const stranger: Actor = { id: 5, role: 'reporter', unitId: 3 }
const today = { today: '2026-06-30' }

describe('the table of steps', () => {
  it('lets no step pass that the table does not name, whoever tries it on whatever target', () => {
    fc.assert(
      fc.property(step, subject, actor, context, (name, s, a, c) => {
        const d = decide(name, s, a, c)
        const rule = ruleOf(name)
        if (!d.ok) return
        expect(rule.from).toContain(s.state)
        expect(rule.roles).toContain(a.role)
        if (rule.to === 'same') expect(d.to).toBe(s.state)
        else expect(rule.to).toContain(d.to)
        if (a.role === 'reporter') expect(s.units.some((u) => u.unitId === a.unitId && !u.isGroup)).toBe(true)
        expect(a.role).not.toBe('admin')
      }),
      { numRuns: 3000 },
    )
  })

  it('keeps the promises between people: no own approval, no own grant, 办结 and 销号 by two', () => {
    fc.assert(
      fc.property(step, subject, actor, context, (name, s, a, c) => {
        if (!decide(name, s, a, c).ok) return
        if (name === 'approve' || name === 'return') expect(c.report?.reporterId).not.toBe(a.id)
        if (name === 'grant' || name === 'refuse') expect(c.request?.askedBy).not.toBe(a.id)
        if (name === 'close') expect(s.metBy).not.toBe(a.id)
        if (name === 'meet') expect(s.met).toBe(true)
        if (name === 'ask-extension') expect(s.deadline! >= c.today).toBe(true)
        if (name === 'submit' || name === 'withdraw') expect(c.report?.unitId).toBe(a.unitId)
      }),
      { numRuns: 3000 },
    )
  })

  it('walks at random and reaches 销号 only through 立项, 交办, 签收, 审核 and 办结', () => {
    const must: [State, State[]][] = [
      ['assigned', ['confirmed']],
      ['signed', ['assigned']],
      ['in_progress', ['signed']],
      ['reported', ['signed']],
      ['met', ['signed']],
      ['closed', ['met']],
    ]
    let closed = 0
    // a blind choice of step hardly ever gets far, so each person picks among what is open to them
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), actor, context), { minLength: 100, maxLength: 300 }), (moves) => {
        let s: Subject = { ...base, state: 'extracted', pendingReports: 1 }
        const seen = new Set<State>([s.state])
        for (const [pick, a, c] of moves) {
          const open = STEP_NAMES.filter((n) => !['drop', 'merge'].includes(n) && decide(n, s, a, c).ok)
          const name = open[pick % (open.length || 1)]
          const d = name && decide(name, s, a, c)
          if (!d || !d.ok) continue
          s = {
            ...s,
            state: d.to,
            units: name === 'sign' ? s.units.map((u) => (u.unitId === a.unitId ? { ...u, signed: true } : u)) : s.units,
            metBy: name === 'meet' ? a.id : s.metBy,
            suspendedFrom: d.to === 'suspended' && s.state !== 'suspended' ? s.state : s.suspendedFrom,
          }
          seen.add(d.to)
          for (const [state, before] of must) if (d.to === state) for (const b of before) expect(seen).toContain(b)
          if (d.to === 'closed') closed += 1
        }
      }),
      { numRuns: 100, seed: 7, endOnFailure: true },
    )
    expect(closed).toBeGreaterThan(0)
  })
})

describe('single rules', () => {
  it('hides a target from a unit without a part in it, and from every unit before 交办', () => {
    expect(decide('sign', { ...base, state: 'assigned' }, stranger, today)).toMatchObject({ ok: false, status: 404 })
    expect(decide('sign', { ...base, state: 'confirmed' }, leadUnit, today)).toMatchObject({ ok: false, status: 404 })
  })

  it('lets a support unit sign but not report', () => {
    expect(decide('sign', base, supportUnit, today)).toEqual({ ok: true, to: 'in_progress' })
    expect(decide('draft', base, supportUnit, today)).toMatchObject({
      ok: false,
      status: 403,
      refusal: { code: 'not-answering' },
    })
  })

  it('counts a target as signed when the last answering unit has signed', () => {
    const two: Subject = {
      ...base,
      state: 'assigned',
      units: [
        { unitId: 1, role: 'lead', ...real },
        { unitId: 3, role: 'lead', ...real },
      ],
    }
    expect(decide('sign', two, leadUnit, today)).toEqual({ ok: true, to: 'assigned' })
    const one = { ...two, units: two.units.map((u) => (u.unitId === 3 ? { ...u, signed: true } : u)) }
    expect(decide('sign', one, leadUnit, today)).toEqual({ ok: true, to: 'signed' })
    expect(decide('sign', one, stranger, today)).toMatchObject({ ok: false, refusal: { code: 'already-signed' } })
  })

  it('refuses 交办 to a group without members alone', () => {
    const group: Subject = {
      ...base,
      state: 'confirmed',
      units: [{ unitId: 9, role: 'responsible', isGroup: true, groupId: null, signed: false }],
    }
    expect(decide('assign', group, office, today)).toMatchObject({
      ok: false,
      refusal: { code: 'no-answering-unit' },
    })
    expect(answeringUnits(group.units)).toEqual([])
  })

  it('takes 延期 on the last day and not on the day after', () => {
    expect(decide('ask-extension', base, leadUnit, { today: '2026-06-30' }).ok).toBe(true)
    expect(decide('ask-extension', base, leadUnit, { today: '2026-07-01' })).toMatchObject({
      ok: false,
      refusal: { code: 'after-deadline' },
    })
  })

  it('keeps a target 待审核 while a second report waits', () => {
    const c = { ...today, report: { unitId: 1, reporterId: 3, status: 'submitted' as const } }
    const s: Subject = { ...base, state: 'reported' }
    expect(decide('approve', { ...s, pendingReports: 2 }, office, c)).toEqual({ ok: true, to: 'reported' })
    expect(decide('approve', { ...s, pendingReports: 1 }, office, c)).toEqual({ ok: true, to: 'in_progress' })
    expect(decide('return', { ...s, pendingReports: 1 }, office, c)).toEqual({ ok: true, to: 'returned' })
  })

  it('closes only by a second person', () => {
    const met: Subject = { ...base, state: 'met', metBy: 1 }
    expect(decide('close', met, office, today)).toMatchObject({ ok: false, refusal: { code: 'same-person' } })
    expect(decide('close', met, colleague, today)).toEqual({ ok: true, to: 'closed' })
  })

  it('lists as allowed exactly what decide lets pass', () => {
    const around = {
      today: '2026-06-30',
      reports: [{ unitId: 1, reporterId: 3, status: 'draft' as const }],
      requests: [],
      orders: [],
      problems: [],
      undoTo: null,
    }
    expect(allowedSteps(base, leadUnit, around)).toEqual(
      expect.arrayContaining(['sign', 'draft', 'submit', 'ask-extension']),
    )
    expect(allowedSteps(base, leadUnit, around)).not.toContain('approve')
    expect(allowedSteps(base, office, around)).toEqual(expect.arrayContaining(['urge', 'issue-order', 'meet']))
    expect(allowedSteps(base, { id: 9, role: 'admin', unitId: null }, around)).toEqual([])
    expect(allowedSteps(base, { id: 9, role: 'leader', unitId: null }, around)).toEqual(['instruct'])
  })
})
