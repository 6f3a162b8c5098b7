import { LEDGER_COLUMN_IDS, LEDGER_COLUMN_TITLES, type LedgerColumn } from '../../../../db/domain/ledger-columns.ts'
import type { Column } from '../../components/data-table.ts'

/** How the page draws a column. */
const DRAWN: Readonly<Record<LedgerColumn, Omit<Column, 'key' | 'word'>>> = {
  light: { width: '124px', fixed: true },
  indicator: { width: 'minmax(240px, 4fr)', sort: 'indicator', fixed: true },
  target: { width: 'minmax(120px, 1.2fr)' },
  reported: { width: 'minmax(168px, 1.3fr)' },
  progress: { width: '128px', sort: 'progress' },
  deadline: { width: '112px', sort: 'deadline' },
  units: { width: 'minmax(144px, 1.6fr)' },
  state: { width: '80px' },
  kind: { width: '80px', optional: true },
  clause: { width: 'minmax(160px, 1.6fr)', optional: true },
  document: { width: 'minmax(144px, 1.2fr)', sort: 'document', optional: true },
  confidence: { width: '80px', sort: 'confidence', align: 'right', optional: true },
}

/** All columns of the ledger; which are shown and in what order is chosen and kept by each person. */
export const LEDGER_COLUMNS: readonly Column[] = LEDGER_COLUMN_IDS.map((key) => ({
  key,
  word: LEDGER_COLUMN_TITLES[key],
  ...DRAWN[key],
}))

export const DEFAULT_COLUMNS = LEDGER_COLUMNS.filter((column) => !column.optional).map((column) => column.key)

export const isColumnChoice = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((key) => LEDGER_COLUMNS.some((column) => column.key === key))

/** The columns that are shown: the fixed ones, then the chosen ones in the order chosen. */
export const shownColumns = (chosen: readonly string[]): Column[] => [
  ...LEDGER_COLUMNS.filter((column) => column.fixed),
  ...chosen.flatMap((key) => LEDGER_COLUMNS.find((column) => column.key === key && !column.fixed) ?? []),
]
