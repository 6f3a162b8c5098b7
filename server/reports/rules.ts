import { and, eq, sql } from 'drizzle-orm'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { reports } from '../../db/schema/index.ts'
import { type FieldError, Problem } from '../errors.ts'
import { plausibility, type Warning } from '../../db/domain/plausibility.ts'
import { LIGHT_TITLES } from '../../db/domain/lights.ts'
import { EXPLAINING_PARTS, needsExplaining, REPORT_PARTS } from '../../db/domain/report-parts.ts'
import { lightWith } from '../core/light-spans.ts'
import { readSetting } from '../settings/store.ts'
import type { TargetRecord } from '../core/target-record.ts'
import { partOfUnit } from '../core/unit-parts.ts'

interface ReportedValue {
  value: number | null
  done: boolean | null
  asOf: string
  unit?: string | null
}

/** What makes a report impossible, whatever anybody confirms; empty where it may be submitted. */
export function reportMistakes(target: TargetRecord, r: ReportedValue, today: string): FieldError[] {
  const mistakes: FieldError[] = []
  if (r.asOf > today) mistakes.push({ path: 'asOf', message: `数据截止日期${r.asOf}晚于今天` })
  if (target.kind === 'quantity') {
    if (r.value === null) mistakes.push({ path: 'value', message: '请填写完成值（没有进展请填写实际数值，0也是数值）' })
    if (r.done !== null) mistakes.push({ path: 'done', message: '量化指标以数值判断是否完成，不填“是否完成”' })
  } else {
    if (r.done === null) mistakes.push({ path: 'done', message: '请选择是否已完成' })
    if (r.value !== null && (r.value < 0 || r.value > 100))
      mistakes.push({ path: 'value', message: '完成进度应在0到100之间（%）' })
  }
  return mistakes
}

/** 存在问题, 下一步措施, 需要协调的事项 that a report lacks although the light stays yellow or red with it. */
export function unexplained(
  db: Db,
  targetId: number,
  report: typeof reports.$inferSelect,
  today: string,
): FieldError[] {
  const missing = EXPLAINING_PARTS.filter((part) => !report[part]?.trim())
  if (missing.length === 0) return []
  const light = lightWith(db, targetId, report, today)
  if (!needsExplaining(light)) return []
  return missing.map((path) => ({
    path,
    message: `该事项为“${LIGHT_TITLES[light]}”，请填写${REPORT_PARTS[path]}，没有的填“无”`,
  }))
}

/** Doubts about a value against the approved ones, of its own unit where each reports its own line; the report it corrects is left out of the comparison. */
export function doubts(
  db: Db,
  target: TargetRecord,
  r: ReportedValue & { unitId: number | null },
  correctsId: number | null,
): Warning[] {
  if (target.kind !== 'quantity') return []
  const earlier = approvedValues(db)
    .all({ targetId: target.id })
    .filter((e) => e.id !== correctsId && (target.reporting !== 'each' || e.unitId === r.unitId))
  return plausibility(goalOf(db, target, r.unitId), r, earlier, readSetting(db, 'reports').jumpPercent)
}

/** What a value is held against: the unit's own share, where it reports separately and has one. */
function goalOf(db: Db, target: TargetRecord, unitId: number | null): TargetRecord {
  const share = target.reporting === 'each' && unitId !== null ? partOfUnit(db, target.id, unitId) : undefined
  return share?.value == null ? target : { ...target, value: share.value, baselineValue: null }
}

const approvedValues = keptQuery((db) =>
  db
    .select({ id: reports.id, value: reports.value, asOf: reports.asOf, unitId: reports.unitId })
    .from(reports)
    .where(
      and(
        eq(reports.targetId, sql.placeholder('targetId')),
        eq(reports.status, 'approved'),
        eq(reports.source, 'unit'),
      ),
    ),
)

/** 409 with every doubt that has not been confirmed; sending its codes as `confirm` lets the report pass. */
export function refuseUnconfirmed(warnings: readonly Warning[], confirmed: readonly string[]): void {
  const open = warnings.filter((w) => !confirmed.includes(w.code))
  if (open.length === 0) return
  throw new Problem(409, 'confirm-warnings', '请核对填报数据', open.map((w) => w.text).join('；'), {
    errors: open.map((w) => ({ path: w.code, message: w.text })),
  })
}
