import type { FastifyInstance } from 'fastify'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { Seeds } from '../../seeds/load.ts'
import type { SeedSource } from '../../seeds/schema.ts'
import type { Actor } from '../actor.ts'
import { runStep, type StepDefinition } from '../core/step-engine.ts'
import { loadTarget } from '../core/target-record.ts'
import { addItem } from '../items/add.ts'
import { REPORT_STEPS } from '../reports/steps.ts'
import { SUPERVISION_STEPS } from '../supervision/index.ts'
import type { Directory } from './people.ts'

type Item = SeedSource['items'][number]

/** What the office of the demo has typed in: a meeting, a proposal, with what has become of their items, by the steps themselves. */
export function addSources(app: FastifyInstance, { sources }: Seeds, directory: Directory): void {
  for (const { items, by, at, ...source } of sources)
    for (const item of items) {
      const author = directory.actorOf(by, at)
      const { kind, title, number, issuedOn, issuer, leader } = source
      const { id } = addItem(app.db, app.dataDir, author, {
        source: { kind, title, number, issuedOn, issuer, leader },
        ...fieldsOf(item, directory),
      })
      live(app, id, item, by, directory)
    }
}

const fieldsOf = (item: Item, { unitId, userId }: Directory) => ({
  text: item.text,
  kind: item.kind,
  indicator: item.indicator,
  ...{ op: item.op, value: item.value, unit: item.unit, measure: item.measure },
  deadline: item.deadline,
  reportFrequency: item.reportFrequency,
  contactLeaderId: userId(item.contactLeader),
  units: UNIT_ROLES.flatMap((role) => item.units[role].map((name) => ({ role, name, unitId: unitId(name) }))),
})

/** 交办, 签收, reports: each taken by who takes it, when it was taken. */
function live(app: FastifyInstance, id: number, item: Item, by: string, { actorOf, unitId }: Directory): void {
  const { assignedAt } = item
  if (assignedAt === null) return
  const take = (actor: Actor, step: string, body: Record<string, unknown> = {}) =>
    runStep(app.db, stepOf(step), id, loadTarget(app.db, id, actor).target.version, body, actor)
  take(actorOf(by, assignedAt), 'assign', { reportFrequency: item.reportFrequency, rollUp: item.rollUp })
  const shares = Object.entries(item.shares).map(([name, value]) => ({ label: name, unitId: unitId(name), value }))
  const without = { dueOn: null, weight: null }
  if (shares.length > 0)
    take(actorOf(by, assignedAt), 'break-down', {
      kind: 'unit',
      parts: shares.map((share) => ({ ...share, ...without })),
    })
  for (const signature of item.signed) take(actorOf(signature.by, signature.at), 'sign')
  for (const { by: reporter, at, asOf, value, note } of item.reports) {
    const said = { problems: '无', nextSteps: '按计划推进', needs: '无' }
    const report = take(actorOf(reporter, at), 'draft', { asOf, value, done: null, note, ...said, correctsId: null })
    const reportId = report.record!.id
    // What is opened once a term grows by leaps; who reports it says so.
    take(actorOf(reporter, at), 'submit', { reportId, confirm: ['jump'] })
    take(actorOf(by, new Date(Date.parse(at) + DAY).toISOString()), 'approve', { reportId })
  }
}

const DAY = 86_400_000

const stepOf = (step: string): StepDefinition =>
  [...SUPERVISION_STEPS, ...REPORT_STEPS].find((definition) => definition.step === step)!
