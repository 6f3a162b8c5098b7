import { isNotNull } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { type InstructionEvent, INSTRUCTION_VERDICTS } from '../domain/instructions.ts'
import {
  BULLETIN_STATUSES,
  ORDER_COLORS,
  PROBLEM_STATUSES,
  PROPOSAL_STATUSES,
  REQUEST_KINDS,
  REQUEST_STATUSES,
} from '../domain/supervision-terms.ts'
import { APPEAL_STATUSES } from '../domain/ranking.ts'
import type { RequestedChanges } from '../domain/target-fields.ts'
import { createdAt, units, users } from './people.ts'
import { targets } from './targets.ts'

/** 延期, 中止, 变更: asked for with a reason, decided by the supervisor; old and new are both kept. */
export const changeRequests = sqliteTable(
  'change_requests',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    kind: text('kind', { enum: REQUEST_KINDS }).notNull(),
    reason: text('reason').notNull(),
    /** What it asks to change, as it was and as it is asked for. */
    before: text('before', { mode: 'json' }).$type<RequestedChanges>().notNull(),
    after: text('after', { mode: 'json' }).$type<RequestedChanges>().notNull(),
    status: text('status', { enum: REQUEST_STATUSES }).notNull(),
    unitId: integer('unit_id').references(() => units.id),
    askedBy: integer('asked_by')
      .notNull()
      .references(() => users.id),
    askedAt: text('asked_at').notNull(),
    decidedBy: integer('decided_by').references(() => users.id),
    /** For one that was taken back: by whom and when. */
    decidedAt: text('decided_at'),
    decisionReason: text('decision_reason'),
  },
  (t) => [
    index('change_requests_target').on(t.targetId),
    index('change_requests_status').on(t.status),
    index('change_requests_asked_by').on(t.askedBy),
    index('change_requests_decided_by').on(t.decidedBy).where(isNotNull(t.decidedBy)),
    index('change_requests_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/** 催办 */
export const urges = sqliteTable(
  'urges',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id').references(() => units.id),
    text: text('text').notNull(),
    sentBy: integer('sent_by').references(() => users.id),
    sentAt: text('sent_at').notNull(),
  },
  (t) => [
    index('urges_target').on(t.targetId),
    index('urges_sent_by').on(t.sentBy).where(isNotNull(t.sentBy)),
    index('urges_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/**
 * 待签发: a 督办单 that a rule proposes, or a person where the office asks for 批准. It has no number, the unit does not see
 * it, and it costs no points; issuing makes the 督办单.
 */
export const orderProposals = sqliteTable(
  'order_proposals',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    color: text('color', { enum: ORDER_COLORS }).notNull(),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    text: text('text').notNull(),
    /** Limit for the answer; null: the working days of the setting, counted from the day of issue. */
    dueOn: text('due_on'),
    /** What made the rule propose it, so that one cause is proposed once; null for one by hand, or one that has lapsed. */
    causeKey: text('cause_key'),
    proposedBy: integer('proposed_by').references(() => users.id),
    proposedAt: text('proposed_at').notNull(),
    status: text('status', { enum: PROPOSAL_STATUSES }).notNull().default('proposed'),
    /** 批准 by a leader; a later change of the text takes it away. */
    approvedBy: integer('approved_by').references(() => users.id),
    approvedAt: text('approved_at'),
    decidedBy: integer('decided_by').references(() => users.id),
    decidedAt: text('decided_at'),
    dismissedReason: text('dismissed_reason'),
    orderId: integer('order_id').references(() => orders.id),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('order_proposals_cause').on(t.causeKey),
    index('order_proposals_status').on(t.status, t.id),
    index('order_proposals_target').on(t.targetId),
    index('order_proposals_unit').on(t.unitId),
    index('order_proposals_proposed_by').on(t.proposedBy).where(isNotNull(t.proposedBy)),
    index('order_proposals_approved_by').on(t.approvedBy).where(isNotNull(t.approvedBy)),
    index('order_proposals_decided_by').on(t.decidedBy).where(isNotNull(t.decidedBy)),
    index('order_proposals_order').on(t.orderId).where(isNotNull(t.orderId)),
  ],
)

/** Further targets of a 督办单 that holds several items of one unit, beside its own `targetId`. */
export const orderItems = sqliteTable(
  'order_items',
  {
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.targetId] }), index('order_items_target').on(t.targetId)],
)

