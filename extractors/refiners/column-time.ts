import { findTimes } from '../parsers/time.ts'
import type { Refiner } from './draft.ts'
import { standing } from './draft.ts'
import { headTime, stagesOf } from './stage-columns.ts'

/** Numbers among the words of a cell are due when its column ends: 一季度 | 上半年 | 2027年目标. */
export const columnTime: Refiner = {
  name: 'column-time',
  reads: ['deadline', 'quantity'],
  writes: ['deadline', 'deadlineBasis', 'relativeDeadline'],
  run: (view, context) => {
    const { row } = view.clause
    if (!row) return
    for (const draft of standing(view)) {
      if (draft.deadline !== null || draft.quantity.form === 'cell') continue
      const at = draft.quantity.start
      const cell = row.cells.find(({ start, end }) => at >= start && at < end)
      if (!cell) continue
      const header = row.table.columns[cell.column]?.header ?? ''
      const time = stagesOf(row, context)[cell.column] ?? headTime(header, findTimes, context)
      if (!time) continue
      draft.deadline = time.last
      draft.deadlineBasis = 'inherited'
      draft.relativeDeadline = time.relative
      draft.reasons.deadline = { range: null, rule: 'deadline-inherited/table-header' }
    }
  },
}
