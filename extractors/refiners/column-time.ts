import { findTimes } from '../parsers/time.ts'
import type { DocumentContext, Refiner } from './draft.ts'
import { standing } from './draft.ts'

/** What a header says beside its time: 一季度目标, 2026年计划. */
const BESIDE = /(?:工作|形象|阶段)?(?:目标|计划|任务|节点|进度|安排|要求)?/

/** Numbers among the words of a cell are due when its column ends: 一季度 | 上半年 | 2027年目标. */
export const columnTime: Refiner = {
  name: 'column-time',
  reads: ['deadline', 'quantity'],
  writes: ['deadline', 'deadlineBasis'],
  run: (view, context) => {
    const { row } = view.clause
    if (!row) return
    for (const draft of standing(view)) {
      if (draft.deadline !== null || draft.quantity.form === 'cell') continue
      const at = draft.quantity.start
      const cell = row.cells.find(({ start, end }) => at >= start && at < end)
      const last = cell && endOf(row.table.columns[cell.column]?.header ?? '', context)
      if (!last) continue
      draft.deadline = last
      draft.deadlineBasis = 'inherited'
      draft.reasons.deadline = { range: null, rule: 'deadline-inherited/table-header' }
    }
  },
}

/** The last day of the time that a header is; null where it is about anything else. */
function endOf(header: string, { issuedOn, year }: DocumentContext): string | null {
  const [time] = findTimes(`${header},`, 0, header.length + 1, { issuedOn, year })
  if (!time || time.start > 0) return null
  return BESIDE.exec(header.slice(time.end))?.[0] === header.slice(time.end) ? time.last : null
}
