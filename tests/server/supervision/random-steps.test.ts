import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { asc } from 'drizzle-orm'
import { auditLog, changeRequests, lightSpans, reports, targets } from '../../../db/schema/index.ts'
import { staleVersions } from '../../../db/target-versions.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'
import { Problem } from '../../../server/errors.ts'
import { REPORT_STEPS } from '../../../server/reports/steps.ts'
import { REVIEW_STEPS } from '../../../server/review/steps.ts'
import { shanghaiDate } from '../../../db/domain/dates.ts'
import { SUPERVISION_STEPS } from '../../../server/supervision/index.ts'
import { ruleOf } from '../../../db/domain/lifecycle.ts'
import { runStep } from '../../../server/core/step-engine.ts'
import { isTracked } from '../../../db/domain/tracking.ts'
import { spansOn } from '../../../db/light-spans.ts'
import { replaySpans } from '../../../db/replay-spans.ts'
import { computeLights } from '../../../server/core/light-spans.ts'
import { toldTargets } from '../../../server/supervision/told-targets.ts'
import { unitSections } from '../../../server/supervision/unit-tasks-index.ts'
import { TARGET_SECTIONS, waitingFor } from '../../../server/supervision/unit-tasks.ts'
import { PEOPLE, ROLE_OF } from '../helper.ts'
import { buildOffice, type Office } from './office.ts'
import { bodyFor } from './step-bodies.ts'

const DEFINITIONS = [...REVIEW_STEPS, ...SUPERVISION_STEPS, ...REPORT_STEPS]

/** Written apart from the table of steps, from the design paper: the only ways from one state to another. */
const WAYS = new Set([
  'extracted>confirmed',
  'extracted>dropped',
  'extracted>merged',
  'confirmed>extracted',
  'confirmed>dropped',
  'confirmed>merged',
  'dropped>extracted',
  'dropped>confirmed',
  'merged>extracted',
  'merged>confirmed',
  'confirmed>assigned',
  'assigned>confirmed',
  'assigned>signed',
  'signed>assigned',
  'in_progress>assigned',
  'returned>assigned',
  'signed>in_progress',
  'signed>reported',
  'in_progress>reported',
  'returned>reported',
  'reported>in_progress',
  'reported>returned',
  'in_progress>met',
  'returned>met',
  'met>closed',
  'met>in_progress',
  'closed>in_progress',
  ...['assigned', 'signed', 'in_progress', 'reported', 'returned'].flatMap((s) => [`${s}>suspended`, `suspended>${s}`]),
])

/** What is kept of 我的任务 from one look to the next is what a look at everything finds. */
function expectTasksToFollow(): void {
  const today = shanghaiDate(office.clock.now)
  for (const unitId of [office.unitIds.own, office.unitIds.other]) {
    const { totals, first, told } = unitSections(office.db, unitId, today, 1000)
    const found = waitingFor(office.db, unitId, today)
    for (const section of TARGET_SECTIONS) {
      const inSection = found.filter(({ waiting }) => waiting.some((one) => one.section === section))
      expect([section, [...first[section]].sort((a, b) => a - b)]).toEqual([section, inSection.map(({ id }) => id)])
      const things = found.flatMap(({ waiting }) => waiting.filter((one) => one.section === section))
      expect([section, totals[section]]).toEqual([section, things.length])
    }
    const ids = [...new Set(TARGET_SECTIONS.flatMap((section) => first[section]))]
    const kept = toldTargets(office.db, unitId, today, ids, told)
    const read = toldTargets(office.db, unitId, today, ids, new Map())
    expect(ids.map((id) => kept.get(id))).toEqual(ids.map((id) => read.get(id)))
  }
}

let office: Office
beforeAll(async () => {
  office = await buildOffice()
})
afterAll(() => office.close())

