import { z } from 'zod'
import { LIGHTS } from '../../db/domain/lights.ts'
import { MISSING } from '../../db/domain/missing.ts'
import { REPORT_SOURCES, REPORT_STATUSES } from '../../db/domain/report-terms.ts'
import { STATES } from '../../db/domain/states.ts'
import { DETAIL_FIELDS, LEDGER_FIELDS } from '../../db/domain/target-fields.ts'
import { KINDS, PART_KINDS, UNIT_ROLES } from '../../db/domain/target-terms.ts'
import { documentRef } from './document-ref.ts'
import { answerShape } from './field-schemas.ts'
import { lightCounts } from './light-counts.ts'
import { commaList, dateField, idList, pageOf, pageQuery } from '../schema.ts'
import { searchQuery } from '../search.ts'

/** `main` is 牵头, and 责任 where nobody leads: who answers for the target, as every count by unit has it. */
const ROLE_FILTERS = [...UNIT_ROLES, 'main'] as const
/** Light of a target on an earlier day: `none` where it was not known yet, `changed` for any other than now's. */
const WAS = [...LIGHTS, 'none', 'changed'] as const

const unitRefSchema = z
  .object({
    unitId: z.int().nullable(),
    name: z.string(),
    groupId: z.int().optional().describe('作为哪个单位组的成员单位承办；以本单位名义承办的没有这一项'),
  })
  .meta({ id: 'UnitRef' })
export type UnitRef = z.infer<typeof unitRefSchema>

const rowFields = {
  id: z.int(),
  ...answerShape(LEDGER_FIELDS),
  document: documentRef,
  clausePath: z.array(z.string()),
  lead: z.array(unitRefSchema),
  responsible: z.array(unitRefSchema),
  support: z.array(unitRefSchema),
  /**
   * By the published rule on the as-of date, null where the target was not tracked (not given to anybody yet, 中止, dropped);
   * `manualLight` stands beside it, never instead of it.
   */
  light: z.enum(LIGHTS).nullable(),
  /** Done only after the deadline (逾期完成). */
  late: z.boolean(),
  /** Per cent of the way from baseline to target; null where it cannot be said. */
  progress: z.number().nullable(),
  /** Per cent that should have been reached by the as-of date; null without a start or a deadline. */
  expected: z.number().nullable(),
  reported: z.object({ value: z.number().nullable(), asOf: z.string() }).nullable(),
  missingBaseline: z.boolean(),
  confidence: z.number(),
  metBy: z.int().nullable().describe('办结人；销号须由另一人办理'),
  version: z.int(),
}
const targetRowSchema = z.object(rowFields).meta({ id: 'TargetRow' })
export type TargetRow = z.infer<typeof targetRowSchema>

const TARGET_SORTS = [
  'document',
  'deadline',
  '-deadline',
  'confidence',
  '-confidence',
  'indicator',
  '-indicator',
  'progress',
  '-progress',
  'updatedAt',
  '-updatedAt',
  'id',
  '-id',
] as const
export type TargetSort = (typeof TARGET_SORTS)[number]

/** Filters of the ledger; every list page, count and export understands the same ones. */
export const targetFilters = {
  asOf: dateField.optional(),
  q: searchQuery.optional(),
  kind: commaList(z.enum(KINDS)),
  state: commaList(z.enum(STATES)),
  light: commaList(z.enum(LIGHTS)),
  late: z.enum(['true', 'false']).optional(),
  unitId: idList,
  role: commaList(z.enum(ROLE_FILTERS)),
  documentId: idList,
  /** 领导: targets whose 联系领导 one of these is, or which a unit answers for whose 分管领导 one of these is. */
  leaderId: idList,
  /** 来源类别: ids of the register (GET /source-kinds). */
  sourceKind: commaList(z.string().max(40)),
  ids: idList,
  deadlineFrom: dateField.optional(),
  deadlineTo: dateField.optional(),
  deadlineMonth: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份应写成 YYYY-MM')
    .optional(),
  missing: commaList(z.enum(MISSING)),
  /** `tracked` is everything that counts on the overview: from 交办 on, neither 中止 nor dropped. */
  scope: z.enum(['tracked', 'live', 'all']).optional(),
  /** Targets whose light is another than on this day; `was` narrows it to those that had one of these lights then. */
  since: dateField.optional(),
  was: commaList(z.enum(WAS)),
}
export const targetFilterQuery = z.object(targetFilters)
export type TargetFilter = z.infer<typeof targetFilterQuery>
export const targetQuery = z.object({
  ...targetFilters,
  sort: z.enum(TARGET_SORTS).default('deadline'),
  ...pageQuery.shape,
})
export const targetListAnswer = pageOf(targetRowSchema)

