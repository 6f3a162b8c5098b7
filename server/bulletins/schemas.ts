import { z } from 'zod'
import { BULLETIN_STATUSES } from '../../db/domain/supervision-terms.ts'
import { parsePeriod } from '../../db/domain/period.ts'
import { figuresSchema, rankingRow } from '../counting/figures-schemas.ts'

export const periodField = z
  .string()
  .refine((text) => parsePeriod(text) !== null, '期间应写成 2026-06（月）或 2026-Q2（季度）')

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
