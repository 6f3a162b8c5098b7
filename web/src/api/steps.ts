import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
type OnePath = Extract<keyof paths, `/api/targets/{id}/steps/${string}`>
type ManyPath = Extract<keyof paths, `/api/targets/steps/${string}`>

/** A step of the life of a target, by its name in the API. */
export type StepName = OnePath extends `/api/targets/{id}/steps/${infer Name}` ? Name : never
/** A step that may be taken for many targets in one request. */
export type ManyStepName = ManyPath extends `/api/targets/steps/${infer Name}` ? Name : never

type BodyOf<P extends OnePath | ManyPath> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer B } } }
}
  ? B
  : never
export type StepBody<S extends StepName> = BodyOf<`/api/targets/{id}/steps/${S}`>
export type ManyStepBody<S extends ManyStepName> = BodyOf<`/api/targets/steps/${S}`>
export type StepAnswer = Schemas['StepAnswer']
export type ManyStepAnswer = Schemas['BulkStepAnswer']

/** Takes one step of one target; throws an ApiProblem where it is refused. */
export function takeStep<S extends StepName>(step: S, id: number, fields: StepBody<S>): Promise<StepAnswer> {
  const path = `/api/targets/{id}/steps/${step}` as '/api/targets/{id}/steps/sign'
  return body(api.POST(path, { params: { path: { id } }, body: fields as StepBody<'sign'> }))
}

/** Most targets of one request; the server refuses more. */
const MANY = 500

/** Takes one step for many targets, in several requests where there are more than one may carry; each is done or says why not. */
export async function takeStepForMany<S extends ManyStepName>(
  step: S,
  fields: ManyStepBody<S>,
): Promise<ManyStepAnswer> {
  const path = `/api/targets/steps/${step}` as '/api/targets/steps/sign'
  const whole = fields as ManyStepBody<'sign'>
  const sum: ManyStepAnswer = { done: 0, failed: 0, items: [] }
  for (let from = 0; from < whole.items.length; from += MANY) {
    const answer = await body(api.POST(path, { body: { ...whole, items: whole.items.slice(from, from + MANY) } }))
    sum.done += answer.done
    sum.failed += answer.failed
    sum.items.push(...answer.items)
  }
  return sum
}