export const facetsAnswer = z
  .object({
    light: lightCounts,
    state: z.record(z.string(), z.int()),
    kind: z.object({ quantity: z.int(), milestone: z.int(), duty: z.int() }),
    /** By 来源类别, an id of the register. */
    sourceKind: z.record(z.string(), z.int()),
    units: z.array(z.object({ unitId: z.int(), name: z.string(), count: z.int() })),
    deadlineMonths: z.array(z.object({ month: z.string(), count: z.int() })),
    role: z.object({ main: z.int(), lead: z.int(), responsible: z.int(), support: z.int() }),
    missing: z.object({ baseline: z.int(), value: z.int(), signature: z.int(), deadline: z.int(), unit: z.int() }),
  })
  .meta({ id: 'TargetFacets' })
export type TargetFacets = z.infer<typeof facetsAnswer>

export const attachmentSchema = z
  .object({ id: z.int(), name: z.string(), size: z.int(), mediaType: z.string() })
  .meta({ id: 'Attachment' })
const reportSchema = z
  .object({
    id: z.int(),
    value: z.number().nullable(),
    done: z.boolean().nullable(),
    asOf: z.string(),
    note: z.string().nullable(),
    problems: z.string().nullable(),
    nextSteps: z.string().nullable(),
    needs: z.string().nullable(),
    source: z.enum(REPORT_SOURCES),
    imported: z.boolean().describe('由导入的台账带来'),
    status: z.enum(REPORT_STATUSES),
    unit: z.object({ id: z.int(), name: z.string() }).nullable(),
    reporter: z.object({ id: z.int(), displayName: z.string() }).nullable(),
    submittedAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
    decidedBy: z.object({ id: z.int(), displayName: z.string() }).nullable(),
    decisionReason: z.string().nullable(),
    correctsId: z.int().nullable(),
    attachments: z.array(attachmentSchema),
    version: z.int(),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof reportSchema>

export const reasonSchema = z.object({
  words: z.string(),
  span: z.object({ start: z.int(), end: z.int() }).nullable(),
  rule: z.string(),
})

/** A field that a step changed, or the units of a role, with the names of people and units. */
export const fieldChangeSchema = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })

export const partSchema = z
  .object({
    id: z.int(),
    kind: z.enum(PART_KINDS),
    position: z.int(),
    label: z.string(),
    unitId: z.int().nullable(),
    dueOn: z.string().nullable(),
    value: z.number().nullable(),
    weight: z.number().nullable(),
    reached: z.number().nullable(),
    reachedOn: z.string().nullable(),
  })
  .meta({ id: 'TargetPart' })

export const targetDetailSchema = z
  .object({
    ...rowFields,
    evidence: z.string(),
    start: z.int(),
    end: z.int(),
    clauseStart: z.int(),
    clauseEnd: z.int(),
    ...answerShape(DETAIL_FIELDS),
    supervisor: z.object({ id: z.int(), displayName: z.string() }).nullable(),
    contactLeader: z.object({ id: z.int(), displayName: z.string() }).nullable(),
    /** The record as the rules found it; null for one added by hand. */
    extracted: z.record(z.string(), z.unknown()).nullable(),
    explanation: z.record(z.string(), reasonSchema).nullable(),
    parts: z.array(partSchema),
    inPart: z.boolean().describe('本单位作为成员单位承担其中一部分：亮灯、数据、填报和经过都是本单位的'),
    reports: z.array(reportSchema),
    /** Corners of the expected line in the unit of the target, from start to deadline. */
    expectedLine: z.array(z.object({ on: z.string(), value: z.number() })),
    /** The story of the target, oldest first. */
    steps: z.array(
      z.object({
        at: z.string(),
        who: z.string().nullable(),
        action: z.string(),
        title: z.string(),
        text: z.string(),
        /** What it changed of the target; a unit sees what was changed since 交办. */
        fields: z.array(fieldChangeSchema),
        attachments: z.array(attachmentSchema),
      }),
    ),
    /** Steps that the person asking may take now. */
    allowed: z.array(z.string()),
  })
  .meta({ id: 'TargetDetail' })
export type TargetDetail = z.infer<typeof targetDetailSchema>
