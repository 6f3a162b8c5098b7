/** What a target in words needs to know of it. */
export interface Worded {
  kind?: string
  op: string | null
  value: number | null
  valueHigh: number | null
  unit: string | null
  measure?: string | null
  per?: string | null
}

const OP_WORDS: Record<string, string> = { '<=': '不高于', '~': '约' }
const MEASURE_WORDS: Record<string, string> = { growth: '增幅', reduction: '降幅' }

/**
 * A target as files and lists write it: `每年增幅不低于7.5%`, `不高于0起`, `按期完成`. A promised value is never written
 * without its comparison and unit; what has no number is to be completed (milestone) or carried out (duty), and empty
 * where the kind is not known.
 */
export function targetWords({ kind, op, value, valueHigh, unit, measure, per }: Worded): string {
  if (value === null) return kind === 'milestone' ? '按期完成' : kind === 'duty' ? '落实到位' : ''
  const change = MEASURE_WORDS[measure ?? ''] ?? ''
  const base = measure === 'multiple' ? '基期的' : ''
  const figure =
    op === 'range' ? `${base}${value}—${valueHigh ?? ''}` : `${OP_WORDS[op ?? ''] ?? '不低于'}${base}${value}`
  return `${per === 'year' ? '每年' : ''}${change}${figure}${unit ?? ''}`
}
