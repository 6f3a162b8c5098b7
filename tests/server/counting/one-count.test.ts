import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { addDays, shanghaiDate } from '../../../db/domain/dates.ts'
import { type LightCounts, LIGHT_TITLES, LIGHTS } from '../../../db/domain/lights.ts'
import { ruleOf } from '../../../db/domain/lifecycle.ts'
import { MISSING } from '../../../db/domain/missing.ts'
import { parsePeriod } from '../../../db/domain/period.ts'
import {
  documents,
  importJobs,
  lightSpans,
  unitLightSpans,
  notifications,
  reports,
  settings,
  targets,
  units,
} from '../../../db/schema/index.ts'
import { openDatabase } from '../../../db/open.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { replaySpans } from '../../../db/replay-spans.ts'
import { rankingRow } from '../../../server/counting/figures-schemas.ts'
import { countFigures } from '../../../server/counting/figures.ts'
import { applyThresholds } from '../../../server/core/new-thresholds.ts'
import { createUnit } from '../../../server/core/units.ts'
import { runStep } from '../../../server/core/step-engine.ts'
import { Problem } from '../../../server/errors.ts'
import { extractEach } from '../../../extractors/extract.ts'
import { importFile } from '../../../server/documents/import-file.ts'
import { overview } from '../../../server/counting/overview.ts'
import { runDaily } from '../../../server/reminders/daily.ts'
import { REPORT_STEPS } from '../../../server/reports/steps.ts'
import { REVIEW_STEPS } from '../../../server/review/steps.ts'
import { writeSetting } from '../../../server/settings/store.ts'
import { SUPERVISION_STEPS } from '../../../server/supervision/index.ts'
import { targetFacets } from '../../../server/counting/facets.ts'
import { targetPage } from '../../../server/counting/page.ts'
import { readySums, sumsOfPast } from '../../../server/counting/day-sums.ts'
import { standingOn } from '../../../server/counting/standing.ts'
import { rowsOn } from '../../../server/core/ledger-rows.ts'
import type { TargetFilter, UnitRef } from '../../../server/core/target-schemas.ts'
import { PEOPLE, type Person, ROLE_OF } from '../helper.ts'
import { buildOffice, EXPLAINED, type Office } from '../supervision/office.ts'
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
/** A target of a group that stays one: by chance alone every other may be taken from its group before the end. */
let shared: number
afterEach(() => office.close())

async function begin(): Promise<void> {
  office = await buildOffice({ now: '2025-10-08T02:00:00.000Z' })
  const memberIds = [office.unitIds.own, office.unitIds.other]
  inTransaction(office.db, (tx) => createUnit(tx, office.actorOf('admin'), { name: '各局', kind: 'group', memberIds }))
  for (let i = 0; i < 3; i++) addTarget(i)
  for (const deadline of ['2025-10-20', '2025-11-30', '2026-03-31', '2026-12-31'])
    await office.signedTarget({ deadline })
  const id = (shared = office.addTarget({ deadline: '2026-06-30' }, [{ role: 'responsible', name: '各局' }]))
  await office.done('supervisor', id, 'accept')
  await office.done('supervisor', id, 'assign', { reportFrequency: 'monthly', rollUp: 'sum' })
  for (const member of ['reporter', 'otherReporter'] as const) await office.done(member, id, 'sign')
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
    pick % 4 === 0
      ? [{ role: 'responsible', name: '各局' }]
      : [
          { role: 'lead', name: pick % 2 ? '甲局' : '乙局' },
          { role: pick % 3 ? 'responsible' : 'support', name: '甲局' },
        ],
  )
}

/** What happened, so that no test passes because nothing did. */
const happened = new Map<string, number>()
const note = (what: string) => happened.set(what, (happened.get(what) ?? 0) + 1)

/** Imports a notice as the upload does, only in this process. */
async function importNotice(number: number): Promise<void> {
  const { db, dataDir, clock } = office
  const fileName = `通知${number}.txt`
  const path = join(dataDir, fileName)
  const [year, unit] = [2026 + (number % 3), number % 2 ? '甲局' : '乙局']
  writeFileSync(
    path,
    `关于做好第${number}批工作的通知\n市政发〔2025〕${number}号\n\n各有关单位：\n一、目标\n` +
      `到${year}年，第${number}类设施覆盖率达到${60 + (number % 40)}%以上。（牵头单位：${unit}）\n` +
      `${year}年6月底前，建成第${number}座水库。（牵头单位：甲局；配合单位：乙局）\n\n市政府\n2025年3月1日\n`,
  )
  const at = clock.now.toISOString()
  const jobId = db
    .insert(importJobs)
    .values({ fileName, size: 1, status: 'queued', createdAt: at })
    .returning()
    .get().id
  const result = await importFile(
    db,
    {
      jobId,
      purpose: 'import',
      path,
      fileName,
      dataDir,
      stamp: office.actorOf('supervisor'),
      now: () => clock.now,
      moreTime: () => undefined,
      isWanted: () => true,
    },
    extractEach,
    () => undefined,
  )
  if (result.status === 'failed') throw new Error(result.message)
  if (result.status === 'done' && result.candidatesFound > 1) note('import')
}

