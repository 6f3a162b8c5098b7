import { endsOf } from '../../db/domain/figure-ends.ts'
import { FOUND_FIELDS } from '../../db/domain/target-fields.ts'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { TargetVersion } from '../../db/target-versions.ts'
import { nameOfFound } from '../core/candidates.ts'
import { type FieldChange, type FieldChanges, unitNames } from '../core/field-changes.ts'
import type { TargetRecord } from '../core/target-record.ts'
import { stepTitle } from '../core/versions.ts'

/**
 * One field as the rules found it, as 校核 left it, and as it stands now: 延期, 变更 and 改派 change what was confirmed.
 * `changed` where 校核 differs from the rules, `since` where it has changed after that.
 */
interface FieldComparison {
  field: string
  extracted: unknown
  confirmed: unknown
  now: unknown
  changed: boolean
  since: boolean
}

/** One step that changed fields. */
interface ChangingStep {
  at: string
  who: string | null
  step: string
  title: string
  fields: FieldChange[]
}

/** Steps after which a target is as 校核 wants it. */
const REVIEW: readonly string[] = ['mend', 'accept', 'split', 'split-off', 'undo', 'add']

type Fields = Record<string, unknown>

/**
 * Holds what the rules found beside what people confirmed and what holds now. Empty for a target added by hand: the rules
 * found nothing.
 * @param versions of the target, oldest first
 */
export function compareVersions(
  { extracted }: Pick<TargetRecord, 'extracted'>,
  versions: readonly TargetVersion[],
): FieldComparison[] {
  const now = versions.at(-1)
  if (extracted === null || now === undefined) return []
  const found = flatten(extracted)
  const reviewed = versions.findLast(({ step }) => REVIEW.includes(step)) ?? now
  const [confirmed, present] = [fieldsOf(reviewed), fieldsOf(now)]
  return [...FOUND_FIELDS, ...UNIT_ROLES].map((field) => {
    const three = { extracted: found[field] ?? null, confirmed: confirmed[field] ?? null, now: present[field] ?? null }
    return {
      field,
      ...three,
      changed: !same(three.extracted, three.confirmed),
      since: !same(three.confirmed, three.now),
    }
  })
}

/** Every step that changed a field of the target, oldest first. A part that was split off begins with what it is. */
export function changesOf(versions: readonly TargetVersion[], changes: FieldChanges): ChangingStep[] {
  return versions.flatMap((version, i) => {
    const { validFrom: at, byName: who, step } = version
    const before = versions[i - 1]
    if (before === undefined) return step === 'split-off' ? [{ at, who, step, title: stepTitle(step), fields: [] }] : []
    const fields = changes(before, version)
    return fields.length > 0 ? [{ at, who, step, title: stepTitle(step), fields }] : []
  })
}

const fieldsOf = (version: TargetVersion): Fields => ({
  ...version,
  ...Object.fromEntries(UNIT_ROLES.map((role) => [role, unitNames(version, role)])),
})

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The record of the extractors in the columns of the database: a task or clause is the indicator, a range two values. */
function flatten(extracted: Fields): Fields {
  const { value, baseline } = extracted
  const base = (baseline ?? {}) as { value?: unknown; unit?: unknown; period?: unknown }
  const kind =
    extracted.kind ??
    (extracted.clause === undefined ? (extracted.task === undefined ? 'quantity' : 'milestone') : 'duty')
  return {
    ...extracted,
    kind,
    indicator: nameOfFound(extracted),
    ...endsOf(value as Parameters<typeof endsOf>[0]),
    baselineValue: base.value ?? extracted.baselineValue,
    baselineUnit: base.unit ?? extracted.baselineUnit,
    baselinePeriod: base.period ?? extracted.baselinePeriod,
    ...Object.fromEntries(UNIT_ROLES.map((role) => [role, Array.isArray(extracted[role]) ? extracted[role] : []])),
  }
}
