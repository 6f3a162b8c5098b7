import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HEAD_FIELD_TITLES } from '../../db/domain/document-heads.ts'
import type { LedgerColumn } from '../../db/domain/ledger-columns.ts'
import { lightTitle } from '../../db/domain/lights.ts'
import { MISSING_TITLES } from '../../db/domain/missing.ts'
import { SOURCE_FIELD_TITLES, SOURCE_KIND_TITLES } from '../../db/domain/source-kinds.ts'
import { fieldEntry, LEDGER_FIELDS, wordOf } from '../../db/domain/target-fields.ts'
import { UNIT_ROLES, UNIT_ROLE_TITLES } from '../../db/domain/target-terms.ts'
import { unlitWord } from '../../db/domain/tracking.ts'
import type { Db } from '../../db/open.ts'
import { targetWords } from '../../db/domain/target-words.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { rowsOn } from '../core/ledger-rows.ts'
import { listSourceKinds } from '../core/source-kinds.ts'
import type { TargetRow } from '../core/target-schemas.ts'
import type { Cell } from '../core/workbook.ts'
import { streamXlsx } from './xlsx-stream.ts'

const names = (units: { name: string }[]) => units.map((u) => u.name).join('、')

interface ExportColumn {
  title: string
  width: number
  of: (row: TargetRow, kinds: KindTitles) => Cell
}

/** Titles of the register of 来源类别. */
type KindTitles = Readonly<Record<string, string>>
const kindTitles = (db: Db): KindTitles => Object.fromEntries(listSourceKinds(db).map(({ id, title }) => [id, title]))

/** What a column of the file says that is no field of the target, by the column of the page that it belongs to. */
const BESIDE_FIELDS: Partial<Record<LedgerColumn, ExportColumn[]>> = {
  light: [{ title: '亮灯', width: 10, of: lightWords }],
  target: [{ title: '目标', width: 16, of: (r) => targetWords(r, 'text') }],
  reported: [
    { title: '最新数据', width: 12, of: (r) => r.reported?.value ?? null },
    { title: '数据截止日期', width: 14, of: (r) => r.reported?.asOf ?? null },
  ],
  progress: [
    { title: '进度（%）', width: 10, of: (r) => r.progress },
    { title: '序时进度（%）', width: 12, of: (r) => r.expected },
    { title: MISSING_TITLES.baseline, width: 8, of: (r) => (r.missingBaseline ? '是' : null) },
  ],
  units: [
    ...UNIT_ROLES.map((role): ExportColumn => ({
      title: `${UNIT_ROLE_TITLES[role]}单位`,
      width: 24,
      of: (r) => names(r[role]),
    })),
  ],
  document: [
    { title: SOURCE_FIELD_TITLES.kind, width: 16, of: (r, kinds) => kinds[r.document.kind] ?? r.document.kind },
    { title: HEAD_FIELD_TITLES.number, width: 20, of: (r) => r.document.number },
    { title: '来源', width: 40, of: (r) => r.document.title },
  ],
  clause: [{ title: '条款', width: 40, of: (r) => r.clausePath.join(' / ') }],
  confidence: [{ title: '可信度', width: 10, of: (r) => r.confidence }],
}

/** Width of a field's column, in characters; a text as long as a sentence is wide. */
const widthOf = (field: LedgerField): number => ((fieldEntry(field).most ?? 0) > 100 ? 50 : 12)

type LedgerField = (typeof LEDGER_FIELDS)[number]
const ofField = (field: LedgerField): ExportColumn => ({
  title: fieldEntry(field).title,
  width: widthOf(field),
  of: ({ [field]: value }) => (typeof value === 'string' ? (wordOf(field, value) ?? value) : value),
})

/** One column of the page in one or more of the file: what is beside the fields, then each field that stands under it. */
const columnsUnder = (column: LedgerColumn): ExportColumn[] => [
  ...(BESIDE_FIELDS[column] ?? []),
  ...LEDGER_FIELDS.filter((field) => fieldEntry(field).column === column).map(ofField),
]

/** Where there is no light, why: 未交办, 已中止, … */
function lightWords({ light, late, state }: TargetRow): string {
  if (light === null) return unlitWord(state) ?? ''
  return lightTitle(light, late)
}

/** The order where nobody chose: what a target is first, then how it stands, then where it comes from. */
const IN_FULL: readonly LedgerColumn[] = [
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
  ...[...new Set(chosen?.length ? chosen : IN_FULL)].flatMap(columnsUnder),
]

/** The cells of a target's whole line, without a choice of columns. */
export const wholeLine = (row: TargetRow): Cell[] =>
  columnsOf(undefined).map((column) => column.of(row, SOURCE_KIND_TITLES))

/** Rows fetched and written at once. */
const PAGE = 500

/** An export: which targets in which order, which columns (all where none are named), on which day. */
export interface LedgerTask {
  ids: readonly number[]
  /** Whose part is written, as the ledger shows it; null for the whole targets. */
  unitId: number | null
  columns: readonly LedgerColumn[] | undefined
  asOf: string
  format: 'xlsx' | 'csv'
}

/** The rows of the targets, some at a time; between them others get their turn. */
async function* pages(db: Db, { ids, asOf, unitId }: LedgerTask): AsyncGenerator<TargetRow[]> {
  for (let from = 0; from < ids.length; from += PAGE) {
    yield rowsOn(db, ids.slice(from, from + PAGE), asOf, unitId)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Writes the ledger to a file; all of one moment where `db` is in a read transaction. */
export const writeLedger = (db: Db, task: LedgerTask, path: string): Promise<void> =>
  pipeline(task.format === 'csv' ? ledgerCsv(db, task) : ledgerXlsx(db, task), createWriteStream(path))

/** As CSV, with formulas neutralised. */
function ledgerCsv(db: Db, task: LedgerTask): Readable {
  const kinds = kindTitles(db)
  const columns = columnsOf(task.columns)
  return Readable.from(
    (async function* () {
      yield CSV_BOM + csvLine(columns.map((c) => c.title))
      for await (const rows of pages(db, task))
        yield rows.map((row) => csvLine(columns.map((c) => c.of(row, kinds)))).join('')
    })(),
  )
}

function ledgerXlsx(db: Db, task: LedgerTask): Readable {
  const kinds = kindTitles(db)
  const columns = columnsOf(task.columns)
  const cells = async function* () {
    for await (const rows of pages(db, task)) yield rows.map((row) => columns.map((c) => c.of(row, kinds)))
  }
  return streamXlsx({ name: '目标台账', note: `目标台账，数据截至${task.asOf}`, columns, pages: cells() })
}
