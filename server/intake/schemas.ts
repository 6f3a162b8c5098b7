import { z } from 'zod'
import { FIRST_ENTRIES, INTAKE_STATUSES, ROW_VERDICTS, STARTING_LEVELS } from '../../db/domain/intake-terms.ts'
import { commaList, objectOf } from '../schema.ts'

/** Most columns that are laid out; the reader takes no more. */
const MOST_COLUMNS = 256
/** Rows of a preview that are sent at once. */
const ROWS_AT_ONCE = 500

const layoutShape = {
  sheet: z.int().min(0).max(100).describe('第几张工作表，从 0 起'),
  headerRow: z.int().min(0).max(100_000).describe('表头所在行；0 为没有表头'),
  headerRows: z.int().min(0).max(4).describe('表头占几行'),
  columns: z.array(z.string().max(40)).max(MOST_COLUMNS).describe('各列的含义，空的不导入'),
}

const previewRow = z
  .object({
    row: z.int().describe('表中的行号'),
    verdict: z.enum(ROW_VERDICTS).describe('新增、更新、已有、请核对（疑似重复，须点选才导入）或有误（不能导入）'),
    title: z.string(),
    facts: z.array(z.object({ title: z.string(), text: z.string() })),
    faults: z.array(z.string()).describe('为什么不能导入，用这一行自己的话'),
    hints: z.array(z.string()),
    knownId: z.int().nullable(),
  })
  .meta({ id: 'IntakeRow' })

export const intakeSchema = z
  .object({
    id: z.int(),
    status: z.enum(INTAKE_STATUSES),
    fileName: z.string().nullable().describe('粘贴的名单为空'),
    layout: z.object(layoutShape),
    sheets: z.array(z.object({ name: z.string(), rows: z.int() })),
    headers: z.array(z.string()).describe('各列的表头'),
    samples: z.array(z.string()).describe('各列第一行有内容的文字'),
    choices: z.array(z.object({ key: z.string(), title: z.string(), needed: z.boolean() })).describe('各列可以是什么'),
    counts: objectOf(ROW_VERDICTS, z.int()),
    outcome: z.record(z.string(), z.int()).nullable().describe('导入了多少'),
    createdAt: z.string(),
    confirmedAt: z.string().nullable(),
    undoneAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Intake' })

const intakeBrief = z.object({
  id: z.int(),
  status: z.enum(INTAKE_STATUSES),
  fileName: z.string().nullable(),
  outcome: z.record(z.string(), z.int()).nullable(),
  createdAt: z.string(),
  confirmedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
})

export const latestIntakesAnswer = z.object({
  items: z.array(intakeBrief),
  forms: z.array(z.object({ title: z.string(), endings: z.array(z.string()) })).describe('可以选择的表格类型'),
  home: z
    .object({ place: z.string(), level: z.enum(STARTING_LEVELS) })
    .describe('本单位所在的地方，常用机构由此列出；设置中没有写的，地名为空'),
})

export const rowsQuery = z.object({
  verdict: commaList(z.enum(ROW_VERDICTS)).describe('只看这几类'),
  from: z.coerce.number().int().min(0).max(100_000).default(0).describe('从第几行起（在所选各类中）'),
  limit: z.coerce.number().int().min(1).max(ROWS_AT_ONCE).default(100),
})
export const rowsAnswer = z.object({ items: z.array(previewRow), total: z.int() })

export const textBody = z
  .object({ text: z.string().min(1).max(500_000).describe('每行一个，各列以制表符、逗号或空格分开') })
  .strict()
/** What is left out stays as it is. */
export const layoutBody = z
  .object({ version: z.int(), ...layoutShape })
  .partial({ sheet: true, headerRow: true, headerRows: true, columns: true })
  .strict()

const rowNumbers = z.array(z.int().min(1)).max(20_000)
export const confirmBody = z
  .object({
    version: z.int(),
    leaveOut: rowNumbers.default([]).describe('不导入的行'),
    takeIn: rowNumbers.default([]).describe('核对过、照样导入的“请核对”行'),
    withoutWrong: z.boolean().default(false).describe('有的行有误，只导入其余各行'),
    assign: z.boolean().default(true).describe('台账：单位都已对应的同时交办；否则只立项'),
    entry: z.enum(FIRST_ENTRIES).default('password').describe('人员：首次登录用一次性密码还是一次性链接'),
  })
  .strict()
export const confirmAnswer = z.object({
  intake: intakeSchema,
  secrets: z
    .array(
      z.object({
        userId: z.int(),
        username: z.string(),
        displayName: z.string(),
        unit: z.string().describe('所属单位；没有单位的为本单位的名称'),
        secret: z.string().describe('一次性密码或链接中的令牌，只在这里给出一次'),
      }),
    )
    .describe('人员：首次登录的凭据'),
})
