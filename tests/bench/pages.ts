import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { endOfLastMonth, lastDayOfMonth } from '../../db/domain/dates.ts'
import { LIGHT_CODES } from '../../db/domain/lights.ts'
import { type Stored, storedDay } from '../../db/stored.ts'
import type { Bars } from './bars.ts'
import type { Client } from './client.ts'

/** A page and the same rows without the server: bare prepared statements and JSON.stringify. */
interface Page {
  name: string
  /** Asks the server in round `i`; each round asks for something else, so that no answer is kept from the one before. */
  http: (client: Client, i: number) => Promise<unknown>
  /** The same rows for round `i` as text. */
  bare: (i: number) => string
}

/** Medians in milliseconds. */
interface PageFigures {
  name: string
  http: number
  bare: number
}

/**
 * Milliseconds in which the client sees that the server has closed a connection meanwhile: a bare statement blocks this process
 * for longer than an idle connection is kept, and what writes is not sent a second time.
 */
const SEEN_CLOSED_MS = 20

/** A page through HTTP may take so many times what its rows take bare. */
const MOST_RATIO = 2

const LIT = `light_spans l ON l.target_id = t.id AND l.from_day <= :day AND l.to_day >= :day`
const JOINS = `FROM targets t LEFT JOIN ${LIT} JOIN documents d ON d.id = t.document_id`
const COLUMNS = `t.id, t.kind, t.state, t.indicator, t.op, t.value, t.value_high AS valueHigh, t.unit, t.measure, t.per, t.deadline, t.clause_path AS clausePath,
  t.manual_light AS manualLight, t.confidence, t.version, d.id AS documentId, d.number, d.title, l.light, l.late, l.progress, l.value AS reported,
  l.value_as_of AS reportedAsOf, l.missing_baseline AS missingBaseline`
const UNITS =
  'SELECT target_id, role, unit_id AS unitId, name FROM target_units WHERE target_id IN (SELECT value FROM json_each(?)) ORDER BY position'

/**
 * Times every page against its rows by bare statements, prints the medians side by side and notes the bars.
 * @param rounds how often each page is asked for
 * @param at what the bars are about, beside the page: ` at 1000000`, or nothing
 */
export async function comparePages(
  client: Client,
  db: Sqlite.Database,
  today: string,
  bars: Bars,
  { rounds, at = '' }: { rounds: number; at?: string },
): Promise<void> {
  const figures = await timePages(client, db, today, rounds)
  console.table(
    figures.map(({ name, http, bare }) => ({
      page: name,
      'HTTP ms': Number(http.toFixed(1)),
      'bare ms': Number(bare.toFixed(1)),
      ratio: Number((http / bare).toFixed(2)),
      [`≤ ${MOST_RATIO}`]: bars.atMost(`${name}, HTTP against bare${at}`, MOST_RATIO, http / bare),
    })),
  )
}

/**
 * Times each page through HTTP and bare, in turns, and takes the medians. Before every HTTP call something is written,
 * so that the server counts everything anew as the bare statements do.
 */
