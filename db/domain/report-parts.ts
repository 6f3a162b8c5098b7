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

/** Whether words say that there is something; 无 is the answer that there is nothing. */
const saySomething = (words: string | null): words is string =>
  words !== null && !/^(?:[无否]|没有|暂无|无问题)?[。.]?$/.test(words.trim())

/** What a report has for 问题清单: its problems and what others have to help with; null where it tells of neither. */
export function reportedProblem({ problems, needs }: Pick<ReportWords, 'problems' | 'needs'>): string | null {
  const said = [
    ...(saySomething(problems) ? [problems.trim()] : []),
    ...(saySomething(needs) ? [`${REPORT_PARTS.needs}：${needs.trim()}`] : []),
  ]
  return said.length === 0 ? null : said.join('\n')
}

/** The words of a report in one text, each part under its name; null where it says nothing. */
export function reportText(words: ReportWords): string | null {
  const said = (Object.keys(REPORT_PARTS) as ReportPart[]).filter((part) => words[part])
  if (said.length === 0) return null
  if (said.length === 1 && said[0] === 'note') return words.note
  return said.map((part) => `${REPORT_PARTS[part]}：${words[part]}`).join('\n')
}
