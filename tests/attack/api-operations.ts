import type { HTTPMethods } from 'fastify'
import type { JsonSchema } from './schema-values.ts'

interface Parameter {
  name: string
  in: string
  schema: JsonSchema
}
/** One thing that can be asked of the API, by its own description. */
export interface Operation {
  method: HTTPMethods
  path: string
  parameters: Parameter[]
  body: JsonSchema | null
  roles: readonly string[]
}

/** What cannot be called thousands of times: streams without an end, whole processes and archives, and what leaves the house. */
const LEFT_OUT = /\/imports\/events|\/exports\/everything|\/session|\/setup|\/backups|\/channels\/.*\/test/
/**
 * The operations of an OpenAPI description, with references put in.
 * @param rolesOf who may call one; none where it is public
 */
export function operationsOf(
  description: unknown,
  rolesOf: (method: string, path: string) => readonly string[],
): Operation[] {
  const { paths, components } = description as {
    paths: Record<
      string,
      Record<string, { parameters?: Parameter[]; requestBody?: { content?: Record<string, { schema: JsonSchema }> } }>
    >
    components?: { schemas?: Record<string, JsonSchema> }
  }
  const whole = (schema: unknown): JsonSchema => resolve(schema as JsonSchema, components?.schemas ?? {})
  return Object.entries(paths).flatMap(([path, methods]) =>
    LEFT_OUT.test(path)
      ? []
      : Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
          method: method.toUpperCase() as HTTPMethods,
          path,
          parameters: parameters.map((parameter) => ({ ...parameter, schema: whole(parameter.schema) })),
          roles: rolesOf(method.toUpperCase(), path),
          body: requestBody?.content?.['application/json']
            ? whole(requestBody.content['application/json'].schema)
            : null,
        })),
  )
}

/** A schema with its references put in. */
function resolve(schema: JsonSchema, known: Record<string, JsonSchema>, depth = 0): JsonSchema {
  if (depth > 12 || schema === null || typeof schema !== 'object') return schema
  if (schema.$ref) return resolve(known[schema.$ref.split('/').at(-1)!] ?? {}, known, depth + 1)
  if (Array.isArray(schema)) return (schema as JsonSchema[]).map((part) => resolve(part, known, depth + 1)) as never
  return Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, resolve(part as JsonSchema, known, depth + 1)]),
  )
}
