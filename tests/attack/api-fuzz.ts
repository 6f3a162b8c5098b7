import type { HTTPMethods } from 'fastify'
import { PEOPLE, ROLE_OF } from '../server/helper.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'
import { type JsonSchema, ODD_IDS, type Random, valueFor } from './schema-values.ts'

/** One call that was answered with 500 or more, so that it can be made again. */
export interface Failure {
  person: string
  method: string
  url: string
  body: unknown
  status: number
  answer: string
  log: string
}

export interface FuzzResult {
  calls: number
  operations: number
  /** Calls that passed the checks of their schema and did something. */
  done: number
  failures: Failure[]
}

interface Parameter {
  name: string
  in: string
  schema: JsonSchema
}
interface Operation {
  method: HTTPMethods
  path: string
  parameters: Parameter[]
  body: JsonSchema | null
  roles: readonly string[]
}

/** What cannot be called thousands of times: streams without an end, whole processes and archives. */
const LEFT_OUT = /\/imports\/events|\/exports\/everything|\/session|\/setup|\/backups/
const SLOW = /GET \/audit\/verify|\/exports\/|\/docx|\/xlsx|template|refresh/

/** Calls the API by its own description, with seeded values, and keeps every answer of 500 or more. */
export async function fuzzApi(calls: number, seed: number): Promise<FuzzResult> {
  const random = randomOf(seed)
  const logged: string[] = []
  const office = await buildOffice({
    logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } } as never,
  })
  try {
    await furnish(office)
    const operations = operationsOf((await office.inject({ url: '/api/openapi.json' })).json(), (method, path) => {
      const url = path.replace(/\{([^}]+)\}/g, ':$1')
      const route = office.app.routeAccess.find((one) => one.method === method && one.url === url)
      return route === undefined || route.roles === 'public' ? [] : route.roles
    })
    const failures: Failure[] = []
    let done = 0
    for (let i = 0; i < calls; i++) {
      const operation = operations[Math.floor(random() * operations.length)]!
      if (SLOW.test(`${operation.method} ${operation.path}`) && random() < 0.9) continue
      const call = callOf(operation, random)
      const allowed = random() < 0.85 ? PEOPLE.filter((person) => operation.roles.includes(ROLE_OF[person])) : PEOPLE
      const person = (allowed.length > 0 ? allowed : PEOPLE)[Math.floor(random() * (allowed.length || PEOPLE.length))]!
      logged.length = 0
      const response = await as(office, person, call)
      if (response.statusCode >= 500)
        failures.push({
          person,
          method: call.method,
          url: call.url,
          body: call.payload ?? null,
          status: response.statusCode,
          answer: response.body.slice(0, 300),
          log: logged.join('').slice(0, 1500),
        })
      else if (response.statusCode < 300) done++
    }
    return { calls, operations: operations.length, done, failures }
  } finally {
    await office.close()
  }
}

/** Some targets in different states and some records beside them, so that numbers from 1 to 8 mean something. */
async function furnish(office: Office): Promise<void> {
  for (let i = 0; i < 3; i++) office.addTarget()
  const id = await office.signedTarget()
  await office.signedTarget({
    kind: 'milestone',
    op: null,
    value: null,
    unit: null,
    measure: null,
    baselineValue: null,
  })
  const fields = { value: 55, done: null, asOf: '2026-06-01', note: null, correctsId: null }
  const { record } = await office.done('reporter', id, 'draft', fields)
  await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: [] })
  await office.done('supervisor', id, 'issue-order', { color: 'blue', text: '请办理', dueOn: '2026-07-10' })
  await office.done('supervisor', id, 'raise-problem', { text: '问题一', dueOn: '2026-07-10' })
}

/** The calls end the session of a person now and then (disabled, another role): another one is tried then. */
async function as(office: Office, person: (typeof PEOPLE)[number], call: Call) {
  try {
    return await office.injectAs(person, call as never)
  } catch {
    return office.inject(call as never)
  }
}

interface Call {
  method: HTTPMethods
  url: string
  payload?: object
}

function operationsOf(description: unknown, rolesOf: (method: string, path: string) => readonly string[]): Operation[] {
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

function callOf({ method, path, parameters, body }: Operation, random: Random): Call {
  const inPath = (name: string) =>
    random() < 0.85 ? String(1 + Math.floor(random() * 8)) : (ODD_IDS[Math.floor(random() * ODD_IDS.length)] ?? name)
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && random() < 0.35)
    .map(({ name, schema }) => {
      const value = valueFor(schema, random, name)
      return `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value)))}`
    })
  const url = path.replace(/\{([^}]+)\}/g, (_, name: string) => inPath(name))
  const prefixed = url.startsWith('/api') ? url : `/api${url}`
  const payload = body === null ? undefined : valueFor(body, random)
  return {
    method,
    url: query.length > 0 ? `${prefixed}?${query.join('&')}` : prefixed,
    ...(payload !== null && typeof payload === 'object' ? { payload } : {}),
  }
}

/** encodeURIComponent throws at half a character. */
const wellFormed = (text: string) => text.replace(/[\uD800-\uDFFF]/g, '')

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
