import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingVersions, standingChanges, targets, targetVersions } from '../../../db/schema/index.ts'
import { staleVersions, versionAt, versionsOf } from '../../../db/target-versions.ts'
import { writeVersion } from '../../../server/core/versions.ts'
import { settingsAt } from '../../../server/settings/store.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

/** The words of a report by its parts, as the test office fills them in. */
const partsOf = (progress: string) =>
  `进展情况：${progress}\n存在问题：资金未到位\n下一步措施：加快施工\n需要协调的事项：无`

describe('what a target was', () => {
  let office: Office
  beforeEach(async () => {
    office = await buildOffice()
  })
  afterEach(() => office.close())
  const at = (instant: string) => (office.clock.now = new Date(instant))
  const steps = (id: number) => versionsOf(office.db, id).map(({ step }) => step)

  it('is written by every step that changes it, and by none that does not', async () => {
    const id = await office.signedTarget()
    expect(steps(id)).toEqual(['import', 'accept', 'assign', 'sign'])
    await office.done('supervisor', id, 'urge', { text: '请抓紧办理' })
    expect(steps(id)).toHaveLength(4)
    const [first] = versionsOf(office.db, id)
    expect(first).toMatchObject({ state: 'extracted', units: [{ role: 'lead', name: '甲局' }], parts: [] })
    expect(versionsOf(office.db, id).at(-1)).toMatchObject({
      state: 'signed',
      byName: 'reporter',
      validUntil: null,
      units: [{ role: 'lead', name: '甲局', unitId: office.unitIds.own, signedAt: office.clock.now.toISOString() }],
    })
    expect(staleVersions(office.db)).toEqual([])
  })

  it('follows without a gap, and of several steps at one instant the last holds', async () => {
    const id = office.addTarget()
    await office.done('supervisor', id, 'mend', { value: 61 })
    await office.done('supervisor', id, 'mend', { value: 62 })
    const versions = versionsOf(office.db, id)
    versions.slice(1).forEach((version, i) => expect(version.validFrom).toBe(versions[i]!.validUntil))
    expect(versions[1]!.validFrom).toBe(versions[1]!.validUntil)
    expect(versionAt(office.db, id, office.clock.now.toISOString())).toMatchObject({ value: 62 })
    expect(versionAt(office.db, id, '2020-01-01T00:00:00.000Z')).toBeUndefined()
  })

  it('does not run backwards with a clock that was set back', async () => {
    const id = office.addTarget()
    at('2026-07-02T02:00:00.000Z')
    await office.done('supervisor', id, 'mend', { value: 61 })
    at('2026-07-01T02:00:00.000Z')
    await office.done('supervisor', id, 'mend', { value: 62 })
    const versions = versionsOf(office.db, id)
    expect(versions.map(({ validFrom }) => validFrom)).toEqual([...versions.map(({ validFrom }) => validFrom)].sort())
    expect(versionAt(office.db, id, '2026-07-02T02:00:00.000Z')).toMatchObject({ value: 62 })
  })

  it('tells who counts of each target that was written', () => {
    const id = office.addTarget()
    const before = office.db.select().from(standingChanges).all().length
    const stamp = { at: office.clock.now.toISOString(), id: null, displayName: null }
    writeVersion(office.db, [id], 'mend', stamp)
    expect(office.db.select().from(standingChanges).all()).toHaveLength(before)
    office.db.update(targets).set({ value: 70 }).where(eq(targets.id, id)).run()
    expect(staleVersions(office.db)).toEqual([id])
    writeVersion(office.db, [id], 'mend', stamp)
    expect(office.db.select().from(standingChanges).all().at(-1)).toMatchObject({ targetId: id })
    expect(staleVersions(office.db)).toEqual([])
  })

  it('is written with its step or not at all', async () => {
    const id = office.addTarget()
    await office.step('supervisor', id, 'mend', { value: 61, version: 9 })
    expect(steps(id)).toEqual(['import'])
    expect(office.db.select().from(targetVersions).all()).toHaveLength(1)
  })

  it('is what a past day shows: fields, units, reports and the story until then', async () => {
    at('2026-07-10T02:00:00.000Z')
    const id = await office.signedTarget()
    at('2026-07-20T02:00:00.000Z')
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-05-31', note: '已栽一半' })
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    at('2026-07-25T02:00:00.000Z')
    await office.done('supervisor', id, 'approve', { reportId: record!.id })
    await office.done('supervisor', id, 'reassign', {
      units: [
        { role: 'lead', name: '甲局' },
        { role: 'support', name: '乙局' },
      ],
      reason: '增加配合单位',
    })
    const on = async (day: string) => (await office.get('supervisor', `/api/targets/${id}?asOf=${day}`)).json()
    expect((await office.get('supervisor', `/api/targets/${id}?asOf=2020-01-01`)).statusCode).toBe(404)
    const early = await on('2026-07-15')
    expect(early).toMatchObject({ state: 'signed', reports: [], support: [], reported: null })
    expect(early.steps.map(({ title }: { title: string }) => title)).toEqual(['立项', '交办', '签收'])
    const waiting = await on('2026-07-20')
    expect(waiting).toMatchObject({
      state: 'reported',
      reported: null,
      reports: [{ status: 'submitted', decidedBy: null }],
    })
    const decided = await on('2026-07-25')
    expect(decided).toMatchObject({
      state: 'in_progress',
      reported: { value: 55 },
      support: [{ name: '乙局' }],
      reports: [{ status: 'approved' }],
    })
    const story = decided.steps.slice(3) as { title: string; text: string; who: string }[]
    expect(story.map(({ title, text, who }) => [title, text, who])).toEqual([
      ['提交', partsOf('已栽一半'), 'reporter'],
      ['改派', '增加配合单位', 'supervisor'],
      ['审核通过', '', 'supervisor'],
    ])
  })
})