async function timePages(client: Client, db: Sqlite.Database, today: string, rounds: number): Promise<PageFigures[]> {
  await client.get('/api/overview') // the columns are read now
  db.exec('CREATE INDEX IF NOT EXISTS bench_deadline ON targets (deadline, id)') // the best plan of the bare page
  const touch = touchOne(db)
  const figures: PageFigures[] = []
  for (const page of pages(db, today)) {
    const http: number[] = []
    const bare: number[] = []
    for (let i = 0; i < rounds; i++) {
      touch.run()
      await sleep(SEEN_CLOSED_MS)
      const start = performance.now()
      await page.http(client, i)
      const answered = performance.now()
      page.bare(i)
      http.push(answered - start)
      bare.push(performance.now() - answered)
    }
    figures.push({ name: page.name, http: median(http), bare: median(bare) })
  }
  return figures
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

function pages(db: Sqlite.Database, today: string): Page[] {
  const day = storedDay(today)
  const ledger = `t.state NOT IN ('dropped', 'merged') AND l.light IN (${LIGHT_CODES.overdue}, ${LIGHT_CODES.behind}) AND t.kind IN ('quantity')
    AND t.id IN (SELECT target_id FROM target_units WHERE unit_id IN (:unit) AND role IN ('lead'))`
  const search = `t.state NOT IN ('dropped', 'merged') AND t.id IN (SELECT rowid FROM targets_fts WHERE targets_fts MATCH :match
    UNION ALL SELECT target_id FROM target_units WHERE id IN (SELECT rowid FROM target_units_fts WHERE target_units_fts MATCH :match)
    UNION ALL SELECT id FROM targets WHERE document_id IN (SELECT id FROM documents WHERE number LIKE :pattern))`
  const unit = (i: number) => 1 + (i % 60)
  const words = ['污水集中处理率', '义务教育巩固', '家庭医生签约服务数量', '耕地保护面积', '空气质量优良']
  const word = (i: number) => words[i % words.length]!
  const get = (path: (i: number) => string): Page['http'] => {
    return (client, i) => client.get(path(i))
  }
  const ranking = bareRanking(db, today)
  return [
    {
      name: 'ledger page, 3 filters',
      http: get(
        (i) => `/api/targets?light=overdue,behind&kind=quantity&unitId=${unit(i)}&role=lead&sort=deadline&limit=50`,
      ),
      bare: barePage(db, ledger, (i) => ({ day, unit: unit(i) })),
    },
    {
      name: 'ledger page, no filter',
      http: get(() => '/api/targets?sort=deadline&limit=50'),
      bare: barePage(db, `t.state NOT IN ('dropped', 'merged')`, () => ({ day })),
    },
    {
      name: 'search',
      http: get((i) => `/api/targets?q=${encodeURIComponent(word(i))}&sort=deadline&limit=50`),
      bare: barePage(db, search, (i) => ({ day, match: `"${word(i)}"`, pattern: `%${word(i)}%` })),
    },
    { name: 'overview', http: get(() => '/api/overview'), bare: bareOverview(db, day) },
    { name: 'ranking of a month', http: get((i) => `/api/rankings?period=${monthBefore(today, i)}`), bare: ranking },
    {
      name: 'bulletin of a month',
      http: (client, i) => client.post('/api/bulletins', { period: monthBefore(today, i) }),
      bare: ranking,
    },
  ]
}

/** Says that a target was written, so that every answer has to be found anew. */
export function touchOne(db: Sqlite.Database): { run: () => void } {
  const highest = db.prepare('SELECT max(id) FROM targets').pluck().get() as number
  const change = db.prepare('INSERT INTO standing_changes (target_id) VALUES (?)')
  let turn = 0
  return { run: () => void change.run(1 + ((turn++ * 7919) % highest)) }
}

/** A page of 50 by deadline, its units, and the total. */
function barePage(db: Sqlite.Database, where: string, params: (i: number) => Record<string, unknown>): Page['bare'] {
  const page = db.prepare(
    `SELECT ${COLUMNS} ${JOINS} WHERE ${where} AND t.deadline IS NOT NULL ORDER BY t.deadline, t.id LIMIT 51`,
  )
  const total = db.prepare(`SELECT count(*) ${JOINS.replace(/ JOIN documents.*/, '')} WHERE ${where}`).pluck()
  const units = db.prepare(UNITS)
  return (i) => {
    const rows = page.all(params(i)) as { id: number }[]
    return JSON.stringify({
      rows,
      units: units.all(JSON.stringify(rows.map(({ id }) => id))),
      total: total.get(params(i)),
    })
  }
}

/** The overview's groups as SQL gives them. */
function bareOverview(db: Sqlite.Database, day: Stored): Page['bare'] {
  const from = `FROM targets t JOIN ${LIT}`
  const statements = [
    `SELECT t.document_id, strftime('%Y-%m', t.deadline * 86400, 'unixepoch') AS month, l.light, l.late, count(*) AS n ${from} GROUP BY 1, 2, 3, 4`,
    'SELECT id, number, title FROM documents WHERE :day <> 0 ORDER BY issued_on DESC, id',
    `SELECT u.unit_id, l.light, count(DISTINCT t.id) AS n ${from} JOIN target_units u ON u.target_id = t.id WHERE ${ANSWERS} GROUP BY 1, 2`,
    `SELECT t.id, t.indicator, t.deadline ${from} WHERE l.light = ${LIGHT_CODES.overdue} AND t.deadline BETWEEN :day - 7 AND :day ORDER BY t.deadline DESC, t.id LIMIT 50`,
    `SELECT sum(l.missing_baseline), sum(l.value_as_of IS NULL), sum(t.state = 'assigned') ${from}`,
    `SELECT count(*) FROM targets WHERE state = 'extracted' AND :day <> 0`,
  ].map((sql) => db.prepare(sql))
  return () => JSON.stringify(statements.map((statement) => statement.all({ day })))
}

/** What a unit answers for: the targets that it leads, and those without a lead that it is responsible for. */
const ANSWERS = `u.unit_id IS NOT NULL AND (u.role = 'lead' OR (u.role = 'responsible'
  AND NOT EXISTS (SELECT 1 FROM target_units x WHERE x.target_id = t.id AND x.role = 'lead')))`

/** Lights by unit on the last day of a month, as one grouped statement gives them. */
function bareRanking(db: Sqlite.Database, today: string): Page['bare'] {
  const grouped = db.prepare(
    `SELECT u.unit_id, l.light, l.late, count(DISTINCT t.id) AS n FROM targets t JOIN ${LIT} JOIN target_units u ON u.target_id = t.id
      WHERE ${ANSWERS} GROUP BY 1, 2, 3`,
  )
  return (i) => JSON.stringify(grouped.all({ day: storedDay(lastDayOfMonth(monthBefore(today, i))) }))
}

/** The month, as `2026-06`, that ended so many months before the last one that has ended. */
function monthBefore(today: string, months: number): string {
  const end = endOfLastMonth(today)
  return months === 0 ? end.slice(0, 7) : monthBefore(end, months - 1)
}
