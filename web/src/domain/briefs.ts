import { HEAD_FIELD_TITLES } from '../../../db/domain/document-heads.ts'
import { SOURCE_FIELD_TITLES, SOURCE_KIND_TITLES, type SourceKind } from '../../../db/domain/source-kinds.ts'
import { FIELD_TITLES, wordOf } from '../../../db/domain/target-fields.ts'
import { UNIT_ROLE_TITLES, UNITS_TITLE } from '../../../db/domain/target-terms.ts'
import { formatNumber } from '../../../db/domain/numbers.ts'
import { targetWords, type Worded } from '../../../db/domain/target-words.ts'

/** `每年增幅不低于 7.5%`; a target without a number is to be completed. */
export const briefWords = (brief: Worded) =>
  targetWords({
    ...brief,
    kind: brief.kind ?? (brief.value === null ? 'milestone' : 'quantity'),
  })

/** Fields of a target or of a report that people know by a word, for two versions of one record. */
export const FIELD_WORDS: Record<string, string> = {
  ...FIELD_TITLES,
  units: UNITS_TITLE,
  asOf: '数据截止',
  note: '说明',
  done: '是否完成',
}

/** The value of a field as people read it. */
export function fieldValue(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '（空）'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value))
    return (
      value
        .map((one: unknown) =>
          typeof one === 'object' && one !== null && 'name' in one ? String(one.name) : String(one),
        )
        .join('、') || '（空）'
    )
  const text = String(value)
  return wordOf(field, text) ?? (field === 'kind' ? SOURCE_KIND_TITLES[text as SourceKind] : undefined) ?? text
}

/** Name of a field of a target, or of the units of a role. */
export const fieldWord = (field: string): string =>
  field in UNIT_ROLE_TITLES
    ? `${UNIT_ROLE_TITLES[field as keyof typeof UNIT_ROLE_TITLES]}单位`
    : (FIELD_WORDS[field] ??
      ({ ...HEAD_FIELD_TITLES, ...SOURCE_FIELD_TITLES } as Record<string, string>)[field] ??
      field)

/** The value of a field as people read it, in a table or a sentence. */
export const say = (field: string, value: unknown): string =>
  value === null || (Array.isArray(value) && value.length === 0) ? '—' : fieldValue(field, value)

/** What a step changed: `目标值 60 → 61；完成时限 …` */
export const changeWords = (fields: readonly { field: string; before?: unknown; after?: unknown }[]): string =>
  fields
    .map(({ field, before, after }) => `${fieldWord(field)} ${say(field, before)} → ${say(field, after)}`)
    .join('；')

/** Fields of two versions of a record that people know by a word (those of a target, unless others are given) and that differ. */
export function changedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  words: Record<string, string> = FIELD_WORDS,
): { field: string; word: string; before: string; after: string }[] {
  return Object.entries(words).flatMap(([field, word]) => {
    if (!(field in before) || !(field in after)) return []
    const [was, is] = [fieldValue(field, before[field]), fieldValue(field, after[field])]
    return was === is ? [] : [{ field, word, before: was, after: is }]
  })
}

/** A number as people type it: grouping commas, full-width digits and a trailing unit sign are read; null where it is none. */
export function readNumber(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[,，\s]/g, '')
    .replace(/−/g, '-')
    .replace(/%$/, '')
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null
}

/** 同意延期 begins with the date that was asked for. */
export const prefillOfRequest = ({
  kind,
  after,
}: {
  kind: string
  after: Record<string, unknown>
}): Record<string, string> =>
  kind === 'extension' && typeof after.deadline === 'string' ? { deadline: after.deadline } : {}
