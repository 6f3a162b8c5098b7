import { ref, shallowRef } from 'vue'
import { asProblem, type ApiProblem } from '../../api/problem.ts'
import {
  takeStep,
  takeStepForMany,
  type ManyStepBody,
  type ManyStepAnswer,
  type ManyStepName,
  type StepAnswer,
  type StepBody,
  type StepName,
} from '../../api/steps.ts'
import type { StepItem } from './step-items.ts'

/** The record as it is stored now, told with a 409 because somebody else was faster. */
export interface Conflict {
  current: Record<string, unknown>
  version: number
}

/** What became of a step: one answer, or one line for each of many. */
export type StepResult = { one: StepAnswer } | { many: ManyStepAnswer }

/** Takes a step and holds what the form shows about it: busy, refused, or overtaken by somebody else. */
export function useStep() {
  const busy = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  const conflict = shallowRef<Conflict | null>(null)

  /** @returns null where it was refused; why stands in `problem` or `conflict`. Sent a second time while under way it is taken once. */
  async function take(
    step: StepName,
    items: readonly StepItem[],
    fields: Record<string, unknown>,
  ): Promise<StepResult | null> {
    if (busy.value) return null
    busy.value = true
    problem.value = null
    try {
      const [only] = items
      if (items.length === 1 && only) {
        const version = conflict.value?.version ?? only.version
        const answer = await takeStep(step, only.id, { ...fields, ...only.record, version } as StepBody<StepName>)
        conflict.value = null
        return { one: answer }
      }
      const many = { ...fields, items: items.map(({ id, version, record }) => ({ id, version, ...record })) }
      return { many: await takeStepForMany(step as ManyStepName, many as ManyStepBody<ManyStepName>) }
    } catch (error) {
      const caught = asProblem(error)
      const current = caught.current as Record<string, unknown> | null
      if (caught.code === 'version-conflict' && typeof current?.version === 'number')
        conflict.value = { current, version: current.version }
      else problem.value = caught
      return null
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, conflict, take }
}