/** 督办单: blue when due soon, yellow when behind, red when overdue. */
export const orders = sqliteTable(
  'orders',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Number by the office's scheme, such as 政督〔2026〕12号. */
    number: text('number').notNull(),
    color: text('color', { enum: ORDER_COLORS }).notNull(),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id').references(() => units.id),
    text: text('text').notNull(),
    dueOn: text('due_on').notNull(),
    /** Rule that made it, null when made by hand; unique together with the target so that a rule fires once for one cause. */
    causeKey: text('cause_key'),
    issuedBy: integer('issued_by').references(() => users.id),
    issuedAt: text('issued_at').notNull(),
    answer: text('answer'),
    answeredBy: integer('answered_by').references(() => users.id),
    answeredAt: text('answered_at'),
    closedBy: integer('closed_by').references(() => users.id),
    closedAt: text('closed_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('orders_number').on(t.number),
    uniqueIndex('orders_cause').on(t.causeKey),
    index('orders_target').on(t.targetId),
    index('orders_answered_by').on(t.answeredBy).where(isNotNull(t.answeredBy)),
    index('orders_closed_by').on(t.closedBy).where(isNotNull(t.closedBy)),
    index('orders_issued_by').on(t.issuedBy).where(isNotNull(t.issuedBy)),
    index('orders_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/** 批示: an instruction of a leader, on a target or on its own, with whom it names, what is asked and until when. */
export const instructions = sqliteTable(
  'instructions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Null where it was written on its own. */
    targetId: integer('target_id').references(() => targets.id),
    leaderId: integer('leader_id')
      .notNull()
      .references(() => users.id),
    text: text('text').notNull(),
    /** 办理要求 */
    requirement: text('requirement'),
    /** 时限, the one that holds now: 再办 may set another. */
    dueOn: text('due_on'),
    /** As it was written; what it was on a day is told from it and `course`. */
    firstDueOn: text('first_due_on'),
    /** What its leader said of the last answers. */
    verdict: text('verdict', { enum: INSTRUCTION_VERDICTS }),
    closedAt: text('closed_at'),
    closedBy: integer('closed_by').references(() => users.id),
    /** What was done about it, oldest first. */
    course: text('course', { mode: 'json' }).$type<InstructionEvent[]>().notNull().default([]),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('instructions_target').on(t.targetId).where(isNotNull(t.targetId)),
    index('instructions_leader').on(t.leaderId),
    index('instructions_closed_by').on(t.closedBy).where(isNotNull(t.closedBy)),
  ],
)

/** Whom a 批示 names: units, or the office itself; with the answer that holds now (再办 takes it away, the course keeps it). */
export const instructionAddressees = sqliteTable(
  'instruction_addressees',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    instructionId: integer('instruction_id')
      .notNull()
      .references(() => instructions.id),
    /** Null for the office. */
    unitId: integer('unit_id').references(() => units.id),
    answer: text('answer'),
    answeredBy: integer('answered_by').references(() => users.id),
    answeredAt: text('answered_at'),
  },
  (t) => [
    uniqueIndex('instruction_addressees_unit').on(t.instructionId, t.unitId),
    index('instruction_addressees_of').on(t.unitId).where(isNotNull(t.unitId)),
    index('instruction_addressees_answered_by').on(t.answeredBy).where(isNotNull(t.answeredBy)),
  ],
)

/** One thing done about a problem: 报送整改, 退回整改, 销号. */
export interface ProblemEvent {
  step: 'rectify-problem' | 'reject-problem' | 'close-problem'
  /** Instant, UTC ISO. */
  at: string
  who: string | null
  /** The rectification, or why it was sent back. */
  text: string | null
}

/** 问题清单: a problem found, what is to be mended and by when. */
export const problems = sqliteTable(
  'problems',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id').references(() => units.id),
    text: text('text').notNull(),
    measures: text('measures'),
    dueOn: text('due_on').notNull(),
    status: text('status', { enum: PROBLEM_STATUSES }).notNull(),
    foundBy: integer('found_by').references(() => users.id),
    /** What the unit did about it (整改情况). */
    rectification: text('rectification'),
    rectifiedAt: text('rectified_at'),
    /** What was done about it so far, oldest first; a rectification that was sent back stays in it. */
    course: text('course', { mode: 'json' }).$type<ProblemEvent[]>().notNull().default([]),
    closedAt: text('closed_at'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('problems_target').on(t.targetId),
    index('problems_status').on(t.status),
    index('problems_found_by').on(t.foundBy).where(isNotNull(t.foundBy)),
    index('problems_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/** 通报: the bulletin of a month or quarter. */
export const bulletins = sqliteTable(
  'bulletins',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** `2026-06` or `2026-Q2` */
    period: text('period').notNull(),
    number: text('number'),
    title: text('title').notNull(),
    /** The figures as they stood, and the text as edited. */
    content: text('content', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    status: text('status', { enum: BULLETIN_STATUSES }).notNull(),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    issuedBy: integer('issued_by').references(() => users.id),
    issuedAt: text('issued_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('bulletins_period').on(t.period),
    index('bulletins_created_by').on(t.createdBy).where(isNotNull(t.createdBy)),
    index('bulletins_issued_by').on(t.issuedBy).where(isNotNull(t.issuedBy)),
  ],
)

/** 考核排名, frozen when the bulletin of its period is issued, together with the formula that made it. */
export const rankings = sqliteTable(
  'rankings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    period: text('period').notNull(),
    bulletinId: integer('bulletin_id').references(() => bulletins.id),
    formula: text('formula', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    rows: text('rows', { mode: 'json' }).$type<Record<string, unknown>[]>().notNull(),
    frozenAt: text('frozen_at').notNull(),
  },
  (t) => [
    uniqueIndex('rankings_period').on(t.period),
    index('rankings_bulletin').on(t.bulletinId).where(isNotNull(t.bulletinId)),
  ],
)

/** 申诉: what a unit says against its place in a published ranking, once each, and what the office answered. */
export const rankingAppeals = sqliteTable(
  'ranking_appeals',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    rankingId: integer('ranking_id')
      .notNull()
      .references(() => rankings.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    text: text('text').notNull(),
    askedBy: integer('asked_by')
      .notNull()
      .references(() => users.id),
    askedAt: text('asked_at').notNull(),
    status: text('status', { enum: APPEAL_STATUSES }).notNull().default('asked'),
    answer: text('answer'),
    /** The score that should have been (0–100), where the appeal was upheld. */
    correctedScore: real('corrected_score'),
    answeredBy: integer('answered_by').references(() => users.id),
    answeredAt: text('answered_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('ranking_appeals_unit').on(t.rankingId, t.unitId),
    index('ranking_appeals_status').on(t.status),
    index('ranking_appeals_by_unit').on(t.unitId),
    index('ranking_appeals_asked_by').on(t.askedBy),
    index('ranking_appeals_answered_by').on(t.answeredBy).where(isNotNull(t.answeredBy)),
  ],
)