async function renameUnit(id: number, name: string): Promise<void> {
  const { version } = office.db.select({ version: units.version }).from(units).where(eq(units.id, id)).get()!
  const { statusCode } = await office.injectAs('admin', {
    method: 'PATCH',
    url: `/api/units/${id}`,
    payload: { version, name },
  })
  if (statusCode === 200) note('rename')
}

/**
 * A unit reports on one of its targets, now and then in place of an approved report (更正), and the office decides. What
 * the random steps alone hardly ever bring to its end.
 */
function report(target: number, pick: number): void {
  const { db } = office
  const working = db
    .select({ id: targets.id })
    .from(targets)
    .where(inArray(targets.state, [...ruleOf('draft').from]))
    .all()
  const id = working[target % (working.length || 1)]?.id
  if (id === undefined) return
  const approved = db
    .select()
    .from(reports)
    .where(and(eq(reports.targetId, id), eq(reports.status, 'approved')))
    .all()
  const wrong = pick % 2 ? approved.at(-1) : undefined
  const person = pick % 3 ? 'reporter' : 'otherReporter'
  const take = (name: string, by: Person, body: Record<string, unknown>) => {
    const definition = DEFINITIONS.find(({ step }) => step === name)!
    return runStep(db, definition, id, office.target(id).version, definition.body.parse(body), office.actorOf(by))
      .record
  }
  try {
    inTransaction(db, () => {
      const today = shanghaiDate(office.clock.now)
      const said = { value: 30 + (pick % 50), asOf: wrong?.asOf ?? addDays(today, -(pick % 100)) }
      const draft = take('draft', person, { ...EXPLAINED, ...said, correctsId: wrong?.id ?? null })
      const reportId = draft!.id
      take('submit', person, { ...bodyFor(office, 'submit', id, id, pick), reportId })
      const decision = pick % 5 === 0 ? 'return' : 'approve'
      take(decision, 'supervisor', { reportId, ...(decision === 'return' ? { reason: '请核实' } : {}) })
      note(decision === 'approve' && wrong !== undefined ? 'correction' : decision)
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

async function happen({ what, target, step, pick, rest }: Happening): Promise<void> {
  const { db } = office
  const ids = db
    .select({ id: targets.id })
    .from(targets)
    .all()
    .map(({ id }) => id)
  if (what < 3) return addTarget(pick)
  if (what < 6) return importNotice(pick)
  if (what < 8) return renameUnit(pick % 2 ? office.unitIds.own : office.unitIds.other, `第${pick}局`)
  if (what < 12) {
    const value = { behindPoints: pick % 30, dueSoonDays: 1 + (pick % 90), reportGraceDays: pick % 20 }
    const version = db.select().from(settings).where(eq(settings.key, 'lights')).get()?.version ?? 0
    inTransaction(db, (tx) => writeSetting(tx, office.actorOf('admin'), 'lights', value, version))
    // now and then the day is over before the new thresholds are applied
    if (pick % 3 === 0) office.clock.advance(86_400)
    note('thresholds')
    return applyThresholds(db, () => office.clock.now)
  }
  office.clock.advance(rest === 0 ? 20 * 3600 : 60)
  if (what < 25) return report(target, pick)
  const id = ids[target % ids.length]!
  if (id === shared) return
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
    note(definition.step)
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
    // heads of documents are today's too, and with their dates the order of the list
    overview: { ...shown, units: unnamed(shown.units), documents: shown.documents.sort((a, b) => a.id - b.id) },
    figures: { ...figures, units: unnamed(figures.units), ranking: unnamed(figures.ranking) },
    facets: { ...facets, units: unnamed(facets.units) },
    ledger: [
      total({}),
      total({ scope: 'tracked' }),
      ...LIGHTS.map((light) => total({ light: [light] })),
      ...MISSING.map((one) => total({ missing: [one] })),
      ...[office.unitIds.own, office.unitIds.other].flatMap((unitId) => [
        total({ unitId: [unitId], scope: 'tracked' }),
        total({ unitId: [unitId], role: ['main'], scope: 'tracked', light: ['overdue', 'behind'] }),
      ]),
    ],
    rows: [null, office.unitIds.own].map((unitId) => rowsOf(day, unitId)),
  })
}

/** Every row of the ledger, without what of it is today's whatever the day. */
function rowsOf(day: string, unitId: number | null) {
  const { ids } = targetPage(office.db, LEADER, { scope: 'all' }, day, 'id', undefined, null)
  const own = (units: UnitRef[]) => units.map(({ name, ...unit }) => (unit.unitId === null ? { ...unit, name } : unit))
  return rowsOn(office.db, ids, day, unitId).map(({ version: _version, confidence: _confidence, ...row }) => ({
    ...row,
    document: row.document.id,
    lead: own(row.lead),
    responsible: own(row.responsible),
    support: own(row.support),
  }))
}

/** What is counted for the units themselves, and with filters; with the days before that are compared with. */
function countedFor(day: string, db = office.db) {
  const { unitIds } = office
  const reporters = [unitIds.own, unitIds.other].map((unitId) => ({ role: 'reporter', unitId }) as const)
  return {
    overviews: [LEADER, ...reporters].map((viewer) => overview(db, viewer, day, addDays(day, -30))),
    earlier: overview(db, LEADER, addDays(day, -10), null),
    facets: [LEADER, ...reporters].flatMap((viewer) =>
      FACETS.map((filter) => targetFacets(db, viewer, filter(unitIds.own), day)),
    ),
    figures: countFigures(db, parsePeriod(day.slice(0, 7))!, day),
  }
}
const FACETS: ((unitId: number) => TargetFilter)[] = [
  () => ({}),
  () => ({ scope: 'all', state: ['extracted', 'assigned', 'in_progress'] }),
  (unitId) => ({ unitId: [unitId], role: ['main'], light: ['overdue', 'behind'] }),
  () => ({ missing: ['value', 'signature'], kind: ['quantity'] }),
]

/** Counts that have gone along with what happened are those that are taken anew. */
function expectAnew(day: string): void {
  const followed = countedFor(day)
  standingOn(office.db, day).columns.followers.clear()
  expect(followed).toEqual(countedFor(day))
}

/**
 * What is told of past days from the sums of their days, which have gone along with what happened, is what a copy of the
 * database tells that counts everything anew.
 */
function expectSums(today: string): void {
  while (readySums(office.db, today));
  const copy = openDatabase(office.db.$client.serialize())
  let told = 0
  for (const back of [1, 10, 40]) {
    const day = addDays(today, -back)
    expect(sumsOfPast(standingOn(office.db, day))).not.toBeNull()
    expect(sumsOfPast(standingOn(copy, day))).toBeNull()
    const summed = { ...countedFor(day), ledger: ledgerOf(day) }
    expect([day, summed]).toEqual([day, { ...countedFor(day, copy), ledger: ledgerOf(day, copy) }])
    told += summed.overviews[0]!.total
  }
  if (told > 0) note('sums')
  copy.$client.close()
}

/** Who names one unit is told of the others by the lights of this unit's own lines. */
function expectUnits(day: string): void {
  const {
    db,
    unitIds: { own, other },
  } = office
  const page = (filter: TargetFilter) => new Set(targetPage(db, LEADER, filter, day, 'id', undefined, null).ids)
  const [ofOwn, ofOther] = [page({ unitId: [own] }), page({ unitId: [other] })]
  for (const light of LIGHTS) {
    const [asOwn, whole] = [page({ light: [light], unitId: [own] }), page({ light: [light] })]
    const expected = [...ofOther].filter((id) => (ofOwn.has(id) ? asOwn : whole).has(id)).length
    const { units } = targetFacets(db, LEADER, { light: [light], unitId: [own] }, day)
    expect([light, units.find(({ unitId }) => unitId === other)?.count ?? 0]).toEqual([light, expected])
    if ([...ofOther].some((id) => asOwn.has(id) !== (ofOwn.has(id) && whole.has(id)))) note('own light')
  }
}

/** Pages of the ledger with filters that the sums of days tell the total of, and with others. */
const ledgerOf = (day: string, db = office.db) =>
  [...LEDGER, ...LIGHTS.map((light): TargetFilter => ({ light: [light] }))].flatMap((filter) =>
    (['deadline', '-deadline', 'id', 'indicator'] as const).map((sort) =>
      targetPage(db, LEADER, filter, day, sort, undefined, 3),
    ),
  )
const LEDGER: TargetFilter[] = [
  {},
  { scope: 'all' },
  { scope: 'tracked', late: 'true' },
  { missing: ['value', 'baseline'] },
  { missing: ['deadline'] },
  { kind: ['quantity'], deadlineMonth: '2026-03' },
]

/** The same with units told by their ids in lists of targets, where they are registered by the name that is told. */
function withoutUnitNames<T>(said: T): T {
  const registered = office.db.select({ id: units.id, name: units.name }).from(units).all()
  const idOf = new Map<unknown, number>(registered.map(({ id, name }) => [name, id]))
  return JSON.parse(
    JSON.stringify(said, (key, value: unknown) =>
      key === 'units' && Array.isArray(value) && typeof value[0] === 'string'
        ? value.map((name) => String(idOf.get(name) ?? name)).sort()
        : value,
    ),
  ) as T
}

type UnitRow = { unitId: number; total: number; lights: LightCounts }
type DocumentRow = { lights: LightCounts }

describe('one count', () => {
  test('nothing done later changes what is said of a day', async () => {
    const unchanged = fc.asyncProperty(happenings, async (all) => {
      await begin()
      const said = new Map<string, ReturnType<typeof saidOf>>()
      for (const [i, one] of all.entries()) {
        const today = shanghaiDate(office.clock.now)
        if (i % 25 === 0) expectAnew(today)
        if (i % 50 === 20) expectSums(today)
        if (i % 25 === 10) expectUnits(today)
        else if (i % 5 === 0) countedFor(today) // what goes along has to be asked for first
        await happen(one)
        const now = shanghaiDate(office.clock.now)
        // the day is over: what was said at its end is what was said after the last thing that happened on it
        if (now !== today && !said.has(today)) said.set(today, saidOf(today))
      }
      expect(said.size).toBeGreaterThan(10)
      for (const [day, before] of said) expect(saidOf(day)).toEqual(before)
      expect([...said.values()].some(({ overview: { total } }) => total > 3)).toBe(true)
      // and the spans are those that a replay of the memory gives
      const spans = () => ({
        whole: office.db.select().from(lightSpans).orderBy(lightSpans.targetId, lightSpans.fromDay).all(),
        units: office.db
          .select()
          .from(unitLightSpans)
          .orderBy(unitLightSpans.targetId, unitLightSpans.unitId, unitLightSpans.fromDay)
          .all(),
      })
      const written = spans()
      expect(written.units.length).toBeGreaterThan(0)
      replaySpans(
        office.db.$client,
        office.db
          .select({ id: targets.id })
          .from(targets)
          .all()
          .map(({ id }) => id),
      )
      expect(spans()).toEqual(written)
      await office.close()
    })
    // What has to happen does so in one run that is always the same; by chance it may happen in none.
    await fc.assert(unchanged, { numRuns: 1, seed: 1, endOnFailure: true })
    const always = new Map(happened)
    await fc.assert(unchanged, { numRuns: 1, endOnFailure: true })
    for (const what of [
      'import',
      'rename',
      'thresholds',
      'assign',
      'approve',
      'return',
      'correction',
      'sums',
      'own light',
    ])
      expect([what, (always.get(what) ?? 0) > 0]).toEqual([what, true])
    await begin()
  })

  test('overview, ledger, facets, bulletin, ranking, export and reminders say the same', () =>
    fc.assert(fc.asyncProperty(happenings, sayTheSame), { numRuns: 1, endOnFailure: true }))

  async function sayTheSame(all: Happening[]): Promise<void> {
    await begin()
    for (const one of all) await happen(one)
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
      // unit by unit: what overview and bulletin say of it, the ledger has where one filters for it
      for (const { unitId, total, lights: own } of shown.units as UnitRow[]) {
        const ledger = (more: string) =>
          office.get('leader', `/api/targets?scope=tracked&role=main&unitId=${unitId}&asOf=${day}${more}`)
        expect((await ledger('')).json().total).toBe(total)
        expect((await ledger('&light=overdue,behind')).json().total).toBe(own.overdue + own.behind)
      }
      // document by document
      const read = (await office.get('leader', `/api/documents?limit=100&asOf=${day}`)).json().items as DocumentRow[]
      const summed = LIGHTS.map((light) => read.reduce((sum, row) => sum + row.lights[light], 0))
      expect(summed).toEqual(LIGHTS.map((light) => lights[light]))
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
  }
})
