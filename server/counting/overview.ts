import { asc, sql } from 'drizzle-orm'
import { isAmong } from '../../db/among.ts'
import type { Db } from '../../db/open.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import { documents, units } from '../../db/schema/index.ts'
import { dayOf, lightCode, lightOfCode, NO_LIGHT, partsOfCode, type StandingColumns, stateCode } from './columns.ts'
import { sumsOfPast, sumsOn } from './day-sums.ts'
import { type Count, followed, once } from './followed-count.ts'
import { lightsFor, nameOf, unitAsked, type Viewer } from './own-lights.ts'
import { eachSelected, eachMoved, NO_HITS, select, trackedBy } from './select.ts'
import { type Standing, standingOn } from './standing.ts'
import { type DocumentTallies, tallies, talliesAmong, type Tally } from './tally.ts'
import { addDays } from '../../db/domain/dates.ts'
import { homeOf, unitShort } from '../../db/domain/unit-short.ts'
import { readSetting } from '../settings/store.ts'
import { dueSoon } from './due.ts'
import { marksOfLeaders } from './leaders.ts'
import { Marks } from './marks.ts'
import { compareDescending, type Sorted } from './order.ts'
import { orderBy } from './orders.ts'
import { toAsk } from './to-ask.ts'
import { indicatorsOn } from '../core/ledger-rows.ts'
import type { TargetFilter } from '../core/target-schemas.ts'
import type { LeaderView, Overview, OverviewLights } from './overview-schemas.ts'

/** Days over which "turned red" looks back where no day to compare with is given. */
const LOOK_BACK_DAYS = 7

const MAX_TURNED_RED = 50

/** The rest is found in 文件库. */
const MAX_DOCUMENTS = 200

/** Everything the overview shows about one day, as it was known at its end. */
export function overview(db: Db, viewer: Viewer, asOf: string, compare: string | null): Overview {
  const earlier = compare ?? addDays(asOf, -LOOK_BACK_DAYS)
  const standing = standingOn(db, asOf)
  const counted = tallies(standing, viewer)
  const heads = unitHeads(db)
  return {
    asOf,
    office: readSetting(db, 'office').name,
    total: counted.all.total,
    lights: overviewLights(counted.all),
    documents: namedDocuments(db, counted.documents),
    documentsTotal: counted.documents.count,
    months: [...counted.months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, tally]) => ({ month, ...plain(tally) })),
    ...beside(standing, viewer),
    units: namedUnits(heads, counted.units, viewer),
    due: dueSoon(asOf, counted.deadlines),
    toAsk: toAsk(db, standing, viewer, heads.shortOf),
    turnedRed: turnedRed(db, standing, earlier, viewer),
    coverage: { ...counted.lacking, total: counted.all.total },
    compare: compare === null ? null : comparison(standing, standingOn(db, compare), viewer),
  }
}

/** So many of a leader's targets are named. */
const LEADER_ASKS = 5

