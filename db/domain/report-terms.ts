import { idsOf } from './vocabulary.ts'

/** What has become of a report; one that was sent in is never overwritten, a correction is a new report. */
export const REPORT_STATUS_TITLES = {
  draft: '草稿',
  submitted: '待审核',
  approved: '已通过',
  returned: '已退回',
  withdrawn: '已撤回',
} as const
export type ReportStatus = keyof typeof REPORT_STATUS_TITLES
export const REPORT_STATUSES = idsOf(REPORT_STATUS_TITLES)

/** Who a value is from; only the unit's own reports make the light. */
const REPORT_SOURCE_TITLES = { unit: '单位填报', statistics: '统计数据' } as const
export type ReportSource = keyof typeof REPORT_SOURCE_TITLES
export const REPORT_SOURCES = idsOf(REPORT_SOURCE_TITLES)
