import { Readable } from 'node:stream'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { targetWords } from '../bulletins/words.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { STATE_TITLES } from '../rules/lifecycle.ts'
import { listTargets } from '../targets/list.ts'
import type { TargetQuery, TargetRow } from '../targets/schemas.ts'
import type { Cell } from './workbook.ts'
import { streamXlsx } from './xlsx-stream.ts'

export type LedgerQuery = Omit<TargetQuery, 'limit' | 'cursor'>

export const LIGHT_TITLES = { done: '已完成', overdue: '逾期', behind: '滞后', due_soon: '临期', normal: '正常', unreported: '未报' } as const
const KIND_TITLES = { quantity: '定量', milestone: '里程碑', duty: '职责' } as const
const names = (units: { name: string }[]) => units.map((u) => u.name).join('、')

/** Columns of the exported ledger: no value without its unit, its target and its date. */
const COLUMNS: { title: string, width: number, of: (row: TargetRow) => Cell }[] = [
  { title: '编号', width: 8, of: (r) => r.id },
  { title: '类型', width: 8, of: (r) => KIND_TITLES[r.kind] },
  { title: '事项', width: 50, of: (r) => r.indicator },
  { title: '目标', width: 16, of: (r) => targetWords(r) },
  { title: '目标值', width: 10, of: (r) => r.value },
  { title: '计量单位', width: 10, of: (r) => r.unit },
  { title: '完成时限', width: 12, of: (r) => r.deadline },
  { title: '状态', width: 10, of: (r) => STATE_TITLES[r.state] },
  { title: '亮灯', width: 10, of: (r) => (r.light === 'done' && r.late ? '逾期完成' : LIGHT_TITLES[r.light]) },
  { title: '人工亮灯', width: 10, of: (r) => (r.manualLight === null ? null : LIGHT_TITLES[r.manualLight]) },
  { title: '进度（%）', width: 10, of: (r) => r.progress },
  { title: '序时进度（%）', width: 12, of: (r) => r.expected },
  { title: '最新数据', width: 12, of: (r) => r.reported?.value ?? null },
  { title: '数据截止日期', width: 14, of: (r) => r.reported?.asOf ?? null },
  { title: '缺基期', width: 8, of: (r) => (r.missingBaseline ? '是' : null) },
  { title: '牵头单位', width: 24, of: (r) => names(r.lead) },
  { title: '责任单位', width: 24, of: (r) => names(r.responsible) },
  { title: '配合单位', width: 24, of: (r) => names(r.support) },
  { title: '发文字号', width: 20, of: (r) => r.document.number },
  { title: '文件', width: 40, of: (r) => r.document.title },
  { title: '条款', width: 40, of: (r) => r.clausePath.join(' / ') },
]

/** Rows fetched and written at once: some milliseconds, so that nobody waits for somebody's export. */
const PAGE = 100

/** Every row that the filters leave, page by page; between pages other requests get their turn. */
async function* pages(db: Db, actor: Actor, query: LedgerQuery, asOf: string): AsyncGenerator<TargetRow[]> {
  for (let cursor: string | undefined; ;) {
    const page = listTargets(db, actor, { ...query, limit: PAGE, cursor }, asOf)
    yield page.items
    if (page.nextCursor === null) return
    cursor = page.nextCursor
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The ledger as CSV, streamed, with formulas neutralised. */
export function ledgerCsv(db: Db, actor: Actor, query: LedgerQuery, asOf: string): Readable {
  return Readable.from((async function* () {
    yield CSV_BOM + csvLine(COLUMNS.map((c) => c.title))
    for await (const rows of pages(db, actor, query, asOf)) yield rows.map((row) => csvLine(COLUMNS.map((c) => c.of(row)))).join('')
  })())
}

/** The ledger as xlsx, streamed. */
export function ledgerXlsx(db: Db, actor: Actor, query: LedgerQuery, asOf: string): Readable {
  const cells = async function* () {
    for await (const rows of pages(db, actor, query, asOf)) yield rows.map((row) => COLUMNS.map((c) => c.of(row)))
  }
  return streamXlsx({ name: '目标台账', note: `目标台账，数据截至${asOf}`, columns: COLUMNS, pages: cells() })
}
