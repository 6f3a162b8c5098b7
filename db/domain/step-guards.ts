import { answeringUnits, isMember, worksOnItsPart } from './answering-units.ts'
import { isWorking, reportingUnits, separateLines } from './reporting.ts'
import type { ReportStatus } from './report-terms.ts'
import type { Role } from './roles.ts'
import type { State } from './states.ts'
import type { ProblemStatus, RequestKind, RequestStatus } from './supervision-terms.ts'
import type { PartKind, Reporting, UnitRole } from './target-terms.ts'

/** One unit of a target as far as the life cycle asks. A group (各县市区政府) never signs or reports, its members do. */
export interface SubjectUnit {
  unitId: number | null
  role: UnitRole
  isGroup: boolean
  /** The group as whose member it has the target. */
  groupId: number | null
  signed: boolean
}

/** What the life cycle has to know of a target; nothing else decides which step is open. */
export interface Subject {
  state: State
  suspendedFrom: State | null
  deadline: string | null
  metBy: number | null
  /** Met by approved reports under the rule of lights, or set to 已完成 by hand. */
  met: boolean
  units: readonly SubjectUnit[]
  /** 填报方式 */
  reporting: Reporting
  /** Reports that wait for a decision, the one decided now included. */
  pendingReports: number
}

export interface Actor {
  id: number
  role: Role
  unitId: number | null
}

export interface StepReport {
  unitId: number | null
  reporterId: number | null
  status: ReportStatus
}
export interface StepRequest {
  kind: RequestKind
  unitId: number | null
  askedBy: number
  status: RequestStatus
}
export interface StepOrder {
  unitId: number | null
  answered: boolean
  closed: boolean
}
export interface StepProblem {
  unitId: number | null
  status: ProblemStatus
}

/** What a step is about beside the target. `today` is the date in Asia/Shanghai. */
export interface StepContext {
  today: string
  report?: StepReport
  request?: StepRequest
  order?: StepOrder
  problem?: StepProblem
  /** Kind of parts a 分解 writes. */
  partKind?: PartKind
  /** Unit whose part is brought up to date. */
  partUnitId?: number | null
  /** Kinds of requests on the target that wait for a decision. */
  openRequests?: readonly RequestKind[]
  /** State in which taking back the last step of 校核 leaves the target; null where something else has happened since. */
  undoTo?: State | null
}

/** Why a step is refused: `code` is stable, `text` says in Chinese what to do. */
export interface Refusal {
  code: string
  text: string
}

/** What may stand in the way of a step: why it is refused, null where it is not. */
export type Guard = (s: Subject, a: Actor, c: StepContext) => Refusal | null

export const refuse = (code: string, text: string): Refusal => ({ code, text })
const needs = (ok: boolean, code: string, text: string) => (ok ? null : refuse(code, text))

export const isInvolved = (s: Subject, unitId: number | null) =>
  unitId !== null && s.units.some((u) => u.unitId === unitId && !u.isGroup)

export const hasAnsweringUnit: Guard = (s) =>
  needs(
    answeringUnits(s.units).length > 0,
    'no-answering-unit',
    '请先落实牵头单位或责任单位；没有成员单位的单位组（如“各县市区政府”）不能签收',
  )
export const notSigned: Guard = (s, a) =>
  needs(
    s.units.some((u) => u.unitId === a.unitId && !u.signed),
    'already-signed',
    '本单位已经签收，无需重复签收',
  )
export const owesReports: Guard = (s, a) =>
  needs(
    a.unitId !== null && reportingUnits(s.units, s.reporting).includes(a.unitId),
    'other-units-target',
    '本事项由牵头单位统一填报，本单位无需填报；情况请报牵头单位',
  )
/** The others of a group may have signed before it. */
export const signedItself: Guard = (s, a) =>
  needs(
    !s.units.some((u) => u.unitId === a.unitId && isMember(u) && !u.signed),
    'not-signed',
    '本单位尚未签收，请先签收再填报',
  )
export const actsForItsPart = (s: Pick<Subject, 'units'>, a: Actor): boolean =>
  a.role === 'reporter' && worksOnItsPart(s.units, a.unitId)
