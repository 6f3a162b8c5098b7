import { describe, expect, it } from 'vitest'
import type { TargetRow } from '../../web/src/api/types.ts'
import { fitsStep } from '../../web/src/domain/fitting-step.ts'

type Row = Pick<TargetRow, 'state' | 'light' | 'metBy'>
const row = (state: Row['state'], light: Row['light'], metBy: number | null = null): Row => ({ state, light, metBy })

describe('a step of many', () => {
  it.each([
    ['urge', row('in_progress', 'behind'), true],
    ['urge', row('met', 'done', 7), false],
    ['meet', row('in_progress', 'done'), true],
    ['meet', row('returned', 'unreported'), false],
    ['close', row('met', 'done', 8), true],
    ['close', row('met', 'done', 7), false],
  ] as const)('%s is offered to the person 7 for %j: %s', (step, target, offered) =>
    expect(fitsStep(step, target, 7)).toBe(offered),
  )
})
