import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { isAmong } from '../../db/among.ts'
import { clientOf } from '../../db/client.ts'
import { reportingUnits } from '../../db/domain/reporting.ts'
import { LISTED_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { documents, targets } from '../../db/schema/index.ts'
import { mayHaveOpen } from '../../db/unit-tasks.ts'
import type { Actor } from '../actor.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { subjectUnit, unitsOfTargets } from '../core/target-record.ts'
import { inOwnPart } from '../core/unit-parts.ts'
import { listInstructions } from './instructions/list.ts'
import type { tasksAnswer } from './list-schemas.ts'
import { listOrders, listProblems } from './lists.ts'
import { TARGET_SECTIONS, waitingFor, type WaitingTarget } from './unit-tasks.ts'
import { type UnitSections, unitSections } from './unit-tasks-index.ts'

type Tasks = z.infer<typeof tasksAnswer>
type Item = Tasks['toSign'][number]
type TargetItems = Pick<Tasks, (typeof TARGET_SECTIONS)[number]>

/** Rows of each section that are listed; how many there are stands beside, and the ledger has the rest. */
const TASKS_LISTED = 50

/** 我的任务: everything that waits for the unit on the day `today`, the most urgent of each section. */
export function tasksOf(db: Db, actor: Actor, today: string): Tasks {
  const { unitId } = actor
  if (unitId === null) return NOTHING
  const listed = { limit: TASKS_LISTED, status: ['open'] }
  const { totals, first } = unitSections(db, unitId, today, TASKS_LISTED)
  const has = mayHaveOpen(clientOf(db), unitId)
  const orders = has.orders ? listOrders(db, actor, listed) : NONE
  const problems = has.problems ? listProblems(db, actor, listed, today) : NONE
  const instructions = has.instructions
    ? listInstructions(db, actor, { mine: 'true', limit: TASKS_LISTED }, today)
    : NONE
  return {
    ...itemsOf(db, unitId, today, first),
    orders: orders.items,
    problems: problems.items,
    instructions: instructions.items,
    totals: { ...totals, orders: orders.total, problems: problems.total, instructions: instructions.total },
  }
}

const NONE = { items: [], total: 0 }

/** Who speaks for no unit has nothing to do here. */
const NOTHING: Tasks = {
  ...{ toSign: [], toReport: [], returned: [], drafts: [], dueSoon: [], overdue: [] },
  ...{ orders: [], problems: [], instructions: [] },
  totals: {
    ...{ toSign: 0, toReport: 0, returned: 0, drafts: 0, dueSoon: 0, overdue: 0 },
    ...{ orders: 0, problems: 0, instructions: 0 },
  },
}

/** The rows of the sections, for the targets that are listed in each. */
function itemsOf(db: Db, unitId: number, today: string, first: UnitSections['first']): TargetItems {
  const ids = [...new Set(TARGET_SECTIONS.flatMap((section) => first[section]))]
  const waiting = new Map(waitingFor(db, unitId, today, ids).map((target) => [target.id, target]))
  const briefs = briefsOf(db, ids, unitId)
  const of = (section: (typeof TARGET_SECTIONS)[number]) =>
    first[section]
      .flatMap((id) => {
        const [target, brief] = [waiting.get(id), briefs.get(id)]
        return target && brief ? itemsIn(target, brief, section) : []
      })
      .slice(0, TASKS_LISTED)
  return {
    toSign: of('toSign'),
    toReport: of('toReport'),
    returned: of('returned'),
    drafts: of('drafts'),
    dueSoon: of('dueSoon'),
    overdue: of('overdue'),
  }
}

type Brief = Omit<Item, 'light' | 'role' | 'late' | 'dueOn' | 'note' | 'recordId'>

const itemsIn = ({ light, role, waiting }: WaitingTarget, brief: Brief, section: string): Item[] =>
  waiting
    .filter((one) => one.section === section)
    .map(({ late, dueOn, note, recordId }) => ({ ...brief, light, role, late, dueOn, note, recordId }))

/** What every list says of some targets, in place of the whole the unit's own part, and how their units report. */
function briefsOf(db: Db, ids: readonly number[], unitId: number): Map<number, Brief> {
  const rows = ids.length === 0 ? [] : briefs(db).all({ ids: JSON.stringify(ids) })
  const units = new Map<number, ReturnType<typeof subjectUnit>[]>()
  for (const unit of unitsOfTargets(db, ids))
    units.set(unit.targetId, [...(units.get(unit.targetId) ?? []), subjectUnit(unit)])
  return new Map(
    inOwnPart(db, unitId, rows).map(({ reporting, ...row }) => {
      const isSaid = reporting === 'lead' || reportingUnits(units.get(row.id) ?? [], reporting).length > 1
      return [row.id, { ...row, reporting: isSaid ? reporting : null }]
    }),
  )
}

const briefs = keptQuery((db) =>
  db
    .select({
      ...pickFields(targets, LISTED_FIELDS),
      id: targets.id,
      version: targets.version,
      reporting: targets.reporting,
      assignedAt: targets.assignedAt,
      document: DOCUMENT_REF,
    })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(isAmong(targets.id, sql.placeholder('ids'))),
)
