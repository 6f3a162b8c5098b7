/** 分解: by year, by county, into stages. */
import type { SeedTrack } from '../../schema.ts'
import { goalValue, type Plan } from './plan.ts'
import type { Random } from './random.ts'

type Part = SeedTrack['parts'][number]

const COUNTIES = [
  ['望川区', 0.14],
  ['汀东区', 0.16],
  ['石鹭市', 0.22],
  ['栖云县', 0.18],
  ['松涧县', 0.14],
  ['禾塘县', 0.16],
] as const
const STAGES = [
  ['施工准备', 10, 100],
  ['路基工程', 40, 66],
  ['桥梁工程', 30, 58],
  ['隧道工程', 20, 41],
] as const
const NONE = {
  unit: null,
  dueOn: null,
  value: null,
  weight: null,
  reached: null,
  reachedOn: null,
} as const

export function partsOf(plan: Plan, lastValue: number | null, random: Random): Part[] {
  const years: Part[] = plan.years.map(({ dueOn, value }) => ({
    ...NONE,
    kind: 'year',
    label: `${dueOn.slice(0, 4)}年`,
    dueOn,
    value,
  }))
  if (plan.note.hints.parts === 'counties') return [...years, ...counties(plan, lastValue, random)]
  if (plan.note.hints.parts !== 'stages') return years
  return [
    ...years,
    ...STAGES.map(([label, weight, reached]): Part => ({
      ...NONE,
      kind: 'stage',
      label,
      weight,
      reached,
      reachedOn: '2026-10-31',
      dueOn: plan.deadline,
    })),
  ]
}

/** How the parts make the whole: a sum is divided, a rate is set for each county. */
export function rollUpOf({ note }: Plan): SeedTrack['rollUp'] {
  if (note.hints.parts !== 'counties') return 'worst'
  return note.kind === 'quantity' && note.unit === '%' ? 'average' : 'sum'
}

/** A sum is divided; a rate is set for each county, higher near the city, and checked as an average. */
function counties(plan: Plan, lastValue: number | null, random: Random): Part[] {
  const whole = goalValue(plan.note) ?? 0
  const rate = plan.note.kind === 'quantity' && plan.note.unit === '%'
  let left = whole
  return COUNTIES.map(([name, share], i): Part => {
    const last = i === COUNTIES.length - 1
    const value = rate ? whole + [8, 4, 1, -3, -6, -4][i]! : last ? left : Math.round(whole * share)
    left = Number((left - value).toFixed(4))
    const reached = Number((value * ((lastValue ?? 0) / whole) * random.between(0.9, 1.06)).toFixed(1))
    return {
      ...NONE,
      kind: 'unit',
      label: name,
      unit: `${name}人民政府`,
      dueOn: plan.deadline,
      value,
      reached: rate ? reached : Math.round(reached),
      reachedOn: plan.frequency === 'monthly' ? '2026-10-31' : '2026-09-30',
    }
  })
}
