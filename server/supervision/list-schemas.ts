import { z } from 'zod'
import { LIGHTS } from '../../db/domain/lights.ts'
import { REPORT_SOURCES } from '../../db/domain/report-terms.ts'
import {
  ORDER_COLORS,
  ORDER_STATUSES,
  PROBLEM_STATUSES,
  REQUEST_KINDS,
  REQUEST_STATUSES,
} from '../../db/domain/supervision-terms.ts'
import { fieldEntry } from '../../db/domain/target-fields.ts'
import { STATES } from '../../db/domain/states.ts'
import { REPORTINGS, ROLL_UPS, UNIT_ROLES } from '../../db/domain/target-terms.ts'
import { personRef, targetBrief } from './brief-schemas.ts'
import { instructionRow } from './instructions/schemas.ts'
import { commaList, idParams, pageOf } from '../schema.ts'
import { documentRef } from '../core/document-ref.ts'
import { attachmentSchema, partSchema } from '../core/target-schemas.ts'

const unitRef = z.object({ id: z.int(), name: z.string() }).nullable()

export const listQuery = (words: readonly [string, ...string[]]) =>
  z.object({
    status: commaList(z.enum(words)),
    targetId: idParams.shape.id.optional(),
    unitId: idParams.shape.id.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(500).optional(),
  })

const about = { id: z.int(), target: targetBrief, unit: unitRef }

export const reportRow = z
  .object({
    ...about,
    value: z.number().nullable(),
    done: z.boolean().nullable(),
    asOf: z.string(),
    note: z.string().nullable(),
    problems: z.string().nullable(),
    nextSteps: z.string().nullable(),
    needs: z.string().nullable(),
    source: z.enum(REPORT_SOURCES),
    imported: z.boolean().describe('由导入的台账带来'),
    status: z.string(),
    reporter: personRef,
    submittedAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
    decidedBy: personRef,
    decisionReason: z.string().nullable(),
    correctsId: z.int().nullable(),
    warnings: z.array(z.object({ code: z.string(), text: z.string() })),
    /** The newest approved value before this one. */
    previous: z.object({ value: z.number().nullable(), asOf: z.string() }).nullable(),
    attachments: z.array(attachmentSchema),
    version: z.int(),
  })
  .meta({ id: 'ReportRow' })

export const requestRow = z
  .object({
    ...about,
    kind: z.enum(REQUEST_KINDS),
    reason: z.string(),
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
    status: z.enum(REQUEST_STATUSES),
    askedBy: personRef,
    askedAt: z.string(),
    decidedBy: personRef,
    decidedAt: z.string().nullable(),
    decisionReason: z.string().nullable(),
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'RequestRow' })

export const orderRow = z
  .object({
    ...about,
    number: z.string(),
    /** All its items, the row's target first, where it holds several. */
    items: z.array(
      z.object({
        id: z.int(),
        indicator: z.string(),
        deadline: z.string().nullable(),
        words: z.string().describe('目标，如“不低于 65%”'),
        document: documentRef,
      }),
    ),
    color: z.enum(ORDER_COLORS),
    text: z.string(),
    dueOn: z.string(),
    byRule: z.boolean(),
    status: z.enum(ORDER_STATUSES),
    issuedBy: personRef,
    issuedAt: z.string(),
    answer: z.string().nullable(),
    answeredBy: personRef,
    answeredAt: z.string().nullable(),
    closedBy: personRef,
    closedAt: z.string().nullable(),
    version: z.int(),
    /** Of the answer. */
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'OrderRow' })

export const problemRow = z
  .object({
    ...about,
    text: z.string(),
    measures: z.string().nullable(),
    dueOn: z.string(),
    status: z.enum(PROBLEM_STATUSES),
    overdue: z.boolean(),
    rectification: z.string().nullable(),
    foundBy: personRef,
    createdAt: z.string(),
    rectifiedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    version: z.int(),
    /** Of the rectification. */
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'ProblemRow' })

export const urgeRow = z
  .object({ ...about, text: z.string(), sentBy: personRef, sentAt: z.string() })
  .meta({ id: 'UrgeRow' })

export const reportPage = pageOf(reportRow)
export const requestPage = pageOf(requestRow)
export const orderPage = pageOf(orderRow)
export const problemPage = pageOf(problemRow)
export const urgePage = pageOf(urgeRow)

