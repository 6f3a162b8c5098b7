import Sqlite from 'better-sqlite3'
import { asc, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillMemory } from '../../db/fill-memory.ts'
import { migrate } from '../../db/migrate.ts'
import * as schema from '../../db/schema/index.ts'
import { lightSpans, problems, settingVersions, targetVersions } from '../../db/schema/index.ts'
import { MEMORY_OF_TARGETS, staleVersions, versionsOf } from '../../db/target-versions.ts'
import { plain } from '../../db/whole-tables.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'

/** Migrations before the one that brought the memory. */
const BEFORE_MEMORY = 7

describe('a database of the version before gets its memory from the trail', () => {
  let office: Office
  beforeEach(async () => {
    office = await buildOffice()
  })
  afterEach(() => office.close())

  /** Everything that can happen to a target, a minute apart. */
  async function live(): Promise<number[]> {
    const { clock, done } = office
    const take: Office['done'] = (...step) => {
      clock.now = new Date(clock.now.getTime() + 60_000)
      return done(...step)
    }
    const id = office.addTarget()
    await take('supervisor', id, 'mend', { value: 62, units: [{ role: 'lead', name: '甲局' }] })
    await take('supervisor', id, 'undo')
    const { made } = (await take('supervisor', id, 'split', {
      parts: [{ indicator: '城区森林覆盖率' }, { indicator: '山区森林覆盖率', value: 80 }],
    })) as { made?: number[] }
    await take('supervisor', id, 'accept', { value: 61 })
    await take('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    await take('reporter', id, 'sign')
    await take('supervisor', id, 'break-down', {
      kind: 'year',
      parts: [
        { label: '2025年', dueOn: '2025-12-31', value: 56 },
        { label: '2026年', dueOn: '2026-12-31', value: 61 },
      ],
    })
    const draft = await take('reporter', id, 'draft', { value: 58, asOf: '2026-03-31' })
    await take('reporter', id, 'submit', { reportId: draft.record!.id })
    await take('supervisor', id, 'approve', { reportId: draft.record!.id })
    const asked = await take('reporter', id, 'ask-extension', { deadline: '2027-06-30', reason: '受汛期影响' })
    await take('supervisor', id, 'grant', { requestId: asked.record!.id })
    await take('supervisor', id, 'set-light', { light: 'normal', reason: '核查后认可' })
    const problem = await take('supervisor', id, 'raise-problem', { text: '进度偏慢', dueOn: '2026-12-01' })
    await take('reporter', id, 'rectify-problem', { problemId: problem.record!.id, text: '已增加人手' })
    await take('supervisor', id, 'reject-problem', { problemId: problem.record!.id, reason: '未见成效' })
    await take('reporter', id, 'rectify-problem', { problemId: problem.record!.id, text: '已全部补栽' })
    await take('supervisor', id, 'close-problem', { problemId: problem.record!.id })
    const dropped = office.addTarget({ indicator: '背景' })
    await take('supervisor', dropped, 'drop', { reason: '属于背景介绍' })
    return [id, ...made!, dropped]
  }

  /** What a version says, without its number and without numbers of parts that have been replaced since. */
  const told = (client: Sqlite.Database, id: number) =>
    versionsOf(drizzle(client, { schema }), id).map(({ id: _id, byId: _by, byName, parts, ...version }) => ({
      ...version,
      byName: version.step === 'import' ? null : byName,
      parts: parts.map(({ id: _part, ...part }) => part),
    }))

  it('as the steps would have written it', async () => {
    const ids = await live()
    const client = office.db.$client
    const versions = ids.map((id) => told(client, id))
    expect(versions[0]!.length).toBeGreaterThan(10)
    const spans = office.db.select().from(lightSpans).orderBy(asc(lightSpans.targetId), asc(lightSpans.fromDay)).all()
    const course = office.db.select().from(problems).get()!.course
    expect(course.map(({ step, text }) => [step, text])).toEqual([
      ['rectify-problem', '已增加人手'],
      ['reject-problem', '未见成效'],
      ['rectify-problem', '已全部补栽'],
      ['close-problem', null],
    ])
    for (const table of [...MEMORY_OF_TARGETS, 'setting_versions', 'standing_changes'])
      client.exec(`DELETE FROM ${table}`)
    client.exec(`UPDATE problems SET course = '[]'`)
    client.transaction(() => fillMemory(client)).immediate()
    ids.forEach((id, i) => expect(told(client, id)).toEqual(versions[i]))
    expect(office.db.select().from(problems).get()!.course).toEqual(course)
    expect(
      office.db.select().from(lightSpans).orderBy(asc(lightSpans.targetId), asc(lightSpans.fromDay)).all(),
    ).toEqual(spans)
    expect(staleVersions(office.db)).toEqual([])
  })

  it('when it is migrated, with settings and what can still be taken back', async () => {
    const settings = await office.injectAs('admin', {
      method: 'PUT',
      url: '/api/settings',
      payload: { lights: { value: { ...(await lights()), dueSoonDays: 45 }, version: 0 } },
    })
    expect(settings.statusCode).toBe(200)
    const [id, part] = await live()
    const old = new Sqlite(':memory:')
    migrate(old, { backupDir: null, upTo: BEFORE_MEMORY })
    copyRows(office.db.$client, old)
    migrate(old, { backupDir: null })
    const db = drizzle(old, { schema })
    expect(staleVersions(db)).toEqual([])
    expect(db.select().from(settingVersions).where(eq(settingVersions.key, 'lights')).all()).toMatchObject([
      { value: { dueSoonDays: 45 }, validUntil: null, byName: 'admin' },
    ])
    const [split] = versionsOf(db, id!).filter(({ step }) => step === 'split')
    const [made] = versionsOf(db, part!)
    expect(made).toMatchObject({ step: 'split-off', splitFromId: id })
    expect(made!.id).toBeLessThan(split!.id)
    expect(db.select().from(targetVersions).all().length).toBeGreaterThan(12)
    expect(db.select().from(lightSpans).where(eq(lightSpans.targetId, id!)).all().length).toBeGreaterThan(1)
    old.close()
  })

  const lights = async () => (await office.get('admin', '/api/settings')).json().lights.value as object
})

/** Copies every row of one database into the columns that an older one has, as texts; what is new there is left out. */
function copyRows(from: Sqlite.Database, to: Sqlite.Database): void {
  const columnsOf = (client: Sqlite.Database, table: string) =>
    client.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
  const tables = to
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'
      AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[]
  to.pragma('foreign_keys = OFF')
  for (const table of tables) {
    const shared = columnsOf(from, table).filter((name) => columnsOf(to, table).includes(name))
    if (shared.length === 0) continue
    const names = shared.map((name) => `"${name}"`).join(', ')
    const insert = to.prepare(`INSERT INTO "${table}" (${names}) VALUES (${shared.map(() => '?').join(', ')})`)
    for (const row of from.prepare(`SELECT ${names} FROM "${table}"`).raw().all() as (string | number | null)[][])
      insert.run(row.map((value, i) => plain(table, shared[i]!, value)))
  }
  to.pragma('foreign_keys = ON')
}