describe('办理经过', () => {
  let office: Office
  beforeEach(async () => {
    office = await buildOffice()
  })
  afterEach(() => office.close())

  it('keeps drafts, 督办单 and problems from those who may not read them', async () => {
    const id = office.addTarget({}, [
      { role: 'lead', name: '甲局' },
      { role: 'support', name: '乙局' },
    ])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
    await office.done('reporter', id, 'sign')
    await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-05-31', note: '内部测算' })
    const order = await office.done('supervisor', id, 'issue-order', {
      color: 'yellow',
      text: '进度滞后',
      dueOn: '2026-07-31',
    })
    await office.done('reporter', id, 'answer-order', { orderId: order.record!.id, text: '已加快' })
    const problem = await office.done('supervisor', id, 'raise-problem', { text: '台账不全', dueOn: '2026-07-31' })
    await office.done('reporter', id, 'rectify-problem', { problemId: problem.record!.id, text: '已补齐' })
    const told = async (person: Parameters<Office['get']>[0]) =>
      ((await office.get(person, `/api/targets/${id}`)).json().steps as { text: string }[])
        .map(({ text }) => text)
        .filter((text) => text !== '')
    expect(await told('reporter')).toEqual([partsOf('内部测算'), '进度滞后', '已加快', '台账不全', '已补齐'])
    expect(await told('supervisor')).toEqual(['进度滞后', '已加快', '台账不全', '已补齐'])
    expect(await told('leader')).toEqual(['进度滞后', '已加快', '台账不全', '已补齐'])
    expect(await told('otherReporter')).toEqual([])
  })
})

describe('what a setting was', () => {
  it('is kept with who changed it, the default before the first change', async () => {
    const office = await buildOffice()
    const { db, clock } = office
    const change = async (dueSoonDays: number, version: number) => {
      const { value } = (await office.get('admin', '/api/settings')).json().lights
      const response = await office.injectAs('admin', {
        method: 'PUT',
        url: '/api/settings',
        payload: { lights: { value: { ...value, dueSoonDays }, version } },
      })
      expect(response.statusCode).toBe(200)
    }
    await change(40, 0)
    const first = clock.now.toISOString()
    clock.now = new Date(clock.now.getTime() + 3_600_000)
    await change(50, 1)
    await change(60, 2)
    const days = (instant: string) => settingsAt(db, 'lights', instant).dueSoonDays
    expect(days('2020-01-01T00:00:00.000Z')).toBe(30)
    expect(days(first)).toBe(40)
    expect(days(clock.now.toISOString())).toBe(60)
    expect(db.select().from(settingVersions).where(eq(settingVersions.key, 'lights')).all()).toMatchObject([
      { byName: 'admin' },
      {},
      { validUntil: null },
    ])
    await office.close()
  })
})
