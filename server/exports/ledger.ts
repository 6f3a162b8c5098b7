import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LIGHT_TITLES, lightTitle } from '../../db/domain/lights.ts'
import { unlitWord } from '../../db/domain/tracking.ts'
import { STATE_TITLES } from '../../db/domain/states.ts'
import { KIND_TITLES } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { targetWords } from '../../db/domain/target-words.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { rowsOn } from '../core/ledger-rows.ts'
import type { TargetRow } from '../core/target-schemas.ts'
import type { Cell } from '../core/workbook.ts'
import { streamXlsx } from './xlsx-stream.ts'

const names = (units: { name: string }[]) => units.map((u) => u.name).join('、')

interface ExportColumn {
  title: string
  width: number
  of: (row: TargetRow) => Cell
}

/** One column of the page in one or more of the file: no value without its unit, its target and its date. */
const COLUMNS = {
  light: [
    { title: '亮灯', width: 10, of: lightWords },
    { title: '人工亮灯', width: 10, of: (r) => (r.manualLight === null ? null : LIGHT_TITLES[r.manualLight]) },
  ],
  indicator: [{ title: '事项', width: 50, of: (r) => r.indicator }],
  target: [
    { title: '目标', width: 16, of: (r) => targetWords(r, 'text') },
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

/** Where there is no light, why: 未交办, 已中止, … */
function lightWords({ light, late, state }: TargetRow): string {
  if (light === null) return unlitWord(state) ?? ''
  return lightTitle(light, late)
}

/** Columns of the page that a file may be made of. */
export const LEDGER_COLUMNS = Object.keys(COLUMNS) as [LedgerColumn, ...LedgerColumn[]]
type LedgerColumn = keyof typeof COLUMNS

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

/** The cells of a target's whole line, without a choice of columns. */
export const wholeLine = (row: TargetRow): Cell[] => columnsOf(undefined).map((column) => column.of(row))

/** Rows fetched and written at once. */
const PAGE = 500

/** An export: which targets in which order, which columns (all where none are named), on which day. */
export interface LedgerTask {
  ids: readonly number[]
  columns: readonly LedgerColumn[] | undefined
  asOf: string
  format: 'xlsx' | 'csv'
}

/** The rows of the targets, some at a time; between them others get their turn. */
async function* pages(db: Db, { ids, asOf }: LedgerTask): AsyncGenerator<TargetRow[]> {
  for (let from = 0; from < ids.length; from += PAGE) {
    yield rowsOn(db, ids.slice(from, from + PAGE), asOf)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Writes the ledger to a file; all of one moment where `db` is in a read transaction. */
export const writeLedger = (db: Db, task: LedgerTask, path: string): Promise<void> =>
  pipeline(task.format === 'csv' ? ledgerCsv(db, task) : ledgerXlsx(db, task), createWriteStream(path))

/** As CSV, with formulas neutralised. */
function ledgerCsv(db: Db, task: LedgerTask): Readable {
  const columns = columnsOf(task.columns)
  return Readable.from(
    (async function* () {
      yield CSV_BOM + csvLine(columns.map((c) => c.title))
      for await (const rows of pages(db, task)) yield rows.map((row) => csvLine(columns.map((c) => c.of(row)))).join('')
    })(),
  )
}

function ledgerXlsx(db: Db, task: LedgerTask): Readable {
  const columns = columnsOf(task.columns)
  const cells = async function* () {
    for await (const rows of pages(db, task)) yield rows.map((row) => columns.map((c) => c.of(row)))
  }
  return streamXlsx({ name: '目标台账', note: `目标台账，数据截至${task.asOf}`, columns, pages: cells() })
}
