import { isNotNull, sql } from 'drizzle-orm'
import { type AnySQLiteColumn, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Explanation } from '../../extractors/types.ts'
import { FREQUENCIES } from '../domain/dates.ts'
import { LIGHTS } from '../domain/lights.ts'
import { STATES } from '../domain/states.ts'
import {
  DEADLINE_BASES,
  KINDS,
  MEASURES,
  OPERATORS,
  PART_KINDS,
  PERS,
  REPORTINGS,
  ROLL_UPS,
  UNIT_ROLES,
} from '../domain/target-terms.ts'
import { REPORT_SOURCE_CODES, REPORT_STATUS_CODES, statusIn } from '../stored.ts'
import { documents } from './documents.ts'
import { intakes } from './intakes.ts'
import { day, instant, word } from './columns.ts'
import { units, users } from './people.ts'

/**
 * What a person may change about a target or a step does change: the columns of its versions (`target_versions`) and of
 * the record as it stands now. Everything else of a target is what the document said and stays.
 */
export const targetFieldColumns = () => ({
  kind: text('kind', { enum: KINDS }).notNull(),
  state: text('state', { enum: STATES }).notNull().default('extracted'),
  /** 指标; for a milestone its task, for a duty its clause. */
  indicator: text('indicator').notNull(),
  op: text('op', { enum: OPERATORS }),
  value: real('value'),
  /** Upper end where `op` is `range`; `value` is the lower end. */
  valueHigh: real('value_high'),
  /** Unit of measure as written (计量单位), never a department. */
  unit: text('unit'),
  measure: text('measure', { enum: MEASURES }),
  per: text('per', { enum: PERS }),
  deadline: day('deadline'),
  deadlineBasis: text('deadline_basis', { enum: DEADLINE_BASES }).notNull().default('none'),
  deadlineWords: text('deadline_words'),
  deadlineRule: text('deadline_rule'),
  baselineValue: real('baseline_value'),
  baselineUnit: text('baseline_unit'),
  baselinePeriod: text('baseline_period'),
  /** First day of the straight line of expected progress: date of issue, later the date of 立项. */
  startOn: day('start_on'),
  reportFrequency: text('report_frequency', { enum: FREQUENCIES }),
  /** 填报方式, where several units answer. */
  reporting: text('reporting', { enum: REPORTINGS }).notNull().default('any'),
  /** 汇总方式, where each unit reports its own value. */
  rollUp: text('roll_up', { enum: ROLL_UPS }).notNull().default('worst'),
  supervisorId: integer('supervisor_id').references(() => users.id),
  /** 联系领导 */
  contactLeaderId: integer('contact_leader_id').references(() => users.id),
  /** A light set by hand with its reason; the computed one stays beside it. */
  manualLight: text('manual_light', { enum: LIGHTS }),
  manualLightReason: text('manual_light_reason'),
  confirmedAt: instant('confirmed_at'),
  assignedAt: instant('assigned_at'),
  signedAt: instant('signed_at'),
  /** 办结: when and by whom; 销号 has to be done by somebody else. */
  metAt: instant('met_at'),
  metBy: integer('met_by').references(() => users.id),
  closedAt: instant('closed_at'),
  closedBy: integer('closed_by').references(() => users.id),
  mergedIntoId: integer('merged_into_id'),
  droppedReason: text('dropped_reason'),
  /** State to return to when a suspension ends. */
  suspendedFrom: text('suspended_from', { enum: STATES }),
})

/** A promise: a quantity, a milestone or a duty. `extracted` keeps what the rules found; the columns hold what was confirmed. */
export const targets = sqliteTable(
  'targets',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    documentId: integer('document_id')
      .notNull()
      .references(() => documents.id),
    ...targetFieldColumns(),
    mergedIntoId: targetFieldColumns().mergedIntoId.references((): AnySQLiteColumn => targets.id),
    /** 0–1; 1 for a target added by hand. */
    confidence: real('confidence').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    clauseStart: integer('clause_start').notNull(),
    clauseEnd: integer('clause_end').notNull(),
    clausePath: text('clause_path', { mode: 'json' }).$type<string[]>().notNull(),
    /** The evidence sentence as it stands in the raw text, line breaks removed, for lists and search. */
    evidence: text('evidence').notNull(),
    /** The record exactly as the rules found it, with its explanation; null for one added by hand. Never changed. */
    extracted: text('extracted', { mode: 'json' }).$type<Record<string, unknown> & { explanation?: Explanation }>(),
    /** Sent along by every writer; a second writer with an old version gets 409. */
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('targets_document').on(t.documentId, t.start),
    index('targets_state').on(t.state, t.id),
    index('targets_assigned').on(t.assignedAt),
    // orders of the ledger that the columns in memory do not hold
    index('targets_indicator').on(t.indicator),
    index('targets_confidence').on(t.confidence),
    index('targets_updated').on(t.updatedAt),
    index('targets_closed_by').on(t.closedBy).where(isNotNull(t.closedBy)),
    index('targets_contact_leader').on(t.contactLeaderId).where(isNotNull(t.contactLeaderId)),
    index('targets_merged_into').on(t.mergedIntoId).where(isNotNull(t.mergedIntoId)),
    index('targets_met_by').on(t.metBy).where(isNotNull(t.metBy)),
    index('targets_supervisor').on(t.supervisorId).where(isNotNull(t.supervisorId)),
  ],
)

