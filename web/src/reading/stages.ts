import type { State } from '../../../db/domain/states.ts'
import type { Kind } from '../../../db/domain/target-terms.ts'

/** How far a finding has come, in the five steps that the margin tells apart. */
export type Stage = 'candidate' | 'confirmed' | 'assigned' | 'met' | 'dropped'

export const KINDS: readonly Kind[] = ['quantity', 'milestone', 'duty']
export const STAGES: readonly Stage[] = ['candidate', 'confirmed', 'assigned', 'met', 'dropped']
export const STAGE_WORDS: Record<Stage, string> = {
  candidate: '待校核',
  confirmed: '已立项',
  assigned: '已交办',
  met: '已办结',
  dropped: '不予立项',
}

const STAGE_OF: Partial<Record<State, Stage>> = {
  extracted: 'candidate',
  confirmed: 'confirmed',
  met: 'met',
  closed: 'met',
  dropped: 'dropped',
  merged: 'dropped',
}
/** Whoever works on it: everything between 交办 and 办结, 中止 too. */
export const stageOf = (state: State): Stage => STAGE_OF[state] ?? 'assigned'

/** What is chosen of the findings; an empty list leaves everything in, but 不予立项 only comes when it is asked for. */
export interface Choice {
  kinds: readonly Kind[]
  stages: readonly Stage[]
}

export const isChosen = ({ kind, state }: { kind: Kind; state: State }, { kinds, stages }: Choice): boolean => {
  const stage = stageOf(state)
  return (
    (kinds.length === 0 || kinds.includes(kind)) && (stages.length === 0 ? stage !== 'dropped' : stages.includes(stage))
  )
}
