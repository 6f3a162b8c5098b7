import type { LightMyRequestResponse } from 'fastify'
import { eq } from 'drizzle-orm'
import { documents, files, targets, targetUnits, unitAliases } from '../../../db/schema/index.ts'
import { writeVersion } from '../../../server/core/versions.ts'
import { unitKey } from '../../../db/domain/unit-key.ts'
import { replaySpans } from '../../../db/replay-spans.ts'
import { buildTestApp, type Person, type TestApp, type TestAppOptions } from '../helper.ts'

export type Target = typeof targets.$inferSelect

export interface Office extends TestApp {
  documentId: number
  /** Puts a target into the database as the import would have; the units of the tests are 甲局 (lead) and 乙局 (support). */
  addTarget: (fields?: Partial<typeof targets.$inferInsert>, units?: NamedUnit[]) => number
  target: (id: number) => Target
  /** Takes a step at the present version of the target, or at the one given. */
  step: (person: Person, id: number, step: string, body?: Record<string, unknown>) => Promise<LightMyRequestResponse>
  /** The same, and the test fails where it is refused. */
  done: (
    person: Person,
    id: number,
    step: string,
    body?: Record<string, unknown>,
  ) => Promise<{ id: number; state: string; version: number; record: { id: number; number?: string } | null }>
  get: (person: Person, url: string) => Promise<LightMyRequestResponse>
  /** A target that has been confirmed, assigned and signed by 甲局. */
  signedTarget: (fields?: Partial<typeof targets.$inferInsert>) => Promise<number>
}

export interface NamedUnit {
  role: 'lead' | 'responsible' | 'support'
  name: string
}
/** What a report of a target in yellow or red has to say. */
export const EXPLAINED = { problems: '资金未到位', nextSteps: '加快施工', needs: '无' }
export const UNITS: NamedUnit[] = [{ role: 'lead', name: '甲局' }]
export const TEXT = '一、目标\n到2026年，森林覆盖率达到60%以上。（牵头单位：甲局）\n到2026年，新建公里数达到100公里。\n'

/** The application with one document read, on 2026-06-30 10:00 in Shanghai. */
export async function buildOffice(options: TestAppOptions = {}): Promise<Office> {
  const test = await buildTestApp(options)
  const { db, clock } = test
  const at = clock.now.toISOString()
  for (const [unitId, name] of [
    [test.unitIds.own, '甲局'],
    [test.unitIds.other, '乙局'],
  ] as const) {
    db.insert(unitAliases)
      .values({ unitId, name, key: unitKey(name), createdAt: at })
      .onConflictDoNothing()
      .run()
  }
  const fileId = db
    .insert(files)
    .values({
      sha256: 'a'.repeat(64),
      name: '公报.txt',
      format: 'txt',
      size: TEXT.length,
      rawText: TEXT,
      importedAt: at,
    })
    .returning()
    .get().id
  const documentId = db
    .insert(documents)
    .values({
      fileId,
      number: '政发〔2024〕1号',
      title: '关于印发规划的通知',
      issuer: '市政府',
      issuedOn: '2024-01-10',
      start: 0,
      end: TEXT.length,
      createdAt: at,
    })
    .returning()
    .get().id

  const target = (id: number) => db.select().from(targets).where(eq(targets.id, id)).get()!
  const step: Office['step'] = (person, id, name, body = {}) =>
    test.injectAs(person, {
      method: 'POST',
      url: `/api/targets/${id}/steps/${name}`,
      payload: { version: target(id)?.version ?? 1, ...(name === 'draft' ? EXPLAINED : {}), ...body },
    })
  const done: Office['done'] = async (person, id, name, body) => {
    const response = await step(person, id, name, body)
    if (response.statusCode !== 200) throw new Error(`${person} ${name}: ${response.statusCode} ${response.body}`)
    return response.json()
  }
  const addTarget: Office['addTarget'] = (fields = {}, units = UNITS) => {
    const now = clock.now.toISOString()
    const id = db
      .insert(targets)
      .values({
        documentId,
        kind: 'quantity',
        state: 'extracted',
        indicator: '森林覆盖率',
        op: '>=',
        value: 60,
        unit: '%',
        measure: 'level',
        deadline: '2026-12-31',
        deadlineBasis: 'explicit',
        baselineValue: 50,
        baselineUnit: '%',
        confidence: 0.9,
        start: 5,
        end: 26,
        clauseStart: 5,
        clauseEnd: 26,
        clausePath: ['一、目标'],
        evidence: '到2026年，森林覆盖率达到60%以上。',
        extracted: {
          kind: 'quantity',
          indicator: '森林覆盖率',
          op: '>=',
          value: 60,
          unit: '%',
          measure: 'level',
          deadline: '2026-12-31',
          baseline: { value: 50, unit: '%', period: null },
          lead: ['甲局'],
          responsible: [],
          support: [],
        },
        startOn: '2024-01-10',
        createdAt: clock.now.toISOString(),
        updatedAt: clock.now.toISOString(),
        ...fields,
      })
      .returning()
      .get().id
    units.forEach((u, position) =>
      db
        .insert(targetUnits)
        .values({ targetId: id, position, ...u })
        .run(),
    )
    writeVersion(db, [id], 'import', { at: now, id: null, displayName: null })
    replaySpans(db.$client, [id])
    return id
  }
  return {
    ...test,
    documentId,
    addTarget,
    target,
    step,
    done,
    get: (person, url) => test.injectAs(person, { method: 'GET', url }),
    async signedTarget(fields) {
      const id = addTarget(fields)
      await done('supervisor', id, 'accept')
      await done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
      await done('reporter', id, 'sign')
      return id
    },
  }
}
