import { idsOf } from './vocabulary.ts'

/** What a unit or the office may ask for about an assigned target. */
export const REQUEST_KIND_TITLES = { extension: '延期', suspension: '中止', change: '变更' } as const
export type RequestKind = keyof typeof REQUEST_KIND_TITLES
export const REQUEST_KINDS = idsOf(REQUEST_KIND_TITLES)

export const REQUEST_STATUS_TITLES = {
  asked: '待审批',
  granted: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
} as const
export type RequestStatus = keyof typeof REQUEST_STATUS_TITLES
export const REQUEST_STATUSES = idsOf(REQUEST_STATUS_TITLES)

/** Colours of a 督办单 in the order of their weight: due soon, behind, overdue. */
export const ORDER_COLOR_TITLES = { blue: '蓝色', yellow: '黄色', red: '红色' } as const
export type OrderColor = keyof typeof ORDER_COLOR_TITLES
export const ORDER_COLORS = idsOf(ORDER_COLOR_TITLES)

/** Why one of a colour is issued, in a sentence about the target. */
export const ORDER_REASONS: Readonly<Record<OrderColor, string>> = {
  blue: '即将到期',
  yellow: '进度滞后或未按时填报',
  red: '已逾期未完成',
}

/** A 督办单 waits for the unit's answer, then for the office to close it. */
export const ORDER_STATUS_TITLES = { open: '待回复', answered: '已回复', closed: '已办结' } as const
export const ORDER_STATUSES = idsOf(ORDER_STATUS_TITLES)

/** 待签发: nothing reaches the unit before a person issues it. */
export const PROPOSAL_STATUS_TITLES = { proposed: '待签发', issued: '已签发', dismissed: '不予签发' } as const
export const PROPOSAL_STATUSES = idsOf(PROPOSAL_STATUS_TITLES)

/** 问题清单 */
export const PROBLEM_STATUS_TITLES = { open: '待整改', rectified: '待核实', closed: '已销号' } as const
export type ProblemStatus = keyof typeof PROBLEM_STATUS_TITLES
export const PROBLEM_STATUSES = idsOf(PROBLEM_STATUS_TITLES)

/** 通报 */
export const BULLETIN_STATUS_TITLES = { draft: '草稿', issued: '已印发' } as const
export const BULLETIN_STATUSES = idsOf(BULLETIN_STATUS_TITLES)
