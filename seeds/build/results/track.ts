/** One target's whole history, from 立项 to today. */
import { addDays } from '../../../db/domain/dates.ts'
import { DEFAULT_THRESHOLDS, lightOf, type LightResult } from '../../../db/domain/lights.ts'
import { DEMO_TODAY, type SeedPerson, type SeedTrack, type SeedUnit, type TargetRef } from '../../schema.ts'
import { addBeside, type Cast } from './beside.ts'
import { dateOf, workingInstant } from './days.ts'
import { partsOf, rollUpOf } from './parts.ts'
import { goalValue, type Plan } from './plan.ts'
import { randomOf, type Random } from './random.ts'
import { openReport, reportsOf } from './reports.ts'

export interface House {
  units: SeedUnit[]
  people: SeedPerson[]
}

/** Unit by any of its names. */
export function unitByName(units: readonly SeedUnit[], name: string): SeedUnit | undefined {
  return units.find((u) => u.name === name || u.shortName === name || u.aliases.includes(name))
}

const CHIEF = 'dubanzhu'
const LEADERS = ['shizhang', 'fushizhang', 'fushizhang2'] as const

function refOf(plan: Plan): TargetRef {
  const { note } = plan
  const indicator = note.kind === 'quantity' ? note.indicator : note.kind === 'milestone' ? note.task : note.clause
  return {
    document: note.doc,
    kind: note.kind,
    indicator,
    deadline: note.deadline,
    value: goalValue(note),
    unit: note.kind === 'quantity' ? note.unit : null,
    op: note.kind === 'quantity' ? note.op : null,
    measure: note.kind === 'quantity' ? note.measure : null,
    quote: plan.quote,
  }
}

/** The light by the published rule on the demo's day, from the track alone. */
export function lightToday(track: SeedTrack, plan: Pick<Plan, 'note'>): LightResult {
  const { note } = plan
  const granted = track.requests.findLast((r) => r.kind === 'extension' && r.status === 'granted')?.deadline
  const stages = track.parts.filter((p) => p.kind === 'stage')
  const weight = stages.reduce((sum, p) => sum + (p.weight ?? 0), 0)
  return lightOf(
    {
      kind: note.kind,
      op: note.kind === 'quantity' ? note.op : null,
      value: track.target.value,
      measure: note.kind === 'quantity' ? note.measure : null,
      baselineValue: track.baseline?.value ?? (note.kind === 'quantity' ? (note.baseline?.value ?? null) : null),
      startOn: track.startOn,
      deadline: granted ?? track.deadline ?? track.target.deadline,
      years: track.parts.flatMap((p) =>
        p.kind === 'year' && p.dueOn && p.value !== null ? [{ dueOn: p.dueOn, value: p.value }] : [],
      ),
      reportFrequency: track.reportFrequency,
      eachUnits: [],
      rollUp: 'worst',
      shares: [],
      reportsFrom: track.assignedAt && dateOf(track.assignedAt),
      metOn: track.metAt && dateOf(track.metAt),
      stages: weight === 0 ? null : stages.reduce((sum, p) => sum + (p.weight ?? 0) * (p.reached ?? 0), 0) / weight,
    },
    track.reports
      .filter((r) => r.status === 'approved' && r.source === 'unit')
      .map((report) => ({ ...report, unitId: null })),
    DEMO_TODAY,
    DEFAULT_THRESHOLDS,
  )
}

export function trackOf(plan: Plan, house: House, importedAt: string): SeedTrack {
  const { note } = plan
  const ref = refOf(plan)
  const random = randomOf(`${ref.document} ${ref.indicator} ${ref.deadline} ${ref.value}`)
  const answering = answeringUnits(plan, house)
  const first = answering[0]
  if (!first) throw new Error(`${ref.document} ${ref.indicator}: no unit answers for it`)
  const supervisor = random.chance(0.6) ? 'ducha' : 'ducha2'
  const leader = randomOf(note.doc).pick(LEADERS)
  const cast: Cast = { unit: first.unit, reporter: first.by, supervisor, chief: CHIEF, leader }
  const confirmedAt = workingInstant(dateOf(importedAt), random, 1, 3)
  const assignedAt = workingInstant(dateOf(confirmedAt), random, 1, 2)
  const signatures = answering.map(({ unit, by }) => ({
    unit,
    by,
    at: workingInstant(dateOf(assignedAt), random, 1, 4),
  }))
  const signedAt =
    signatures
      .map((s) => s.at)
      .sort()
      .at(-1) ?? assignedAt
  const given = note.lead.length + note.responsible.length + note.support.length === 0
  const track: SeedTrack = {
    target: ref,
    state: 'in_progress',
    droppedReason: null,
    confirmedAt,
    assignedAt,
    signatures: [...besidesSigned(plan, house, answering, assignedAt, signedAt), ...signatures],
    metAt: null,
    metBy: null,
    closedAt: null,
    closedBy: null,
    supervisor,
    contactLeader: leader,
    units: given ? { lead: [first.unit], responsible: [], support: [] } : note.hints.who ? namedAt(plan, house) : null,
    deadline: plan.written,
    startOn: plan.startOn,
    reportFrequency: note.kind === 'quantity' || plan.fate === 'unreported' ? plan.frequency : 'quarterly',
    baseline:
      plan.baseline !== null && note.kind === 'quantity' && note.baseline?.value == null
        ? {
            value: plan.baseline,
            unit: note.unit.replace(/（[^（）]+）$/, ''),
            period: `${Number(plan.startOn.slice(0, 4)) - 1}年`,
          }
        : null,
    rollUp: rollUpOf(plan),
    manualLight: null,
    expected: null,
    parts: [],
    reports: reportsOf(plan, cast, signedAt, random),
    requests: [],
    urges: [],
    orders: [],
    instructions: [],
    problems: [],
  }
  track.parts = partsOf(plan, track.reports.at(-1)?.value ?? null, random)
  addBeside(track, plan, cast, random)
  settle(track, plan, cast, random)
  return track
}

