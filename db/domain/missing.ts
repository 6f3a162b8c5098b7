import { idsOf } from './vocabulary.ts'

/** What a target may lack: until it is there, its progress cannot be said, or nobody answers for it (缺项). */
export const MISSING_TITLES = {
  value: '没有填报值',
  baseline: '缺基期',
  signature: '未签收',
  deadline: '未定期限',
  unit: '未对应单位',
} as const
export const MISSING = idsOf(MISSING_TITLES)
export type Missing = keyof typeof MISSING_TITLES
