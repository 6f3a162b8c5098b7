import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

export type Instruction = components['schemas']['InstructionRow']
type InstructionQuery = NonNullable<paths['/api/supervision/instructions']['get']['parameters']['query']>
type NewInstruction = paths['/api/instructions']['post']['requestBody']['content']['application/json']

/** 批示 and what is done about them. */

export const fetchInstructions = (query: InstructionQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/instructions', { params: { query }, signal }))
export const fetchInstructionCounts = (signal?: AbortSignal) =>
  body(api.GET('/api/supervision/instruction-counts', { signal }))
export const fetchInstruction = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/instructions/{id}', { params: { path: { id } }, signal }))
export const writeInstruction = (instruction: NewInstruction) =>
  body(api.POST('/api/instructions', { body: instruction }))

const place = ({ id }: Pick<Instruction, 'id'>) => ({ path: { id } })
export const answerInstruction = (one: Instruction, text: string, attachmentIds: number[]) =>
  body(
    api.POST('/api/instructions/{id}/answer', {
      params: place(one),
      body: { version: one.version, text, attachmentIds },
    }),
  )
export const satisfyInstruction = (one: Instruction, text: string | null) =>
  body(api.POST('/api/instructions/{id}/satisfied', { params: place(one), body: { version: one.version, text } }))
export const repeatInstruction = (one: Instruction, text: string, dueOn: string | null) =>
  body(api.POST('/api/instructions/{id}/again', { params: place(one), body: { version: one.version, text, dueOn } }))
export const closeInstruction = (one: Instruction, text: string | null) =>
  body(api.POST('/api/instructions/{id}/close', { params: place(one), body: { version: one.version, text } }))
