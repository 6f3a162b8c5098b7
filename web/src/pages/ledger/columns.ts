import type { Column } from '../../components/data-table.ts'

/** All columns of the ledger; which are shown and in what order is chosen and kept by each person. The keys are those of the export. */
export const LEDGER_COLUMNS: readonly Column[] = [
  { key: 'light', word: '灯', width: '124px', fixed: true },
  { key: 'indicator', word: '指标与出处', width: 'minmax(240px, 4fr)', sort: 'indicator', fixed: true },
  { key: 'target', word: '目标', width: 'minmax(120px, 1.2fr)' },
  { key: 'reported', word: '最近填报', width: 'minmax(168px, 1.3fr)' },
  { key: 'progress', word: '进度', width: '128px', sort: 'progress' },
  { key: 'deadline', word: '期限', width: '112px', sort: 'deadline' },
  { key: 'units', word: '单位', width: 'minmax(144px, 1.6fr)' },
  { key: 'state', word: '办理状态', width: '80px' },
  { key: 'kind', word: '类别', width: '80px', optional: true },
  { key: 'clause', word: '条款', width: 'minmax(160px, 1.6fr)', optional: true },
  { key: 'document', word: '文号', width: 'minmax(144px, 1.2fr)', sort: 'document', optional: true },
  { key: 'confidence', word: '可信度', width: '80px', sort: 'confidence', align: 'right', optional: true },
]

export const DEFAULT_COLUMNS = LEDGER_COLUMNS.filter((column) => !column.optional).map((column) => column.key)

export const isColumnChoice = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((key) => LEDGER_COLUMNS.some((column) => column.key === key))

/** The columns that are shown: the fixed ones, then the chosen ones in the order chosen. */
export const shownColumns = (chosen: readonly string[]): Column[] => [
  ...LEDGER_COLUMNS.filter((column) => column.fixed),
  ...chosen.flatMap((key) => LEDGER_COLUMNS.find((column) => column.key === key && !column.fixed) ?? []),
]
