import { z } from 'zod'
import { FREQUENCIES } from '../db/domain/dates.ts'
import { LIGHTS } from '../db/domain/lights.ts'
import { REPORT_SOURCES, REPORT_STATUSES } from '../db/domain/report-terms.ts'
import { ROLES } from '../db/domain/roles.ts'
import { SOURCE_KINDS } from '../db/domain/source-kinds.ts'
import { STATES } from '../db/domain/states.ts'
import { ORDER_COLORS, PROBLEM_STATUSES, REQUEST_STATUSES } from '../db/domain/supervision-terms.ts'
import { KINDS, MEASURES, OPERATORS, PART_KINDS, ROLL_UPS } from '../db/domain/target-terms.ts'
import { UNIT_KINDS } from '../db/domain/unit-terms.ts'

/**
 * The form of everything in `seeds/` that is not a document: see README.md. Field names are those of the database;
 * units are named by their full name, people by their user name, targets by a {@link targetRef}.
 */

/** `YYYY-MM-DD`, Asia/Shanghai. */
const date = z.iso.date()
/** UTC with milliseconds. */
const instant = z.iso.datetime({ precision: 3 })
const text = z.string().trim().min(1)
/** Full name of a unit of units.json. */
const unitName = text
/** User name of people.json. */
const userName = text

const seedUnit = z.strictObject({
  name: unitName,
  shortName: text.nullable(),
  kind: z.enum(UNIT_KINDS),
  /** Of a group: its members are ranked among themselves. */
  ranked: z.boolean().optional(),
  /** Of a group: full names of its members. */
  members: z.array(unitName).optional(),
  /** Full name of the unit above it. */
  parent: unitName.nullable(),
  /** Every other name by which documents call it; the full and the short name are not repeated. */
  aliases: z.array(text),
  /** Full name of the unit that took over its work; such a unit is archived on `archivedOn`. */
  successor: unitName.nullable(),
  archivedOn: date.nullable(),
  /** User name of its 分管领导. */
  leader: userName.optional(),
})
export const seedUnits = z.array(seedUnit)

const seedPerson = z.strictObject({
  username: z.string().regex(/^[a-z][a-z0-9-]{2,30}$/),
  displayName: text,
  role: z.enum(ROLES),
  unit: unitName.nullable(),
  /** Office, for people reading the demo: 督查室主任. */
  post: text,
})
export const seedPeople = z.strictObject({
  /** The one password of all demo accounts. */
  password: z.string().min(12),
  people: z.array(seedPerson),
})

/** One file of `documents/` and how it came into the house. */
const seedFile = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.(?:txt|docx|pdf)$/),
  importedBy: userName,
  importedAt: instant,
  /**
   * True: the review (校核) is over, so a candidate that no track names is dropped with `REVIEW_DROP_REASON`.
   * False: it waits for review, so it stays `extracted`.
   */
  reviewed: z.boolean(),
  documents: z.array(z.strictObject({ number: text, title: text, issuer: text, issuedOn: date })).min(1),
})
export const seedFiles = z.array(seedFile)

/** Why a candidate of a reviewed document that no track names is dropped. */
export const REVIEW_DROP_REASON = '校核：不单列督查，由同一条款的量化目标跟踪或不属于督查目标'

/** Names a target by what stands in the document, so that small changes of the extractor do not break it; see match.ts. */
const targetRef = z.strictObject({
  document: text,
  kind: z.enum(KINDS),
  /** Indicator of a quantity, task of a milestone, clause of a duty. */
  indicator: text,
  /** As the document says, before any 延期; null where it says none. */
  deadline: date.nullable(),
  /** Value as written (low end of a range) with its unit; null for milestone and duty. */
  value: z.number().nullable(),
  unit: z.string().nullable(),
  /** For adding it by hand where the extraction missed it: null for milestone and duty. */
  op: z.enum(OPERATORS).nullable(),
  measure: z.enum(MEASURES).nullable(),
  /** Run of the document's words that holds the value, the date or the tag's beginning; see findQuote. */
  quote: text,
})

