import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { targetWords } from '../rules/target-words.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { STATE_TITLES } from '../rules/lifecycle.ts'
import { clientOf } from '../targets/light-cache.ts'
import { listTargets } from '../targets/list.ts'
import type { TargetQuery, TargetRow } from '../targets/schemas.ts'
import type { Cell } from './workbook.ts'
import { streamXlsx } from './xlsx-stream.ts'

export type LedgerQuery = Omit<TargetQuery, 'limit' | 'cursor'> & { columns?: LedgerColumn[] }

export const LIGHT_TITLES = {
  done: '已完成',
  overdue: '逾期',
  behind: '滞后',
  due_soon: '临期',
  normal: '正常',
  unreported: '未报',
} as const
const KIND_TITLES = { quantity: '定量', milestone: '里程碑', duty: '职责' } as const
const names = (units: { name: string }[]) => units.map((u) => u.name).join('、')

interface ExportColumn {
  title: string
  width: number
  of: (row: TargetRow) => Cell
}

/** One column of the page in one or more of the file: no value without its unit, its target and its date. */
const COLUMNS = {
  light: [
    { title: '亮灯', width: 10, of: (r) => (r.light === 'done' && r.late ? '逾期完成' : LIGHT_TITLES[r.light]) },
    { title: '人工亮灯', width: 10, of: (r) => (r.manualLight === null ? null : LIGHT_TITLES[r.manualLight]) },
  ],
  indicator: [{ title: '事项', width: 50, of: (r) => r.indicator }],
  target: [
    { title: '目标', width: 16, of: (r) => targetWords(r) },
    { title: '目标值', width: 10, of: (r) => r.value },
    { title: '计量单位', width: 10, of: (r) => r.unit },
  ],
  reported: [
    { title: '最新数据', width: 12, of: (r) => r.reported?.value ?? null },
    { title: '数据截止日期', width: 14, of: (r) => r.reported?.asOf ?? null },
  ],
  progress: [
    { title: '进度（%）', width: 10, of: (r) => r.progress },
    { title: '序时进度（%）', width: 12, of: (r) => r.expected },
    { title: '缺基期', width: 8, of: (r) => (r.missingBaseline ? '是' : null) },
  ],
  deadline: [{ title: '完成时限', width: 12, of: (r) => r.deadline }],
  units: [
    { title: '牵头单位', width: 24, of: (r) => names(r.lead) },
    { title: '责任单位', width: 24, of: (r) => names(r.responsible) },
    { title: '配合单位', width: 24, of: (r) => names(r.support) },
  ],
  state: [{ title: '状态', width: 10, of: (r) => STATE_TITLES[r.state] }],
  kind: [{ title: '类型', width: 8, of: (r) => KIND_TITLES[r.kind] }],
  document: [
    { title: '发文字号', width: 20, of: (r) => r.document.number },
    { title: '文件', width: 40, of: (r) => r.document.title },
  ],
  clause: [{ title: '条款', width: 40, of: (r) => r.clausePath.join(' / ') }],
  confidence: [{ title: '可信度', width: 10, of: (r) => r.confidence }],
} satisfies Record<string, ExportColumn[]>

/** Columns of the page that a file may be made of. */
export const LEDGER_COLUMNS = Object.keys(COLUMNS) as [LedgerColumn, ...LedgerColumn[]]
export type LedgerColumn = keyof typeof COLUMNS

/** Everything, where nobody chose. */
const ALL: readonly LedgerColumn[] = [
  'kind',
  'indicator',
  'target',
  'deadline',
  'state',
  'light',
  'reported',
  'progress',
  'units',
  'document',
  'clause',
  'confidence',
]

/** The number of the target first, so that every row can be found again, then the columns in the order chosen. */
const columnsOf = (chosen: readonly LedgerColumn[] | undefined): ExportColumn[] => [
  { title: '编号', width: 8, of: (r) => r.id },
  ...[...new Set(chosen?.length ? chosen : ALL)].flatMap((key): ExportColumn[] => COLUMNS[key]),
]

/** Rows fetched and written at once. */
const PAGE = 500

/** An export: whose, of what, on which day. */
export interface LedgerTask {
  viewer: Pick<Actor, 'role' | 'unitId'>
  query: LedgerQuery
  asOf: string
  format: 'xlsx' | 'csv'
}

/** Not every row was there: what was written so far must not pass for the whole. */
class Incomplete extends Error {
  override name = 'Incomplete'
}

/** A target that was known on the day and has no light for it: the cache has been emptied, for new thresholds or another day. */
const UNLIT = `SELECT 1 FROM targets t JOIN documents d ON d.id = t.document_id
  WHERE (d.issued_on IS NULL OR d.issued_on <= :asOf)
    AND NOT EXISTS (SELECT 1 FROM light_cache l WHERE l.as_of = :asOf AND l.target_id = t.id) LIMIT 1`

const assertLit = (db: Db, asOf: string | undefined) => {
  if (asOf !== undefined && clientOf(db).prepare(UNLIT).get({ asOf }) !== undefined)
    throw new Incomplete(`the lights of ${asOf} are not all there`)
}

/** Every row that the filters leave, page by page; an error where not every row is there. */
async function* pages(db: Db, { viewer, query, asOf }: LedgerTask): AsyncGenerator<TargetRow[]> {
  assertLit(db, asOf)
  assertLit(db, query.since)
  let total: number | null = null
  let given = 0
  for (let cursor: string | undefined; ;) {
    const page = listTargets(db, viewer, { ...query, limit: PAGE, cursor }, asOf)
    total ??= page.total
    given += page.items.length
    yield page.items
    if (page.nextCursor === null) break
    cursor = page.nextCursor
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (given !== total) throw new Incomplete(`${given} of ${total} rows`)
}

/**
 * Writes the ledger to a file; all of one moment where `db` is in a read transaction.
 * @returns whether every row was there; the file is worth nothing where not
 */
export async function writeLedger(db: Db, task: LedgerTask, path: string): Promise<boolean> {
  try {
    await pipeline(task.format === 'csv' ? ledgerCsv(db, task) : ledgerXlsx(db, task), createWriteStream(path))
    return true
  } catch (error) {
    if (error instanceof Incomplete) return false
    throw error
  }
}

/** As CSV, with formulas neutralised. */
function ledgerCsv(db: Db, task: LedgerTask): Readable {
  const columns = columnsOf(task.query.columns)
  return Readable.from(
    (async function* () {
      yield CSV_BOM + csvLine(columns.map((c) => c.title))
      for await (const rows of pages(db, task)) yield rows.map((row) => csvLine(columns.map((c) => c.of(row)))).join('')
    })(),
  )
}

function ledgerXlsx(db: Db, task: LedgerTask): Readable {
  const columns = columnsOf(task.query.columns)
  const cells = async function* () {
    for await (const rows of pages(db, task)) yield rows.map((row) => columns.map((c) => c.of(row)))
  }
  return streamXlsx({ name: '目标台账', note: `目标台账，数据截至${task.asOf}`, columns, pages: cells() })
}