describe('random steps by random people', () => {
  it('let no forbidden step pass, keep the trail whole and the lights right', async () => {
    const add = () =>
      office.addTarget({}, [
        { role: 'lead', name: '甲局' },
        { role: 'support', name: '乙局' },
      ])
    const first = add()
    const done = new Map<string, number>()
    let refused = 0
    const move = fc.noBias(
      fc.record({
        step: fc.nat(DEFINITIONS.length - 1),
        person: fc.constantFrom(...PEOPLE),
        target: fc.nat(1),
        pick: fc.nat(1000),
        stale: fc.nat(19),
        days: fc.nat(20),
      }),
    )
    fc.assert(
      fc.property(fc.array(move, { minLength: 600, maxLength: 600 }), (moves) => {
        // each walk has targets of its own, because sooner or later a target comes to its end
        const ids = [add(), add()]
        for (const [i, { target, ...m }] of moves.entries()) {
          if (i % 20 === 0) expectTasksToFollow()
          const id = ids[target]!
          const before = office.target(id)
          const open = DEFINITIONS.filter((d) => ruleOf(d.step).from.includes(before.state))
          const definition =
            m.pick % 4 === 0 ? DEFINITIONS[m.step]! : (open[m.step % (open.length || 1)] ?? DEFINITIONS[m.step]!)
          if (m.days === 0) office.clock.advance(3600)
          office.clock.advance(1)
          if (
            ['drop', 'merge', 'recall', 'reassign', 'ask-suspension', 'discard', 'withdraw', 'split'].includes(
              definition.step,
            ) &&
            m.pick % 15 !== 0
          )
            continue
          // two times of three a person of a right role tries it, as above a step of the state: a blind choice gets nowhere
          const fitting = PEOPLE.filter((p) => ruleOf(definition.step).roles.includes(ROLE_OF[p]))
          const person = m.pick % 3 === 0 ? m.person : fitting[m.days % fitting.length]!
          const trailBefore = office.db.$client.prepare('SELECT count(*) FROM audit_log').pluck().get()
          try {
            const answer = runStep(
              office.db,
              definition,
              id,
              m.stale === 0 ? before.version - 1 : before.version,
              definition.body.parse(bodyFor(office, definition.step, id, first, m.pick)),
              office.actorOf(person),
            )
            expect(m.stale).not.toBe(0)
            if (answer.state !== before.state) expect([...WAYS]).toContain(`${before.state}>${answer.state}`)
            expect(office.db.$client.prepare('SELECT count(*) FROM audit_log').pluck().get()).toBeGreaterThan(
              trailBefore as number,
            )
            done.set(definition.step, (done.get(definition.step) ?? 0) + 1)
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            refused++
            expect(office.target(id)).toEqual(before)
            expect(office.db.$client.prepare('SELECT count(*) FROM audit_log').pluck().get()).toBe(trailBefore)
          }
        }
      }),
      { numRuns: 3, seed: 2026, endOnFailure: true },
    )

    for (const t of office.db.select().from(targets).all()) {
      if (t.state === 'closed') expect(t.closedBy).not.toBe(t.metBy)
      if (t.metBy !== null) expect([office.userIds.supervisor, office.userIds.supervisor2]).toContain(t.metBy)
    }
    for (const r of office.db.select().from(reports).all()) {
      // who takes back their own report or request decides nothing on it
      if (r.decidedBy !== null && r.status !== 'withdrawn') expect(r.decidedBy).not.toBe(r.reporterId)
      if (r.source === 'unit') expect(r.unitId).not.toBeNull()
    }
    for (const r of office.db.select().from(changeRequests).all())
      if (r.decidedBy !== null && r.status !== 'withdrawn') expect(r.decidedBy).not.toBe(r.askedBy)
    // the walk went far enough to mean something
    for (const step of [
      'accept',
      'assign',
      'sign',
      'draft',
      'submit',
      'approve',
      'return',
      'issue-order',
      'answer-order',
    ])
      expect([step, done.get(step) ?? 0]).not.toEqual([step, 0])
    expect(refused).toBeGreaterThan(150)

    expect(await verifyAudit(office.db.$client)).toMatchObject({ faults: [] })
    expect(staleVersions(office.db)).toEqual([])
    const [ids, today] = [
      office.db
        .select()
        .from(targets)
        .all()
        .map(({ id }) => id),
      shanghaiDate(office.clock.now),
    ]
    const fresh = computeLights(office.db, ids, today)
    const tracked = ids.filter((id) => isTracked(office.target(id).state))
    expect(tracked.length).toBeGreaterThanOrEqual(3)
    const spans = spansOn(office.db.$client, ids, today)
    for (const id of ids) {
      const { expected: _expected, ...light } = fresh.get(id)!
      if (tracked.includes(id)) expect(spans.get(id)).toMatchObject(light)
      else expect(spans.get(id)).toBeUndefined()
    }
    // what was written step by step is what a replay of the memory gives
    const spansInOrder = () =>
      office.db.select().from(lightSpans).orderBy(asc(lightSpans.targetId), asc(lightSpans.fromDay)).all()
    const written = spansInOrder()
    office.db.delete(lightSpans).run()
    replaySpans(office.db.$client, ids)
    expect(spansInOrder()).toEqual(written)
  })

  it('finds one edit of the trail', async () => {
    const row = office.db.select().from(auditLog).limit(1).get()!
    office.db.$client.exec('DROP TRIGGER IF EXISTS audit_log_no_update')
    const triggers = office.db.$client
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'`)
      .pluck()
      .all() as string[]
    for (const name of triggers) office.db.$client.exec(`DROP TRIGGER "${name}"`)
    office.db.$client.prepare('UPDATE audit_log SET action = ? WHERE id = ?').run('nothing', row.id)
    expect((await verifyAudit(office.db.$client)).faults.length).toBeGreaterThan(0)
  })
})
