import type { Rule } from './types.ts'

/** Ends that are no farther apart than this are one, in points. */
export const NEAR = 3

/** Shorter lines are strokes of drawn characters and pictures. */
const SHORTEST = 6

export const isLevel = ({ y1, y2 }: Rule): boolean => y2 - y1 <= NEAR / 2

/** Long enough and level or upright, those on one line that touch made one. */
export function joinedRules(rules: readonly Rule[]): { level: Rule[]; upright: Rule[] } {
  const level: Rule[] = []
  const upright: Rule[] = []
  for (const rule of rules) {
    if (isLevel(rule)) level.push({ ...rule, y1: (rule.y1 + rule.y2) / 2, y2: (rule.y1 + rule.y2) / 2 })
    else if (rule.x2 - rule.x1 <= NEAR / 2)
      upright.push({ ...rule, x1: (rule.x1 + rule.x2) / 2, x2: (rule.x1 + rule.x2) / 2 })
  }
  return {
    level: joined(level, 'y1', 'x1', 'x2').filter(({ x1, x2 }) => x2 - x1 >= SHORTEST),
    upright: joined(upright, 'x1', 'y1', 'y2').filter(({ y1, y2 }) => y2 - y1 >= SHORTEST),
  }
}

type End = 'x1' | 'x2' | 'y1' | 'y2'

function joined(rules: Rule[], place: End, from: End, to: End): Rule[] {
  const sorted = rules.sort((a, b) => Math.round(a[place]) - Math.round(b[place]) || a[from] - b[from])
  const kept: Rule[] = []
  for (const rule of sorted) {
    const same = kept
      .slice(-6)
      .find(
        (one) =>
          Math.abs(one[place] - rule[place]) <= NEAR / 2 &&
          rule[from] <= one[to] + NEAR &&
          rule[to] >= one[from] - NEAR,
      )
    if (same === undefined) kept.push({ ...rule })
    else {
      same[from] = Math.min(same[from], rule[from])
      same[to] = Math.max(same[to], rule[to])
    }
  }
  return kept
}
