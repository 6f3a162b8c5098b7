import { answeringUnits, isMember } from './answering-units.ts'
import { isWorking } from './reporting.ts'
import type { Role } from './roles.ts'
import { type State, STATE_TITLES } from './states.ts'
import {
  actsForItsPart,
  beforeDeadline,
  hasAnsweringUnit,
  isInvolved,
  isMet,
  noOpenRequest,
  notOwnReport,
  notOwnRequest,
  notReported,
  notSamePerson,
  notSigned,
  ofTheWhole,
  orderAnswered,
  orderUnanswered,
  owesReports,
  ownOrder,
  ownPart,
  ownProblem,
  ownReport,
  ownRequest,
  problemIs,
  refuse,
  reportIs,
  requestAsked,
  signedItself,
  undoable,
  yearsByOffice,
  type Actor,
  type Guard,
  type Refusal,
  type StepContext,
  type StepOrder,
  type StepProblem,
  type StepReport,
  type StepRequest,
  type Subject,
  type SubjectUnit,
} from './step-guards.ts'
import type { RequestKind } from './supervision-terms.ts'

/** Whose target it must be for a reporter: one its unit works on (牵头, 责任), or any it has a part in. */
type Scope = 'working' | 'involved'

interface StepRule {
  /** Name in the interface, in office wording. */
  title: string
  from: readonly State[]
  /** States it may lead to; `same` leaves the state alone. */
  to: readonly State[] | 'same'
  /** Which of `to`, where there are several. */
  next?: (s: Subject, a: Actor, c: StepContext) => State
  roles: readonly Role[]
  /** Only asked of reporters. */
  scope?: Scope
  /** The record beside the target that the step is about. */
  about?: 'report' | 'request' | 'order' | 'problem'
  guards?: readonly Guard[]
}

const CANDIDATE = ['extracted', 'confirmed'] as const
/** Signed for, and not yet 办结: a unit works on it. */
const ACTIVE = ['signed', 'in_progress', 'reported', 'returned'] as const
/** With a unit, and not yet 办结. */
const ASSIGNED = ['assigned', ...ACTIVE] as const
const LIVE = ['confirmed', ...ASSIGNED, 'met', 'suspended'] as const

/** Where a report was decided or taken back: another one may still wait. */
const afterReport =
  (state: State) =>
  (s: Subject): State =>
    s.pendingReports > 1 ? 'reported' : state

/**
 * Whether a target counts as 已签收: all who answer for it have signed, or one member of a group has, because each of them
 * works on a part of its own and waits for no other.
 */
const isSigned = (units: readonly SubjectUnit[]): boolean => {
  const answering = answeringUnits(units)
  return answering.every((u) => u.signed) || answering.some((u) => isMember(u) && u.signed)
}

/** The last answering unit to sign, or the first member of a group, moves the target on; else it stays. */
const afterSignature = (s: Subject, a: Actor): State =>
  s.state === 'assigned' && isSigned(s.units.map((u) => (u.unitId === a.unitId ? { ...u, signed: true } : u)))
    ? 'signed'
    : s.state

const supervisor = ['supervisor'] as const
const reporter = ['reporter'] as const

/**
 * Every step of the life of a target. A step that is not here does not exist; every route that changes a target
 * asks {@link decide}. Sources: DESIGN.md "The life of a target"; 延期 asked before the limit and 办结 apart from 销号
 * are the published practice of the offices (ANCHORS A3, A4).
 */
