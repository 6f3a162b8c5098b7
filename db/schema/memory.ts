import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { LIGHT_CODES } from '../domain/lights.ts'
import { STATE_CODES } from '../stored.ts'
import { day, instant, versionUnits, word } from './columns.ts'
import { units, users } from './people.ts'
import { targetFieldColumns, type targetParts, targets } from './targets.ts'

/** One part of a target in one of its versions, in the order of its kind's list. */
export type VersionPart = Omit<typeof targetParts.$inferSelect, 'targetId'>

/** What moves on with the steps of a target's life, and is kept with each; everything else of it stays for many steps. */
const MOVING = [
  'state',
  'confirmedAt',
  'assignedAt',
  'signedAt',
  'metAt',
  'metBy',
  'closedAt',
  'closedBy',
  'suspendedFrom',
] as const
type FieldColumns = ReturnType<typeof targetFieldColumns>
type Moving = Pick<FieldColumns, (typeof MOVING)[number]>
type Staying = Omit<FieldColumns, (typeof MOVING)[number]>

const isMoving = (field: string): boolean => (MOVING as readonly string[]).includes(field)
const columnsWhere = (wanted: (field: string) => boolean): object =>
  Object.fromEntries(Object.entries(targetFieldColumns()).filter(([field]) => wanted(field)))
const movingColumns = () => columnsWhere(isMoving) as Moving
const stayingColumns = () => columnsWhere((field) => !isMoving(field)) as Staying

/** When a version held, and which step made it. */
const courseColumns = () => ({
  id: integer('id').primaryKey({ autoIncrement: true }),
  targetId: integer('target_id')
    .notNull()
    .references(() => targets.id),
  validFrom: instant('valid_from').notNull(),
  /** Null while it holds. */
  validUntil: instant('valid_until'),
  /** Name of the step in the life cycle, or of another act that made it: import, add, split-off, unsplit, migrate. */
  step: text('step').notNull(),
  byId: integer('by_id').references(() => users.id),
  byName: text('by_name'),
  /** Words given with the step: why, or with what conclusion. */
  reason: text('reason'),
  /** The target from which a 拆分 made this one; on its first version only. */
  splitFromId: integer('split_from_id'),
})

/** Lead, responsible and support units, each in its order. */
const unitsColumn = () => versionUnits('units').notNull()
const partsColumn = () => text('parts', { mode: 'json' }).$type<VersionPart[]>().notNull()

/**
 * What a target was from one instant to the next, and which step made it so: a view of the three tables below, in which what
 * stays from step to step lies once. At an instant t the version with `validFrom <= t < validUntil` held; of several steps at
 * one instant the last one's, the others stay on record with an empty time.
 */
export const targetVersions = sqliteView('target_versions', {
  ...courseColumns(),
  ...targetFieldColumns(),
  units: unitsColumn(),
  parts: partsColumn(),
}).existing()

/** The versions themselves. Written by db/target-versions.ts alone, in the transaction of the step. */
export const versionSteps = sqliteTable(
  'version_steps',
  {
    ...courseColumns(),
    ...movingColumns(),
    state: word('state', STATE_CODES).notNull(),
    /** Which of the target's `version_contents` and `version_units` held. */
    content: integer('content').notNull(),
    units: integer('units').notNull(),
  },
  (t) => [
    index('version_steps_target').on(t.targetId),
    index('version_steps_open')
      .on(t.targetId)
      .where(sql`${t.validUntil} IS NULL`),
    // who was given what in a period, for the signatures that were late
    index('version_steps_assigned')
      .on(t.assignedAt, t.targetId)
      .where(sql`${t.state} = ${sql.raw(String(STATE_CODES.assigned))}`),
  ],
)

/** What of a target stays while its life goes on: what it promises, its parts, and what is seldom said of it. Never changed. */
export const versionContents = sqliteTable(
  'version_contents',
  {
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    /** From 1 on for each target. */
    n: integer('n').notNull(),
    ...stayingColumns(),
    parts: partsColumn(),
  },
  // WITHOUT ROWID (0026)
  (t) => [primaryKey({ columns: [t.targetId, t.n] })],
)

/** The units of a target, as they were in one of its versions or many. Never changed. */
export const versionUnitLists = sqliteTable(
  'version_units',
  {
    targetId: integer('target_id')
      .notNull()
      .references(() => targets.id),
    n: integer('n').notNull(),
    units: unitsColumn(),
  },
  // WITHOUT ROWID (0026)
  (t) => [primaryKey({ columns: [t.targetId, t.n] })],
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
  fromDay: day('from_day').notNull(),
  toDay: day('to_day').notNull(),
  light: word('light', LIGHT_CODES).notNull(),
  /** Where the light is `done`: met only after the deadline (逾期办结). */
  late: integer('late', { mode: 'boolean' }).notNull(),
  /** Per cent, may pass 100 or fall under 0; null where it cannot be said. */
  progress: real('progress'),
  value: real('value'),
  valueAsOf: day('value_as_of'),
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
