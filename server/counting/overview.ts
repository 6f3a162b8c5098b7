import { asc, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import { documents, units } from '../../db/schema/index.ts'
import { lightCode, lightOfCode, MISSING_BASELINE, NO_LIGHT, stateCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { eachRow, eachTracked } from './select.ts'
import { type Standing, standingOn } from './standing.ts'
import { tallies, type Tally } from './tally.ts'
import { addDays } from '../../db/domain/dates.ts'
import { homeOf, unitShort } from '../../db/domain/unit-short.ts'
import { readSetting } from '../settings/store.ts'
import { dueSoon } from './due.ts'
import { marksOfLeaders } from './leaders.ts'
import { toAsk } from './to-ask.ts'
import { indicatorsOn } from '../core/ledger-rows.ts'
import type { LeaderView, Overview, OverviewLights } from './overview-schemas.ts'

/** Days over which "turned red" looks back where no day to compare with is given. */
const LOOK_BACK_DAYS = 7

const MAX_TURNED_RED = 50

/** Everything the overview shows about one day, as it was known at its end. */
export function overview(db: Db, viewer: Viewer, asOf: string, compare: string | null): Overview {
  const then = standingOn(db, compare ?? addDays(asOf, -LOOK_BACK_DAYS))
  const standing = standingOn(db, asOf)
  const counted = tallies(standing, viewer)
  const heads = unitHeads(db)
  return {
    asOf,
    office: readSetting(db, 'office').name,
    total: counted.all.total,
    lights: overviewLights(counted.all),
    documents: namedDocuments(db, counted.documents),
    months: [...counted.months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, tally]) => ({ month, ...plain(tally) })),
    ...beside(standing, viewer),
    units: namedUnits(heads, counted.units, viewer),
    due: dueSoon(standing, viewer),
    toAsk: toAsk(db, standing, viewer, heads.shortOf),
    turnedRed: turnedRed(db, standing, then, viewer),
    coverage: coverage(standing, viewer),
    compare: compare === null ? null : comparison(standing, then, viewer),
  }
}

/** So many of a leader's targets are named. */
const LEADER_ASKS = 5

/** 我分管的: what a leader is 联系领导 of, and what units answer for whose 分管领导 it is. */
export function leaderView(db: Db, leaderId: number, asOf: string): LeaderView {
  const standing = standingOn(db, asOf)
  const among = marksOfLeaders(db, standing, [leaderId])
  const { all } = tallies(standing, EVERYTHING, among)
  return {
    asOf,
    total: all.total,
    lights: overviewLights(all),
    toAsk: toAsk(db, standing, EVERYTHING, unitHeads(db).shortOf, { among, most: LEADER_ASKS }),
  }
}

/** Leaders see every target. */
const EVERYTHING = { role: 'leader', unitId: null } as const

const plain = ({ total, lights }: Tally) => ({ total, lights })

const overviewLights = ({ lights, doneLate }: Tally): OverviewLights => ({
  ...lights,
  done: { onTime: lights.done - doneLate, late: doneLate },
})

/** What is in no figure of the lights: candidates, and what was 立项'd and not given to anybody yet (已立项未交办). */
function beside(standing: Standing, viewer: Viewer): { unconfirmed: number; unassigned: number } {
  if (viewer.role === 'reporter') return { unconfirmed: 0, unassigned: 0 }
  const [extracted, confirmed] = [stateCode('extracted'), stateCode('confirmed')]
  const { state } = standing.columns
  let [unconfirmed, unassigned] = [0, 0]
  eachRow(standing, (_id, row) => {
    if (state[row] === extracted) unconfirmed++
    else if (state[row] === confirmed) unassigned++
  })
  return { unconfirmed, unassigned }
}

function namedDocuments(db: Db, counted: Map<number, Tally>): Overview['documents'] {
  return db
    .select({ id: documents.id, number: documents.number, title: documents.title })
    .from(documents)
    .orderBy(sql`${documents.issuedOn} desc`, asc(documents.id))
    .all()
    .flatMap((document) => {
      const tally = counted.get(document.id)
      return tally === undefined ? [] : [{ ...document, ...plain(tally) }]
    })
}

type UnitHead = Pick<typeof units.$inferSelect, 'id' | 'name' | 'shortName' | 'parentId' | 'kind'>

