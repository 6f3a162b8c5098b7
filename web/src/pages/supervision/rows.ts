import { endsOf } from '../../../../db/domain/figure-ends.ts'
import { reportedProblem } from '../../../../db/domain/report-parts.ts'
import type { Worded } from '../../../../db/domain/target-words.ts'
import { fetchTargets } from '../../api/calls.ts'
import {
  fetchDifferences,
  fetchOrders,
  fetchProblems,
  fetchProposals,
  fetchReports,
  fetchRequests,
  fetchUrges,
  type Difference,
  type OrderRow,
  type ProblemRow,
  type ReportRow,
  type RequestRow,
  type TargetBrief,
  type UrgeRow,
} from '../../api/office-calls.ts'
import type { ManyStepName } from '../../api/steps.ts'
import type { Page, TargetRow } from '../../api/types.ts'
import {
  dated,
  itemOfBrief,
  itemOfOrder,
  itemOfTarget,
  orderName,
  type StepItem,
} from '../../components/steps/step-items.ts'
import { briefWords, prefillOfRequest } from '../../domain/briefs.ts'
import { reportedWords } from '../../../../db/domain/target-words.ts'
import { useSession } from '../../stores/session.ts'
import { MET_TARGETS, sharedInstructionCounts, WAITING_TARGETS } from '../../stores/waiting.ts'
import { PAST, type TabKey } from './tabs.ts'

/** One line of any of the office's lists, with what its steps need. */
export interface Line {
  key: string
  target: Worded &
    Pick<TargetBrief, 'id' | 'indicator' | 'deadline'> & {
      document?: TargetBrief['document']
    }
  item: StepItem | null
  /** May be chosen for a step of many: the unit has done its part. */
  ready?: boolean
  report?: ReportRow
  request?: RequestRow
  order?: OrderRow
  problem?: ProblemRow
  urge?: UrgeRow
  row?: TargetRow
  difference?: Difference
}

/** Steps that may be taken for the chosen lines of a list at once. */
export const MANY: Partial<Record<TabKey, readonly { step: ManyStepName; word: string }[]>> = {
  reports: [
    { step: 'approve', word: '批量通过' },
    { step: 'return', word: '批量退回' },
  ],
  requests: [
    { step: 'grant', word: '批量同意' },
    { step: 'refuse', word: '批量不同意' },
  ],
  assign: [{ step: 'assign', word: '批量交办' }],
  unsigned: [{ step: 'urge', word: '批量催办' }],
  orders: [{ step: 'close-order', word: '批量办结' }],
  problems: [{ step: 'close-problem', word: '批量销号' }],
  meet: [{ step: 'meet', word: '批量办结' }],
  close: [{ step: 'close', word: '批量销号' }],
}

/** `unitId`: only what is of one unit, in the lists that are of units. */
type Query = { limit: number; cursor?: string; unitId?: number }

const ofTarget = (row: TargetRow): Line => ({ key: `t${row.id}`, target: row, item: itemOfTarget(row), row })
/** Whoever made it 办结 leaves 销号 to another person. */
const toClose = (row: TargetRow): Line => ({ ...ofTarget(row), ready: row.metBy !== useSession().me?.id })
/** What is decided on: the report, held against its target. */
const reportedAgainst = ({ target, unit, value, done, asOf }: ReportRow): string =>
  `${unit?.name ?? ''}填报 ${reportedWords(value, target.unit, done)}，数据截止 ${asOf}；目标${dated(briefWords(target), target.deadline)}`
/** What waits for the office stands before what waits for a unit. */
const mapped = <T>(page: Page<T>, line: (row: T) => Line): Page<Line> => ({
  ...page,
  items: page.items.map(line).sort((a, b) => Number(b.ready ?? false) - Number(a.ready ?? false)),
})

