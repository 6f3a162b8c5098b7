import { idsOf } from './vocabulary.ts'

/** What can be brought in as a list (批量导入). */
export const INTAKE_TITLES = { units: '单位', people: '人员', ledger: '台账' } as const
export type IntakeKind = keyof typeof INTAKE_TITLES
export const INTAKE_KINDS = idsOf(INTAKE_TITLES)

/** What has become of a list. Nothing of it is stored before 确认; one 撤销 takes back all that 确认 stored. */
export const INTAKE_STATUS_TITLES = {
  open: '待确认',
  confirmed: '已导入',
  undone: '已撤销',
  dropped: '已放弃',
} as const
export type IntakeStatus = keyof typeof INTAKE_STATUS_TITLES
export const INTAKE_STATUSES = idsOf(INTAKE_STATUS_TITLES)

/**
 * What would become of a row: something new; something known that it changes, or leaves as it is; something new that a
 * person should look at first (it is left out unless chosen); nothing, because of its faults.
 */
export const ROW_VERDICT_TITLES = {
  new: '新增',
  change: '更新',
  same: '已有',
  doubtful: '请核对',
  wrong: '有误',
} as const
export type RowVerdict = keyof typeof ROW_VERDICT_TITLES
export const ROW_VERDICTS = idsOf(ROW_VERDICT_TITLES)

/** 级别 of a unit. */
export const UNIT_LEVEL_TITLES = {
  national: '国家级',
  province: '省级',
  city: '市级',
  county: '县级',
  town: '乡镇级',
} as const
export type UnitLevel = keyof typeof UNIT_LEVEL_TITLES
export const UNIT_LEVELS = idsOf(UNIT_LEVEL_TITLES)
/** Levels for which the usual departments are offered (从常用机构开始). */
export const STARTING_LEVELS = ['province', 'city', 'county'] as const satisfies readonly UnitLevel[]
export type StartingLevel = (typeof STARTING_LEVELS)[number]

/** How a person gets in for the first time: a one-time password on a slip of paper, or a link that works once. */
export const FIRST_ENTRY_TITLES = { password: '一次性密码', link: '一次性链接' } as const
export type FirstEntry = keyof typeof FIRST_ENTRY_TITLES
export const FIRST_ENTRIES = idsOf(FIRST_ENTRY_TITLES)