/** Units by number, and how lists call them in this office. */
function unitHeads(db: Db): { known: Map<number, UnitHead>; shortOf: (id: number | null, name: string) => string } {
  const rows = db
    .select({ id: units.id, name: units.name, shortName: units.shortName, parentId: units.parentId, kind: units.kind })
    .from(units)
    .all()
  const home = homeOf(rows)
  const known = new Map(rows.map((unit) => [unit.id, unit]))
  return {
    known,
    shortOf: (id, name) => {
      const unit = known.get(id ?? 0)
      return unit ? unitShort(unit, home) : name
    },
  }
}

/** The real units, most red first: a group is counted by its members. A reporter is shown its own unit only. */
function namedUnits(
  { known, shortOf }: ReturnType<typeof unitHeads>,
  counted: Map<number, Tally>,
  viewer: Viewer,
): Overview['units'] {
  return [...counted]
    .filter(
      ([unitId]) => known.get(unitId)?.kind !== 'group' && (viewer.role !== 'reporter' || unitId === viewer.unitId),
    )
    .map(([unitId, tally]) => ({
      unitId,
      name: shortOf(unitId, ''),
      ...plain(tally),
    }))
    .sort(
      (a, b) =>
        b.lights.overdue - a.lights.overdue ||
        b.lights.behind - a.lights.behind ||
        b.total - a.total ||
        a.unitId - b.unitId,
    )
}

/** Lights of the targets on a day as they concern the viewer, by the number of the target. */
function lightsOn(standing: Standing, viewer: Viewer): (id: number) => number {
  const { code } = lightsFor(standing.columns, unitAsked(viewer))
  return (id) => {
    const row = standing.rowOf[id] ?? -1
    return row < 0 ? NO_LIGHT : code(row)
  }
}

/** The lights of the earlier day, and how many targets went from which light to which; those that stayed are left out. */
function comparison(standing: Standing, then: Standing, viewer: Viewer): Overview['compare'] {
  const [was, is] = [lightsOn(then, viewer), lightsOn(standing, viewer)]
  const size = LIGHTS.length + 1
  const moves = new Int32Array(size * size)
  eachTracked(standing, viewer, (id) => {
    const [before, after] = [was(id), is(id)]
    if (before !== after) moves[before * size + after]!++
  })
  const changes = [...moves].flatMap((n, at) =>
    n === 0
      ? []
      : [{ from: lightOfCode(Math.floor(at / size)) ?? ('none' as const), to: lightOfCode(at % size)!, count: n }],
  )
  return { asOf: then.day, lights: overviewLights(tallies(then, viewer).all), changes }
}

/** Red on the day and not on the earlier one: the deadline has passed since, or somebody took back what had been done. */
function turnedRed(db: Db, standing: Standing, then: Standing, viewer: Viewer): Overview['turnedRed'] {
  const { deadline, deadlines } = standing.columns
  const [was, is] = [lightsOn(then, viewer), lightsOn(standing, viewer)]
  const red = lightCode('overdue')
  const found: { id: number; deadline: string | null }[] = []
  eachTracked(standing, viewer, (id, row) => {
    if (is(id) === red && was(id) !== red) found.push({ id, deadline: deadlines[deadline[row]!]! })
  })
  const newest = found
    .sort((a, b) => ((a.deadline ?? '') > (b.deadline ?? '') ? -1 : a.deadline === b.deadline ? a.id - b.id : 1))
    .slice(0, MAX_TURNED_RED)
  const named = indicatorsOn(
    db,
    newest.map(({ id }) => id),
    standing.day,
  )
  return newest.map((row) => ({
    ...row,
    indicator: named.get(row.id)?.indicator ?? '',
    since: row.deadline === null ? null : addDays(row.deadline, 1),
    units: named.get(row.id)?.units ?? [],
  }))
}

function coverage(standing: Standing, viewer: Viewer): Overview['coverage'] {
  const { flags, state, deadline, units: set, unitSets } = standing.columns
  const lit = lightsFor(standing.columns, unitAsked(viewer))
  const assigned = stateCode('assigned')
  const { unresolved } = unitSets
  const missing = {
    missingBaseline: 0,
    missingValue: 0,
    notSigned: 0,
    missingDeadline: 0,
    missingUnit: 0,
    total: 0,
  }
  eachTracked(standing, viewer, (_id, row) => {
    missing.total++
    if ((flags[row]! & MISSING_BASELINE) !== 0) missing.missingBaseline++
    if (!lit.hasValue(row)) missing.missingValue++
    if (state[row] === assigned) missing.notSigned++
    if (deadline[row] === 0) missing.missingDeadline++
    if (unresolved[set[row]!] === 1) missing.missingUnit++
  })
  return missing
}
