import { type State, STATE_TITLES } from './states.ts'

/**
 * 纳入督查 begins with 交办. 办结 and 销号 leave a target in (已完成); 中止, 不予立项 and 合并 take it out. What is not tracked has
 * no light and is in no figure of the lights.
 */
export const TRACKED_STATES = [
  'assigned',
  'signed',
  'in_progress',
  'reported',
  'returned',
  'met',
  'closed',
] as const satisfies readonly State[]

export const isTracked = (state: State): boolean => (TRACKED_STATES as readonly State[]).includes(state)

/** What stands where a light would: why there is none. Null for a tracked target. */
export function unlitWord(state: State): string | null {
  if (isTracked(state)) return null
  return state === 'extracted' ? '未立项' : state === 'confirmed' ? '未交办' : STATE_TITLES[state]
}
