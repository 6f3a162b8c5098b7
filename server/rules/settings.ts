/** What an administrator may change, each with its range and the value that holds until somebody does. */
import { z } from 'zod'
import { dateField } from '../schema.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { ORDER_COLORS } from '../../db/domain/supervision-terms.ts'
import { objectOf } from '../schema.ts'
import { DEFAULT_THRESHOLDS } from '../../db/domain/lights.ts'
import { DEFAULT_FORMULA, RANKED_LIGHTS } from '../../db/domain/ranking.ts'

/** A number scheme of documents: `{year}` and `{n}` are filled in, both must stand in it once. */
const numberScheme = z
  .string()
  .min(1)
  .max(60)
  .refine(
    (text) => text.split('{n}').length === 2 && text.split('{year}').length === 2,
    '编号格式须各含一次 {year} 和 {n}',
  )

const points = z.number().min(0).max(100).nullable()
const off = z.number().min(0).max(100)

/** Schema of every setting. A body of PUT /api/settings and a stored value are both checked against it. */
export const SETTINGS = {
  /** 亮灯规则的阈值 */
  lights: z
    .object({
      /** 滞后: more than so many points of per cent below the expected progress. */
      behindPoints: z.number().min(0).max(100),
      /** 临期: within so many days of the deadline. */
      dueSoonDays: z.number().int().min(1).max(365),
      /** A report of a period is missed from so many days after the period's end. */
      reportGraceDays: z.number().int().min(0).max(90),
    })
    .strict(),
  /** 提醒: so many days before the deadline. */
  reminders: z
    .object({
      daysBefore: z.array(z.number().int().min(1).max(365)).min(1).max(6),
      /** 签收: a unit is reminded so many days after 交办. */
      signWithinDays: z.number().int().min(1).max(60),
    })
    .strict(),
  /** 填报 */
  reports: z
    .object({
      /** A change of so many per cent against the last value is asked about. */
      jumpPercent: z.number().min(1).max(1000),
      /** 数据差异: from so many per cent of the statistics' value on, units and statistics differ. */
      differencePercent: z.number().min(0).max(100).default(0.5),
    })
    .strict(),
  /**
   * 督办单: the colours that the daily job proposes (待签发), the working days a unit has to answer, and whether a leader
   * has to approve before one is issued.
   */
  orders: z
    .object({
      colors: z.array(z.enum(ORDER_COLORS)).max(ORDER_COLORS.length),
      answerDays: z.number().int().min(1).max(60),
      /** 领导批准后签发 */
      approval: z.boolean().default(false),
    })
    .strict(),
  /**
   * 考核排名: points by light (null: not counted), points off each time, the least number of items, working days for 申诉; see
   * db/domain/ranking.ts.
   */
  ranking: z
    .object({
      points: objectOf(RANKED_LIGHTS, points).strict(),
      minus: z.object({ urge: off, returned: off, lateSignature: off, yellowOrder: off, redOrder: off }).strict(),
      leastItems: z.number().int().min(1).max(100),
      appealDays: z.number().int().min(1).max(60),
    })
    .strict(),
  /** 工作日: what was published after the bundled table of holidays; see server/core/working-days.ts. */
  calendar: z
    .object({ daysOff: z.array(dateField).max(400), workdays: z.array(dateField).max(400) })
    .strict()
    .refine(({ daysOff, workdays }) => !daysOff.some((day) => workdays.includes(day)), '同一天不能既是放假又是上班'),
  /** 编号 */
  numbering: z.object({ order: numberScheme, bulletin: numberScheme }).strict(),
  /** 会话 */
  session: z
    .object({
      idleMinutes: z.number().int().min(5).max(480),
      absoluteHours: z.number().int().min(1).max(168),
    })
    .strict(),
  /** 两步验证: roles that cannot work without it. */
  secondFactor: z.object({ requiredFor: z.array(z.enum(ROLES)).max(ROLES.length) }).strict(),
  /** 统一身份登录 (OpenID Connect): who a person of the provider is here, and whether local passwords are for everybody. */
  identity: z
    .object({
      /** The claim that names the person, and what of an account it is compared with. */
      claim: z.string().min(1).max(60),
      match: z.enum(['username', 'email', 'telephone']),
      /** Whether a person without an account gets one, as 部门 of the unit that a claim names. */
      create: z.enum(['nobody', 'reporter']),
      nameClaim: z.string().min(1).max(60),
      unitClaim: z.string().min(1).max(60),
      /** Local sign-in for administrators alone; it counts only while a provider is configured. */
      localForAdminsOnly: z.boolean(),
    })
    .strict(),
  /** 单位落款, and the place whose office this is (霁川市): 市科学技术局 in a document is that of this place. Empty: not said. */
  office: z.object({ name: z.string().min(1).max(60), place: z.string().trim().max(20).default('') }).strict(),
  /** 导入: memory that reading one file may take, in megabytes. */
  imports: z.object({ memoryMegabytes: z.number().int().min(256).max(8192) }).strict(),
  /** 备份: nightly in Asia/Shanghai; the newest so many are kept. */
  backup: z.object({ nightly: z.boolean(), keep: z.number().int().min(1).max(365) }).strict(),
} as const

export type SettingKey = keyof typeof SETTINGS
export type Settings = { [K in SettingKey]: z.infer<(typeof SETTINGS)[K]> }

export const DEFAULT_SETTINGS: Settings = {
  lights: DEFAULT_THRESHOLDS,
  reminders: { daysBefore: [30, 7, 3], signWithinDays: 3 },
  reports: { jumpPercent: 50, differencePercent: 0.5 },
  orders: { colors: ['red'], answerDays: 5, approval: false },
  ranking: DEFAULT_FORMULA,
  calendar: { daysOff: [], workdays: [] },
  numbering: { order: '政督〔{year}〕{n}号', bulletin: '督查通报〔{year}〕{n}号' },
  session: { idleMinutes: 60, absoluteHours: 12 },
  secondFactor: { requiredFor: [] },
  identity: {
    claim: 'preferred_username',
    match: 'username',
    create: 'nobody',
    nameClaim: 'name',
    unitClaim: 'department',
    localForAdminsOnly: false,
  },
  office: { name: '政府督查室', place: '' },
  // A page of A4 that was scanned at 600 dots an inch takes nearly as much; with the server itself it stays under 900.
  imports: { memoryMegabytes: 600 },
  backup: { nightly: true, keep: 14 },
}
