/**
 * `npx tsx tests/bench/peer/main.ts --targets 10000`: the same rows in Directus on SQLite and here, each asked by itself in
 * turns: a page with a filter and its total, one record with its units and reports, a write. Installs Directus into
 * data/peer the first time (nothing of it comes with this project). Not part of any check; to be run with nothing else on
 * the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import Sqlite from 'better-sqlite3'
import { shanghaiDate } from '../../../db/domain/dates.ts'
import { LIGHT_CODES } from '../../../db/domain/lights.ts'
import { REPORT_STATUS_CODES, storedDay } from '../../../db/stored.ts'
import { databasePath } from '../../../server/paths.ts'
import { Bars } from '../bars.ts'
import type { Client } from '../client.ts'
import { amountsFor, useFilled } from '../filled.ts'
import { median } from '../pages.ts'
import { startServer } from '../start-server.ts'
import { installDirectus, prepareDirectus, startDirectus } from './directus.ts'

/** Our time may be so much of its time. */
const MOST = { page: 0.5, record: 0.7, write: 0.6 }
const ROUNDS = 31
const PORT = 18_055

const { values } = parseArgs({ options: { targets: { type: 'string', default: '10000' } } })
const targets = Number(values.targets)
const today = shanghaiDate(new Date())
const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-peer-'))
const filled = join(folder, 'ours')
useFilled(filled, amountsFor(targets), today)
const theirs = join(folder, 'theirs.sqlite')
copyRows(databasePath(filled), theirs, today)
installDirectus()
prepareDirectus(theirs)

const ours = await startServer(filled)
const peer = await startDirectus(theirs, PORT)
try {
  await relate()
  const db = new Sqlite(databasePath(filled), { readonly: true })
  const open = db
    .prepare(`SELECT id, version FROM targets WHERE state = 'in_progress' AND kind = 'quantity' ORDER BY id LIMIT ?`)
    .all(ROUNDS + 5) as { id: number; version: number }[]
  db.close()
  const unit = (i: number) => 1 + (i % 60)
  const bars = new Bars()
  for (const [name, mine, its] of [
    [
      'page',
      (i: number) =>
        ours.client.get(`/api/targets?light=overdue,behind&kind=quantity&unitId=${unit(i)}&sort=deadline&limit=50`),
      (i: number) =>
        peer.send(
          'GET',
          `/items/goals?filter[light][_in]=overdue,behind&filter[kind][_eq]=quantity&filter[parts][unit_id][_eq]=${unit(i)}&sort=deadline&limit=50&fields=*,document.*,parts.*&meta=filter_count`,
        ),
    ],
    [
      'record',
      (i: number) => ours.client.get(`/api/targets/${open[i]!.id}`),
      (i: number) => peer.send('GET', `/items/goals/${open[i]!.id}?fields=*,document.*,parts.*,results.*`),
    ],
    [
      'write',
      (i: number) => follow(ours.client, open[i]!),
      (i: number) => peer.send('PATCH', `/items/goals/${open[i]!.id}`, { note: `${i}` }),
    ],
  ] as const) {
    const times: { mine: number[]; its: number[] } = { mine: [], its: [] }
    for (let i = 0; i < ROUNDS + 5; i++) {
      const [a, b, c] = [
        performance.now(),
        await mine(i).then(() => performance.now()),
        await its(i).then(() => performance.now()),
      ]
      if (i < 5) continue // warm
      times.mine.push(b - a)
      times.its.push(c - b)
    }
    const [own, other] = [median(times.mine), median(times.its)]
    console.log(`${name}: ${own.toFixed(1)} ms here, ${other.toFixed(1)} ms in Directus`)
    bars.atMost(`${name}, of the time of Directus`, MOST[name], own / other)
  }
  bars.print()
} finally {
  await peer.stop()
  await ours.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** A write that a person makes here: 催办, which tells people and leaves its trail. */
function follow(client: Client, { id, version }: { id: number; version: number }): ReturnType<Client['post']> {
  return client.post(`/api/targets/${id}/steps/urge`, { version, text: '请按月报送进展。' })
}

/** The words that the numbers of a column stand for. A declaration: the script above calls for it. */
function wordsIn(column: string, codes: Readonly<Record<string, number>>): string {
  const cases = Object.entries(codes).map(([word, code]) => `WHEN ${code} THEN '${word}'`)
  return `CASE ${column} ${cases.join(' ')} END`
}
/** The rows that a page and a record show, as tables of a database of their own. */
function copyRows(from: string, to: string, day: string): void {
  const light = wordsIn('l.light', LIGHT_CODES)
  const status = wordsIn('status', REPORT_STATUS_CODES)
  const db = new Sqlite(to)
  db.prepare('ATTACH ? AS ours').run(from)
  db.exec(`
    CREATE TABLE documents (id integer PRIMARY KEY, number text, title text);
    CREATE TABLE goals (id integer PRIMARY KEY, document integer REFERENCES documents(id), kind text, state text, indicator text,
      op text, value real, unit text, deadline text, light text, progress real, note text, evidence text);
    CREATE TABLE parts (id integer PRIMARY KEY, goal integer REFERENCES goals(id), role text, unit_id integer, name text);
    CREATE TABLE results (id integer PRIMARY KEY, goal integer REFERENCES goals(id), as_of text, value real, status text);
    INSERT INTO documents SELECT id, number, title FROM ours.documents;`)
  db.prepare(
    `INSERT INTO goals SELECT t.id, t.document_id, t.kind, t.state, t.indicator, t.op, t.value, t.unit, date(t.deadline * 86400, 'unixepoch'), ${light}, l.progress,
      NULL, t.evidence FROM ours.targets t
      LEFT JOIN ours.light_spans l ON l.target_id = t.id AND l.from_day <= :day AND l.to_day >= :day`,
  ).run({ day: storedDay(day) })
  db.exec(`
    INSERT INTO parts SELECT id, target_id, role, unit_id, name FROM ours.target_units;
    INSERT INTO results SELECT id, target_id, date(as_of * 86400, 'unixepoch'), value, ${status} FROM ours.reports;
    CREATE INDEX goals_light ON goals (light, deadline); CREATE INDEX goals_deadline ON goals (deadline);
    CREATE INDEX parts_goal ON parts (goal); CREATE INDEX parts_unit ON parts (unit_id, goal);
    CREATE INDEX results_goal ON results (goal); ANALYZE;`)
  db.close()
}

/** Tells Directus what belongs to a target, so that it can be asked for in one request. */
async function relate(): Promise<void> {
  for (const [collection, field, related, one] of [
    ['goals', 'document', 'documents', null],
    ['parts', 'goal', 'goals', 'parts'],
    ['results', 'goal', 'goals', 'results'],
  ] as const) {
    if (one !== null)
      await peer.send('POST', `/fields/${related}`, { field: one, type: 'alias', meta: { special: ['o2m'] } })
    const meta = { one_field: one }
    await peer.send('PATCH', `/relations/${collection}/${field}`, {
      collection,
      field,
      related_collection: related,
      meta,
    })
  }
}
