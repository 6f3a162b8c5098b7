import { ruleOf, type Step } from '../../../db/domain/lifecycle.ts'
import type { TargetRow } from '../api/types.ts'

/**
 * Whether a step of many is worth offering for a row to this person, as far as a list can tell: the state leads to it, what is made
 * 办结 has reached its value, and 销号 is left to another person than 办结. The server decides.
 */
export function fitsStep(
  step: Step,
  row: Pick<TargetRow, 'state' | 'light' | 'metBy'>,
  personId: number | undefined,
): boolean {
  if (!ruleOf(step).from.includes(row.state)) return false
  if (step === 'meet') return row.light === 'done'
  return step !== 'close' || row.metBy !== personId
}