export const STEPS = {
  // 校核
  mend: { title: '修改', from: CANDIDATE, to: 'same', roles: supervisor },
  accept: { title: '立项', from: ['extracted'], to: ['confirmed'], roles: supervisor },
  drop: { title: '不予立项', from: CANDIDATE, to: ['dropped'], roles: supervisor },
  merge: { title: '合并', from: CANDIDATE, to: ['merged'], roles: supervisor },
  split: { title: '拆分', from: CANDIDATE, to: 'same', roles: supervisor },
  undo: {
    title: '撤销',
    from: [...CANDIDATE, 'dropped', 'merged'],
    to: CANDIDATE,
    next: (s, _a, c) => c.undoTo ?? s.state,
    roles: supervisor,
    guards: [undoable],
  },
  // 交办与签收
  assign: { title: '交办', from: ['confirmed'], to: ['assigned'], roles: supervisor, guards: [hasAnsweringUnit] },
  reassign: {
    title: '改派',
    from: ['assigned', 'signed', 'in_progress', 'returned'],
    to: ['assigned', 'signed', 'in_progress', 'returned'],
    next: (s) => (isSigned(s.units) ? s.state : 'assigned'),
    roles: supervisor,
    guards: [hasAnsweringUnit],
  },
  recall: { title: '撤回交办', from: ['assigned'], to: ['confirmed'], roles: supervisor },
  sign: {
    title: '签收',
    from: ASSIGNED,
    to: ASSIGNED,
    next: afterSignature,
    roles: reporter,
    scope: 'involved',
    guards: [notSigned],
  },
  'break-down': {
    title: '分解',
    from: ['confirmed', ...ASSIGNED],
    to: 'same',
    roles: ['supervisor', 'reporter'],
    scope: 'working',
    guards: [yearsByOffice, ofTheWhole],
  },
  'record-part': {
    title: '更新分解进度',
    from: ACTIVE,
    to: 'same',
    roles: ['supervisor', 'reporter'],
    scope: 'involved',
    guards: [ownPart, notReported],
  },
  // 填报与审核
  draft: {
    title: '填报',
    from: ACTIVE,
    to: ['in_progress', 'reported', 'returned'],
    next: (s) => (s.state === 'signed' ? 'in_progress' : s.state),
    roles: reporter,
    scope: 'working',
    guards: [signedItself, owesReports],
  },
  submit: {
    title: '提交',
    from: ACTIVE,
    to: ['reported'],
    roles: reporter,
    scope: 'working',
    about: 'report',
    guards: [
      signedItself,
      owesReports,
      ownReport,
      reportIs('draft', '只有草稿可以提交；已提交的请等待审核，退回的请重新填报'),
    ],
  },
  discard: {
    title: '删除草稿',
    from: [...ACTIVE, 'met'],
    to: 'same',
    roles: reporter,
    scope: 'working',
    about: 'report',
    guards: [ownReport, reportIs('draft', '只有草稿可以删除')],
  },
  withdraw: {
    title: '撤回填报',
    from: ['reported'],
    to: ['reported', 'in_progress'],
    next: afterReport('in_progress'),
    roles: reporter,
    scope: 'working',
    about: 'report',
    guards: [ownReport, reportIs('submitted', '只有待审核的填报可以撤回')],
  },
  approve: {
    title: '审核通过',
    from: ['reported'],
    to: ['reported', 'in_progress'],
    next: afterReport('in_progress'),
    roles: supervisor,
    about: 'report',
    guards: [reportIs('submitted', '该填报不在待审核状态，请刷新后查看'), notOwnReport],
  },
  return: {
    title: '退回填报',
    from: ['reported'],
    to: ['reported', 'returned'],
    next: afterReport('returned'),
    roles: supervisor,
    about: 'report',
    guards: [reportIs('submitted', '该填报不在待审核状态，请刷新后查看'), notOwnReport],
  },
  fill: { title: '补充基期', from: [...ASSIGNED, 'met'], to: 'same', roles: supervisor },
  'record-statistics': { title: '录入统计数据', from: [...ASSIGNED, 'met'], to: 'same', roles: supervisor },
  // 督促
  urge: { title: '催办', from: ASSIGNED, to: 'same', roles: supervisor },
  'issue-order': { title: '发督办单', from: ASSIGNED, to: 'same', roles: supervisor },
  'answer-order': {
    title: '回复督办单',
    from: [...ASSIGNED, 'met', 'suspended'],
    to: 'same',
    roles: reporter,
    scope: 'involved',
    about: 'order',
    guards: [ownOrder, orderUnanswered],
  },
  'close-order': {
    title: '办结督办单',
    from: [...ASSIGNED, 'met', 'suspended', 'closed'],
    to: 'same',
    roles: supervisor,
    about: 'order',
    guards: [orderAnswered],
  },
  instruct: { title: '批示', from: LIVE, to: 'same', roles: ['leader'] },
  'raise-problem': { title: '列入问题清单', from: ASSIGNED, to: 'same', roles: supervisor },
  'rectify-problem': {
    title: '报送整改情况',
    from: [...ASSIGNED, 'met', 'suspended'],
    to: 'same',
    roles: reporter,
    scope: 'involved',
    about: 'problem',
    guards: [ownProblem, problemIs('open', '该问题已报送整改或已销号')],
  },
  'close-problem': {
    title: '问题销号',
    from: [...ASSIGNED, 'met', 'suspended', 'closed'],
    to: 'same',
    roles: supervisor,
    about: 'problem',
    guards: [problemIs('rectified', '单位尚未报送整改情况，不能销号')],
  },
  'reject-problem': {
    title: '退回整改',
    from: [...ASSIGNED, 'met', 'suspended'],
    to: 'same',
    roles: supervisor,
    about: 'problem',
    guards: [problemIs('rectified', '单位尚未报送整改情况，无需退回')],
  },
  'set-light': { title: '人工亮灯', from: [...ASSIGNED, 'confirmed', 'met'], to: 'same', roles: supervisor },
  // 延期、中止、变更
  'ask-extension': {
    title: '申请延期',
    from: ASSIGNED,
    to: 'same',
    roles: ['reporter', 'supervisor'],
    scope: 'working',
    guards: [beforeDeadline, noOpenRequest('extension')],
  },
  'ask-suspension': {
    title: '申请中止',
    from: ASSIGNED,
    to: 'same',
    roles: ['reporter', 'supervisor'],
    scope: 'working',
    guards: [ofTheWhole, noOpenRequest('suspension')],
  },
  'ask-change': {
    title: '申请变更',
    from: ASSIGNED,
    to: 'same',
    roles: ['reporter', 'supervisor'],
    scope: 'working',
    guards: [ofTheWhole, noOpenRequest('change')],
  },
  'withdraw-request': {
    title: '撤回申请',
    from: [...ASSIGNED, 'suspended', 'met'],
    to: 'same',
    roles: ['reporter', 'supervisor'],
    scope: 'working',
    about: 'request',
    guards: [requestAsked, ownRequest],
  },
  grant: {
    title: '同意申请',
    from: ASSIGNED,
    to: [...ASSIGNED, 'suspended'],
    next: (s, _a, c) => (c.request?.kind === 'suspension' ? 'suspended' : s.state),
    roles: supervisor,
    about: 'request',
    guards: [requestAsked, notOwnRequest],
  },
  refuse: {
    title: '不同意申请',
    from: [...ASSIGNED, 'suspended', 'met'],
    to: 'same',
    roles: supervisor,
    about: 'request',
    guards: [requestAsked, notOwnRequest],
  },
  resume: {
    title: '恢复办理',
    from: ['suspended'],
    to: ASSIGNED,
    next: (s) => s.suspendedFrom ?? 'assigned',
    roles: supervisor,
  },
  // 办结与销号
  meet: { title: '办结', from: ['in_progress', 'returned'], to: ['met'], roles: supervisor, guards: [isMet] },
  close: { title: '销号', from: ['met'], to: ['closed'], roles: supervisor, guards: [notSamePerson] },
  reopen: { title: '重新挂账', from: ['met', 'closed'], to: ['in_progress'], roles: supervisor },
} satisfies Record<string, StepRule>