/** One page of a list of the office; `past` for what is over, which nothing can be done with any more. */
export async function fetchLines(tab: TabKey, past: boolean, query: Query, signal?: AbortSignal): Promise<Page<Line>> {
  const page = await fetchOpenOrPast(tab, past ? PAST[tab]?.status : undefined, query, signal)
  return past ? { ...page, items: page.items.map((line) => ({ ...line, item: null })) } : page
}

async function fetchOpenOrPast(
  tab: TabKey,
  status: string | undefined,
  query: Query,
  signal?: AbortSignal,
): Promise<Page<Line>> {
  const { unitId, ...page } = query
  const ofUnit = { ...page, ...(unitId === undefined ? {} : { unitId: String(unitId) }) }
  switch (tab) {
    case 'reports':
      return mapped(await fetchReports({ ...query, status: status ?? 'submitted' }, signal), (report) => ({
        key: `r${report.id}`,
        target: report.target,
        item: {
          ...itemOfBrief(report.target, { reportId: report.id }, report.unit),
          words: reportedAgainst(report),
          prefill: { text: reportedProblem(report) ?? '', unitId: String(report.unit?.id ?? '') },
        },
        report,
      }))
    case 'requests':
      return mapped(await fetchRequests({ ...query, status: status ?? 'asked' }, signal), (request) => ({
        key: `q${request.id}`,
        target: request.target,
        item: {
          ...itemOfBrief(request.target, { requestId: request.id }),
          prefill: prefillOfRequest(request),
        },
        ready: request.askedBy?.id !== useSession().me?.id,
        request,
      }))
    case 'orders':
      return mapped(await fetchOrders({ ...query, status: status ?? 'open,answered' }, signal), (order) => ({
        key: `o${order.id}`,
        target: { ...order.target, indicator: orderName(order) },
        item: itemOfOrder(order),
        order,
        ready: order.status === 'answered',
      }))
    // its rows are listed elsewhere (proposals.vue); here they are only counted
    case 'proposals':
      return { ...(await fetchProposals(query, signal)), items: [] }
    case 'problems':
      return mapped(await fetchProblems({ ...query, status: status ?? 'open,rectified' }, signal), (problem) => ({
        key: `p${problem.id}`,
        target: problem.target,
        item: itemOfBrief(problem.target, { problemId: problem.id }, problem.unit),
        problem,
        ready: problem.status === 'rectified',
      }))
    case 'urges':
      return mapped(await fetchUrges(query, signal), (urge) => ({
        key: `u${urge.id}`,
        target: urge.target,
        item: null,
        urge,
      }))
    case 'instructions':
      // they have a list of their own; here only how many wait
      return { items: [], nextCursor: null, total: (await sharedInstructionCounts.ask()).mine }
    case 'assign':
      return mapped(await fetchTargets({ ...ofUnit, ...WAITING_TARGETS.assign }, signal), ofTarget)
    case 'unsigned':
      return mapped(await fetchTargets({ ...ofUnit, missing: 'signature', scope: 'tracked' }, signal), ofTarget)
    case 'meet':
      return mapped(await fetchTargets({ ...ofUnit, ...WAITING_TARGETS.meet }, signal), ofTarget)
    case 'close':
      return mapped(await fetchTargets({ ...ofUnit, ...MET_TARGETS }, signal), toClose)
    case 'differences': {
      const { items } = await fetchDifferences(signal)
      return {
        nextCursor: null,
        total: items.length,
        items: items.map((difference) => ({
          key: `d${difference.targetId}`,
          item: null,
          difference,
          target: {
            id: difference.targetId,
            indicator: difference.indicator,
            op: null,
            ...endsOf(difference.target),
            unit: difference.unit,
            deadline: null,
          },
        })),
      }
    }
  }
}

/** How many lines each list has. */
export async function fetchCounts(
  keys: readonly TabKey[],
  signal?: AbortSignal,
): Promise<Partial<Record<TabKey, number>>> {
  const totals = await Promise.all(
    keys.map(async (key) => [key, (await fetchLines(key, false, { limit: 1 }, signal)).total ?? 0] as const),
  )
  return Object.fromEntries(totals)
}
