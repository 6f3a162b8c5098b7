import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { addDays, shanghaiDate } from '../../../db/domain/dates.ts'
import { LIGHT_TITLES, LIGHTS } from '../../../db/domain/lights.ts'
import { ruleOf } from '../../../db/domain/lifecycle.ts'
import { parsePeriod } from '../../../db/domain/period.ts'
import { documents, lightSpans, notifications, settings, targets, units } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { replaySpans } from '../../../db/replay-spans.ts'
import { rankingRow } from '../../../server/counting/figures-schemas.ts'
import { countFigures } from '../../../server/counting/figures.ts'
import { applyThresholds } from '../../../server/core/new-thresholds.ts'
import { runStep } from '../../../server/core/step-engine.ts'
import { Problem } from '../../../server/errors.ts'
import { overview } from '../../../server/counting/overview.ts'
import { runDaily } from '../../../server/reminders/daily.ts'
import { REPORT_STEPS } from '../../../server/reports/steps.ts'
import { REVIEW_STEPS } from '../../../server/review/steps.ts'
import { writeSetting } from '../../../server/settings/store.ts'
import { SUPERVISION_STEPS } from '../../../server/supervision/index.ts'
import { targetFacets } from '../../../server/counting/facets.ts'
import { targetPage } from '../../../server/counting/page.ts'
import type { TargetFilter } from '../../../server/core/target-schemas.ts'
import { PEOPLE, type Person, ROLE_OF } from '../helper.ts'
import { buildOffice, type Office } from '../supervision/office.ts'
import { bodyFor } from '../supervision/step-bodies.ts'

const DEFINITIONS = [...REVIEW_STEPS, ...SUPERVISION_STEPS, ...REPORT_STEPS]
const LEADER = { role: 'leader', unitId: null } as const

/** What happens: most often the next step of a target by somebody who may take it, now and then something else. */
const happenings = fc.array(
  fc.noBias(
    fc.record({ what: fc.nat(99), target: fc.nat(999), step: fc.nat(999), pick: fc.nat(999), rest: fc.nat(9) }),
  ),
  { minLength: 250, maxLength: 250 },
)
type Happening = { what: number; target: number; step: number; pick: number; rest: number }

let office: Office
afterEach(() => office.close())

async function begin(): Promise<void> {
  office = await buildOffice({ now: '2025-10-08T02:00:00.000Z' })
  for (let i = 0; i < 3; i++) addTarget(i)
  for (const deadline of ['2025-10-20', '2025-11-30', '2026-03-31', '2026-12-31'])
    await office.signedTarget({ deadline })
}

/** A candidate of a document that may be long in force. */
function addTarget(pick: number): void {
  office.db
    .update(documents)
    .set({ issuedOn: `20${20 + (pick % 6)}-03-01` })
    .where(eq(documents.id, office.documentId))
    .run()
  office.addTarget(
    {
      deadline: pick % 9 === 0 ? null : addDays('2025-09-30', (pick * 37) % 600),
      baselineValue: pick % 4 === 0 ? null : 50,
      startOn: addDays('2025-01-01', pick % 300),
    },
    [
      { role: 'lead', name: pick % 2 ? '甲局' : '乙局' },
      { role: pick % 3 ? 'responsible' : 'support', name: '甲局' },
    ],
  )
}