export type Step = keyof typeof STEPS
export const STEP_NAMES = Object.keys(STEPS) as Step[]

/** The rule of a step, without the narrowing of the table's literal types. */
export const ruleOf = (step: Step): StepRule => STEPS[step]

type Decision = { ok: true; to: State } | { ok: false; status: 403 | 404 | 409; refusal: Refusal }

/**
 * Whether this person may take this step now, and the state it leads to. Pure.
 * 404: a reporter whose unit has no part in the target, who may not even learn that it exists.
 * 403: the wrong role, or a unit that has a part but not this one. 409: the wrong state, or a guard of the table.
 */
export function decide(step: Step, s: Subject, a: Actor, c: StepContext): Decision {
  const rule = ruleOf(step)
  const no = (status: 403 | 404 | 409, refusal: Refusal): Decision => ({ ok: false, status, refusal })
  if (!canSee(s, a)) return no(404, refuse('not-found', '没有这个事项，或者不在本单位范围内'))
  if (!rule.roles.includes(a.role)) return no(403, refuse('wrong-role', `您的角色不能办理“${rule.title}”`))
  if (a.role === 'reporter' && rule.scope === 'working' && !isWorking(s.units, a.unitId)) {
    return no(403, refuse('not-answering', `“${rule.title}”由牵头单位或责任单位办理，本单位为配合单位`))
  }
  if (!rule.from.includes(s.state)) {
    return no(409, refuse('wrong-state', `事项当前为“${STATE_TITLES[s.state]}”，不能办理“${rule.title}”`))
  }
  for (const guard of rule.guards ?? []) {
    const refusal = guard(s, a, c)
    if (refusal) return no(refusal.code.startsWith('other-units-') ? 403 : 409, refusal)
  }
  return { ok: true, to: rule.to === 'same' ? s.state : rule.next ? rule.next(s, a, c) : (rule.to[0] ?? s.state) }
}