/** The units of a target by role. `name` is as written; `unitId` is null until the name has been resolved. */
export const targetUnits = sqliteTable(
  'target_units',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    role: text('role', { enum: UNIT_ROLES }).notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    unitId: integer('unit_id').references(() => units.id),
    /** The group as whose member the unit has it; null where the unit itself is named. */
    groupId: integer('group_id').references(() => units.id),
    /** 签收 */
    signedAt: instant('signed_at'),
    signedBy: integer('signed_by').references(() => users.id),
  },
  (t) => [
    index('target_units_target').on(t.targetId),
    index('target_units_unit').on(t.unitId, t.targetId),
    index('target_units_group').on(t.groupId).where(isNotNull(t.groupId)),
    index('target_units_signed_by').on(t.signedBy).where(isNotNull(t.signedBy)),
  ],
)

/** 分解: by year (序时进度), by county or unit (分解到县市区), into stages (形象进度). */
export const targetParts = sqliteTable(
  'target_parts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    kind: text('kind', { enum: PART_KINDS }).notNull(),
    position: integer('position').notNull(),
    label: text('label').notNull(),
    unitId: integer('unit_id').references(() => units.id),
    dueOn: text('due_on'),
    value: real('value'),
    /** Share of the whole, 0–100, for stages. */
    weight: real('weight'),
    /** How far it got: for a stage 0–100, for a unit its value; null where the unit reports itself (各单位分别填报). */
    reached: real('reached'),
    reachedOn: text('reached_on'),
  },
  (t) => [
    uniqueIndex('target_parts_position').on(t.targetId, t.kind, t.position),
    index('target_parts_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/** 填报: one reported value. Never overwritten: a correction is a new report. */
export const reports = sqliteTable(
  'reports',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id').references(() => units.id),
    reporterId: integer('reporter_id').references(() => users.id),
    /** 0 is a value; null only for a milestone or duty reported by words. */
    value: real('value'),
    /** For a milestone or duty: whether the unit says it is done. */
    done: integer('done', { mode: 'boolean' }),
    /** 数据截止日期 */
    asOf: day('as_of').notNull(),
    /** 进展情况 */
    note: text('note'),
    /** 存在问题 */
    problems: text('problems'),
    /** 下一步措施 */
    nextSteps: text('next_steps'),
    /** 需要协调的事项 */
    needs: text('needs'),
    source: word('source', REPORT_SOURCE_CODES).notNull().default('unit'),
    status: word('status', REPORT_STATUS_CODES).notNull(),
    submittedAt: instant('submitted_at'),
    /** When it was approved or sent back; for one that was taken back, when its own unit did so. */
    decidedAt: instant('decided_at'),
    decidedBy: integer('decided_by').references(() => users.id),
    decisionReason: text('decision_reason'),
    /** Doubts about the value that the reporter was shown and confirmed, for the reviewer to see. */
    warnings: text('warnings', { mode: 'json' }).$type<{ code: string; text: string }[]>(),
    correctsId: integer('corrects_id').references((): AnySQLiteColumn => reports.id),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    /** 导入: the 台账 that said how far the target had come when it was brought in. */
    intakeId: integer('intake_id').references(() => intakes.id),
  },
  (t) => [
    index('reports_target').on(t.targetId, t.status, t.source, t.asOf),
    index('reports_corrects').on(t.correctsId).where(isNotNull(t.correctsId)),
    index('reports_decided_by').on(t.decidedBy).where(isNotNull(t.decidedBy)),
    index('reports_reporter').on(t.reporterId).where(isNotNull(t.reporterId)),
    // what waits, among all that was ever sent; the condition stands in db/undecided-reports.ts too
    index('reports_undecided')
      .on(t.status, t.id)
      .where(sql`${t.status} in ${sql.raw(statusIn('draft', 'submitted', 'returned'))}`),
    // what a unit has sent, newest first
    index('reports_unit').on(t.unitId).where(isNotNull(t.unitId)),
    // what a unit has begun or got back (我的任务); the condition stands in db/unit-tasks.ts too
    index('reports_unit_open')
      .on(t.unitId, t.targetId)
      .where(sql`${t.status} in ${sql.raw(statusIn('draft', 'returned'))}`),
    index('reports_intake').on(t.intakeId).where(isNotNull(t.intakeId)),
  ],
)
