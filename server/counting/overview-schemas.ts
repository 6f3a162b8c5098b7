import { z } from 'zod'
import { LIGHTS } from '../../db/domain/lights.ts'
import { lightCounts } from '../core/light-counts.ts'
import { dateField, objectOf } from '../schema.ts'

export const overviewQuery = z.object({ asOf: dateField.optional(), compare: dateField.optional() })

/** As {@link lightCounts}, with 已完成 told apart into 按期 and 逾期. */
const overviewLights = z
  .object({ ...objectOf(LIGHTS, z.int()).shape, done: z.object({ onTime: z.int(), late: z.int() }) })
  .meta({ id: 'OverviewLights' })
export type OverviewLights = z.infer<typeof overviewLights>

/** Targets to ask about, each with why. */
const toAskSchema = z.array(
  z.object({
    id: z.int(),
    indicator: z.string(),
    light: z.enum(LIGHTS),
    units: z.array(z.string()),
    deadline: z.string().nullable(),
    /** Days since the deadline of an overdue one. */
    daysOver: z.int().nullable(),
    /** Points of per cent behind the expected progress. */
    lag: z.number().nullable().describe('落后应达进度的百分点，不多于应达进度'),
    belowBaseline: z.boolean().describe('未及基期：比起点还差'),
    reportedOn: z.string().nullable(),
  }),
)

/** 我分管的: how a leader's own targets stand, and the five that matter most. */
export const leaderViewAnswer = z
  .object({ asOf: z.string(), total: z.int(), lights: overviewLights, toAsk: toAskSchema })
  .meta({ id: 'LeaderView' })
export type LeaderView = z.infer<typeof leaderViewAnswer>

export const overviewAnswer = z
  .object({
    asOf: z.string(),
    /** The office whose overview it is, for the wall and for paper. */
    office: z.string(),
    /** 纳入督查: from 交办 on, without 中止, 不予立项 and 合并. The parts below count the same ones. */
    total: z.int(),
    /** Candidates still to be confirmed; they are in no other figure. */
    unconfirmed: z.int(),
    /** 已立项未交办: work of the office, without a light and in no other figure. */
    unassigned: z.int(),
    lights: overviewLights,
    /** A target counts once for each unit that leads it, or answers for it where nobody leads; most red first. */
    units: z.array(
      z.object({
        unitId: z.int(),
        /** As lists call it: without the city's name where that is the office's own. */
        name: z.string(),
        /** 各乡镇人民政府 and the like: counted, but nobody's to be ranked. */
        total: z.int(),
        lights: lightCounts,
      }),
    ),
    /** The newest ones of which a target is counted, 200 at most; `documentsTotal` are all. */
    documents: z.array(
      z.object({ id: z.int(), number: z.string().nullable(), title: z.string(), total: z.int(), lights: lightCounts }),
    ),
    documentsTotal: z.int(),
    months: z.array(z.object({ month: z.string(), total: z.int(), lights: lightCounts })),
    /** Red on the as-of date and not on the day compared with (without one: seven days before), newest first, 50 at most. */
    turnedRed: z.array(
      z.object({
        id: z.int(),
        indicator: z.string(),
        deadline: z.string().nullable(),
        units: z.array(z.string()),
        since: z.string().nullable(),
      }),
    ),
    /** What is not done and falls due from the day on until the end of its month and of its year. */
    due: z.object({
      month: z.object({ until: z.string(), count: z.int() }),
      year: z.object({ until: z.string(), count: z.int(), onLastDay: z.int() }),
    }),
    /** 需要过问: the targets overdue longest, then those that lag most; few, and of several units. */
    toAsk: toAskSchema,
    coverage: z.object({
      missingBaseline: z.int(),
      missingValue: z.int(),
      notSigned: z.int(),
      missingDeadline: z.int(),
      missingUnit: z.int(),
      total: z.int(),
    }),
    compare: z
      .object({
        asOf: z.string(),
        lights: overviewLights,
        /** Targets whose light is another now; `none` is what was not known on the earlier day. */
        changes: z.array(z.object({ from: z.enum([...LIGHTS, 'none']), to: z.enum(LIGHTS), count: z.int() })),
      })
      .nullable(),
  })
  .meta({ id: 'Overview' })
export type Overview = z.infer<typeof overviewAnswer>