/** States in which a unit does not learn of a target yet, or no more. */
export const HIDDEN_FROM_UNITS = ['extracted', 'confirmed', 'dropped', 'merged'] as const satisfies readonly State[]

export const isHiddenFromUnits = (state: State): boolean => (HIDDEN_FROM_UNITS as readonly State[]).includes(state)

/** A reporter sees what its unit has a part in once it has been assigned; everybody else sees everything. */
export function canSee(s: Pick<Subject, 'state' | 'units'>, a: Actor): boolean {
  if (a.role !== 'reporter') return true
  return !isHiddenFromUnits(s.state) && isInvolved(s as Subject, a.unitId)
}

/** The records beside a target, by what a step may be about. */
interface Surroundings {
  today: string
  reports: readonly StepReport[]
  requests: readonly StepRequest[]
  orders: readonly StepOrder[]
  problems: readonly StepProblem[]
  undoTo: State | null
}

/** Kinds of requests that wait; a member of a group asks for its own part, whatever the others have asked for. */
export const openRequests = (s: Pick<Subject, 'units'>, a: Actor, requests: readonly StepRequest[]): RequestKind[] =>
  requests
    .filter(({ status, unitId }) => status === 'asked' && (unitId === a.unitId || !actsForItsPart(s, a)))
    .map(({ kind }) => kind)

/** Names of the steps this person may take on the target now; a step about a record is in where one record lets it. */
export function allowedSteps(s: Subject, a: Actor, around: Surroundings): Step[] {
  const base: StepContext = {
    today: around.today,
    openRequests: openRequests(s, a, around.requests),
    partKind: a.role === 'reporter' ? 'stage' : 'year',
    partUnitId: a.unitId,
  }
  /** What is looked for only where everything else lets the step. */
  const whole: StepContext = {
    ...base,
    get undoTo() {
      return around.undoTo
    },
  }
  const contexts = (step: Step): StepContext[] => {
    switch (ruleOf(step).about) {
      case 'report':
        return around.reports.map((report) => ({ ...base, report }))
      case 'request':
        return around.requests.map((request) => ({ ...base, request }))
      case 'order':
        return around.orders.map((order) => ({ ...base, order }))
      case 'problem':
        return around.problems.map((problem) => ({ ...base, problem }))
      case undefined:
        return [whole]
    }
  }
  return STEP_NAMES.filter((step) => contexts(step).some((c) => decide(step, s, a, c).ok))
}