export const ofTheWhole: Guard = (s, a) =>
  needs(!actsForItsPart(s, a), 'other-units-whole', '本事项由各成员单位分别承担，整个事项由牵头单位或督查室办理')
export const ownReport: Guard = (_s, a, c) =>
  needs(c.report?.unitId === a.unitId, 'other-units-report', '只能处理本单位的填报')
export const reportIs =
  (status: ReportStatus, text: string): Guard =>
  (_s, _a, c) =>
    needs(c.report?.status === status, 'report-status', text)
export const notOwnReport: Guard = (_s, a, c) =>
  needs(c.report?.reporterId !== a.id, 'own-report', '不能审核本人填报的数据，请由其他人审核')
export const beforeDeadline: Guard = (s, _a, c) =>
  needs(s.deadline !== null, 'no-deadline', '该事项没有完成时限，无需延期') ??
  needs(c.today <= (s.deadline ?? ''), 'after-deadline', '已过完成时限，不能再申请延期；延期须在时限届满前申请')
export const noOpenRequest =
  (kind: StepRequest['kind']): Guard =>
  (_s, _a, c) =>
    needs(!c.openRequests?.includes(kind), 'request-open', '已有一件同类申请待审批，请等待审批结果或先撤回')
export const requestAsked: Guard = (_s, _a, c) =>
  needs(c.request?.status === 'asked', 'request-decided', '该申请已经办理，请刷新后查看结果')
export const notOwnRequest: Guard = (_s, a, c) =>
  needs(c.request?.askedBy !== a.id, 'own-request', '不能审批本人提出的申请，请由其他人审批')
export const ownRequest: Guard = (_s, a, c) =>
  needs(
    a.role === 'reporter' ? c.request?.unitId === a.unitId : c.request?.askedBy === a.id,
    'other-units-request',
    '只能撤回本单位（本人）提出的申请',
  )
export const ownOrder: Guard = (_s, a, c) =>
  needs(c.order?.unitId === a.unitId, 'other-units-order', '只能回复发给本单位的督办单')
export const orderUnanswered: Guard = (_s, _a, c) =>
  needs(c.order !== undefined && !c.order.closed && !c.order.answered, 'order-answered', '督办单已回复或已办结')
export const orderAnswered: Guard = (_s, _a, c) =>
  needs(c.order !== undefined && !c.order.closed, 'order-closed', '督办单已办结') ??
  needs(c.order?.answered === true, 'order-unanswered', '单位尚未回复，回复后方可办结督办单')
export const ownProblem: Guard = (_s, a, c) =>
  needs(c.problem?.unitId === a.unitId, 'other-units-problem', '只能整改本单位的问题')
export const problemIs =
  (status: StepProblem['status'], text: string): Guard =>
  (_s, _a, c) =>
    needs(c.problem?.status === status, 'problem-status', text)
export const isMet: Guard = (s) =>
  needs(s.met, 'not-met', '按已审核的数据尚未达到目标，不能办结；确属完成的，请先补报数据或写明理由人工亮灯')
export const notSamePerson: Guard = (s, a) =>
  needs(s.metBy !== a.id, 'same-person', '办结与销号须由两人分别办理，请由其他督查人员销号')
export const yearsByOffice: Guard = (_s, a, c) =>
  needs(a.role === 'supervisor' || c.partKind !== 'year', 'years-by-office', '年度序时进度由督查室确定')
export const ownPart: Guard = (s, a, c) =>
  needs(
    a.role !== 'reporter' || isWorking(s.units, a.unitId) || c.partUnitId === a.unitId,
    'other-units-part',
    '只能更新本单位承担部分的进度',
  )
export const notReported: Guard = (s, _a, c) =>
  needs(
    c.partUnitId == null || !separateLines(s.units, s.reporting).includes(c.partUnitId),
    'reported-by-unit',
    '该单位的进度由其填报得出，无需另行更新',
  )
export const undoable: Guard = (_s, _a, c) =>
  needs(Boolean(c.undoTo), 'nothing-to-undo', '没有可以撤销的校核操作，或其后已有其他操作')
