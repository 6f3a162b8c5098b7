import { MISSING_TITLES } from '../../../../db/domain/missing.ts'
import { REPORT_STATUS_TITLES } from '../../../../db/domain/report-terms.ts'
import type { Role } from '../../../../db/domain/roles.ts'
import {
  ORDER_STATUS_TITLES,
  PROBLEM_STATUS_TITLES,
  PROPOSAL_STATUS_TITLES,
  REQUEST_STATUS_TITLES,
} from '../../../../db/domain/supervision-terms.ts'

/** What has to be decided, what is watched over until others have done their part, and what was said. */
export const TAB_GROUPS = { decide: '要办的', watch: '在跟踪的', past: '来往记录' } as const

/** The lists of the office, in the order of a working day; the key stands in the address. */
export const TABS = [
  { key: 'reports', group: 'decide', word: REPORT_STATUS_TITLES.submitted, hint: '单位提交的填报，通过之后计入进度。' },
  {
    key: 'requests',
    group: 'decide',
    word: REQUEST_STATUS_TITLES.asked,
    hint: '延期、中止、变更申请，同意之后新的内容生效，原内容留存。',
  },
  {
    key: 'proposals',
    group: 'decide',
    word: PROPOSAL_STATUS_TITLES.proposed,
    hint: '按规则应当督办的，由人签发、修改或者不予签发；签发之前单位看不到。',
  },
  { key: 'assign', group: 'decide', word: '待交办', hint: '已经立项、还没有交给单位的目标。' },
  { key: 'meet', group: 'decide', word: '待办结', hint: '按已审核的数据已经达到目标，可以办结。' },
  { key: 'close', group: 'decide', word: '待销号', hint: '已经办结，须由另一位督查人员销号。' },
  { key: 'unsigned', group: 'watch', word: MISSING_TITLES.signature, hint: '已经交办、还有单位没有签收的目标。' },
  { key: 'orders', group: 'watch', word: '督办单', hint: '发出后还没有办结的督办单。' },
  {
    key: 'instructions',
    group: 'watch',
    word: '批示',
    hint: '领导的批示：谁办、何时报、办得怎样；承办单位报送之后领导阅示，由督查室办结。',
  },
  { key: 'problems', group: 'watch', word: '问题清单', hint: '还没有销号的问题。' },
  {
    key: 'differences',
    group: 'watch',
    word: '数据差异',
    hint: '单位填报与统计数据相差较大的目标；四舍五入造成的不列。',
  },
  { key: 'urges', group: 'past', word: '催办记录', hint: '发出过的催办，最近的在前。' },
] as const

/** Lists whose rows belong to a unit: they may be narrowed to one. */
export const OF_UNITS: ReadonlySet<string> = new Set<TabKey>([
  'reports',
  'requests',
  'proposals',
  'assign',
  'meet',
  'close',
  'unsigned',
  'orders',
  'problems',
  'urges',
])

/** Lists that also show what is over, and by which status. */
export const PAST: Partial<Record<string, { word: string; status: string }>> = {
  reports: { word: '已审核', status: 'approved,returned' },
  requests: { word: '已答复', status: 'granted,refused,withdrawn' },
  orders: { word: ORDER_STATUS_TITLES.closed, status: 'closed' },
  problems: { word: PROBLEM_STATUS_TITLES.closed, status: 'closed' },
}

export type TabKey = (typeof TABS)[number]['key']

/** A leader reads, and does not decide; everything else is the same. */
export const decides = (role: Role | null) => role === 'supervisor'

/** What an empty list says: nothing to do is good news, and where the next thing would come from. */
export const EMPTY: Record<TabKey, { title: string; text: string }> = {
  reports: { title: '没有待审核的填报', text: '单位提交填报之后会列在这里，可以逐条或成批审核。' },
  requests: { title: '没有待审批的申请', text: '单位申请延期、中止或变更之后会列在这里。' },
  assign: { title: '没有待交办的目标', text: '在校核中立项的目标会列在这里，可以成批交办。' },
  unsigned: { title: '交办的都已签收', text: '逾期没有签收的单位可以催办。' },
  orders: { title: '没有在办的督办单', text: '在目标页面可以发督办单；按规则应当督办的在“待签发”中。' },
  proposals: { title: '没有待签发的督办单', text: '按规则应当督办的事项，每天早上会列在这里。' },
  problems: { title: '没有未销号的问题', text: '核查中发现的问题在目标页面列入清单。' },
  instructions: { title: '还没有批示', text: '领导在目标页面写入批示之后会列在这里。' },
  meet: { title: '没有待办结的目标', text: '审核通过的数据达到目标之后会列在这里。' },
  close: { title: '没有待销号的目标', text: '办结之后由另一位督查人员在这里销号。' },
  differences: { title: '没有数据差异', text: '录入统计数据之后，与单位填报不一致的会列在这里。' },
  urges: { title: '还没有催办过', text: '在目标页面可以催办，次数和内容都会留存。' },
}

export const NOTHING_PAST = { title: '还没有', text: '办完的会留在这里，可以随时查阅。' }