const seedReport = z.strictObject({
  asOf: date,
  /** Null only for milestones and duties. */
  value: z.number().nullable(),
  /** Milestones and duties: whether the unit says it is done. Null for quantities. */
  done: z.boolean().nullable().default(null),
  note: text.nullable().default(null),
  source: z.enum(REPORT_SOURCES).default('unit'),
  unit: unitName,
  reporter: userName,
  status: z.enum(REPORT_STATUSES),
  submittedAt: instant.nullable(),
  decidedAt: instant.nullable().default(null),
  decidedBy: userName.nullable().default(null),
  decisionReason: text.nullable().default(null),
  /** Index in the same list of the report that this one corrects. */
  corrects: z.int().min(0).nullable().default(null),
})

const seedPart = z.strictObject({
  kind: z.enum(PART_KINDS),
  label: text,
  unit: unitName.nullable().default(null),
  dueOn: date.nullable().default(null),
  value: z.number().nullable().default(null),
  weight: z.number().min(0).max(100).nullable().default(null),
  reached: z.number().nullable().default(null),
  reachedOn: date.nullable().default(null),
})

/** 延期 or 中止. For an extension `deadline` is the day asked for, and the day decided when it was granted. */
const seedRequest = z.strictObject({
  kind: z.enum(['extension', 'suspension']),
  reason: text,
  deadline: date.nullable().default(null),
  unit: unitName,
  askedBy: userName,
  askedAt: instant,
  status: z.enum(REQUEST_STATUSES),
  decidedBy: userName.nullable().default(null),
  decidedAt: instant.nullable().default(null),
  decisionReason: text.nullable().default(null),
})

const seedUrge = z.strictObject({ text, unit: unitName, sentBy: userName, sentAt: instant })

const seedOrder = z.strictObject({
  number: text,
  color: z.enum(ORDER_COLORS),
  text,
  unit: unitName,
  dueOn: date,
  issuedBy: userName,
  issuedAt: instant,
  answer: text.nullable().default(null),
  answeredBy: userName.nullable().default(null),
  answeredAt: instant.nullable().default(null),
  closedBy: userName.nullable().default(null),
  closedAt: instant.nullable().default(null),
})

/** A 批示 on an item: to a unit, or to the office where none is named; answered, found good and closed, or not yet. */
const seedInstruction = z.strictObject({
  text,
  leader: userName,
  at: instant,
  unit: unitName.nullable().default(null),
  answer: z
    .strictObject({ by: userName, at: instant, text, satisfiedAt: instant, closedBy: userName, closedAt: instant })
    .nullable()
    .default(null),
})

const seedProblem = z.strictObject({
  text,
  measures: text.nullable().default(null),
  unit: unitName,
  dueOn: date,
  status: z.enum(PROBLEM_STATUSES),
  foundBy: userName,
  foundAt: instant,
  /** What the unit did about it. */
  rectification: text.nullable().default(null),
  rectifiedAt: instant.nullable().default(null),
  closedAt: instant.nullable().default(null),
})

