import { isNotNull, isNull } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CHANNELS } from '../domain/messages.ts'
import { createdAt, users } from './people.ts'
import { targets } from './targets.ts'

/** A setting that an administrator may change; the defaults stand in server/rules/settings.ts. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: text('updated_at').notNull(),
})

/** Running numbers of 督办单 and 通报 by scheme and year. */
export const counters = sqliteTable(
  'counters',
  {
    name: text('name').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.year] })],
)

/** A message for one person. `causeKey` makes sure that nobody is told twice for one cause. */
export const notifications = sqliteTable(
  'notifications',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    causeKey: text('cause_key').notNull(),
    kind: text('kind').notNull(),
    targetId: integer('target_id').references(() => targets.id),
    text: text('text').notNull(),
    createdAt: createdAt(),
    readAt: text('read_at'),
  },
  (t) => [
    uniqueIndex('notifications_cause').on(t.userId, t.causeKey),
    // a person's page, newest first, however many there are
    index('notifications_user').on(t.userId, t.id),
    index('notifications_unread').on(t.userId).where(isNull(t.readAt)),
    index('notifications_target').on(t.targetId).where(isNotNull(t.targetId)),
  ],
)

/** One try to send a notification out of the house: mail or webhook. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    recipient: text('recipient').notNull(),
    causeKey: text('cause_key').notNull(),
    status: text('status', { enum: ['waiting', 'sent', 'failed'] }).notNull(),
    tries: integer('tries').notNull().default(0),
    lastError: text('last_error'),
    body: text('body', { mode: 'json' }).notNull(),
    createdAt: createdAt(),
    /** Not before this instant; pushed back after each failure. */
    nextTryAt: text('next_try_at'),
    sentAt: text('sent_at'),
  },
  (t) => [
    uniqueIndex('deliveries_cause').on(t.channel, t.recipient, t.causeKey),
    index('deliveries_status').on(t.status),
  ],
)

/** Office days for which a daily job has run, so that a stopped server catches up and no day is done twice. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    name: text('name').notNull(),
    /** Date in Asia/Shanghai. */
    on: text('on').notNull(),
    finishedAt: text('finished_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.on] })],
)

/** Filters of the ledger under a name, shared by link when wanted. */
export const savedViews = sqliteTable(
  'saved_views',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    query: text('query').notNull(),
    shared: integer('shared', { mode: 'boolean' }).notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [index('saved_views_user').on(t.userId)],
)

/** Append-only; triggers refuse UPDATE and DELETE. Each record carries the hash of the one before. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: text('at').notNull(),
    userId: integer('user_id'),
    userName: text('user_name'),
    ip: text('ip'),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id'),
    before: text('before', { mode: 'json' }),
    after: text('after', { mode: 'json' }),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    index('audit_log_entity').on(t.entity, t.entityId),
    index('audit_log_at').on(t.at),
    index('audit_log_user').on(t.userId),
  ],
)
