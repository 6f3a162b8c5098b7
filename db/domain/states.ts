import { idsOf } from './vocabulary.ts'

/** States of a target in the order of its life; 中止, 不予立项 and 合并 stand beside it. */
export const STATE_TITLES = {
  extracted: '待校核',
  confirmed: '已立项',
  assigned: '已交办',
  signed: '已签收',
  in_progress: '办理中',
  reported: '待审核',
  returned: '已退回',
  met: '已办结',
  closed: '已销号',
  suspended: '已中止',
  dropped: '不予立项',
  merged: '已合并',
} as const
export type State = keyof typeof STATE_TITLES
export const STATES = idsOf(STATE_TITLES)