async function happen({ what, target, step, pick, rest }: Happening): Promise<void> {
  const { db } = office
  const ids = db
    .select({ id: targets.id })
    .from(targets)
    .all()
    .map(({ id }) => id)
  if (what < 6) return addTarget(pick)
  if (what < 8) {
    const unit = pick % 2 ? office.unitIds.own : office.unitIds.other
    db.update(units)
      .set({ name: `第${pick}局` })
      .where(eq(units.id, unit))
      .run()
    return
  }
  if (what < 12) {
    const value = { behindPoints: pick % 30, dueSoonDays: 1 + (pick % 90), reportGraceDays: pick % 20 }
    const version = db.select().from(settings).where(eq(settings.key, 'lights')).get()?.version ?? 0
    inTransaction(db, (tx) => writeSetting(tx, office.actorOf('admin'), 'lights', value, version))
    // now and then the day is over before the new thresholds are applied
    if (pick % 3 === 0) office.clock.advance(86_400)
    return applyThresholds(db, () => office.clock.now)
  }
  office.clock.advance(rest === 0 ? 20 * 3600 : 60)
  const id = ids[target % ids.length]!
  const before = office.target(id)
  const open = DEFINITIONS.filter(
    ({ step: name }) => ruleOf(name).from.includes(before.state) && ruleOf(name).to !== 'same',
  )
  const definition =
    (pick % 5 < 3 ? open : DEFINITIONS)[step % (open.length || 1)] ?? DEFINITIONS[step % DEFINITIONS.length]!
  const able = PEOPLE.filter((person) => (ruleOf(definition.step).roles as readonly string[]).includes(ROLE_OF[person]))
  const person: Person = able[pick % able.length] ?? 'supervisor'
  try {
    runStep(
      db,
      definition,
      id,
      before.version,
      bodyFor(office, definition.step, id, ids[0]!, pick),
      office.actorOf(person),
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** Everything that is said about a day, without the names of units, which are today's. */
function saidOf(day: string) {
  const { db } = office
  const unnamed = <T extends { unitId: number; name: string }>(rows: T[]) =>
    rows.map(({ name: _name, ...row }) => row).sort((a, b) => a.unitId - b.unitId)
  const shown = overview(db, LEADER, day, addDays(day, -30))
  const figures = countFigures(db, parsePeriod(day.slice(0, 7))!, day)
  const facets = targetFacets(db, LEADER, { scope: 'all' }, day)
  const total = (filter: TargetFilter) => targetPage(db, LEADER, filter, day, 'deadline', undefined, 50)
  return withoutUnitNames({
    overview: { ...shown, units: unnamed(shown.units) },
    figures: { ...figures, units: unnamed(figures.units), ranking: unnamed(figures.ranking) },
    facets: { ...facets, units: unnamed(facets.units) },
    ledger: [
      total({}),
      total({ scope: 'tracked' }),
      ...LIGHTS.map((light) => total({ light: [light] })),
      ...['baseline', 'value', 'signature', 'deadline', 'unit'].map((one) => total({ missing: [one as 'unit'] })),
    ],
  })
}

/** The same with the names of units in lists of targets counted instead of told. */
const withoutUnitNames = <T>(said: T): T =>
  JSON.parse(
    JSON.stringify(said, (key, value: unknown) =>
      key === 'units' && Array.isArray(value) && typeof value[0] === 'string' ? value.length : value,
    ),
  ) as T

describe('one count', () => {
  test('nothing done later changes what is said of a day', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        await begin()
        const said = new Map<string, ReturnType<typeof saidOf>>()
        for (const one of all) {
          const today = shanghaiDate(office.clock.now)
          await happen(one)
          const now = shanghaiDate(office.clock.now)
          // the day is over: what was said at its end is what was said after the last thing that happened on it
          if (now !== today && !said.has(today)) said.set(today, saidOf(today))
        }
        expect(said.size).toBeGreaterThan(10)
        for (const [day, before] of said) expect(saidOf(day)).toEqual(before)
        expect([...said.values()].some(({ overview: { total } }) => total > 3)).toBe(true)
        // and the spans are those that a replay of the memory gives
        const written = office.db.select().from(lightSpans).orderBy(lightSpans.targetId, lightSpans.fromDay).all()
        replaySpans(
          office.db.$client,
          office.db
            .select({ id: targets.id })
            .from(targets)
            .all()
            .map(({ id }) => id),
        )
        expect(office.db.select().from(lightSpans).orderBy(lightSpans.targetId, lightSpans.fromDay).all()).toEqual(
          written,
        )
        await office.close()
      }),
      { numRuns: 3, endOnFailure: true },
    )
    await begin()
  }, 300_000)

  test('overview, ledger, facets, bulletin, ranking, export and reminders say the same', async () => {
    await begin()
    for (const one of fc.sample(happenings, { numRuns: 1, seed: 7 })[0]!) await happen(one)
    office.db.update(units).set({ name: '甲局' }).where(eq(units.id, office.unitIds.own)).run()
    const today = shanghaiDate(office.clock.now)
    for (const back of [1, 40]) await office.signedTarget({ deadline: addDays(today, -back) })
    for (const day of [today, addDays(today, -20), addDays(today, -60)]) {
      const shown = (await office.get('leader', `/api/overview?asOf=${day}`)).json()
      const { done, ...open } = shown.lights
      const lights = { ...open, done: done.onTime + done.late }
      const facets = (await office.get('leader', `/api/targets/facets?scope=tracked&asOf=${day}`)).json()
      expect(facets.light).toEqual(lights)
      for (const light of LIGHTS)
        expect((await office.get('leader', `/api/targets?light=${light}&asOf=${day}`)).json().total).toBe(lights[light])
      const figures = countFigures(office.db, parsePeriod(day.slice(0, 7))!, day)
      expect(figures.total).toBe(shown.total)
      expect(figures.lights).toEqual({ ...open, doneOnTime: done.onTime, doneLate: done.late })
      const perUnit = new Map(figures.units.map((unit) => [unit.unitId, unit.total]))
      expect(new Map(shown.units.map((unit: { unitId: number; total: number }) => [unit.unitId, unit.total]))).toEqual(
        perUnit,
      )
      for (const row of figures.ranking) {
        expect(() => rankingRow.parse(row)).not.toThrow()
        expect(Object.values(row.lights).reduce((sum, n) => sum + n, 0)).toBe(perUnit.get(row.unitId))
      }
      const csv = (
        await office.get('leader', `/api/exports/targets?format=csv&scope=tracked&columns=light&asOf=${day}`)
      ).body
      const words = csv.trim().split(/\r?\n/).slice(1)
      const told = (light: keyof typeof LIGHT_TITLES) =>
        words.filter(
          (line) => line.split(',')[1]?.replaceAll('"', '').replace('逾期完成', '已完成') === LIGHT_TITLES[light],
        ).length
      for (const light of LIGHTS) expect([light, told(light)]).toEqual([light, lights[light]])
    }
    await runDaily(office.db, office.clock.now)
    const late = new Set(
      office.db
        .select()
        .from(notifications)
        .where(eq(notifications.kind, 'overdue'))
        .all()
        .filter(({ createdAt }) => createdAt === office.clock.now.toISOString())
        .map(({ targetId }) => targetId),
    )
    const overdue = targetPage(office.db, LEADER, { light: ['overdue'] }, today, 'id', undefined, 500)
    expect(overdue.ids.length).toBeGreaterThan(0)
    expect([...late].sort()).toEqual([...overdue.ids].sort())
  }, 120_000)
})
