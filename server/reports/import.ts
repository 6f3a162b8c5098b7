import { and, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { Problem } from '../errors.ts'
import { isUsableNumber, NUMBER_TOO_LARGE } from '../number-bound.ts'
import { isDate } from '../../db/domain/dates.ts'
import { WARNING_CODES } from '../../db/domain/plausibility.ts'
import { runStep } from '../core/step-engine.ts'
import { visibleTo } from '../core/visible.ts'
import { draft, submit } from './steps.ts'
import { checkCode } from './check-code.ts'
import { neutralise } from '../csv.ts'
import type { FilledRow } from './read-template.ts'

/** What became of one row of the sheet; `row` is the number that the spreadsheet shows. */
interface RowResult {
  row: number
  targetId: number | null
  indicator: string | null
  status: 'ok' | 'warning' | 'error'
  /** What is wrong, or to be confirmed; empty for a good row. */
  messages: string[]
  reportId: number | null
}

interface ImportOutcome {
  /** Whether anything has been stored. */
  stored: boolean
  ok: number
  warnings: number
  errors: number
  rows: RowResult[]
}

interface ImportOptions {
  /** Doubtful values are confirmed. */
  confirm: boolean
  /** Store the right rows although others are wrong: the person has said so. */
  partial: boolean
}

/** Rolls the transaction back after everything has been tried. */
class TriedOnly extends Error {}

/**
 * Submits the filled rows of a template as reports. Nothing is stored unless every row is right, or the person
 * has said that the right ones shall be stored; doubts have to be confirmed. Every row is tried for real inside one
 * transaction, so the result is what would happen.
 */
export function importReports(db: Db, actor: Actor, filled: FilledRow[], options: ImportOptions): ImportOutcome {
  const rows: RowResult[] = []
  let stored = false
  try {
    inTransaction(db, (tx) => {
      rows.push(...tryRows(tx, actor, filled, options.confirm))
      const bad = rows.filter((r) => r.status === 'error').length
      const doubtful = rows.filter((r) => r.status === 'warning').length
      const good = rows.length - bad - doubtful
      if (good === 0 || ((bad > 0 || doubtful > 0) && !options.partial)) throw new TriedOnly()
      stored = true
    })
  } catch (error) {
    if (!(error instanceof TriedOnly)) throw error
    for (const r of rows) r.reportId = null
  }
  const count = (status: RowResult['status']) => rows.filter((r) => r.status === status).length
  return { stored, ok: count('ok'), warnings: count('warning'), errors: count('error'), rows }
}

function tryRows(tx: Db, actor: Actor, filled: FilledRow[], confirm: boolean): RowResult[] {
  const ids = filled.map((f) => f.cells.id).filter((id) => Number.isSafeInteger(id)) as number[]
  const known = new Map(
    ids.length === 0
      ? []
      : tx
          .select()
          .from(targets)
          // What a person may not see is answered as what does not exist: not even its name.
          .where(and(inArray(targets.id, ids), visibleTo(actor)))
          .all()
          .map((t) => [t.id, t]),
  )
  const seen = new Set<string>()
  return filled.map(({ row, cells }) => {
    const target = typeof cells.id === 'number' ? known.get(cells.id) : undefined
    const result: RowResult = {
      row,
      targetId: target?.id ?? null,
      indicator: target?.indicator ?? null,
      status: 'error',
      messages: [],
      reportId: null,
    }
    const mistakes = rowMistakes(cells, target?.indicator)
    const key = `${String(cells.id)}:${String(cells.asOf)}`
    if (seen.has(key)) mistakes.push('与前面的行重复（同一事项、同一数据截止日期）')
    seen.add(key)
    if (target === undefined || mistakes.length > 0) return { ...result, messages: mistakes }
    const unit = typeof cells.unit === 'string' ? cells.unit.trim() : null
    if (unit !== null && unit !== '' && target.unit !== null && unit !== neutralise(target.unit).trim()) {
      return { ...result, messages: [`计量单位“${unit.slice(0, 50)}”与目标的“${target.unit}”不同，请换算后填写`] }
    }
    try {
      const value = cells.value === null ? null : Number(cells.value)
      const done = cells.done === null || cells.done === '' ? null : cells.done === '是'
      // A step inside the import's transaction is a savepoint: a row that fails leaves nothing of itself.
      return inTransaction(tx, (row) => {
        const body = {
          value,
          done,
          asOf: String(cells.asOf),
          note: words(cells.note),
          problems: words(cells.problems),
          nextSteps: words(cells.nextSteps),
          needs: words(cells.needs),
          correctsId: null,
        }
        const made = runStep(row, draft, target.id, versionOf(row, target.id), body, actor)
        const reportId = made.record?.id ?? 0
        runStep(row, submit, target.id, made.version, { reportId, confirm: confirm ? WARNING_CODES : [] }, actor)
        return { ...result, status: 'ok' as const, reportId }
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const messages = error.extra.errors?.map((e) => e.message) ?? [error.detail]
      return { ...result, messages, status: error.code === 'confirm-warnings' ? 'warning' : 'error' }
    }
  })
}

const words = (cell: string | number | null) => (cell === null || cell === '' ? null : String(cell))

const versionOf = (db: Db, id: number): number =>
  db
    .select({ version: targets.version })
    .from(targets)
    .where(inArray(targets.id, [id]))
    .get()?.version ?? 0

function rowMistakes(cells: FilledRow['cells'], indicator: string | undefined): string[] {
  const mistakes: string[] = []
  if (indicator === undefined) mistakes.push('编号不是本系统的事项，请使用本系统导出的模板')
  else if (cells.check !== checkCode(cells.id as number, indicator))
    mistakes.push('校验码与编号不符，该行可能被移动或改动，请重新下载模板')
  if (cells.value !== null && typeof cells.value !== 'number')
    mistakes.push(`完成值“${String(cells.value).slice(0, 50)}”不是数值`)
  else if (cells.value !== null && !isUsableNumber(cells.value)) mistakes.push(`完成值${NUMBER_TOO_LARGE}`)
  if (cells.done !== null && cells.done !== '' && cells.done !== '是' && cells.done !== '否')
    mistakes.push(`“是否完成”应填“是”或“否”，现为“${String(cells.done).slice(0, 50)}”`)
  if (cells.asOf === null || !isDate(String(cells.asOf)))
    mistakes.push(`数据截止日期“${String(cells.asOf ?? '').slice(0, 50)}”应为 YYYY-MM-DD`)
  return mistakes
}
