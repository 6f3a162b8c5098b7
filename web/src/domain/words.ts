import type { Kind, Role, State } from '../api/types.ts'

export const KIND_WORDS: Record<Kind, string> = { quantity: '量化指标', milestone: '时间节点', duty: '责任分工' }

export const STATE_WORDS: Record<State, string> = {
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
}

/** Has a light that means something: 立项 and later. */
export const isTracked = (state: State) => state !== 'extracted' && state !== 'dropped' && state !== 'merged'

export const ROLE_WORDS: Record<Role, string> = {
  supervisor: '督查室',
  reporter: '部门',
  leader: '领导',
  admin: '管理员',
}

export const UNIT_ROLE_WORDS = { lead: '牵头', responsible: '责任', support: '配合' } as const

export const REPORT_STATUS_WORDS = {
  draft: '草稿',
  submitted: '待审核',
  approved: '已通过',
  returned: '已退回',
  withdrawn: '已撤回',
} as const

export const BASIS_WORDS = {
  explicit: '本句写明',
  inherited: '由上文管辖',
  document: '取自全文',
  none: '未写明',
} as const

export const FREQUENCY_WORDS: Record<string, string> = {
  monthly: '按月填报',
  quarterly: '按季填报',
  yearly: '按年填报',
}
