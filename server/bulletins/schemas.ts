import { z } from 'zod'
import { BULLETIN_STATUSES } from '../../db/domain/supervision-terms.ts'
import { parsePeriod } from '../../db/domain/period.ts'
import { APPEAL_STATUSES } from '../../db/domain/ranking.ts'
import { figuresSchema, formulaSchema, rankingRow } from '../counting/figures-schemas.ts'

export const periodField = z
  .string()
  .refine((text) => parsePeriod(text) !== null, '期间应写成 2026-06（月）或 2026-Q2（季度）')

const person = z.object({ id: z.int(), displayName: z.string() }).nullable()

const appealSchema = z
  .object({
    id: z.int(),
    unit: z.object({ id: z.int(), name: z.string() }),
    text: z.string(),
    askedBy: person,
    askedAt: z.string(),
    status: z.enum(APPEAL_STATUSES),
    answer: z.string().nullable(),
    correctedScore: z.number().nullable(),
    answeredBy: person,
    answeredAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'RankingAppeal' })
export type Appeal = z.infer<typeof appealSchema>

export const appealBody = z.strictObject({ text: z.string().trim().min(2).max(4000) })
export const appealAnswerBody = z.strictObject({
  version: z.int(),
  status: z.enum(['upheld', 'rejected']),
  answer: z.string().trim().min(2).max(4000),
  correctedScore: z.number().min(0).max(100).nullable().describe('更正后的得分；不涉及得分的为空'),
})

export const rankingAnswer = z
  .object({
    period: z.string(),
    title: z.string(),
    asOf: z.string(),
    /** Frozen since the bulletin of the period was issued; before that it is computed anew each time. */
    frozenAt: z.string().nullable(),
    /** Last day for 申诉; null before it is frozen. */
    appealUntil: z.string().nullable(),
    formula: formulaSchema,
    formulaText: z.string(),
    rows: z.array(rankingRow),
    /** What score and rank of units are after 申诉 that were upheld, where another than in the rows. */
    corrections: z.array(z.object({ unitId: z.int(), score: z.number(), rank: z.int().nullable() })),
    /** A unit sees its own. */
    appeals: z.array(appealSchema),
  })
  .meta({ id: 'Ranking' })
export type RankingAnswer = z.infer<typeof rankingAnswer>

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
    id: z.int(),
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
    issuedBy: z.object({ id: z.int(), displayName: z.string() }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'Bulletin' })
export type Bulletin = z.infer<typeof bulletinSchema>

export const bulletinRow = bulletinSchema.omit({ figures: true, words: true }).meta({ id: 'BulletinRow' })
