import { z } from 'zod'
import { INSTRUCTION_STANDINGS } from '../../db/domain/instructions.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import { RANKED_LIGHTS } from '../../db/domain/ranking.ts'
import { PROMISED_FIELDS } from '../../db/domain/target-fields.ts'
import { answerShape, changeShape } from '../core/field-schemas.ts'
import { objectOf } from '../schema.ts'

const n = z.int()
const rankedCounts = objectOf(RANKED_LIGHTS, n)

export const rankingRow = z
  .object({
    unitId: n,
    name: z.string(),
    group: z.string().nullable().optional().describe('排名的单位组；有分组以前冻结的排名没有这一项'),
    /** Within the group; null for a unit with fewer items than the formula asks for. */
    rank: n.nullable(),
    total: n,
    score: z.number(),
    base: z.number(),
    minus: z.number(),
    lights: rankedCounts,
    events: z.object({ urge: n, returned: n, lateSignature: n, yellowOrder: n, redOrder: n }),
  })
  .meta({ id: 'RankingRow' })

/** The formula as it was when the ranking was made; what was added to it later is absent in old ones. */
export const formulaSchema = z.looseObject({
  points: z.record(z.string(), z.number().nullable()),
  minus: z.record(z.string(), z.number()),
  leastItems: n.optional(),
  appealDays: n.optional(),
})

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

const instructionFigure = z.object({
  id: n,
  /** Day in Asia/Shanghai. */
  on: z.string(),
  leader: z.string(),
  text: z.string(),
  units: z.array(z.string()),
  dueOn: z.string().nullable(),
  standing: z.enum(INSTRUCTION_STANDINGS),
})
export type InstructionFigure = z.infer<typeof instructionFigure>

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
  /** 批示 to units, written in the period or still open at its end; absent in bulletins that were made before they were kept. */
  instructions: z.array(instructionFigure).optional(),
  /** How many stand where, with those to the office alone, which are not listed; absent in older bulletins, which list all. */
  instructionCounts: z.record(z.enum(INSTRUCTION_STANDINGS), n).optional(),
  formula: formulaSchema,
  formulaText: z.string(),
})
export type Figures = z.infer<typeof figuresSchema>
