import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { reports, targets, targetUnits } from '../../db/schema/index.ts'
import { fieldEntry } from '../../db/domain/target-fields.ts'
import { KIND_TITLES } from '../../db/domain/target-terms.ts'
import { NOT_REPORTED, reportedWords, targetWords } from '../../db/domain/target-words.ts'
import { lastApproved } from '../../db/domain/open-return.ts'
import { reportingUnits } from '../../db/domain/reporting.ts'
import { subjectUnit, unitsOf } from '../core/target-record.ts'
import { EXPLAINING_PARTS, REPORT_PARTS } from '../../db/domain/report-parts.ts'
import { inOwnPart } from '../core/unit-parts.ts'
import { newWorkbook } from '../core/new-workbook.ts'
import { setUpPrint } from '../core/workbook.ts'
import { neutralise } from '../csv.ts'
import { ruleOf } from '../../db/domain/lifecycle.ts'
import { checkCode } from './check-code.ts'

/** Columns of the template; those that the unit fills in are `input`. */
export const COLUMNS = [
  { key: 'id', title: '编号', width: 8 },
  { key: 'indicator', title: '事项', width: 44 },
  { key: 'target', title: '目标', width: 16 },
  { key: 'deadline', title: fieldEntry('deadline').title, width: 12 },
  { key: 'last', title: '上次数据', width: 20 },
  { key: 'check', title: '校验码', width: 12 },
  { key: 'value', title: '完成值', width: 12, input: true },
  { key: 'unit', title: fieldEntry('unit').title, width: 10, input: true },
  { key: 'done', title: '是否完成', width: 10, input: true },
  { key: 'asOf', title: '数据截止日期', width: 14, input: true },
  { key: 'note', title: REPORT_PARTS.note, width: 40, input: true },
  { key: 'problems', title: REPORT_PARTS.problems, width: 30, input: true },
  { key: 'nextSteps', title: REPORT_PARTS.nextSteps, width: 30, input: true },
  { key: 'needs', title: REPORT_PARTS.needs, width: 30, input: true },
] as const
export type ColumnKey = (typeof COLUMNS)[number]['key']
export const SHEET = '填报'
export const HEAD_ROW = 3

/** The targets a unit may report on now, by deadline. */
function reportable(db: Db, unitId: number) {
  return db
    .selectDistinct({ target: targets })
    .from(targets)
    .innerJoin(targetUnits, eq(targetUnits.targetId, targets.id))
    .where(and(eq(targetUnits.unitId, unitId), inArray(targets.state, [...ruleOf('draft').from])))
    .orderBy(asc(targets.deadline), asc(targets.id))
    .all()
    .map((row) => row.target)
    .filter((target) => reportingUnits(unitsOf(db, target.id).map(subjectUnit), target.reporting).includes(unitId))
}

/** As it stands in the file: texts without signs that no file can hold, none of them a formula. */
const safeCell = <T>(cell: T): T | string => (typeof cell === 'string' ? neutralise(cell) : cell)

/** What stands in a row of the template. */
export type TemplateRow = Record<ColumnKey, string | number | null>

/** The rows of a unit's template: its own targets, each with what the unit itself has to reach. */
export function templateRows(db: Db, unitId: number, asOf: string): TemplateRow[] {
  return inOwnPart(db, unitId, reportable(db, unitId)).map((t) => {
    const last = lastApproved(
      db
        .select()
        .from(reports)
        .where(
          and(
            eq(reports.targetId, t.id),
            eq(reports.source, 'unit'),
            t.reporting === 'each' ? eq(reports.unitId, unitId) : undefined,
          ),
        )
        .all(),
    )
    return {
      id: t.id,
      indicator: t.indicator,
      target: targetWords(t, 'text'),
      deadline: t.deadline,
      last: last ? `${reportedWords(last.value, t.unit, last.done, 'text')}（${last.asOf}）` : NOT_REPORTED,
      check: checkCode(t.id, t.indicator),
      value: null,
      unit: t.unit,
      done: null,
      asOf,
      note: null,
      problems: null,
      nextSteps: null,
      needs: null,
    }
  })
}

/** The xlsx that a unit fills in, one target a row. Grey columns are for reading, the others to be filled. */
export async function templateXlsx(rows: readonly TemplateRow[]): Promise<Uint8Array> {
  const book = await newWorkbook()
  book.creator = '政标'
  const sheet = book.addWorksheet(SHEET, { views: [{ state: 'frozen', ySplit: HEAD_ROW, xSplit: 2 }] })
  sheet.addRow(['督查事项填报表']).font = { bold: true, size: 14 }
  sheet.addRow([
    `${KIND_TITLES.quantity}填“完成值”，其他事项在“是否完成”填“是”或“否”；不填报的行留空。滞后、逾期的事项还须填写${EXPLAINING_PARTS.map((part) => REPORT_PARTS[part]).join('、')}，没有的填“无”。请勿改动灰色各列。`,
  ])
  sheet.addRow(COLUMNS.map((c) => c.title)).font = { bold: true }
  COLUMNS.forEach((column, i) => {
    sheet.getColumn(i + 1).width = column.width
  })
  for (const cells of rows) {
    const row = sheet.addRow(COLUMNS.map((c) => safeCell(cells[c.key])))
    COLUMNS.forEach((column, i) => {
      if (!('input' in column))
        row.getCell(i + 1).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } }
    })
    row.getCell(COLUMNS.findIndex((c) => c.key === 'asOf') + 1).numFmt = 'yyyy-mm-dd'
    row.getCell(COLUMNS.findIndex((c) => c.key === 'done') + 1).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: ['"是,否"'],
    }
  }
  setUpPrint(sheet, HEAD_ROW, COLUMNS.length)
  return new Uint8Array(await book.xlsx.writeBuffer())
}
