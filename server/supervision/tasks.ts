import type { z } from 'zod'
import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { mayHaveOpen } from '../../db/unit-tasks.ts'
import { listInstructions, type Viewer } from './instructions/list.ts'
import type { tasksAnswer } from './list-schemas.ts'
import { listOrders, listProblems } from './lists.ts'
import { documentsOf, toldTargets, type ToldTarget } from './told-targets.ts'
import { TARGET_SECTIONS } from './unit-tasks.ts'
import { type UnitSections, unitSections } from './unit-tasks-index.ts'

type Tasks = z.infer<typeof tasksAnswer>
type Item = Tasks['toSign'][number]
type TargetItems = Pick<Tasks, (typeof TARGET_SECTIONS)[number]>

/** Rows of each section that are listed; how many there are stands beside, and the ledger has the rest. */
const TASKS_LISTED = 50

/** 我的任务: everything that waits for the unit on the day `today`, the most urgent of each section. */
export function tasksOf(db: Db, actor: Viewer, today: string): Tasks {
  const { unitId } = actor
  if (unitId === null) return NOTHING
  const listed = { limit: TASKS_LISTED, status: ['open'] }
  const sections = unitSections(db, unitId, today, TASKS_LISTED)
  const has = mayHaveOpen(clientOf(db), unitId)
  const orders = has.orders ? listOrders(db, actor, listed) : NONE
  const problems = has.problems ? listProblems(db, actor, listed, today) : NONE
  const instructions = has.instructions
    ? listInstructions(db, actor, { mine: 'true', limit: TASKS_LISTED }, today)
    : NONE
  return {
    ...itemsOf(db, unitId, today, sections),
    orders: orders.items,
    problems: problems.items,
    instructions: instructions.items,
    totals: { ...sections.totals, orders: orders.total, problems: problems.total, instructions: instructions.total },
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
function itemsOf(db: Db, unitId: number, today: string, { first, told }: UnitSections): TargetItems {
  const ids = [...new Set(TARGET_SECTIONS.flatMap((section) => first[section]))]
  const targets = toldTargets(db, unitId, today, ids, told)
  const listed = ids.flatMap((id) => targets.get(id) ?? [])
  const documents = documentsOf(db, listed)
  const of = (section: (typeof TARGET_SECTIONS)[number]) =>
    first[section]
      .flatMap((id) => {
        const target = targets.get(id)
        const document = target && documents.get(target.documentId)
        return target && document ? itemsIn(target, document, section) : []
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

const itemsIn = ({ brief, light, role, waiting }: ToldTarget, document: Item['document'], section: string): Item[] =>
  waiting
    .filter((one) => one.section === section)
    .map(({ late, dueOn, note, recordId }) => ({ ...brief, document, light, role, late, dueOn, note, recordId }))
