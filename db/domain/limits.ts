import { idsOf } from './vocabulary.ts'

/** What falls due on a day of the calendar, in the words of its marks. */
export const LIMIT_TITLES = {
  deadline: '完成时限',
  report: '填报',
  sign: '签收',
  order: '督办单回复',
  problem: '问题整改',
} as const
export type LimitKind = keyof typeof LIMIT_TITLES
export const LIMIT_KINDS = idsOf(LIMIT_TITLES)

/** The page where it is done: for a unit the form itself, for everybody else the target. */
export function limitPath(kind: LimitKind, targetId: number, role: string): string {
  const page = `/targets/${targetId}`
  if (role !== 'reporter') return page
  const STEPS: Partial<Record<LimitKind, string>> = { sign: 'sign', order: 'answer-order', problem: 'rectify-problem' }
  if (kind === 'report' || kind === 'deadline') return `${page}/report`
  return `${page}?step=${STEPS[kind]}`
}