/** All that happened to one target since 立项. Lists are in the order of time. */
const seedTrack = z.strictObject({
  target: targetRef,
  /** The state it is in today. */
  state: z.enum(STATES),
  droppedReason: text.nullable().default(null),
  confirmedAt: instant.nullable().default(null),
  assignedAt: instant.nullable().default(null),
  signatures: z.array(z.strictObject({ unit: unitName, by: userName, at: instant })).default([]),
  /** 办结 and 销号 are done by two people. */
  metAt: instant.nullable().default(null),
  metBy: userName.nullable().default(null),
  closedAt: instant.nullable().default(null),
  closedBy: userName.nullable().default(null),
  supervisor: userName.nullable().default(null),
  contactLeader: userName.nullable().default(null),
  /** Units that 立项 named, by full name; null leaves the extracted ones. */
  units: z
    .strictObject({
      lead: z.array(unitName).default([]),
      responsible: z.array(unitName).default([]),
      support: z.array(unitName).default([]),
    })
    .nullable()
    .default(null),
  /** The deadline that 立项 confirmed; null for a target without one. A granted 延期 comes after it. */
  deadline: date.nullable().default(null),
  startOn: date.nullable().default(null),
  reportFrequency: z.enum(FREQUENCIES).nullable().default(null),
  baseline: z
    .strictObject({ value: z.number(), unit: z.string(), period: text.nullable().default(null) })
    .nullable()
    .default(null),
  /** How a 分解 by units makes the whole. */
  rollUp: z.enum(ROLL_UPS).default('worst'),
  manualLight: z
    .strictObject({ light: z.enum(LIGHTS), reason: text, by: userName, at: instant })
    .nullable()
    .default(null),
  /** The light that the published rule gives on DEMO_TODAY; tests compare. Null while it is not followed up. */
  expected: z
    .strictObject({ light: z.enum(LIGHTS), late: z.boolean() })
    .nullable()
    .default(null),
  parts: z.array(seedPart).default([]),
  reports: z.array(seedReport).default([]),
  requests: z.array(seedRequest).default([]),
  urges: z.array(seedUrge).default([]),
  orders: z.array(seedOrder).default([]),
  instructions: z.array(seedInstruction).default([]),
  problems: z.array(seedProblem).default([]),
})
export const seedTracks = z.array(seedTrack)

/** A report of an item: sent in and approved the day after by who entered the item. */
const seedItemReport = z.strictObject({
  by: userName,
  at: instant,
  asOf: date,
  value: z.number().nullable(),
  note: text,
})

/** One item of a source that the office typed, and what happened to it since. */
const seedItem = z.strictObject({
  text,
  kind: z.enum(KINDS),
  indicator: text,
  op: z.enum(OPERATORS).nullable().default(null),
  value: z.number().nullable().default(null),
  unit: text.nullable().default(null),
  measure: z.enum(MEASURES).nullable().default(null),
  deadline: date.nullable(),
  units: z.strictObject({
    lead: z.array(unitName).default([]),
    responsible: z.array(unitName).default([]),
    support: z.array(unitName).default([]),
  }),
  /** Where it is given to a group: how the values of the members make the whole, and the share of each by its full name. */
  rollUp: z.enum(ROLL_UPS).optional(),
  shares: z.record(unitName, z.number()).default({}),
  reportFrequency: z.enum(FREQUENCIES).nullable(),
  contactLeader: userName.nullable(),
  /** Null while it waits for 交办. */
  assignedAt: instant.nullable(),
  signed: z.array(z.strictObject({ by: userName, at: instant })).default([]),
  reports: z.array(seedItemReport).default([]),
})

/** A meeting, a proposal …: what the office typed in (新建事项), with its items. */
const seedSource = z.strictObject({
  kind: z.enum(SOURCE_KINDS),
  title: text,
  number: text.nullable(),
  issuedOn: date,
  issuer: text.nullable().default(null),
  leader: text.nullable().default(null),
  by: userName,
  at: instant,
  items: z.array(seedItem),
})
export const seedSources = z.array(seedSource)

/** A 批示 on its own, with the answers of whom it names. */
const seedOwnInstruction = z.strictObject({
  leader: userName,
  at: instant,
  text,
  requirement: text.nullable(),
  dueOn: date.nullable(),
  units: z.array(unitName),
  toOffice: z.boolean(),
  answers: z.array(z.strictObject({ by: userName, at: instant, text })),
  satisfiedAt: instant.nullable().default(null),
  closedBy: userName.nullable().default(null),
  closedAt: instant.nullable().default(null),
})
export const seedOwnInstructions = z.array(seedOwnInstruction)

/** The day for which {@link seedTrack}.expected is said. */
export const DEMO_TODAY = '2026-11-21'

export type SeedUnit = z.infer<typeof seedUnit>
export type SeedPerson = z.infer<typeof seedPerson>
export type SeedFile = z.infer<typeof seedFile>
export type TargetRef = z.infer<typeof targetRef>
export type SeedReport = z.infer<typeof seedReport>
export type SeedOwnInstruction = z.infer<typeof seedOwnInstruction>
export type SeedSource = z.infer<typeof seedSource>
export type SeedTrack = z.infer<typeof seedTrack>
