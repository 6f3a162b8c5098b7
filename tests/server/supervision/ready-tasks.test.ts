import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDb, openDatabase } from '../../../db/open.ts'
import { targets } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { rewriteSpans } from '../../../server/core/light-spans.ts'
import { writeVersion } from '../../../server/core/versions.ts'
import { readyTasks, unitSections } from '../../../server/supervision/unit-tasks-index.ts'
import { TARGET_SECTIONS, waitingFor } from '../../../server/supervision/unit-tasks.ts'
import { fillDatabase } from '../../bench/fill.ts'

const TODAY = '2026-06-30'
const UNITS = [1, 2, 3]

describe('tasks that are made ready piece by piece', () => {
  let folder: string
  let db: OpenDb
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-ready-'))
    db = openDatabase(join(folder, 'test.sqlite'))
    fillDatabase(db, { documents: 10, units: 5, targets: 5000, reports: 5000 }, TODAY)
  })
  afterAll(() => {
    db.$client.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A thread's own look at the database, which knows nothing yet. */
  const withReader = (test: (reader: OpenDb) => void) => {
    const reader = openDatabase(join(folder, 'test.sqlite'), { readonly: true })
    try {
      test(reader)
    } finally {
      reader.$client.close()
    }
  }
  /** Takes the first target after a number that is in work out of it. */
  const drop = (after: number) => {
    const id = db
      .select({ id: targets.id })
      .from(targets)
      .where(eq(targets.state, 'in_progress'))
      .all()
      .find((target) => target.id > after)!.id
    inTransaction(db, (tx) => {
      tx.update(targets).set({ state: 'dropped' }).where(eq(targets.id, id)).run()
      writeVersion(tx, [id], 'drop', { at: `${TODAY}T02:00:00.000Z`, id: null, displayName: null })
      rewriteSpans(tx, [id], TODAY)
    })
  }
  const expectWhole = (reader: OpenDb, unitId: number) => {
    const { totals, first } = unitSections(reader, unitId, TODAY, 10_000)
    const found = waitingFor(db, unitId, TODAY)
    for (const section of TARGET_SECTIONS) {
      const things = found.flatMap(({ waiting }) => waiting.filter((one) => one.section === section))
      const ids = found.filter(({ waiting }) => waiting.some((one) => one.section === section)).map(({ id }) => id)
      expect([section, totals[section]]).toEqual([section, things.length])
      expect([section, [...first[section]].sort((a, b) => a - b)]).toEqual([section, ids])
    }
    expect(totals.toReport).toBeGreaterThan(100)
  }

  test('are what one look finds, with what was written between the pieces', () =>
    withReader((reader) => {
      let pieces = 0
      for (let next: number | null = 1; next !== null; pieces++) {
        next = readyTasks(reader, UNITS, TODAY, next)
        drop(100)
        drop(4500)
      }
      expect(pieces).toBe(3)
      for (const unitId of UNITS) expectWhole(reader, unitId)
    }))

  test('are told of a unit that asks before the last piece', () =>
    withReader((reader) => {
      const next = readyTasks(reader, UNITS, TODAY, 1)
      drop(1000)
      expectWhole(reader, 2)
      readyTasks(reader, UNITS, TODAY, next!)
      expectWhole(reader, 1)
      expectWhole(reader, 2)
    }))

  test('are whole though the first pieces were made by a thread that is gone', () =>
    withReader((reader) => {
      expect(readyTasks(reader, UNITS, TODAY, 4001)).toBeNull()
      expectWhole(reader, 3)
    }))
})
