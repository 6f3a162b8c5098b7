import type { IntakeKind } from '../../db/domain/intake-terms.ts'
import { INTAKE_TITLES } from '../../db/domain/intake-terms.ts'
import { workbook } from '../core/workbook.ts'
import { COLUMNS } from './columns.ts'

const NOTES: Readonly<Record<IntakeKind, string>> = {
  units:
    '一行一个单位，第一行是例子，填写前删去。别名、分组有多个的以顿号分开；上级单位、承继单位写单位名称，可以就在本表中；机构序列不填的按表中先后。写了承继单位的，本单位即停用。',
  people:
    '一行一人，第一行是例子，填写前删去。角色填督查室、部门、领导或管理员，不填的按部门；部门须写所属单位。用户名不填的，用手机号，没有手机号的用姓名。',
  ledger:
    '一行一项，第一行是例子，填写前删去。目标值没有数的，写要求；多个单位以顿号分开；已有进展的写完成值（有数的）或完成情况，并写数据截止日期。',
}

/** The xlsx that is given out to be filled in: a note, the header and one example. */
export const listTemplate = (kind: IntakeKind): Promise<Buffer> =>
  workbook([
    {
      name: INTAKE_TITLES[kind],
      columns: COLUMNS[kind].map(({ title, width }) => ({ title, width })),
      rows: [COLUMNS[kind].map(({ example }) => example)],
      notes: [NOTES[kind]],
    },
  ])
