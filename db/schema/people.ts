import { isNotNull, sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { UNIT_LEVELS } from '../domain/intake-terms.ts'
import { MESSAGE_TOPICS, PERSONAL_CHANNELS } from '../domain/messages.ts'
import { ROLES } from '../domain/roles.ts'
import { UNIT_KINDS } from '../domain/unit-terms.ts'

/** Instants are UTC ISO strings with milliseconds; dates are `YYYY-MM-DD` in Asia/Shanghai. */
export const createdAt = () => text('created_at').notNull()

/** 单位: a department, a government, or a group of units such as 各县市区政府. */
export const units = sqliteTable(
  'units',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    shortName: text('short_name'),
    /** For a group nobody signs in; what is given to it is given to its members ({@link unitMembers}). */
    kind: text('kind', { enum: UNIT_KINDS }).notNull().default('unit'),
    parentId: integer('parent_id').references((): AnySQLiteColumn => units.id),
    /** The unit that took over its work, for example in the reform of 2018; history stays with the old name. */
    successorId: integer('successor_id').references((): AnySQLiteColumn => units.id),
    /** 分管领导: the leader who answers for the unit's work. */
    leaderId: integer('leader_id').references((): AnySQLiteColumn => users.id),
    archivedAt: text('archived_at'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    /** 级别 */
    level: text('level', { enum: UNIT_LEVELS }),
    /** 机构序列: the order in which offices name units; those without one follow in the order in which they were added. */
    sequence: integer('sequence'),
    /** Of a group: its members are ranked among themselves (考核排名). A unit is a member of one such group at most. */
    ranked: integer('ranked', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    uniqueIndex('units_name').on(t.name),
    index('units_parent').on(t.parentId).where(isNotNull(t.parentId)),
    index('units_leader').on(t.leaderId).where(isNotNull(t.leaderId)),
    index('units_successor').on(t.successorId).where(isNotNull(t.successorId)),
  ],
)

/** The members of a group, each a unit of its own. */
export const unitMembers = sqliteTable(
  'unit_members',
  {
    groupId: integer('group_id')
      .notNull()
      .references(() => units.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.unitId] }), index('unit_members_unit').on(t.unitId)],
)

/** Every name by which a unit is called in documents; `key` is the name without spaces, brackets and full-width forms. */
export const unitAliases = sqliteTable(
  'unit_aliases',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    name: text('name').notNull(),
    key: text('key').notNull(),
    /** Who said so: a person, or the rule of names (server/rules/unit-names.ts). */
    source: text('source', { enum: ['person', 'rule'] })
      .notNull()
      .default('person'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('unit_aliases_key').on(t.key), index('unit_aliases_unit').on(t.unitId)],
)

/**
 * A name that a person has taken from a unit. The rule of names concludes nothing about it any more: it would bring the
 * alias back by itself.
 */
export const unitAliasRefusals = sqliteTable(
  'unit_alias_refusals',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    name: text('name').notNull(),
    /** As in {@link unitAliases}. */
    key: text('key').notNull(),
    refusedBy: integer('refused_by').references((): AnySQLiteColumn => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('unit_alias_refusals_key').on(t.key, t.unitId),
    index('unit_alias_refusals_unit').on(t.unitId),
    index('unit_alias_refusals_refused_by').on(t.refusedBy).where(isNotNull(t.refusedBy)),
  ],
)

export const users = sqliteTable(
  'users',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** The unit a reporter speaks for; null for the other roles. */
    unitId: integer('unit_id').references(() => units.id),
    email: text('email'),
    /** argon2id, encoded with its parameters. */
    passwordHash: text('password_hash').notNull(),
    /** Set for a one-time first password: the only thing its holder may do is choose a new one. */
    mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull().default(false),
    /** When a one-time password stops working. */
    passwordExpiresAt: text('password_expires_at'),
    disabledAt: text('disabled_at'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    telephone: text('telephone'),
  },
  (t) => [
    uniqueIndex('users_username').on(sql`lower(${t.username})`),
    index('users_unit').on(t.unitId).where(isNotNull(t.unitId)),
  ],
)

/** 两步验证: the authenticator (TOTP, RFC 6238) of a person; it counts from `confirmedAt` on. */
export const secondFactors = sqliteTable('second_factors', {
  userId: integer('user_id')
    .primaryKey()
    .references(() => users.id),
  /** Base32. Whoever reads it can make codes, so it never leaves the server again once it is confirmed. */
  secret: text('secret').notNull(),
  /** The 30-second step of the last code that was taken: no code is taken twice, nor an older one after it. */
  lastStep: integer('last_step').notNull().default(0),
  confirmedAt: text('confirmed_at'),
  createdAt: createdAt(),
})

/** One-time codes for the day on which the telephone is lost. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    /** argon2id: the code is too short for a plain hash (ASVS 6.5.2). */
    codeHash: text('code_hash').notNull(),
    usedAt: text('used_at'),
    createdAt: createdAt(),
  },
  (t) => [index('recovery_codes_user').on(t.userId)],
)

/** Server-side sessions. `id` is the SHA-256 of the cookie's random value, so a stolen database opens no session. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: integer('user_id').references(() => users.id),
    data: text('data', { mode: 'json' }).notNull(),
    createdAt: createdAt(),
    lastSeenAt: text('last_seen_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [index('sessions_user').on(t.userId)],
)

/** One-time link with which the first administrator is set up. */
export const setupLinks = sqliteTable('setup_links', {
  tokenHash: text('token_hash').primaryKey(),
  createdAt: createdAt(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

/** Messages that a person does not want by a channel; what is not named here comes. */
export const messageRefusals = sqliteTable(
  'message_refusals',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    topic: text('topic', { enum: MESSAGE_TOPICS }).notNull(),
    channel: text('channel', { enum: PERSONAL_CHANNELS }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.topic, t.channel] })],
)

/** The secret address under which a calendar program fetches a person's limits; only its hash is kept. */
export const calendarFeeds = sqliteTable(
  'calendar_feeds',
  {
    userId: integer('user_id')
      .primaryKey()
      .references(() => users.id),
    /** SHA-256 of the random part of the address, hex. */
    tokenHash: text('token_hash').notNull(),
    createdAt: createdAt(),
    lastReadAt: text('last_read_at'),
  },
  (t) => [uniqueIndex('calendar_feeds_token').on(t.tokenHash)],
)

/** One-time links with which people choose their first password; of each only the SHA-256 is kept. */
export const signInLinks = sqliteTable(
  'sign_in_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    expiresAt: text('expires_at').notNull(),
    usedAt: text('used_at'),
  },
  (t) => [index('sign_in_links_user').on(t.userId)],
)
