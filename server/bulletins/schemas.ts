import { z } from 'zod'
import { PROMISED_FIELDS } from '../../db/domain/target-fields.ts'
import { answerShape, changeShape } from '../core/field-schemas.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import { BULLETIN_STATUSES } from '../../db/domain/supervision-terms.ts'
import { parsePeriod } from '../../db/domain/period.ts'
import { RANKED_LIGHTS } from '../../db/domain/ranking.ts'
import { objectOf } from '../schema.ts'

export const periodField = z
  .string()
  .refine((text) => parsePeriod(text) !== null, '期间应写成 2026-06（月）或 2026-Q2（季度）')

const n = z.int()
const rankedCounts = objectOf(RANKED_LIGHTS, n)

export const rankingRow = z
  .object({
    unitId: n,
    name: z.string(),
    rank: n,
    total: n,
    score: z.number(),
    base: z.number(),
    minus: z.number(),
    lights: rankedCounts,
    events: z.object({ urge: n, returned: n, lateSignature: n, yellowOrder: n, redOrder: n }),
  })
  .meta({ id: 'RankingRow' })

export const rankingAnswer = z
  .object({
    period: z.string(),
    title: z.string(),
    asOf: z.string(),
    /** Frozen since the bulletin of the period was issued; before that it is computed anew each time. */
    frozenAt: z.string().nullable(),
    formula: z.record(z.string(), z.unknown()),
    formulaText: z.string(),
    rows: z.array(rankingRow),
  })
  .meta({ id: 'Ranking' })

const KEPT_LATER = ['kind', 'measure', 'per'] as const
const itemSchema = z.object({
  id: n,
  ...answerShape(PROMISED_FIELDS),
  /** Absent in bulletins that were made before these were kept. */
  ...changeShape(KEPT_LATER),
  units: z.array(z.string()),
  light: z.enum(LIGHTS),
  late: z.boolean(),
  reported: z.object({ value: z.number().nullable(), asOf: z.string() }).nullable(),
  /** Overdue since this day; for one that was completed, whether late. */
  since: z.string().nullable(),
  document: z.string(),
})
export type BulletinItem = z.infer<typeof itemSchema>

/** The figures as they stood when they were taken from the data. */
export const figuresSchema = z.object({
  asOf: z.string(),
  takenAt: z.string(),
  total: n,
  lights: rankedCounts,
  units: z.array(z.object({ unitId: n, name: z.string(), total: n, lights: rankedCounts })),
  completed: z.array(itemSchema),
  overdue: z.array(itemSchema),
  ranking: z.array(rankingRow),
  formula: z.record(z.string(), z.unknown()),
  formulaText: z.string(),
})
export type Figures = z.infer<typeof figuresSchema>

/** Paragraphs that a person may edit; a line break begins a new paragraph. */
export const wordsSchema = z.object({
  opening: z.string().max(10_000),
  completed: z.string().max(10_000),
  overdue: z.string().max(10_000),
  ranking: z.string().max(10_000),
  closing: z.string().max(10_000),
})
export type Words = z.infer<typeof wordsSchema>

export const bulletinSchema = z
  .object({
    id: n,
    period: z.string(),
    number: z.string().nullable(),
    title: z.string(),
    status: z.enum(BULLETIN_STATUSES),
    figures: figuresSchema,
    words: wordsSchema,
    /** 发文机关: as the setting says, and from 印发 on as it said then. */
    office: z.string(),
    createdAt: z.string(),
    issuedAt: z.string().nullable(),
    issuedBy: z.object({ id: n, displayName: z.string() }).nullable(),
    version: n,
  })
  .meta({ id: 'Bulletin' })
export type Bulletin = z.infer<typeof bulletinSchema>

export const bulletinRow = bulletinSchema.omit({ figures: true, words: true }).meta({ id: 'BulletinRow' })
