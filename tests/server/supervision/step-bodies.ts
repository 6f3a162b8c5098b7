import { eq } from 'drizzle-orm'
import { addDays, shanghaiDate } from '../../../db/domain/dates.ts'
import { changeRequests, orders, problems, reports } from '../../../db/schema/index.ts'
import { EXPLAINED, type Office } from './office.ts'

/** A body that would be right for the step, made from what there is; `pick` chooses among it. */
export function bodyFor(
  office: Office,
  step: string,
  targetId: number,
  keepId: number,
  pick: number,
): Record<string, unknown> {
  const one = (rows: { id: number }[]) => rows.at(-1 - (pick % 7 === 0 ? pick % (rows.length || 1) : 0))?.id ?? 1
  const of = <T extends typeof reports | typeof changeRequests | typeof orders | typeof problems>(table: T) =>
    office.db
      .select({ id: table.id })
      .from(table as typeof reports)
      .where(eq(table.targetId, targetId))
      .all()
  // six times of seven the newest report that the step is for, else any
  const report = (status: string) => {
    const rows = office.db
      .select({ id: reports.id, status: reports.status })
      .from(reports)
      .where(eq(reports.targetId, targetId))
      .all()
    const fitting = rows.filter((r) => r.status === status)
    return one(pick % 7 !== 0 && fitting.length > 0 ? fitting : rows)
  }
  const today = shanghaiDate(office.clock.now)
  const reason = '随机测试',
    text = '随机测试'
  switch (step) {
    case 'mend':
      return { value: 50 + (pick % 20) }
    case 'drop':
    case 'recall':
    case 'resume':
    case 'reopen':
    case 'ask-suspension':
      return { reason }
    case 'merge':
      return { intoId: keepId }
    case 'split':
      return { parts: [{ value: 60 }, { value: 61 }] }
    case 'reassign':
      return {
        reason,
        units: [
          { role: 'lead', name: pick % 2 ? '甲局' : '乙局' },
          { role: 'support', name: '甲局' },
        ],
      }
    case 'break-down':
      return {
        kind: pick % 2 ? 'stage' : 'year',
        parts: pick % 2 ? [{ label: '路基', weight: 100 }] : [{ label: '2026年', dueOn: '2026-11-30', value: 55 }],
      }
    case 'record-part':
      return {
        partId:
          (office.db.$client.prepare('SELECT id FROM target_parts WHERE target_id = ?').pluck().get(targetId) as
            number | undefined) ?? 1,
        reached: pick % 101,
        reachedOn: today,
      }
    case 'draft': {
      const asOf = pick % 2 ? today : addDays(today, -(pick % 200))
      return { value: 40 + (pick % 40), asOf, ...EXPLAINED }
    }
    case 'submit':
      return {
        reportId: report('draft'),
        confirm: ['order-of-magnitude', 'jump', 'wrong-direction', 'over-hundred', 'negative', 'older', 'same-day'],
      }
    case 'discard':
      return { reportId: report('draft') }
    case 'withdraw':
    case 'approve':
      return { reportId: report('submitted') }
    case 'return':
      return { reportId: report('submitted'), reason }
    case 'record-statistics':
      return { value: pick % 100, asOf: today }
    case 'urge':
    case 'instruct':
      return { text }
    case 'issue-order':
      return { color: 'blue', text, dueOn: '2027-12-31' }
    case 'answer-order':
      return { orderId: one(of(orders)), text }
    case 'close-order':
      return { orderId: one(of(orders)) }
    case 'raise-problem':
      return { text, dueOn: '2027-12-31' }
    case 'rectify-problem':
      return { problemId: one(of(problems)), text }
    case 'close-problem':
      return { problemId: one(of(problems)) }
    case 'reject-problem':
      return { problemId: one(of(problems)), reason }
    case 'fill':
      return { baselineValue: 20 + (pick % 20), baselinePeriod: '2023年' }
    case 'set-light':
      return pick % 3 ? { light: null } : { light: 'behind', reason }
    case 'ask-extension':
      return { reason, deadline: `20${27 + (pick % 9)}-12-31` }
    case 'ask-change':
      return { reason, changes: { value: 50 + (pick % 30) } }
    case 'withdraw-request':
    case 'grant':
      return { requestId: one(of(changeRequests)) }
    case 'refuse':
      return { requestId: one(of(changeRequests)), reason }
    default:
      return {}
  }
}
