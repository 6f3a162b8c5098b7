import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { LIGHTS } from '../domain/lights.ts'
import { units, users } from './people.ts'
import { targetFieldColumns, type targetParts, targets, type targetUnits } from './targets.ts'

/** One unit of a target in one of its versions, in the order of its role's list. */
export type VersionUnit = Pick<typeof targetUnits.$inferSelect, 'role' | 'name' | 'unitId' | 'signedAt'> & {
  /** The group as whose member it has the target; absent where there is none. */
  groupId?: number
}

/** One part of a target in one of its versions, in the order of its kind's list. */
export type VersionPart = Omit<typeof targetParts.$inferSelect, 'targetId'>

/**
 * What a target was from one instant to the next, and which step made it so. Written by server/core/versions.ts alone, in
 * the transaction of the step. At an instant t the version with `validFrom <= t < validUntil` held; of several steps at
 * one instant the last one's, the others stay on record with an empty time.
 */
export const targetVersions = sqliteTable(
  'target_versions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    validFrom: text('valid_from').notNull(),
    /** Null while it holds. */
    validUntil: text('valid_until'),
    /** Name of the step in the life cycle, or of another act that made it: import, add, split-off, unsplit, migrate. */
    step: text('step').notNull(),
    byId: integer('by_id').references(() => users.id),
    byName: text('by_name'),
    /** Words given with the step: why, or with what conclusion. */
    reason: text('reason'),
    /** The target from which a 拆分 made this one; on its first version only. */
    splitFromId: integer('split_from_id'),
    ...targetFieldColumns(),
    /** Lead, responsible and support units, each in its order. */
    units: text('units', { mode: 'json' }).$type<VersionUnit[]>().notNull(),
    parts: text('parts', { mode: 'json' }).$type<VersionPart[]>().notNull(),
  },
  (t) => [
    index('target_versions_target').on(t.targetId, t.validFrom),
    index('target_versions_open')
      .on(t.targetId)
      .where(sql`${t.validUntil} IS NULL`),
    // who was given what in a period, for the signatures that were late
    index('target_versions_assigned')
      .on(t.assignedAt, t.targetId)
      .where(sql`${t.state} = 'assigned'`),
  ],
)

/** What a setting was from one instant to the next. Before its first row the default of the program held. */
export const settingVersions = sqliteTable(
  'setting_versions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    key: text('key').notNull(),
    value: text('value', { mode: 'json' }).notNull(),
    validFrom: text('valid_from').notNull(),
    /** Null while it holds. */
    validUntil: text('valid_until'),
    byId: integer('by_id').references(() => users.id),
    byName: text('by_name'),
  },
  (t) => [index('setting_versions_key').on(t.key, t.validFrom)],
)

/** What a span of days says of a light, whosever it is: db/light-spans.ts writes all of them alike. */
const spanColumns = () => ({
  /** First and last day in Asia/Shanghai; `9999-12-31` where no end is known. */
  fromDay: text('from_day').notNull(),
  toDay: text('to_day').notNull(),
  light: text('light', { enum: LIGHTS }).notNull(),
  /** Where the light is `done`: met only after the deadline (逾期办结). */
  late: integer('late', { mode: 'boolean' }).notNull(),
  /** Per cent, may pass 100 or fall under 0; null where it cannot be said. */
  progress: real('progress'),
  value: real('value'),
  valueAsOf: text('value_as_of'),
  /** 缺基期 */
  missingBaseline: integer('missing_baseline', { mode: 'boolean' }).notNull(),
})

/**
 * The light of a tracked target over a span of days on which neither light nor progress moves. The spans of a target
 * follow each other without a gap while it is tracked; those to come are what holds if nothing happens.
 */
export const lightSpans = sqliteTable(
  'light_spans',
  {
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    ...spanColumns(),
  },
  // WITHOUT ROWID (0011): the key is the table, which halves what ten spans of a target take
  (t) => [primaryKey({ columns: [t.targetId, t.fromDay] })],
)

/**
 * The same for the line of one unit, of the targets that units report on separately (各单位分别填报): a member of a group is
 * counted by what it did itself.
 */
export const unitLightSpans = sqliteTable(
  'unit_light_spans',
  {
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    ...spanColumns(),
  },
  // WITHOUT ROWID, like the one above
  (t) => [primaryKey({ columns: [t.targetId, t.unitId, t.fromDay] }), index('unit_light_spans_unit').on(t.unitId)],
)

/** One row for each target whose versions, spans or reports were written, in the same transaction: whoever counts follows it. */
export const standingChanges = sqliteTable('standing_changes', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  targetId: integer('target_id').notNull(),
})