/** Several units share a clause of several promises: 立项 gave this one to whose business it is, the others support. */
function namedAt({ note }: Plan, { units }: House) {
  const called = (name: string) => unitByName(units, name)?.name ?? name
  const lead = called(note.hints.who!)
  const others = [...note.lead, ...note.responsible, ...note.support].map(called).filter((name) => name !== lead)
  return { lead: [lead], responsible: [], support: [...new Set(others)] }
}

interface Signer {
  unit: string
  by: string
}

/** The real units among these names, each with the person who signs for it. */
const signersOf = (names: readonly string[], { units, people }: House): Signer[] =>
  names.flatMap((name) => {
    const unit = unitByName(units, name)
    const person = unit?.kind === 'unit' ? people.find((p) => p.unit === unit.name) : undefined
    return unit && person ? [{ unit: unit.name, by: person.username }] : []
  })

/** Who 立项 named (`who`), else lead units, else responsible ones; those that somebody can sign for. */
function answeringUnits(plan: Plan, house: House): Signer[] {
  const { note, document } = plan
  const own = note.hints.who === undefined ? [] : [note.hints.who]
  for (const names of [own, note.lead, note.responsible, [document.lead]]) {
    const found = signersOf(names, house)
    if (found.length > 0) return found
  }
  return []
}

/** The other units sign as well, no later than the last that answers; some not yet what they were given this year. */
function besidesSigned(plan: Plan, house: House, answering: readonly Signer[], assignedAt: string, last: string) {
  const { note } = plan
  const random = randomOf(`${note.doc} ${plan.quote} others`)
  const named = signersOf([...note.lead, ...note.responsible, ...note.support], house)
  const others = named.filter(
    (one, index) =>
      named.findIndex(({ unit }) => unit === one.unit) === index && !answering.some(({ unit }) => unit === one.unit),
  )
  return others.flatMap(({ unit, by }) => {
    const at = workingInstant(dateOf(assignedAt), random, 1, 4)
    return assignedAt >= '2026' && random.chance(0.15) ? [] : [{ unit, by, at: at < last ? at : last }]
  })
}

/** State today, 办结 and 销号, the light by hand, and what the rule says. */
function settle(track: SeedTrack, plan: Plan, cast: Cast, random: Random): void {
  const { hints } = plan.note
  const last = track.reports.findLast((r) => r.status === 'approved' && r.source === 'unit')
  const over = plan.deadline !== null && plan.deadline < '2026-10-15'
  if ((plan.fate === 'done' || plan.fate === 'done-late') && over && last?.decidedAt && random.chance(0.8)) {
    track.state = 'met'
    track.metAt = workingInstant(dateOf(last.decidedAt), random, 4, 15)
    track.metBy = cast.supervisor
    const closedAt = workingInstant(dateOf(track.metAt), random, 5, 20)
    if (dateOf(closedAt) < addDays(DEMO_TODAY, -3) && random.chance(0.8)) {
      track.state = 'closed'
      track.closedAt = closedAt
      track.closedBy = cast.chief
    }
  } else if (plan.fate === 'unreported') {
    track.state = 'signed'
  } else if (plan.fate === 'normal' && plan.frequency !== 'yearly' && random.chance(0.22)) {
    track.state = random.chance(0.7) ? 'reported' : 'returned'
    openReport(plan, track.reports, cast, random, track.state === 'reported' ? 'submitted' : 'returned')
    if (!['submitted', 'returned'].includes(track.reports.at(-1)?.status ?? '')) track.state = 'in_progress'
  }
  if ('suspended' in hints) track.state = 'suspended'
  if ('manual' in hints)
    track.manualLight = {
      light: 'behind',
      by: cast.chief,
      at: '2026-08-20T03:00:00.000Z',
      reason: '主体工程6月20日已完工，因主汛期防洪调度需要推迟下闸蓄水，非单位原因，按滞后掌握，汛后蓄水验收即办结。',
    }
  if (track.state !== 'suspended') {
    const { light, late } = lightToday(track, plan)
    track.expected = { light, late }
  }
}
