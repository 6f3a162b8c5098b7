import type { Light } from './lights.ts'

/** What a report says in words beside its value, in the order of the form. */
export const REPORT_PARTS = {
  note: '进展情况',
  problems: '存在问题',
  nextSteps: '下一步措施',
  needs: '需要协调的事项',
} as const
export type ReportPart = keyof typeof REPORT_PARTS
type ReportWords = Record<ReportPart, string | null>

/** What has to be said where the light is yellow or red; 无 is an answer. */
export const EXPLAINING_PARTS = ['problems', 'nextSteps', 'needs'] as const satisfies readonly ReportPart[]

/** Whether a report that leaves the target in this light has to say why. */
export const needsExplaining = (light: Light): boolean => light === 'behind' || light === 'overdue'

/** The words of a report in one text, each part under its name; null where it says nothing. */
export function reportText(words: ReportWords): string | null {
  const said = (Object.keys(REPORT_PARTS) as ReportPart[]).filter((part) => words[part])
  if (said.length === 0) return null
  if (said.length === 1 && said[0] === 'note') return words.note
  return said.map((part) => `${REPORT_PARTS[part]}：${words[part]}`).join('\n')
}