export const differencesAnswer = z
  .object({
    items: z.array(
      z.object({
        targetId: z.int(),
        indicator: z.string(),
        unit: z.string().nullable(),
        target: z.number().nullable(),
        unitValue: z.number(),
        unitAsOf: z.string(),
        statisticsValue: z.number(),
        statisticsAsOf: z.string(),
        difference: z.number(),
      }),
    ),
  })
  .meta({ id: 'SourceDifferences' })

export const taskItem = targetBrief.extend({
  /** 填报方式, null where one unit answers alone. */
  reporting: z.enum(REPORTINGS).nullable(),
  light: z.enum(LIGHTS).nullable(),
  role: z.enum(UNIT_ROLES),
  assignedAt: z.string().nullable(),
  /** 签收 is late: more days than the office gives. */
  late: z.boolean(),
  /** Last day for what is to be done, where there is one. */
  dueOn: z.string().nullable(),
  note: z.string().nullable(),
  recordId: z.int().nullable(),
})
export const tasksAnswer = z
  .object({
    /** The first fifty of each section, the most urgent first; `totals` says how many there are. */
    toSign: z.array(taskItem),
    toReport: z.array(taskItem),
    returned: z.array(taskItem),
    drafts: z.array(taskItem),
    dueSoon: z.array(taskItem),
    overdue: z.array(taskItem),
    orders: z.array(orderRow),
    problems: z.array(problemRow),
    /** 批示 that wait for the unit's answer. */
    instructions: z.array(instructionRow),
    totals: z.object({
      toSign: z.int(),
      toReport: z.int(),
      returned: z.int(),
      drafts: z.int(),
      dueSoon: z.int(),
      overdue: z.int(),
      orders: z.int(),
      problems: z.int(),
      instructions: z.int(),
    }),
  })
  .meta({ id: 'Tasks' })

const todayList = z.object({
  total: z.int().describe('由本人办理的'),
  others: z.int().describe('还有多少须由他人办理'),
  /** Those that have waited longest, oldest first. */
  oldest: z.array(
    z.object({
      id: z.int(),
      targetId: z.int(),
      indicator: z.string(),
      unit: z.string().nullable(),
      since: z.string(),
    }),
  ),
})
/** 今日待办 of the office. */
export const todayAnswer = z
  .object({
    reports: todayList,
    requests: todayList,
    answers: todayList,
    problems: todayList,
    /** 批示 that wait for the office: to answer, or to close. */
    instructions: z.object({
      total: z.int(),
      oldest: z.array(z.object({ id: z.int(), text: z.string(), leader: z.string(), since: z.string() })),
    }),
    proposals: todayList,
    close: todayList.describe('待销号'),
    /** 申诉 against a ranking. */
    appeals: z.object({
      total: z.int(),
      oldest: z.array(z.object({ id: z.int(), period: z.string(), unit: z.string(), since: z.string() })),
    }),
  })
  .meta({ id: 'Today' })

const rollUpSchema = z
  .object({ value: z.number().nullable(), unit: z.enum(['target', 'percent']), reported: z.int(), parts: z.int() })
  .nullable()

/** The part of a unit that reports its own value, as it stands now. */
const unitLineSchema = z
  .object({
    state: z.enum(STATES).describe('该单位办到哪一步：未签收为 assigned'),
    signedAt: z.string().nullable(),
    light: z.enum(LIGHTS),
    late: z.boolean(),
    progress: z.number().nullable(),
    expected: z.number().nullable(),
    holdsBack: z.boolean().describe('逾期、滞后或逾期未签收，拖住整个事项'),
  })
  .nullable()

/** 分解 and 签收 of one target. */
export const breakdownAnswer = z
  .object({
    year: z.object({ parts: z.array(partSchema) }),
    unit: z.object({
      parts: z.array(partSchema.extend({ line: unitLineSchema.describe('自行填报的单位；由牵头单位更新进度的为空') })),
      method: z.enum(ROLL_UPS).describe(fieldEntry('rollUp').title),
      rollUp: rollUpSchema,
      done: z.int().nullable().describe('已完成的单位数；对成员单位不提供'),
    }),
    stage: z.object({ parts: z.array(partSchema), rollUp: rollUpSchema }),
  })
  .meta({ id: 'Breakdown' })

export const signaturesAnswer = z
  .object({
    items: z.array(
      z.object({
        role: z.enum(UNIT_ROLES),
        name: z.string(),
        unitId: z.int().nullable(),
        signedAt: z.string().nullable(),
        /** Last day for 签收, null before 交办 and for groups, for which nobody signs. */
        dueOn: z.string().nullable(),
        light: z.enum(['signed', 'signed_late', 'late', 'waiting', 'none']),
      }),
    ),
  })
  .meta({ id: 'Signatures' })
