import type { Light, LightCounts, OverviewLights } from '../api/types.ts'

/** Lights in the order in which every list, bar and legend shows them: what needs a hand first. */
export const LIGHTS: readonly Light[] = ['overdue', 'behind', 'due_soon', 'normal', 'done', 'unreported']

export const LIGHT_WORDS: Record<Light, string> = {
  overdue: '逾期',
  behind: '滞后',
  due_soon: '临期',
  normal: '正常',
  done: '已完成',
  unreported: '未报',
}

/** The published rule in one line each, for legends and hints. */
export const LIGHT_RULES: Record<Light, string> = {
  overdue: '已过期限最后一日，仍未达到',
  behind: '进度落后序时 10 个百分点以上，或应报未报',
  due_soon: '30 日内到期，尚未达到',
  normal: '已有填报，进度在序时之内',
  done: '已达到并经审核',
  unreported: '还没有审核过的填报，且尚未到填报时间',
}

/** Word of a light; a target that was met only after its deadline is told apart. */
export const lightWord = (light: Light, late = false) => (light === 'done' && late ? '逾期完成' : LIGHT_WORDS[light])

/** Flattens the overview's counts, where done is split by punctuality. */
export const flatCounts = (lights: OverviewLights): LightCounts => ({
  ...lights,
  done: lights.done.onTime + lights.done.late,
})

export const totalOf = (counts: LightCounts) => LIGHTS.reduce((sum, light) => sum + counts[light], 0)

/** Share as shown: one decimal, `—` for nothing to divide by. A share above 0 is never shown as 0. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '—'
  const percent = (part / whole) * 100
  if (part > 0 && percent < 0.1) return '<0.1%'
  if (part < whole && percent > 99.9) return '>99.9%'
  return `${percent.toFixed(1).replace(/\.0$/, '')}%`
}

/** How well off a light is, for telling a change for the worse from one for the better; the two that say nothing yet are level. */
const STANDING: Record<Light | 'none', number> = {
  overdue: 0,
  behind: 1,
  none: 2,
  unreported: 2,
  due_soon: 2,
  normal: 2,
  done: 3,
}

/** Sense of a change between two lights: −1 for the worse, 1 for the better, 0 for neither. */
export const senseOf = (from: Light | 'none', to: Light) => Math.sign(STANDING[to] - STANDING[from])

/** A difference with its sign: `+3`, `−2`, `持平`. */
export const signed = (difference: number) =>
  difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : '持平'
