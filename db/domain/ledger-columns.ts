import { idsOf } from './vocabulary.ts'

/**
 * Columns of the ledger by their heads. Its page draws each of them, its file makes one or more of each; which fields of a
 * target stand under which of them says db/domain/target-fields.ts.
 */
export const LEDGER_COLUMN_TITLES = {
  light: '灯',
  indicator: '指标与出处',
  target: '目标',
  reported: '最近填报',
  progress: '进度',
  deadline: '期限',
  units: '单位',
  state: '办理状态',
  kind: '类别',
  clause: '条款',
  document: '来源',
  confidence: '可信度',
} as const
export type LedgerColumn = keyof typeof LEDGER_COLUMN_TITLES
export const LEDGER_COLUMN_IDS = idsOf(LEDGER_COLUMN_TITLES)
