import { and, asc, eq } from 'drizzle-orm'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { auditLog } from '../../db/schema/index.ts'
import { ruleOf, STEP_NAMES, type Step } from '../../db/domain/lifecycle.ts'
import type { TargetRecord } from '../core/target-record.ts'

/**
 * One field as the rules found it, as 校核 left it, and as it stands now: 延期, 变更 and 改派 change what was confirmed.
 * `changed` where 校核 differs from the rules, `since` where it has changed after that.
 */
export interface FieldComparison {
  field: string
  extracted: unknown
  confirmed: unknown
  now: unknown
  changed: boolean
  since: boolean
}

/** One step that changed fields, as the trail tells it. */
export interface FieldChanges {
  at: string
  who: string | null
  step: string
  title: string
  fields: { field: string; before: unknown; after: unknown }[]
}

const FIELDS = [
  'kind',
  'indicator',
  'op',
  'value',
  'valueHigh',
  'unit',
  'measure',
  'per',
  'deadline',
  'baselineValue',
  'baselineUnit',
  'baselinePeriod',
] as const
/** Steps after which a target is as 校核 wants it. */
const REVIEW: readonly string[] = ['mend', 'accept', 'split', 'split-off', 'undo', 'add']
/** Steps that change what is promised or who answers for it; others (asking for a 变更) only speak of it. */
const CHANGING: readonly string[] = [...REVIEW, 'assign', 'reassign', 'grant']

type Fields = Record<string, unknown>
interface Named {
  role: (typeof UNIT_ROLES)[number]
  name: string
}

/** Holds what the rules found beside what people confirmed and what holds now. Empty for a target added by hand: the rules found nothing. */
export function compareVersions(
  target: TargetRecord,
  units: readonly Named[],
  changes: readonly FieldChanges[],
): FieldComparison[] {
  if (target.extracted === null) return []
  const found = flatten(target.extracted)
  const now: Fields = { ...target, ...namesByRole(units) }
  const confirmed = { ...now }
  // From now back to the last step of 校核: what a later step changed stood before as that step's trail says.
  for (const step of [...changes].reverse()) {
    if (REVIEW.includes(step.step)) break
    for (const { field, before } of step.fields) confirmed[field] = before
  }
  return [...FIELDS, ...UNIT_ROLES].map((field) => {
    const versions = { extracted: found[field] ?? null, confirmed: confirmed[field] ?? null, now: now[field] ?? null }
    return {
      field,
      ...versions,
      changed: !same(versions.extracted, versions.confirmed),
      since: !same(versions.confirmed, versions.now),
    }
  })
}

/** Every step that changed a field of the target, oldest first. */
export function changesOf(db: Db, targetId: number): FieldChanges[] {
  return db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.entity, 'target'), eq(auditLog.entityId, String(targetId))))
    .orderBy(asc(auditLog.id))
    .all()
    .flatMap(({ at, userName, action, before, after }) => {
      const step = action.replace(/^target\./, '')
      if (!CHANGING.includes(step)) return []
      const [was, is] = [plain(before), plain(after)]
      const fields = [...FIELDS, ...UNIT_ROLES].flatMap((field) =>
        field in was && field in is && !same(was[field], is[field])
          ? [{ field, before: was[field] ?? null, after: is[field] ?? null }]
          : [],
      )
      const title = (STEP_NAMES as string[]).includes(step) ? ruleOf(step as Step).title : step
      // A part that was split off begins with what it is.
      return fields.length > 0 || step === 'split-off'
        ? [{ at, who: userName, step, title: step === 'split-off' ? '由拆分产生' : title, fields }]
        : []
    })
}

/** A record of the trail with its units by role. */
function plain(record: unknown): Fields {
  if (typeof record !== 'object' || record === null) return {}
  const { units, ...fields } = record as Fields & { units?: unknown }
  return Array.isArray(units) ? { ...fields, ...namesByRole(units as Named[]) } : fields
}

const namesByRole = (units: readonly Named[]): Fields =>
  Object.fromEntries(
    UNIT_ROLES.map((role) => [role, units.filter((unit) => unit.role === role).map((unit) => unit.name)]),
  )

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The record of the extractors in the columns of the database: a task or clause is the indicator, a range two values. */
function flatten(extracted: Fields): Fields {
  const { value, baseline } = extracted
  const [low, high] = Array.isArray(value) ? value : [value ?? null, extracted.valueHigh ?? null]
  const base = (baseline ?? {}) as { value?: unknown; unit?: unknown; period?: unknown }
  const kind =
    extracted.kind ??
    (extracted.clause === undefined ? (extracted.task === undefined ? 'quantity' : 'milestone') : 'duty')
  return {
    ...extracted,
    kind,
    indicator: extracted.indicator ?? extracted.task ?? extracted.clause,
    value: low,
    valueHigh: high,
    baselineValue: base.value ?? extracted.baselineValue,
    baselineUnit: base.unit ?? extracted.baselineUnit,
    baselinePeriod: base.period ?? extracted.baselinePeriod,
    ...Object.fromEntries(UNIT_ROLES.map((role) => [role, Array.isArray(extracted[role]) ? extracted[role] : []])),
  }
}