/** 我分管的: what a leader is 联系领导 of, and what units answer for whose 分管领导 it is. */
export function leaderView(db: Db, leaderId: number, asOf: string): LeaderView {
  const standing = standingOn(db, asOf)
  const among = marksOfLeaders(db, standing, [leaderId])
  const { all } = talliesAmong(standing, EVERYTHING, among)
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

/** What is in no figure of the lights, as a filter. */
const NOT_GIVEN = { state: ['extracted', 'confirmed'] } satisfies TargetFilter

/** What is in no figure of the lights: candidates, and what was 立项'd and not given to anybody yet (已立项未交办). */
function beside(standing: Standing, viewer: Viewer): { unconfirmed: number; unassigned: number } {
  if (viewer.role === 'reporter') return { unconfirmed: 0, unassigned: 0 }
  const [extracted, confirmed] = [stateCode('extracted'), stateCode('confirmed')]
  const sums = sumsOfPast(standing)
  if (sums !== null) {
    const figures = { unconfirmed: 0, unassigned: 0 }
    sums.codes.each(standing.number, (code, n) => {
      const { state } = partsOfCode(code)
      if (state === extracted) figures.unconfirmed += n
      else if (state === confirmed) figures.unassigned += n
    })
    return figures
  }
  return {
    ...followed(standing, 'beside', () => {
      const figures = { unconfirmed: 0, unassigned: 0 }
      return {
        figures,
        each: (bound, visit) => eachSelected(bound, select(bound, viewer, NOT_GIVEN, NO_HITS, null), null, visit),
        bind: ({ columns: { state } }) => ({
          accepts: () => true,
          visit: (_id, row, step) => {
            if (state[row] === extracted) figures.unconfirmed += step
            else if (state[row] === confirmed) figures.unassigned += step
          },
        }),
      }
    }),
  }
}

/** The newest of the documents that something is counted of. */
function namedDocuments(db: Db, counted: DocumentTallies): Overview['documents'] {
  const newest = new Map<number, Tally>()
  const most = Math.min(MAX_DOCUMENTS, counted.count)
  for (const { id } of documentsByAge(db)) {
    if (newest.size >= most) break
    const tally = counted.of(id)
    if (tally !== undefined) newest.set(id, tally)
  }
  const named = new Map(
    db
      .select({ id: documents.id, number: documents.number, title: documents.title })
      .from(documents)
      .where(isAmong(documents.id, [...newest.keys()]))
      .all()
      .map((document) => [document.id, document]),
  )
  return [...newest].map(([id, tally]) => ({ ...named.get(id)!, ...plain(tally) }))
}

/** All documents, the newest first; read as far as they are taken. */
function* documentsByAge(db: Db): Generator<{ id: number }> {
  for (let offset = 0; ; offset += MAX_DOCUMENTS) {
    const next = db
      .select({ id: documents.id })
      .from(documents)
      .orderBy(sql`${documents.issuedOn} desc`, asc(documents.id))
      .limit(MAX_DOCUMENTS)
      .offset(offset)
      .all()
    yield* next
    if (next.length < MAX_DOCUMENTS) return
  }
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
function lightsOn(columns: StandingColumns, date: string, viewer: Viewer): (id: number) => number {
  const { code } = lightsFor(columns, unitAsked(viewer))
  const day = dayOf(date)
  return (id) => {
    const row = columns.rowAt(id, day)
    return row < 0 ? NO_LIGHT : code(row)
  }
}

/** The lights of the earlier day, and how many targets went from which light to which; those that stayed are left out. */
function comparison(standing: Standing, then: Standing, viewer: Viewer): Overview['compare'] {
  const size = LIGHTS.length + 1
  const begin = (): Count<Int32Array> => {
    const figures = new Int32Array(size * size)
    return {
      figures,
      each: (bound, visit) => eachMoved(bound, viewer, then.number, visit),
      bind: (bound) => {
        const { code } = lightsFor(bound.columns, unitAsked(viewer))
        const was = lightsOn(bound.columns, then.day, viewer)
        return {
          accepts: trackedBy(bound, viewer),
          visit: (id, row, step) => {
            const [before, after] = [was(id), code(row)]
            if (before !== after) figures[before * size + after]! += step
          },
        }
      },
    }
  }
  const moves = sumsOfPast(standing)
    ? once(standing, begin())
    : followed(standing, `moves since ${then.day} ${nameOf(viewer)}`, begin)
  const changes = [...moves].flatMap((n, at) =>
    n === 0
      ? []
      : [{ from: lightOfCode(Math.floor(at / size)) ?? ('none' as const), to: lightOfCode(at % size)!, count: n }],
  )
  return { asOf: then.day, lights: overviewLights(tallies(then, viewer).all), changes }
}

const RED = { scope: 'tracked', light: ['overdue'] } satisfies TargetFilter

/**
 * Red on the day and not on the earlier one: the deadline has passed since, or somebody took back what had been done. The
 * newest deadlines are looked at first, from the day on backwards, until there are enough.
 */
function turnedRed(db: Db, standing: Standing, then: string, viewer: Viewer): Overview['turnedRed'] {
  const { columns, day } = standing
  const newest = newestTurned(db, standing, then, viewer)
  const named = indicatorsOn(
    db,
    newest.map(({ id }) => id),
    day,
  )
  return newest.map(({ id }) => {
    const deadline = columns.deadlines[columns.deadline[standing.row(id)]!] ?? null
    return {
      id,
      deadline,
      indicator: named.get(id)?.indicator ?? '',
      since: deadline === null ? null : addDays(deadline, 1),
      units: named.get(id)?.units ?? [],
    }
  })
}

function newestTurned(db: Db, standing: Standing, then: string, viewer: Viewer): Sorted[] {
  const red = lightCode('overdue')
  const order = orderBy(db, standing, 'deadline')
  const before: Sorted = { id: 0, key: standing.number }
  const how = { descending: true, limit: MAX_TURNED_RED }
  const sums = viewer.role === 'reporter' ? null : sumsOn(standing)
  const earlier = dayOf(then)
  if (sums?.covers(earlier)) {
    const isTracked = trackedBy(standing, viewer)
    const was = lightsOn(standing.columns, then, viewer)
    const { light } = standing.columns
    const isTurned = (id: number) => {
      const row = standing.row(id)
      return row >= 0 && light[row] === red && was(id) !== red && isTracked(id, row)
    }
    const passedSince = order.page(isTurned, before, { ...how, least: earlier })
    if (passedSince.length === MAX_TURNED_RED) return passedSince
    const others = order
      .few(sums.redLate(earlier, standing.number).filter(isTurned))
      .filter(({ key }) => key < earlier || key === Infinity)
    return [...passedSince, ...others].sort(compareDescending).slice(0, MAX_TURNED_RED)
  }
  const turned = followed(standing, `red since ${then} ${nameOf(viewer)}`, () => {
    const figures = new Marks()
    return {
      figures,
      each: (bound, visit) => {
        const reds = select(bound, viewer, RED, NO_HITS, null)
        const isTracked = trackedBy(bound, viewer)
        eachSelected(bound, reds, reds.candidates(), (id, row) => {
          if (isTracked(id, row)) visit(id, row)
        })
      },
      bind: (bound) => {
        const { code } = lightsFor(bound.columns, unitAsked(viewer))
        const was = lightsOn(bound.columns, then, viewer)
        return {
          accepts: trackedBy(bound, viewer),
          visit: (id, row, step) => figures.set(id, step > 0 && code(row) === red && was(id) !== red),
        }
      },
    }
  })
  return order.page((id) => turned.has(id), before, how)
}
