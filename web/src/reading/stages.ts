import { type State, STATE_TITLES } from '../../../db/domain/states.ts'
import type { Kind } from '../../../db/domain/target-terms.ts'
import { idsOf } from '../../../db/domain/vocabulary.ts'

/** How far a finding has come, in the five steps that the margin tells apart. */
export type Stage = 'candidate' | 'confirmed' | 'assigned' | 'met' | 'dropped'

/** Each is called by the state that begins it. */
export const STAGE_TITLES: Record<Stage, string> = {
  candidate: STATE_TITLES.extracted,
  confirmed: STATE_TITLES.confirmed,
  assigned: STATE_TITLES.assigned,
  met: STATE_TITLES.met,
  dropped: STATE_TITLES.dropped,
}
export const STAGES = idsOf(STAGE_TITLES)

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
