/** Words of the records beside a target. */
export const ORDER_COLORS = { blue: '蓝色', yellow: '黄色', red: '红色' } as const
export const ORDER_STATUS = { open: '待回复', answered: '已回复', closed: '已办结' } as const
export const PROBLEM_STATUS = { open: '待整改', rectified: '待核实', closed: '已销号' } as const
export const REQUEST_KINDS = { extension: '延期', suspension: '中止', change: '变更' } as const
export const REQUEST_STATUS: Record<string, string> = {
  asked: '待审批',
  granted: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
}
